namespace Dllet.Client;

/// <summary>Requests and replies of a module, nested calls too. The first request starts the bridge; one that exited is replaced.</summary>
internal sealed class Exchange(NativeModule module) {
    private readonly object gate = new();
    private readonly ConcurrentQueue<string> left = new(); // Handles that nobody holds any more, still unknown to the bridge.
    private readonly string programFile = Path.Combine(module.ProgramDirectory, "dllet.cjs");
    private bool isClosed, isUnannounced = module.Options.IsSimulated;
    internal Bridge? Current { get; private set; }
    internal PipelineRun? Origin; // The pipeline whose handles are being read; null if no command follows in it.
    internal int TimeoutSeconds { get; set; } = module.Options.TimeoutSeconds;
    /// <summary>Sends a request and returns its reply, after its notices. Throws Failure if there is no valid reply.</summary>
    internal Reply Call(Caller caller, string method, string parameters, bool afterGreeting) {
        Reply reply = Receive(caller, Send(caller, method, parameters, afterGreeting));
        if (!caller.IsQuiet) foreach (string notice in reply.Notices) caller.WriteWarning(notice);
        return reply;
    }

    /// <summary>Sends a request; Receive returns its reply. One that belongs to a change waits until the handshake is answered.</summary>
    internal Request Send(Caller caller, string method, string parameters, bool afterGreeting) {
        lock (gate) {
            // A completion leaves the warning of a simulated session to the first command.
            if (isUnannounced && !caller.IsQuiet) { isUnannounced = false; caller.WriteWarning(module.Facts.SimulationNotice); }
            while (true) {
                bool isNew = Current is null;
                Bridge current = Current ??= Start(caller);
                if (afterGreeting || caller.IsDebugging) Greet(caller, current);
                if (TellLeft(current) is { } told) told.IsAbandoned = true;
                Request request = current.Make(method, parameters);
                caller.WriteDebug("->", request.Text);
                // While a message was written, a nested command (of an event action, a script property) may have closed the bridge.
                if (Current != current) continue;
                try { current.Write(request, caller); return request; }
                catch (Exception error) when (Bridge.IsBroken(error)) {
                    // The remaining output of a bridge that stopped reading may explain why. It never answers this request.
                    request.IsAbandoned = true;
                    current.ReadOn(caller);
                }
                if (isNew || !current.IsGreeted || current.IsOverdue || current.OwesReplies || caller.IsStopping)
                    throw Broken(caller, request);
                Drop(current); // The bridge exited before it read the request, so nothing was called: send it to a new bridge.
            }
        }
    }

    internal Reply Receive(Caller caller, Request request) { // Returns the reply to a request. Throws Failure if there is no valid reply.
        lock (gate) { Greet(caller, request.Bridge); return Read(caller, request); }
    }

    /// <summary>Has the bridge release a handle: now if it is idle, or with the next request, because a finalizer must not wait.</summary>
    internal void Leave(string handle, bool now, Caller? caller) {
        left.Enqueue(handle);
        if (!now || !Monitor.TryEnter(gate)) return;
        try {
            if (Current is not { IsGreeted: true, IsIdle: true } current || TellLeft(current) is not { } request) return;
            current.Flush(caller);
            _ = current.Read(request, caller);
        } catch (Exception error) when (Bridge.IsBroken(error) || error is Failure) { // The next call reports the error.
        } finally { Monitor.Exit(gate); }
    }

    internal Failure Distrust(Bridge current, string line, string problem = "answered with something that is no reply.") {
        Drop(current);
        string shown = line.Length > 200 ? line.Substring(0, 200) + "..." : line;
        return new Failure("protocol", shown, [("Node", current.Node), ("Problem", problem)]);
    }

    internal void Close() { lock (gate) { isClosed = true; Current?.Close(now: false); Current = null; } }
    private Request? TellLeft(Bridge current) {
        var handles = new List<string>();
        while (handles.Count < 100 && left.TryDequeue(out string? handle)) handles.Add(handle);
        return handles.Count == 0 ? null : current.Add(current.Make("dllet.release", $"{{\"handles\":{JsonWriter.Write(handles)}}}"));
    }

