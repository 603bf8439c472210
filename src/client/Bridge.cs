namespace Dllet.Client;

/// <summary>One running program, and the requests it owes a reply to. It ends with its module, its runspace or this process.</summary>
internal sealed class Bridge : IDisposable {
    // Longer than any reply of the program; what sends more is not it.
    private const int LineLimit = 32 * 1024 * 1024;
    // So much fits into a pipe that nobody reads. Were more written while the program writes a reply, each would wait for the other to read.
    private static readonly int PipeSize = SystemFacts.IsWindows ? 4096 : 32768;
    private readonly Process process;
    private readonly Stream input;
    private readonly LineReader output;
    private readonly LastWords errors;
    private readonly Watch watch;
    private readonly JobObject? job;
    private readonly Runspace? runspace = Runspace.DefaultRunspace;
    // Every request until its reply is read, also when nobody asks for it any more, and how many bytes of them the program may not have read.
    private readonly List<OpenRequest> open = [];
    private int unread;
    private byte[] unsent = [];
    private long lastId;
    private bool isClosed;
    private (string Status, string Words)? ending;

    private Bridge(string node, Process process) {
        Node = node;
        this.process = process;
        input = process.StandardInput.BaseStream;
        output = new LineReader(process.StandardOutput.BaseStream, LineLimit);
        errors = new LastWords(process.StandardError.BaseStream);
        watch = new Watch(Kill);
        job = SystemFacts.IsWindows ? JobObject.TryAssign(process) : null;
        if (runspace is not null) runspace.StateChanged += EndWithRunspace;
        Greeting = Add(Make("dllet.handshake", "{}"));
        unread = 0;
    }

    internal string Node { get; }
    /// <summary>True once it has said that it is the program of this module.</summary>
    internal bool IsGreeted { get; set; }
    internal bool IsOverdue => watch.IsOverdue;
    /// <summary>The request that asks who it is. It goes out with the first flush.</summary>
    internal Request Greeting { get; }
    /// <summary>True while replies are still to be read that somebody will ask for.</summary>
    internal bool OwesReplies => open.Exists(one => one.Request.TryGetTarget(out Request? request) && request != Greeting);
    /// <summary>Starts the program. Throws Win32Exception where that fails.</summary>
    internal static Bridge Start(string node, string arguments, string directory) => new(node, Process.Start(ProgramStart.Make(node, arguments, directory)));

    /// <summary>The id and the text of a new request. Nothing is sent.</summary>
    internal (long Id, string Text) Make(string method, string parameters) =>
        (++lastId, $"{{\"jsonrpc\":\"2.0\",\"id\":{lastId},\"method\":\"{method}\",\"params\":{parameters}}}");

    /// <summary>Takes a request, which is written with the next flush.</summary>
    internal Request Add((long Id, string Text) made) {
        var request = new Request(this, made.Id, made.Text);
        byte[] line = Encoding.UTF8.GetBytes(made.Text + "\n");
        open.Add(new OpenRequest(request, line.Length));
        unsent = unsent.Length == 0 ? line : [.. unsent, .. line];
        unread += line.Length;
        return request;
    }

    /// <summary>Reads what is owed where a request of this size would wait for it. Throws InvalidDataException for what is no reply.</summary>
    internal void MakeRoom(int size, Caller caller, int seconds) { if (unread > 0 && unread + size > PipeSize) Settle(caller, seconds); }
    /// <summary>Reads all that is owed. Throws InvalidDataException for what is no reply.</summary>
    internal void Settle(Caller caller, int seconds) => ReadUntil(() => unread == 0, caller, seconds);
    /// <summary>Reads what somebody waits for of a program that may not listen any more. Throws InvalidDataException for what is no reply.</summary>
    internal void ReadOn(Caller caller, int seconds) => ReadUntil(() => !open.Exists(one => one.Request.TryGetTarget(out _)), caller, seconds);

