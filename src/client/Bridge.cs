using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation.Runspaces;

namespace Dllet.Client;

/// <summary>One running program, and the requests it owes a reply to. It ends with its module, its runspace or this process.</summary>
internal sealed class Bridge : IDisposable
{
    // Longer than any reply of the program; what sends more is not it.
    private const int LineLimit = 32 * 1024 * 1024;
    // What every pipe takes without a reader; to write more may have to wait.
    private const int PipeSize = 4096;
    private readonly Process process;
    private readonly Stream input;
    private readonly LineReader output;
    private readonly LastWords errors;
    private readonly Watch watch;
    private readonly JobObject? job;
    private readonly Runspace? runspace = Runspace.DefaultRunspace;
    private readonly List<WeakReference<Request>> open = [];
    private string unsent = string.Empty;
    private long lastId;
    private bool isClosed;

    private Bridge(string node, Process process)
    {
        Node = node;
        this.process = process;
        input = process.StandardInput.BaseStream;
        output = new LineReader(process.StandardOutput.BaseStream, LineLimit);
        errors = new LastWords(process.StandardError.BaseStream);
        watch = new Watch(Kill);
        job = SystemFacts.IsWindows ? JobObject.TryAssign(process) : null;
        if (runspace is not null) runspace.StateChanged += EndWithRunspace;
    }

    /// <summary>The path of its Node.js.</summary>
    internal string Node { get; }

    /// <summary>True once it has said that it is the program of this module.</summary>
    internal bool IsGreeted { get; set; }

    /// <summary>True when it was ended because the time was over.</summary>
    internal bool IsOverdue => watch.IsOverdue;

    /// <summary>The request that asks who it is.</summary>
    internal Request? Greeting { get; set; }

    /// <summary>The line of that request.</summary>
    internal string GreetingText { get; set; } = string.Empty;

    /// <summary>True while replies are still to be read that somebody will ask for.</summary>
    internal bool OwesReplies => Waiting().Exists(request => request != Greeting);

    /// <summary>Starts the program. Throws Win32Exception where that fails.</summary>
    internal static Bridge Start(string node, string arguments, string directory) =>
        new(node, Process.Start(ProgramStart.Make(node, arguments, directory)));

    /// <summary>Registers a request. It is written with the next flush.</summary>
    internal Request Add(string method, string parameters, out string text)
    {
        var request = new Request(this, ++lastId);
        text = $"{{\"jsonrpc\":\"2.0\",\"id\":{lastId},\"method\":\"{method}\",\"params\":{parameters}}}";
        open.Add(new WeakReference<Request>(request));
        unsent += text + "\n";
        return request;
    }

    /// <summary>Writes what has been added. Throws IOException where the program does not take it, or was ended meanwhile.</summary>
    internal void Flush(Caller caller, int seconds)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(unsent);
        unsent = string.Empty;
        Watched(caller, seconds, () => Write(bytes));
    }

    /// <summary>
    /// The line of the reply to this request; lines for others are kept for them. Null where the program has gone, or was ended because
    /// the pipeline stopped or the time is over. Throws InvalidDataException for what is no reply.
    /// </summary>
    internal string? Read(Request request, Caller caller, int seconds)
    {
        while (request.Line is null)
        {
            string? line = Watched(caller, seconds, ReadLine);
            if (line is null || caller.IsStopping || IsOverdue) return null;
            if (!TryGetId(line, out long id) || id > lastId)
            {
                // Half a line is the last that is read of a program that ends while it writes.
                bool isCut = line.StartsWith("{", StringComparison.Ordinal) && !line.EndsWith("}", StringComparison.Ordinal) && process.WaitForExit(100);
                return isCut ? null : throw new InvalidDataException(line);
            }

            foreach (Request other in Waiting())
            {
                if (other.Id == id) other.Line = line;
            }

            Forget(id);
        }

        return request.Line;
    }

    /// <summary>Reads all that is owed, so that the program can read on.</summary>
    internal void Settle(Caller caller, int seconds)
    {
        foreach (Request request in Waiting()) Read(request, caller, seconds);
    }

    /// <summary>Nobody will ask for this reply any more.</summary>
    internal void Forget(long id) => open.RemoveAll(one => !one.TryGetTarget(out Request? request) || request.Id == id);

    /// <summary>How the program ended, and its last words. Waits for both, as long as the pipeline is not stopped.</summary>
    internal (string Status, string Words) Ending(Caller caller)
    {
        bool hasExited = false;
        try
        {
            for (int wait = 0; wait < 20 && !hasExited && !caller.IsStopping; wait++)
                hasExited = process.WaitForExit(100);
            string words = errors.Read(TimeSpan.FromSeconds(hasExited ? 1 : 0));
            return (hasExited ? process.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture) : "unknown", words);
        }
        catch (InvalidOperationException)
        {
            return ("unknown", string.Empty);
        }
    }

    /// <summary>Ends the program: its input ends, so it leaves by itself; what does not leave, or must go at once, is killed.</summary>
    internal void Close(bool now)
    {
        if (isClosed) return;
        isClosed = true;
        if (runspace is not null) runspace.StateChanged -= EndWithRunspace;
        if (now) Kill();
        try
        {
            input.Dispose();
        }
        catch (IOException)
        {
            // What was not written is lost with the program.
        }

        if (!process.WaitForExit(1000)) Kill();
        watch.Dispose();
        job?.Dispose();
        process.Dispose();
    }

    public void Dispose() => Close(now: true);

    private static bool TryGetId(string line, out long id)
    {
        const string Start = "{\"jsonrpc\":\"2.0\",\"id\":";
        id = 0;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal))
            return false;
        int at = Start.Length;
        for (; at < line.Length && at < Start.Length + 18 && line[at] is >= '0' and <= '9'; at++)
            id = (id * 10) + line[at] - '0';
        return at > Start.Length && at < line.Length && line[at] == ',';
    }

    private T Watched<T>(Caller caller, int seconds, Func<T> work)
    {
        watch.Begin(caller.Cmdlet, seconds);
        try
        {
            return work();
        }
        finally
        {
            watch.End();
        }
    }

    private bool Write(byte[] bytes)
    {
        input.Write(bytes, 0, bytes.Length);
        input.Flush();
        return true;
    }

    private string? ReadLine()
    {
        try
        {
            return output.Read();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private List<Request> Waiting()
    {
        var waiting = new List<Request>();
        foreach (WeakReference<Request> one in open)
        {
            if (one.TryGetTarget(out Request? request)) waiting.Add(request);
        }

        return waiting;
    }

    // The runspace has stopped its pipelines before, so nobody waits for an answer; no script can run there any more.
    private void EndWithRunspace(object sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
            Kill();
    }

    private void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has gone already.
        }
    }
}

/// <summary>A request and, once it was read, the line of its reply.</summary>
internal sealed class Request(Bridge bridge, long id)
{
    internal Bridge Bridge { get; } = bridge;

    internal long Id { get; } = id;

    internal string? Line { get; set; }
}
