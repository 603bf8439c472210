namespace Dllet.Client;

/// <summary>Requests and replies of one module. The first request starts the program, later ones use it, and one that has gone is replaced. Calls
/// in the middle of others, as from an event action or a script property, get their own answers.</summary>
internal sealed class Exchange(string programDirectory, ModuleOptions options, Func<ModuleFacts> facts) {
    private const string NoReply = "answered with something that is no reply.";
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
            while (true) {
                bool isNew = bridge is null;
                Bridge current = bridge ?? Start(caller);
                if (afterGreeting || caller.IsDebugging) Greet(caller, current);
                (long, string Text) made = current.Make(method, parameters);
                if (caller.IsDebugging) caller.Cmdlet.WriteDebug("-> " + made.Text);
                // A command in the middle of these messages may have ended it.
                if (bridge != current) continue;
                if (Write(caller, current, made) is { } request) return request;
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

    // Null where the program does not take it.
    private Request? Write(Caller caller, Bridge current, (long, string Text) made) {
        Request? request = null;
        try {
            current.MakeRoom(made.Text.Length, caller, TimeoutSeconds);
            request = current.Add(made);
            current.Flush(caller, TimeoutSeconds);
            return request;
        } catch (InvalidDataException error) {
            throw Distrust(current, NoReply, error.Message);
        } catch (Exception error) when (error is IOException or ObjectDisposedException) {
            if (request is not null) current.Forget(request);
            ReadOn(caller, current);
            return null;
        }
    }

    // What can still be read of a program that does not listen any more may say why. One that lives on never answers what it did not take.
    private void ReadOn(Caller caller, Bridge current) {
        try { current.ReadOn(caller, TimeoutSeconds); } catch (InvalidDataException error) { throw Distrust(current, NoReply, error.Message); }
    }

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
            throw new Failure("BridgeNotFound", ErrorCategory.ResourceUnavailable, $"Node.js could not be started from '{node.Path}': {error.Message}",
                $"Check that the file is Node.js {facts().MinimumNode} or later for this machine and that you may run it.", node.Path, error);
        }
    }

    // Makes sure that it is the program of this module.
    private void Greet(Caller caller, Bridge current) {
        if (current.IsGreeted) return;
        if (caller.IsDebugging) caller.Cmdlet.WriteDebug("-> " + current.Greeting.Text);
        try { current.Flush(caller, TimeoutSeconds); }
        catch (Exception error) when (error is IOException or ObjectDisposedException) { } // What can still be read says why.
        string line = ReadLine(caller, current.Greeting, "dllet.handshake");
        if (caller.IsDebugging) caller.Cmdlet.WriteDebug("<- " + line);
        JsonObject? said = Parse(current, line).Result;
        if (said?.Find<string>("definition") != facts().Name || said.Find<string>("version") != facts().Version)
            throw Distrust(current, $"is not the one of this module ({facts().Name} {facts().Version}): the files of the module do not belong together.", line);
        current.IsGreeted = true;
        string Told(string name) => said.TryGetValue(name, out object? value) && value is not null ? JsonWriter.Invariant(value) : "none";
        caller.WriteVerbose($"Bridge: process {Told("pid")}, node {Told("node")} at {Told("nodePath")}, backend {Told("backend")}, library {Told("library")}");
    }

    private string ReadLine(Caller caller, Request request, string method) {
        try { return request.Bridge.Read(request, caller, TimeoutSeconds) ?? throw Broken(caller, request.Bridge, method); }
        catch (InvalidDataException error) { throw Distrust(request.Bridge, NoReply, error.Message); }
    }

    private Reply Parse(Bridge current, string line) {
        try {
            var reply = new Reply(this, current, line, JsonReader.Parse(line) as JsonObject ?? throw new FormatException("no object"));
            return reply.IsWhole ? reply : throw Distrust(current, "answered without a result.", line);
        } catch (FormatException) { throw Distrust(current, "answered with something that is not JSON.", line); }
    }

    // Why there is no reply: the pipeline was stopped, the time is over, or the program has ended.
    private Exception Broken(Caller caller, Bridge current, string method) {
        if (caller.IsStopping) {
            Drop(current);
            return new PipelineStoppedException();
        }
        if (current.IsOverdue) {
            Drop(current);
            return new Failure("BridgeTimeout", ErrorCategory.OperationTimeout,
                $"{method} has not answered within {TimeoutSeconds} seconds, so the bridge was ended.",
                "Repeat the command: it starts a new bridge. A call that changes something may have been done; look before you repeat it. TimeoutSeconds in -ArgumentList of Import-Module sets the time.",
                method);
        }
        (string status, string words) = current.Ending(caller);
        Drop(current);
        return caller.IsStopping ? new PipelineStoppedException() : EarlyEnd(caller, current) ?? Exited(current, status, words);
    }

    private Failure? EarlyEnd(Caller caller, Bridge current) {
        string program = Path.Combine(programDirectory, "dllet.cjs");
        if (current.IsGreeted) return null;
        return File.Exists(program) ? NodeSearch.ProblemOf(current.Node, programDirectory, facts().MinimumNode, caller) : new Failure("BridgeNotFound",
            ErrorCategory.ObjectNotFound, $"The module's program was not found: '{program}'.",
            "Install the module again; in a checkout of its sources run: npm run quickstart.", program);
    }

    private static Failure Exited(Bridge current, string status, string words) {
        var failure = new Failure("BridgeExited", ErrorCategory.ResourceUnavailable,
            $"The bridge ({current.Node}) ended with exit status {status}.{(words.Length > 0 ? " It said: " + words : string.Empty)}",
            "Repeat the command: it starts a new bridge. A call that changes something may have been done; look before you repeat it.", current.Node);
        failure.Record.Exception.Data["exitStatus"] = status;
        return failure;
    }

    private void Drop(Bridge gone) { gone.Close(now: true); if (bridge == gone) bridge = null; }
}
