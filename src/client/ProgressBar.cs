namespace Dllet.Client;

/// <summary>Progress of a long pipeline: shown after a second, four times a second, with a percentage if the total is known.</summary>
internal sealed class ProgressBar(Caller caller, int total) {
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long shown;
    private bool IsSilent => caller.Inherit("ProgressPreference", "ProgressAction") is "SilentlyContinue" or "Ignore";

    /// <summary>Shows at once what a single long call is about.</summary>
    internal void Announce(string status) {
        if (IsSilent) return;
        shown = 1;
        Write(status, ProgressRecordType.Processing, -1);
    }

    internal void Show(long done) {
        long now = clock.ElapsedMilliseconds;
        if (now < 1000 || now - shown < 250 || IsSilent) return;
        shown = now;
        Write(total > 0 ? FormattableString.Invariant($"{done} of {total}") : FormattableString.Invariant($"{done} done"),
            ProgressRecordType.Processing, total > 0 ? (int)Math.Min(100, 100 * done / total) : -1);
    }

    internal void Hide() { if (shown > 0) Write("done", ProgressRecordType.Completed, -1); }

    private void Write(string status, ProgressRecordType type, int percent) => caller.Cmdlet.WriteProgress(
        new ProgressRecord(1, caller.Cmdlet.MyInvocation.MyCommand.Name, status) { RecordType = type, PercentComplete = percent });
}
