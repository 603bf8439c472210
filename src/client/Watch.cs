using System.Diagnostics;
using System.Threading;

namespace Dllet.Client;

/// <summary>
/// Looks after a thread that waits for a program: it ends the program when the pipeline is stopped or the time is over, and so the wait.
/// </summary>
internal sealed class Watch : IDisposable
{
    // A stop ends the wait within 100 ms.
    private const int PeriodMilliseconds = 50;
    private readonly Action kill;
    private readonly Timer timer;
    private Cmdlet? waiting;
    private long deadline;
    private volatile bool isOverdue;

    internal Watch(Action kill)
    {
        this.kill = kill;
        timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>True when the program was ended because the time was over.</summary>
    internal bool IsOverdue => isOverdue;

    /// <summary>Does what may wait for the program, for at most so many seconds.</summary>
    internal T During<T>(Cmdlet cmdlet, int seconds, Func<T> work)
    {
        Volatile.Write(ref deadline, Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency));
        Volatile.Write(ref waiting, cmdlet);
        timer.Change(PeriodMilliseconds, PeriodMilliseconds);
        try
        {
            return work();
        }
        finally
        {
            timer.Change(Timeout.Infinite, Timeout.Infinite);
            Volatile.Write(ref waiting, null);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        Cmdlet? cmdlet = Volatile.Read(ref waiting);
        if (cmdlet is null) return;
        if (cmdlet.Stopping) kill();
        else if (Stopwatch.GetTimestamp() > Volatile.Read(ref deadline))
        {
            isOverdue = true;
            kill();
        }
    }
}
