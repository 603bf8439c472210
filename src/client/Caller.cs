namespace Dllet.Client;

/// <summary>The cmdlet of a call. As modules inherit no preference variables, it sets the caller's where the engine reads them.</summary>
internal sealed class Caller(PSCmdlet cmdlet, SessionState module) {
    private bool? isDebugging;
    internal readonly PSCmdlet Cmdlet = cmdlet;
    private Dictionary<string, object> Bound => Cmdlet.MyInvocation.BoundParameters;
    internal bool IsQuiet; // Notices are suppressed and only the answer is used.
    internal bool IsFinishing; // A change must not be interrupted: a stop of the pipeline takes effect after the answer.
    internal bool IsStopping => Cmdlet.Stopping && !IsFinishing;
    internal bool IsDebugging => isDebugging ??= Inherit("DebugPreference", "Debug") is not ("SilentlyContinue" or "Ignore");
    internal void WriteDebug(string direction, string line) { if (IsDebugging) Cmdlet.WriteDebug($"{direction} {line.TrimEnd()}"); }
    internal void WriteVerbose(string text) { Inherit("VerbosePreference", "Verbose"); Cmdlet.WriteVerbose(text); }
    internal void WriteWarning(string text) { Inherit("WarningPreference", "WarningAction"); Cmdlet.WriteWarning(text); }
    internal void WriteError(ErrorRecord record) { Inherit("ErrorActionPreference", "ErrorAction"); Cmdlet.WriteError(record); }
    internal bool IsSet(string name) => Bound.TryGetValue(name, out object? given) && LanguagePrimitives.IsTrue(given);
    /// <summary>Returns a preference of this cmdlet as text. The parameter takes precedence over the caller's variable.</summary>
    internal string Inherit(string variable, string parameter) {
        bool isGiven = Bound.ContainsKey(parameter);
        object? value = (isGiven ? module : Cmdlet.SessionState).PSVariable.GetValue(variable);
        if (!isGiven && value is not null) module.PSVariable.Set(variable, value);
        return JsonWriter.Invariant(value);
    }

    /// <summary>Returns whether to make a change. Throws Failure if the session cannot prompt, which must not count as a yes.</summary>
    internal bool Confirms(JsonObject texts, Dictionary<string, string> values) {
        Inherit("WhatIfPreference", "WhatIf");
        Inherit("ConfirmPreference", "Confirm");
        bool isForced = texts.Has("force") && IsSet("Force") && !Bound.ContainsKey("Confirm");
        if (isForced) module.PSVariable.Set("ConfirmPreference", ConfirmImpact.None);
        string action = texts.Get<string>("action");
        string description = $"Performing the operation \"{action}\" on target \"{Texts.Fill(texts.Get<string>("target"), values)}\".";
        try { return Cmdlet.ShouldProcess(description, Texts.Fill(texts.Get<string>("query"), values), action); }
        catch (Exception error)
            when (error is HostException or PSInvalidOperationException or PSNotImplementedException or PSNotSupportedException) {
            throw new Failure("notConfirmed", description, [("Problem", error.GetBaseException().Message)], error);
        }
    }
}

/// <summary>Progress of one long call, at once, or of a pipeline: after a second, 4 times a second, in percent of a known total.</summary>
internal sealed class ProgressBar(Caller caller, int total) {
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long next = 1000;
    private bool isShown;
    private bool IsSilent => caller.Inherit("ProgressPreference", "ProgressAction") is "SilentlyContinue" or "Ignore";
    internal void Announce(string status) { if (!IsSilent) Write(status, -1); }
    internal void Show(long done) {
        if (clock.ElapsedMilliseconds < next || IsSilent) return;
        if (total > 0) Write(FormattableString.Invariant($"{done} of {total}"), (int)Math.Min(100, 100 * done / total));
        else Write(FormattableString.Invariant($"{done} done"), -1);
    }

    internal void Hide() { if (isShown) Write("done", -1, ProgressRecordType.Completed); }
    private void Write(string status, int percent, ProgressRecordType type = ProgressRecordType.Processing) {
        (isShown, next) = (true, clock.ElapsedMilliseconds + 250);
        string name = caller.Cmdlet.MyInvocation.MyCommand.Name;
        caller.Cmdlet.WriteProgress(new ProgressRecord(1, name, status) { RecordType = type, PercentComplete = percent });
    }
}
