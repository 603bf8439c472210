namespace Dllet.Client;

/// <summary>Requests and replies of one module. The first request starts the program, later ones use it, and one that has gone is replaced. Calls
/// in the middle of others, as from an event action or a script property, get their own answers.</summary>
internal sealed class Exchange(string programDirectory, ModuleOptions options, Func<ModuleFacts> facts) {
    private const string Again = "Repeat the command: it starts a new bridge. A call that changes something may have been done; look before you repeat it.";
    private readonly object gate = new();
    private Bridge? bridge;
    private bool isAnnounced;
    internal int TimeoutSeconds { get; set; } = options.TimeoutSeconds;
    /// <summary>Sends one request and waits for its reply. Throws Failure for anything but a reply.</summary>
    internal Reply Call(Caller caller, string method, string parameters, bool afterGreeting) => Receive(caller, Send(caller, method, parameters, afterGreeting), method);

    /// <summary>Sends one request; its reply can be asked for later. It may go out together with the question who the program
    /// is, while that starts; what has to do with a change waits for the answer.</summary>
    internal Request Send(Caller caller, string method, string parameters, bool afterGreeting) {
        lock (gate) {
            Announce(caller);
            Request? sent = null;
            while (true) {
                bool isNew = bridge is null;
                Bridge current = bridge ?? Start(caller);
                if (afterGreeting) Greet(caller, current);
                (long, string Text) made = current.Make(method, parameters);
                if (caller.IsDebugging) caller.Cmdlet.WriteDebug("-> " + made.Text);
                // A command in the middle of these messages may have ended it.
                if (bridge != current) continue;
                if (Trust(current, () => current.TrySend(made, caller, TimeoutSeconds, out sent))) return sent!;
                if (isNew || !current.IsGreeted || current.IsOverdue || current.OwesReplies || caller.IsStopping) throw Broken(caller, current, method);
                // The program had gone before, so nothing was called: a new one gets the request.
                Drop(current);
            }
        }
    }

    /// <summary>The reply to a request. Throws Failure where there is none.</summary>
    internal Reply Receive(Caller caller, Request request, string method) {
        lock (gate) {
            Greet(caller, request.Bridge);
            string line = ReadLine(caller, request, method);
            if (caller.IsDebugging) caller.Cmdlet.WriteDebug("<- " + line);
            return Parse(request.Bridge, line);
        }
    }

    internal void Abandon(Request request) { lock (gate) request.Bridge.Forget(request); }

    /// <summary>Says that an answer has not the shape that it must have, and ends the program that gave it.</summary>
    internal Failure Distrust(Bridge current, string problem, string line) {
        Drop(current);
        string shown = line.Length > 200 ? line.Substring(0, 200) + "..." : line;
        return new Failure("BridgeProtocolError", ErrorCategory.ProtocolError, $"The bridge ({current.Node}) {problem}",
            "Check that NodePath names Node.js and that the module is complete; the next command starts a new bridge.", shown);
    }

    internal void Close() { lock (gate) { bridge?.Close(now: false); bridge = null; } }

    // A simulated session says so once; a completion leaves that to the first command.
    private void Announce(Caller caller) {
        if (isAnnounced || caller.IsQuiet) return;
        isAnnounced = true;
        if (options.IsSimulated) caller.WriteWarning(facts().SimulationNotice);
    }

    private Bridge Start(Caller caller) {
        (string Path, string Origin) node = NodeSearch.Find(programDirectory, options.NodePath, facts().MinimumNode);
        string program = ProgramStart.Quote(Path.Combine(programDirectory, "dllet.cjs"));
        string arguments = $"--max-semi-space-size=1 {program} serve --parent {SystemFacts.ProcessId} {options.Arguments}";
        // Before the start: where this ends the command, no program that nobody knows is left.
        caller.WriteVerbose($"Starting the bridge with the Node.js of {node.Origin}: {node.Path} {arguments}");
        // A command in the middle of that message may have started one.
        if (bridge is not null) return bridge;
        try { return bridge = Bridge.Start(node.Path, arguments, programDirectory); } catch (Win32Exception error) {
            throw new Failure("BridgeNotFound", ErrorCategory.ResourceUnavailable,
                $"Node.js could not be started from '{node.Path}': {error.Message}",
                $"Check that the file is Node.js {facts().MinimumNode} or later for this machine and that you may run it.", node.Path, error);
        }
    }