    /// <summary>Writes what has been added. Throws IOException where the program does not take it, or was ended meanwhile.</summary>
    internal void Flush(Caller caller, int seconds) {
        if (isClosed) throw new IOException("the program was ended");
        byte[] bytes = unsent;
        unsent = [];
        if (bytes.Length == 0) return;
        // What the pipe has room for is written at once.
        if (unread <= PipeSize) Write(bytes);
        else watch.During(caller.Cmdlet, seconds, () => Write(bytes));
    }

    /// <summary>The line of the reply to this request; lines for others are kept for them. Null where the program has gone, or was ended because
    /// the pipeline stopped or the time is over. Throws InvalidDataException for what is no reply.</summary>
    internal string? Read(Request request, Caller caller, int seconds) => ReadUntil(() => request.Line is not null, caller, seconds) ? request.Line : null;
    /// <summary>Nobody will ask for this reply any more. It is read all the same when its turn comes.</summary>
    internal void Forget(Request request) => open.Find(one => one.Id == request.Id)?.Request.SetTarget(null!);

    /// <summary>How the program ended, and its last words. Waits for both, as long as the pipeline is not stopped.</summary>
    internal (string Status, string Words) Ending(Caller caller) {
        ending ??= (WaitForExit(caller), errors.Text);
        return ending.Value;
    }

    /// <summary>Ends the program: its input ends, so it leaves by itself; what does not leave, or must go at once, is killed.</summary>
    internal void Close(bool now) {
        if (isClosed) return;
        isClosed = true;
        if (runspace is not null) runspace.StateChanged -= EndWithRunspace;
        if (now) Kill();
        try { input.Dispose(); } catch (IOException) { } // What was not written is lost with the program.
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

    private bool ReadUntil(Func<bool> isDone, Caller caller, int seconds) {
        if (isDone()) return true;
        if (isClosed) return false;
        bool isRead = watch.During(caller.Cmdlet, seconds, () => {
            while (ReadReply()) if (isDone()) return true;
            return false;
        });
        return isRead && !caller.IsStopping && !IsOverdue;
    }

    private bool ReadReply() {
        string? line;
        try { line = output.Read(); } catch (Exception error) when (error is IOException or ObjectDisposedException) { return false; }
        if (line is null) return false;
        // Of a program that ends while it writes, the last that is read is a part of a reply.
        if (output.IsCut && line.StartsWith("{", StringComparison.Ordinal) && process.WaitForExit(100)) return false;
        if (!TryGetId(line, out long id) || id > lastId) throw new InvalidDataException(line);
        // What has an answer already may come again.
        int index = open.FindIndex(one => one.Id == id);
        if (index >= 0) {
            OpenRequest answered = open[index];
            open.RemoveAt(index);
            if (id != Greeting.Id) unread -= answered.Size;
            if (answered.Request.TryGetTarget(out Request? request)) request.Line = line;
        }
        return true;
    }

    private static bool TryGetId(string line, out long id) {
        const string Start = "{\"jsonrpc\":\"2.0\",\"id\":";
        id = 0;
        if (!line.StartsWith(Start, StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal)) return false;
        int at = Start.Length;
        for (; at < line.Length && at < Start.Length + 18 && line[at] is >= '0' and <= '9'; at++) id = (id * 10) + line[at] - '0';
        return at > Start.Length && at < line.Length && line[at] == ',';
    }

    // The runspace has stopped its pipelines before, so nobody waits for an answer; no script can run there any more.
    private void EndWithRunspace(object? sender, RunspaceStateEventArgs change) {
        if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken) Kill();
    }

    private void Kill() { ProgramStart.Kill(process); job?.Dispose(); }

    // A request whose reply is not read yet. Who asked may have gone without a word.
    private sealed class OpenRequest(Request request, int size) {
        internal long Id { get; } = request.Id;
        internal int Size { get; } = size;
        internal WeakReference<Request> Request { get; } = new(request);
    }
}

/// <summary>A request and, once it was read, the line of its reply.</summary>
internal sealed class Request(Bridge bridge, long id, string text) {
    internal Bridge Bridge { get; } = bridge;
    internal long Id { get; } = id;
    internal string Text { get; } = text;
    internal string? Line { get; set; }
}