    private Bridge Start(Caller caller) {
        (string node, string origin) = module.FindNodeAndOrigin();
        using var self = Process.GetCurrentProcess();
        string arguments = $"--max-semi-space-size=1 {ProgramStart.Quote(programFile)} serve --parent {self.Id} {module.Options.Arguments}";
        // Written before the start: if the message ends the command, no untracked process is left behind.
        caller.WriteVerbose($"Starting the bridge with the Node.js of {origin}: {node} {arguments}");
        // A nested command that ran while that message was written may have started the bridge, or removed the module.
        if (Current is not null) return Current;
        if (isClosed) throw new Failure("moduleRemoved", null, []);
        ModuleFacts facts = module.Facts;
        try { return new Bridge(this, node, arguments, module.ProgramDirectory, facts.LongestLine); }
        catch (Win32Exception error) {
            throw new Failure("notStarted", node, [("Node", node), ("Problem", error.Message), ("Minimum", facts.MinimumNode)], error);
        }
    }

    private void Greet(Caller caller, Bridge current) {
        if (current.IsGreeted) return;
        caller.WriteDebug("->", current.Greeting.Text);
        // If the greeting cannot be written, the remaining output contains the reason.
        try { current.Flush(caller); } catch (Exception error) when (Bridge.IsBroken(error)) { }
        Reply reply = Read(caller, current.Greeting);
        string Told(string name) => reply.Result?.Find<object>(name) is { } value ? JsonWriter.Invariant(value) : "none";
        (string name, string version) = (module.Facts.Name, module.Facts.Version);
        if (Told("definition") != name || Told("version") != version) throw reply.Distrust(
            $"is not the one of this module ({name} {version}): the files of the module do not belong together.");
        current.IsGreeted = true;
        caller.WriteVerbose($"Bridge: process {Told("pid")}, node {Told("node")} at {Told("nodePath")}, backend {Told("backend")}, "
            + $"library {Told("library")}");
    }

    private Reply Read(Caller caller, Request request) {
        Reply reply = request.Bridge.Read(request, caller) ?? throw Broken(caller, request);
        caller.WriteDebug("<-", reply.Line);
        return reply.IsWhole ? reply : throw reply.Distrust("answered without a result.");
    }

    // Returns the reason for a missing reply: a stop, a timeout, or an exit of the program.
    private Exception Broken(Caller caller, Request request) {
        Bridge current = request.Bridge;
        (string status, string words) = caller.IsStopping || current.IsOverdue ? (string.Empty, string.Empty) : current.Ending(caller);
        Drop(current);
        if (caller.IsStopping) return new PipelineStoppedException();
        if (current.IsOverdue) return new Failure("timeout", request.Method, [("Method", request.Method), ("Seconds", TimeoutSeconds)]);
        if (!current.IsGreeted && !File.Exists(programFile)) return new Failure("programMissing", programFile, [("File", programFile)]);
        if (!current.IsGreeted && NodeSearch.ProblemOf(current.Node, module, caller) is { } problem) return problem;
        string said = words.Length > 0 ? " It said: " + words : string.Empty;
        var failure = new Failure("exited", current.Node, [("Node", current.Node), ("Status", status), ("Words", said)]);
        failure.Record.Exception.Data["exitStatus"] = status;
        return failure;
    }

    private void Drop(Bridge gone) { gone.Close(now: true); if (Current == gone) Current = null; }
}

/// <summary>A reply of the bridge: a result or an error, and notices about audit records that could not be written.</summary>
internal sealed class Reply(Exchange exchange, Bridge bridge, string line, JsonObject reply) {
    internal readonly string Line = line;
    internal readonly JsonObject? Result = reply.Find<JsonObject>("result"), Error = reply.Find<JsonObject>("error");
    internal readonly bool IsAbsent = reply.TryGetValue("result", out object? given) && given is null; // The call found nothing.
    internal IEnumerable<string> Notices => reply.Find<List<object?>>("notices")?.OfType<string>() ?? [];
    internal JsonObject Members => Result ?? throw new FormatException("it is null");
    internal bool IsWhole => (Result is not null || IsAbsent) == Error is null; // It has either a result or an error, as it must.
    /// <summary>Reads a part of the reply. If it is malformed, ends the program and throws Failure BridgeProtocolError.</summary>
    internal T Read<T>(Func<T> read) { try { return read(); } catch (FormatException error) { throw Distrust(error); } }
    internal ErrorRecord RecordOf(JsonObject error, object? target) =>
        Read(() => Failure.Make(error, error.Get<JsonObject>("data"), null, target));
    internal Failure Distrust(FormatException fault) => Distrust($"answered with a result that is none: {fault.Message}.");
    internal Failure Distrust(string problem) => exchange.Distrust(bridge, Line, problem);
}
