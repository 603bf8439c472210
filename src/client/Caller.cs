namespace Dllet.Client;

/// <summary>The cmdlet that a call belongs to. A module does not inherit preference variables from the caller's script, so they are looked
/// up in the caller's session and set in the scope of the cmdlet's function, where the engine reads them.</summary>
internal sealed class Caller(PSCmdlet cmdlet, SessionState module) {
    private bool? isDebugging;
    internal PSCmdlet Cmdlet { get; } = cmdlet;
    /// <summary>True if only the answer counts and notices are suppressed.</summary>
    internal bool IsQuiet { get; set; }
    internal bool IsStopping => Cmdlet.Stopping && !IsFinishing;
    /// <summary>True while a change is under way that must not be cut off: a stop of the pipeline takes effect after the answer.</summary>
    internal bool IsFinishing { get; set; }
    /// <summary>The cmdlet whose stop ends a wait; null while a change is finished first.</summary>
    internal Cmdlet? Stoppable => IsFinishing ? null : Cmdlet;
    /// <summary>True if -Debug or the caller's preference shows debug messages.</summary>
    internal bool IsDebugging => isDebugging ??= Inherit("DebugPreference", "Debug") is not ("SilentlyContinue" or "Ignore");
    /// <summary>Shows a line that was sent (->) or received (<-).</summary>
    internal void WriteDebug(string direction, string line) { if (IsDebugging) Cmdlet.WriteDebug($"{direction} {line}"); }
    internal void WriteVerbose(string text) { Inherit("VerbosePreference", "Verbose"); Cmdlet.WriteVerbose(text); }
    internal void WriteWarning(string text) { Inherit("WarningPreference", "WarningAction"); Cmdlet.WriteWarning(text); }
    internal void WriteError(ErrorRecord record) { Inherit("ErrorActionPreference", "ErrorAction"); Cmdlet.WriteError(record); }
    internal void WriteNotices(Reply reply) { foreach (string notice in reply.Notices) WriteWarning(notice); }

    /// <summary>Returns whether a switch is present and on.</summary>
    internal bool IsSet(string name) =>
        Cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? given) && LanguagePrimitives.IsTrue(given);

    /// <summary>Returns a preference of this cmdlet as text. The parameter takes precedence over the caller's variable.</summary>
    internal string Inherit(string variable, string parameter) {
        bool isGiven = Cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);
        object? value = (isGiven ? module : Cmdlet.SessionState).PSVariable.GetValue(variable);
        if (!isGiven && value is not null) Prefer(variable, value);
        return JsonWriter.Invariant(value);
    }

    internal void Prefer(string variable, object value) => module.PSVariable.Set(variable, value);
}