    // Makes sure that it is the program of this module.
    private void Greet(Caller caller, Bridge current) {
        if (current.IsGreeted) return;
        if (!current.TryFlush(caller, TimeoutSeconds)) throw Broken(caller, current, "dllet.handshake");
        string line = ReadLine(caller, current.Greeting, "dllet.handshake");
        JsonObject? said = Parse(current, line).Result;
        if (said?.Find<string>("definition") != facts().Name || said.Find<string>("version") != facts().Version)
            throw Distrust(current, $"is not the one of this module ({facts().Name} {facts().Version}): the files of the module do not belong together.", line);
        current.IsGreeted = true;
        string Told(string name) => said.TryGetValue(name, out object? value) && value is not null ? JsonWriter.Invariant(value) : "none";
        caller.WriteVerbose($"Bridge: process {Told("pid")}, node {Told("node")} at {Told("nodePath")}, backend {Told("backend")}, library {Told("library")}");
    }

    private string ReadLine(Caller caller, Request request, string method) =>
        Trust(request.Bridge, () => request.Bridge.Read(request, caller, TimeoutSeconds)) ?? throw Broken(caller, request.Bridge, method);

    private T Trust<T>(Bridge current, Func<T> work) {
        try { return work(); } catch (InvalidDataException error) { throw Distrust(current, "answered with something that is no reply.", error.Message); }
    }

    private Reply Parse(Bridge current, string line) {
        try {
            var reply = new Reply(this, current, line, (JsonObject)JsonReader.Parse(line)!);
            return reply.IsWhole ? reply : throw Distrust(current, "answered without a result.", line);
        } catch (FormatException) { throw Distrust(current, "answered with something that is not JSON.", line); }
    }

    // Why there is no reply: the pipeline was stopped, the time is over, or the program has ended.
    private Exception Broken(Caller caller, Bridge current, string method) {
        (string status, string words) = caller.IsStopping || current.IsOverdue ? ("unknown", string.Empty) : current.Ending(caller);
        Drop(current);
        if (caller.IsStopping) return new PipelineStoppedException();
        return !current.IsOverdue ? EarlyEnd(caller, current) ?? Exited(current, status, words) : new Failure("BridgeTimeout", ErrorCategory.OperationTimeout,
            $"{method} has not answered within {TimeoutSeconds} seconds, so the bridge was ended.",
            Again + " TimeoutSeconds in -ArgumentList of Import-Module sets the time.", method);
    }

    private Failure? EarlyEnd(Caller caller, Bridge current) {
        if (current.IsGreeted) return null;
        string program = Path.Combine(programDirectory, "dllet.cjs");
        return File.Exists(program) ? NodeSearch.ProblemOf(current.Node, programDirectory, facts().MinimumNode, caller) : new Failure(
            "BridgeNotFound", ErrorCategory.ObjectNotFound, $"The module's program was not found: '{program}'.",
            "Install the module again; in a checkout of its sources run: npm run quickstart.", program);
    }

    private static Failure Exited(Bridge current, string status, string words) {
        var failure = new Failure("BridgeExited", ErrorCategory.ResourceUnavailable,
            $"The bridge ({current.Node}) ended with exit status {status}.{(words.Length > 0 ? " It said: " + words : string.Empty)}", Again, current.Node);
        failure.Record.Exception.Data["exitStatus"] = status;
        return failure;
    }

    private void Drop(Bridge gone) { gone.Close(now: true); if (bridge == gone) bridge = null; }
}
