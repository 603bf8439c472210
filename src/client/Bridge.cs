namespace Dllet.Client;

/// <summary>A running bridge process and its outstanding requests. It ends with its module, its runspace or this process.</summary>
internal sealed class Bridge : IDisposable {
    private static readonly int PipeSize = SystemFacts.IsWindows ? 4096 : 32768; // No pipe holds less. Writing more could deadlock.
    private readonly Exchange exchange;
    private readonly Process process;
    private readonly Stream input;
    private readonly LineReader output;
    private readonly LastWords errors;
    private readonly Watch watch;
    private readonly JobObject? job;
    private readonly Runspace? runspace = Runspace.DefaultRunspace;
    private readonly List<Request> open = []; // Requests whose reply has not been read yet, including abandoned ones.
    private byte[] unsent = [];
    private long lastId;
    private bool isClosed;
    private (string Status, string Words)? ending;
    internal readonly string Node;
    internal readonly Request Greeting; // The handshake request. The first flush sends it.
    internal bool IsGreeted; // The handshake confirmed that the bridge belongs to this module.
    /// <summary>Starts the program. Throws Win32Exception if that fails.</summary>
    internal Bridge(Exchange exchange, string node, string arguments, string directory, int longestLine) {
        (this.exchange, Node, process) = (exchange, node, ProgramStart.Start(node, arguments, directory));
        input = process.StandardInput.BaseStream;
        output = new LineReader(process.StandardOutput.BaseStream, longestLine);
        errors = new LastWords(process.StandardError.BaseStream);
        watch = new Watch(Kill);
        job = SystemFacts.IsWindows ? JobObject.TryAssign(process) : null;
        if (runspace is not null) runspace.StateChanged += EndWithRunspace;
        Greeting = Add(Make("dllet.handshake", "{}"));
    }

    internal bool IsIdle => open.Count == 0 && !isClosed;
    internal bool HasEnded => isClosed || process.HasExited;
    internal bool IsOverdue => watch.IsOverdue;
    internal bool OwesReplies => open.Exists(one => !one.IsAbandoned && one != Greeting);
    private int Unread => open.Sum(one => one == Greeting ? 0 : one.Text.Length); // Request bytes that the bridge may not have read yet.
    internal static bool IsBroken(Exception error) => error is IOException or ObjectDisposedException;
    internal Request Make(string method, string parameters) =>
        new(this, ++lastId, method, $"{{\"jsonrpc\":\"2.0\",\"id\":{lastId},\"method\":\"{method}\",\"params\":{parameters}}}\n");

    internal Request Add(Request request) { // Queues a request; the next flush writes it.
        open.Add(request);
        unsent = [.. unsent, .. Encoding.ASCII.GetBytes(request.Text)];
        return request;
    }

    /// <summary>Writes a request after the queued ones. Reads replies first if writing could block. Throws as Flush and Read do.</summary>
    internal void Write(Request request, Caller caller) {
        if (Unread is > 0 and int size && size + request.Text.Length > PipeSize) ReadUntil(() => Unread == 0, caller);
        Add(request);
        Flush(caller);
    }

    /// <summary>Writes the queued requests. Throws IOException if the bridge does not accept them or was closed.</summary>
    internal void Flush(Caller? caller) {
        if (isClosed) throw new IOException("the program was ended");
        (byte[] bytes, unsent) = (unsent, []);
        if (bytes.Length > 0) watch.During(caller, exchange.TimeoutSeconds, () => { input.Write(bytes, 0, bytes.Length); input.Flush(); });
    }

    /// <summary>Returns the reply, keeping others; null after an exit, a stop or a timeout. Throws Failure for a malformed reply.</summary>
    internal Reply? Read(Request request, Caller? caller) => ReadUntil(() => request.Reply is not null, caller) ? request.Reply : null;
    /// <summary>Reads the awaited replies of a bridge that may have stopped reading. Throws Failure for a malformed reply.</summary>
    internal void ReadOn(Caller caller) => ReadUntil(() => open.TrueForAll(one => one.IsAbandoned), caller);
    /// <summary>Returns the exit code and the last lines of stderr. Waits for both unless the pipeline is stopped.</summary>
    internal (string Status, string Words) Ending(Caller caller) => ending ??= (WaitForExit(caller), errors.Text);
    internal void Close(bool now) { // Ends the program: closes its input, then kills it if it does not exit in time, or at once.
        if (isClosed) return;
        isClosed = true;
        if (runspace is not null) runspace.StateChanged -= EndWithRunspace;
        if (now) Kill();
        CloseInput();
        if (!process.WaitForExit(1000)) Kill();
        foreach (IDisposable? one in new IDisposable?[] { output, watch, job, process }) one?.Dispose();
    }

