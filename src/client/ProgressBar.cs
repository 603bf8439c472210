namespace Dllet.Client;

/// <summary>Progress of a long pipeline: shown after one second, at most four times a second, with a percentage if the total is known.</summary>
internal sealed class ProgressBar(Caller caller, int total) {
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long shown;

    private bool IsSilent => caller.Inherit("ProgressPreference", "ProgressAction") is "SilentlyContinue" or "Ignore";

    /// <summary>Shows at once what a single long call is about.</summary>
    internal void Announce(string status) {
        if (IsSilent) return;
        shown = 1;
        caller.Cmdlet.WriteProgress(Record(status));
    }

    internal void Show(long done) {
        long now = clock.ElapsedMilliseconds;
        if (now < 1000 || now - shown < 250 || IsSilent) return;
        shown = now;
        string count = done.ToString(CultureInfo.InvariantCulture);
        var record = Record(total > 0 ? $"{count} of {total.ToString(CultureInfo.InvariantCulture)}" : $"{count} done");
        record.PercentComplete = total > 0 ? (int)Math.Min(100, 100 * done / total) : -1;
        caller.Cmdlet.WriteProgress(record);
    }

    internal void Hide() {
        if (shown == 0) return;
        var record = Record("done");
        record.RecordType = ProgressRecordType.Completed;
        caller.Cmdlet.WriteProgress(record);
    }

    private ProgressRecord Record(string status) => new(1, caller.Cmdlet.MyInvocation.MyCommand.Name, status);
}
