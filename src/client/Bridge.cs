namespace Dllet.Client;

/// <summary>A running bridge process and its outstanding requests. It ends with its module, its runspace or this process.</summary>
internal sealed class Bridge : IDisposable {
    // A safe lower bound of the pipe's capacity. Writing more while the bridge writes a reply would deadlock.
    private static readonly int PipeSize = SystemFacts.IsWindows ? 4096 : 32768;
    private readonly Process process;
    private readonly Stream input;
    private readonly LineReader output;
    private readonly LastWords errors;
    private readonly Watch watch;
    private readonly JobObject? job;
    private readonly Runspace? runspace = Runspace.DefaultRunspace;
    // Requests whose reply has not been read yet, including abandoned ones: a weak reference detects callers that dropped the request.
    private readonly List<(long Id, int Size, WeakReference<Request> Request)> open = [];
    // The number of request bytes that the bridge may not have read yet.
    private int unread;
    private byte[] unsent = [];
    private long lastId;
    private bool isClosed;
    private (string Status, string Words)? ending;

    private Bridge(string node, Process process, int longestLine) {
        Node = node;
        this.process = process;
        input = process.StandardInput.BaseStream;
        output = new LineReader(process.StandardOutput.BaseStream, longestLine);
        errors = new LastWords(process.StandardError.BaseStream);
        watch = new Watch(Kill);
        job = SystemFacts.IsWindows ? JobObject.TryAssign(process) : null;
        if (runspace is not null) runspace.StateChanged += EndWithRunspace;
        Greeting = Make("dllet.handshake", "{}");
        Add(Greeting);
        unread = 0;
    }

    internal string Node { get; }
    /// <summary>True after the handshake confirmed that the bridge belongs to this module.</summary>
    internal bool IsGreeted { get; set; }
    /// <summary>True if it owes no reply at all.</summary>
    internal bool IsIdle => open.Count == 0 && !isClosed;
    internal bool IsOverdue => watch.IsOverdue;
    /// <summary>The handshake request. The first flush sends it.</summary>
    internal Request Greeting { get; }
    /// <summary>True while an awaited reply is outstanding.</summary>
    internal bool OwesReplies => open.Exists(one => one.Request.TryGetTarget(out Request? request) && request != Greeting);

    /// <summary>Starts the program. Throws Win32Exception if that fails.</summary>
    internal static Bridge Start(string node, string arguments, string directory, int longestLine) =>
        new(node, ProgramStart.Start(node, arguments, directory), longestLine);

    /// <summary>Returns whether an error says that the program exited or was closed.</summary>
    internal static bool IsBroken(Exception error) => error is IOException or ObjectDisposedException;

    /// <summary>Returns a new request. Sends nothing.</summary>
    internal Request Make(string method, string parameters) =>
        new(this, ++lastId, $"{{\"jsonrpc\":\"2.0\",\"id\":{lastId},\"method\":\"{method}\",\"params\":{parameters}}}");

    /// <summary>Queues a request; the next flush writes it.</summary>
    internal void Add(Request request) {
        byte[] line = new byte[Encoding.UTF8.GetByteCount(request.Text) + 1];
        _ = Encoding.UTF8.GetBytes(request.Text, 0, request.Text.Length, line, 0);
        line[line.Length - 1] = (byte)'\n';
        open.Add((request.Id, line.Length, new WeakReference<Request>(request)));
        unsent = unsent.Length == 0 ? line : [.. unsent, .. line];
        unread += line.Length;
    }

    /// <summary>Reads replies if a request of this size could block. Throws InvalidDataException for a malformed reply.</summary>
    internal void MakeRoom(int size, Caller caller, int seconds) {
        if (unread > 0 && unread + size > PipeSize) ReadUntil(() => unread == 0, caller, seconds);
    }

    /// <summary>Reads the awaited replies of a bridge that may not read any more. Throws InvalidDataException for a bad reply.</summary>
    internal void ReadOn(Caller caller, int seconds) =>
        ReadUntil(() => !open.Exists(one => one.Request.TryGetTarget(out _)), caller, seconds);

    /// <summary>Writes the queued requests. Throws IOException if the bridge does not accept them or was closed.</summary>
    internal void Flush(Caller? caller = null, int seconds = 0) {
        if (isClosed) throw new IOException("the program was ended");
        byte[] bytes = unsent;
        unsent = [];
        if (bytes.Length == 0) return;
        // A write that fits into the pipe cannot block.
        if (caller is null || unread <= PipeSize) Write(bytes);
        else watch.During(caller.Stoppable, seconds, () => Write(bytes));
    }