    public void Dispose() => Close(now: true);
    private void CloseInput() { try { input.Dispose(); } catch (IOException) { } } // Unwritten data is lost with the program.

    private string WaitForExit(Caller caller) {
        try {
            bool hasExited = false;
            for (int wait = 0; wait < 40 && !hasExited && !caller.IsStopping; wait++) hasExited = process.WaitForExit(50);
            for (int wait = 0; wait < 20 && hasExited && !errors.HasEnded(50) && !caller.IsStopping; wait++) continue;
            return hasExited ? process.ExitCode.ToString(CultureInfo.InvariantCulture) : "unknown";
        } catch (InvalidOperationException) { return "unknown"; }
    }

    private bool ReadUntil(Func<bool> isDone, Caller? caller) {
        if (isDone() || isClosed) return isDone();
        try { watch.During(caller, exchange.TimeoutSeconds, () => { while (!isDone() && ReadReply()) continue; }); }
        catch (InvalidDataException error) { throw exchange.Distrust(this, error.Message); }
        catch (Exception error) when (IsBroken(error)) { return false; }
        return isDone() && caller is not { IsStopping: true } && !IsOverdue;
    }

    private bool ReadReply() {
        // A program that exits while writing leaves an incomplete reply. Its exit may be seen only later.
        if (output.Read() is not { } line || (output.IsCut && line.StartsWith("{", StringComparison.Ordinal))) return false;
        try {
            JsonObject reply = JsonReader.ParseObject(line);
            // A request that is too long to be read is refused without an id.
            bool isUnread = reply.TryGetValue("id", out object? given) && given is null;
            long id = isUnread ? open.Find(one => !one.IsReadable)?.Id ?? 0 : reply.Get<long>("id");
            if (reply.Get<string>("jsonrpc") != "2.0" || id < 1 || id > lastId) throw new InvalidDataException(line);
            if (open.Find(one => one.Id == id) is not { } answered) return true; // Ignore a duplicate.
            open.Remove(answered);
            answered.Reply = new Reply(exchange, this, line, reply);
            return true;
        } catch (FormatException) { throw new InvalidDataException(line); }
    }

    // The runspace has stopped its pipelines before this event, so no call is waiting, and no script can run there any more.
    private void EndWithRunspace(object? sender, RunspaceStateEventArgs change) {
        if (change.RunspaceStateInfo.State is not (RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)) return;
        // An idle program releases its handles and exits at the end of its input. One that owes a reply may never exit.
        if (!IsIdle) ProgramStart.Kill(process, withChildren: false); // Finding children takes a millisecond for each process there is.
        CloseInput(); // Also ends the child of a launcher.
        if (job is not null && IsIdle) process.WaitForExit(1000);
        job?.Dispose();
    }

    private void Kill() { ProgramStart.Kill(process); job?.Dispose(); }
}

internal sealed class Request(Bridge bridge, long id, string method, string text) {
    internal readonly Bridge Bridge = bridge;
    internal readonly long Id = id;
    internal readonly string Method = method, Text = text;
    internal bool IsReadable => Text.Length <= 4 << 20; // The program can refuse to read a longer line: see src/bridge/limits.ts.
    internal Reply? Reply;
    internal bool IsAbandoned; // Nobody waits for the reply. It is still read, then dropped.
}

/// <summary>Guards a thread that waits for a program: kills the program on a stop or a timeout, which ends the wait.</summary>
internal sealed class Watch : IDisposable {
    private readonly object gate = new();
    private readonly Action kill;
    private readonly Timer timer;
    private Caller? waiting;
    private long deadline; // 0 if no thread waits.
    internal bool IsOverdue; // The program was killed because of a timeout.
    internal Watch(Action kill) { this.kill = kill; timer = new Timer(_ => Look(), null, Timeout.Infinite, Timeout.Infinite); }
    /// <summary>Runs work that may wait for the program, for at most the given number of seconds, or until the caller is stopped.</summary>
    internal void During(Caller? caller, int seconds, Action work) {
        Set(caller, Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency), 50); // A stop ends the wait within 100 ms.
        try { work(); } finally { Set(null, 0, Timeout.Infinite); }
    }

    public void Dispose() => timer.Dispose();
    private void Set(Caller? caller, long until, int milliseconds) {
        lock (gate) { (waiting, deadline) = (caller, until); timer.Change(milliseconds, milliseconds); }
    }

    private void Look() { // Locked, so that a late timer callback cannot kill the program during a later wait.
        lock (gate) if (deadline > 0) {
            IsOverdue |= Stopwatch.GetTimestamp() > deadline;
            if (IsOverdue || waiting is { IsStopping: true }) kill();
        }
    }
}
