using System.Diagnostics;
using System.Threading;

namespace Dllet.Client;

/// <summary>
/// Looks after a thread that waits for a program: it ends the program when the pipeline is stopped or the time is over, and so the wait.
/// Its timer runs on for a second after a wait, because to start it takes longer than many a call.
/// </summary>
internal sealed class Watch : IDisposable
{
    // A stop ends the wait within 100 ms.
    private const int PeriodMilliseconds = 50;
    private const int IdlePeriods = 20;
    private readonly Action kill;
    private readonly Timer timer;
    private Cmdlet? waiting;
    private long deadline;
    private readonly object gate = new();
    private int idle = IdlePeriods;
    private volatile bool isOverdue;

    internal Watch(Action kill)
    {
        this.kill = kill;
        timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>True when the program was ended because the time was over.</summary>
    internal bool IsOverdue => isOverdue;

    /// <summary>From now on a cmdlet waits for the program, for at most so many seconds.</summary>
    internal void Begin(Cmdlet cmdlet, int seconds)
    {
        Volatile.Write(ref deadline, Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency));
        Volatile.Write(ref waiting, cmdlet);
        lock (gate)
        {
            if (idle >= IdlePeriods) timer.Change(PeriodMilliseconds, PeriodMilliseconds);
            idle = 0;
        }
    }

    /// <summary>The wait is over.</summary>
    internal void End() => Volatile.Write(ref waiting, null);

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        Cmdlet? cmdlet = Volatile.Read(ref waiting);
        if (cmdlet is null)
        {
            lock (gate)
            {
                idle++;
                if (idle >= IdlePeriods) timer.Change(Timeout.Infinite, Timeout.Infinite);
            }

            return;
        }

        if (cmdlet.Stopping)
        {
            kill();
        }
        else if (Stopwatch.GetTimestamp() > Volatile.Read(ref deadline))
        {
            isOverdue = true;
            kill();
        }
    }
}
