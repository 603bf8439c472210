namespace Dllet.Client;

/// <summary>Looks after a thread that waits for a program: it ends the program when the pipeline is stopped or the time is over, and so the wait.</summary>
internal sealed class Watch : IDisposable {
    // A stop ends the wait within 100 ms.
    private const int PeriodMilliseconds = 50;
    private readonly object gate = new();
    private readonly Action kill;
    private readonly Timer timer;
    private Cmdlet? waiting;
    private long deadline;
    internal Watch(Action kill) { this.kill = kill; timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite); }
    /// <summary>True when the program was ended because the time was over.</summary>
    internal bool IsOverdue { get; private set; }

    /// <summary>Does what may wait for the program, for at most so many seconds.</summary>
    internal T During<T>(Cmdlet cmdlet, int seconds, Func<T> work) {
        Set(cmdlet, Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency), PeriodMilliseconds);
        try { return work(); } finally { Set(null, 0, Timeout.Infinite); }
    }

    public void Dispose() => timer.Dispose();

    private void Set(Cmdlet? cmdlet, long until, int period) {
        lock (gate) { (waiting, deadline) = (cmdlet, until); timer.Change(period, period); }
    }

    // Under the gate: a look that comes late must not end what has nothing to do with the wait that it belongs to.
    private void Look() {
        lock (gate) {
            if (waiting is null) return;
            IsOverdue |= Stopwatch.GetTimestamp() > deadline;
            if (IsOverdue || waiting.Stopping) kill();
        }
    }
}