    /// <summary>Returns the reply line of this request and keeps the lines of other requests. Returns null if the program exited or was
    /// ended because of a stop or a timeout. Throws InvalidDataException for a malformed reply.</summary>
    internal string? Read(Request request, Caller? caller, int seconds) =>
        ReadUntil(() => request.Line is not null, caller, seconds) ? request.Line : null;

    /// <summary>Abandons a request. Its reply is still read, then dropped.</summary>
    internal void Forget(Request request) => open.Find(one => one.Id == request.Id).Request?.SetTarget(null!);

    /// <summary>Returns the exit code and the last lines of stderr. Waits for both unless the pipeline is stopped.</summary>
    internal (string Status, string Words) Ending(Caller caller) =>
        ending ??= (WaitForExit(caller), errors.Text);

    /// <summary>Ends the program: closes its input, then kills it if it does not exit in time, or at once.</summary>
    internal void Close(bool now) {
        if (isClosed) return;
        isClosed = true;
        if (runspace is not null) runspace.StateChanged -= EndWithRunspace;
        if (now) Kill();
        try { input.Dispose(); } catch (IOException) { } // Unwritten data is lost with the program.
        if (!process.WaitForExit(1000)) Kill();
        foreach (IDisposable? one in new IDisposable?[] { output, watch, job, process }) one?.Dispose();
    }

    public void Dispose() => Close(now: true);

    private bool Write(byte[] bytes) {
        input.Write(bytes, 0, bytes.Length);
        input.Flush();
        return true;
    }

    private string WaitForExit(Caller caller) {
        try {
            bool hasExited = false;
            for (int wait = 0; wait < 40 && !hasExited && !caller.IsStopping; wait++) hasExited = process.WaitForExit(50);
            for (int wait = 0; wait < 20 && hasExited && !errors.HasEnded(50) && !caller.IsStopping; wait++) continue;
            return hasExited ? process.ExitCode.ToString(CultureInfo.InvariantCulture) : "unknown";
        } catch (InvalidOperationException) { return "unknown"; }
    }

    private bool ReadUntil(Func<bool> isDone, Caller? caller, int seconds) {
        if (isDone()) return true;
        if (isClosed) return false;
        bool isRead = watch.During(caller?.Stoppable, seconds, () => {
            while (ReadReply()) if (isDone()) return true;
            return false;
        });
        return isRead && caller is not { IsStopping: true } && !IsOverdue;
    }

    private bool ReadReply() {
        string? line;
        try { line = output.Read(); } catch (Exception error) when (IsBroken(error)) { return false; }
        if (line is null) return false;
        // A program that exits while writing leaves an incomplete reply; that it has exited may be known only later.
        if (output.IsCut && line.StartsWith("{", StringComparison.Ordinal)) return false;
        if (!TryGetId(line, out long id) || id > lastId) throw new InvalidDataException(line);
        // A duplicate reply is ignored.
        int index = open.FindIndex(one => one.Id == id);
        if (index < 0) return true;
        (_, int size, WeakReference<Request> answered) = open[index];
        open.RemoveAt(index);
        if (id != Greeting.Id) unread -= size;
        if (answered.TryGetTarget(out Request? request)) request.Line = line;
        return true;
    }

    private static bool TryGetId(string line, out long id) {
        const string Start = "{\"jsonrpc\":\"2.0\",\"id\":";
        id = 0;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal)) return false;
        int length = line.IndexOf(',', Start.Length) - Start.Length;
        string text = length > 0 ? line.Substring(Start.Length, length) : string.Empty;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    // The runspace stopped its pipelines before this event, so no call is waiting, and no script can run there any more.
    private void EndWithRunspace(object? sender, RunspaceStateEventArgs change) {
        if (change.RunspaceStateInfo.State is not (RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)) return;
        // An idle program ends with its input, after it has released its handles. One that owes a reply may never end.
        // The end of the input also ends the child of a launcher. Looking for children takes a millisecond for each process of the system.
        if (!IsIdle) ProgramStart.Kill(process, withChildren: false);
        try { input.Dispose(); } catch (IOException) { } // Unwritten data is lost with the program.
        if (job is not null && IsIdle) process.WaitForExit(1000);
        job?.Dispose();
    }

    private void Kill() { ProgramStart.Kill(process); job?.Dispose(); }
}

/// <summary>A request and, after it was read, the line of its reply.</summary>
internal sealed class Request(Bridge bridge, long id, string text) {
    internal Bridge Bridge { get; } = bridge;
    internal long Id { get; } = id;
    internal string Text { get; } = text;
    internal string? Line { get; set; }
}
