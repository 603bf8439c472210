namespace Dllet.Client;

/// <summary>Guards a thread that waits for a program: kills the program on a stop or a timeout, which ends the wait.</summary>
internal sealed class Watch : IDisposable {
    // A stop ends the wait within 100 ms.
    private const int PeriodMilliseconds = 50;
    private readonly object gate = new();
    private readonly Action kill;
    private readonly Timer timer;
    private Cmdlet? waiting;
    // 0 while nothing waits.
    private long deadline;
    internal Watch(Action kill) { this.kill = kill; timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite); }
    /// <summary>True if the program was killed because of a timeout.</summary>
    internal bool IsOverdue { get; private set; }

    /// <summary>Runs work that may wait for the program, for at most the given number of seconds, or until the cmdlet is stopped.</summary>
    internal T During<T>(Cmdlet? cmdlet, int seconds, Func<T> work) {
        Set(cmdlet, Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency), PeriodMilliseconds);
        try { return work(); } finally { Set(null, 0, Timeout.Infinite); }
    }

    public void Dispose() => timer.Dispose();

    private void Set(Cmdlet? cmdlet, long until, int period) {
        lock (gate) { (waiting, deadline) = (cmdlet, until); timer.Change(period, period); }
    }

    // Locked, so that a late timer callback cannot kill the program during a later wait.
    private void Look() {
        lock (gate) {
            if (deadline == 0) return;
            IsOverdue |= Stopwatch.GetTimestamp() > deadline;
            if (IsOverdue || waiting is { Stopping: true }) kill();
        }
    }
}
