namespace Dllet.Client;

/// <summary>Connect-NativeModule: stores the options of a module as passed to Import-Module -ArgumentList. Starts nothing.</summary>
[Cmdlet(VerbsCommunications.Connect, "NativeModule")]
public sealed class ConnectNativeModuleCommand : PSCmdlet {
    [Parameter(Mandatory = true)] public string Path { get; set; } = string.Empty;
    [Parameter, AllowNull] public object? Options { get; set; }
    [Parameter(Mandatory = true)] public ScriptBlock? OnRemove { get; set; }
    [Parameter(Mandatory = true)] public ScriptBlock? Constrained { get; set; }
    protected override void ProcessRecord() {
        try {
            var module = new NativeModule(Path, new ModuleOptions(Options), SessionState);
            if (SessionState.Module is { } own) own.OnRemove = OnRemove;
            if (SessionState.LanguageMode != PSLanguageMode.FullLanguage) InvokeCommand.InvokeScript(false, Constrained, null);
            module.ReadAhead();
            WriteObject(module);
        } catch (Failure failure) { ThrowTerminatingError(failure.Record); }
    }
}

/// <summary>Disconnect-NativeModule: ends the program of a module.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "NativeModule")]
public sealed class DisconnectNativeModuleCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0)] public NativeModule? Module { get; set; }
    protected override void ProcessRecord() => Module!.Close();
}

/// <summary>Open-, Add- and Close-NativeCall: NativeModule.Open, NativeCall.Add and End for scripts that cannot call methods.</summary>
[Cmdlet(VerbsCommon.Open, "NativeCall")]
public sealed class OpenNativeCallCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0)] public NativeModule? Module { get; set; }
    [Parameter(Mandatory = true, Position = 1)] public PSCmdlet? Cmdlet { get; set; }
    [Parameter(Mandatory = true, Position = 2)] public string Command { get; set; } = string.Empty;
    protected override void ProcessRecord() => WriteObject(Module!.Open(Cmdlet!, Command));
}

[Cmdlet(VerbsCommon.Add, "NativeCall")]
public sealed class AddNativeCallCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0)] public NativeCall? Call { get; set; }
    [Parameter(Mandatory = true, Position = 1)] public IDictionary<string, object>? Bound { get; set; }
    protected override void ProcessRecord() => Call!.Add(Bound!);
}

[Cmdlet(VerbsCommon.Close, "NativeCall")]
public sealed class CloseNativeCallCommand : PSCmdlet {
    [Parameter(Mandatory = true, Position = 0)] public NativeCall? Call { get; set; }
    protected override void ProcessRecord() => Call!.End();
}

/// <summary>Complete-NativeCall: tab completion of a parameter. Takes the arguments of an argument completer, and the module.</summary>
[Cmdlet(VerbsLifecycle.Complete, "NativeCall")]
public sealed class CompleteNativeCallCommand : PSCmdlet {
    [Parameter(Mandatory = true)] public NativeModule? Module { get; set; }
    [Parameter(Mandatory = true, Position = 0)] public string Command { get; set; } = string.Empty;
    [Parameter(Mandatory = true, Position = 1)] public string Parameter { get; set; } = string.Empty;
    [Parameter(Mandatory = true, Position = 2), AllowEmptyString] public string Word { get; set; } = string.Empty;
    [Parameter(Position = 3)] public object? Ast { get; set; }
    [Parameter(Position = 4)] public IDictionary? Bound { get; set; }
    protected override void ProcessRecord() => WriteObject(new Completion(Module!, this, Command, Parameter, Word).Find(Bound), true);
}
