namespace Dllet.Client;

/// <summary>An imported module: its options, its facts, and its bridge, which the first call starts.</summary>
public sealed class NativeModule {
    private readonly object gate = new();
    private readonly string factsFile;
    private ModuleFacts? facts;
    internal readonly string Directory, ProgramDirectory;
    internal readonly ModuleOptions Options;
    internal readonly SessionState State; // The session state of the module, in which its functions run.
    internal Exchange Exchange { get; }
    internal int Total; // The number of records that the next cmdlet will get; 0 if unknown.
    internal PipelineRun? LastRun; // That of the last function that began.

    internal NativeModule(string directory, ModuleOptions options, SessionState state) {
        (Directory, Options, State) = (directory.TrimEnd('/', '\\'), options, state);
        (ProgramDirectory, factsFile) = (Path.Combine(Directory, "bin"), Path.Combine(Directory, "facts.json"));
        Exchange = new Exchange(this);
    }

    internal ModuleFacts Facts { get { lock (gate) return facts ??= ReadFacts(); } }
    /// <summary>Begins one invocation of a cmdlet.</summary>
    public NativeCall Open(PSCmdlet cmdlet, string command) {
        if (cmdlet is null) throw new ArgumentNullException(nameof(cmdlet));
        return Guard<NativeCall>(new Caller(cmdlet, State), () => Facts[command] switch {
            { Kind: "function" } known => new FunctionCall(this, cmdlet, known),
            { Kind: "operation" } known => new OperationCall(this, cmdlet, known),
            { Kind: "integrity" } known => new IntegrityCall(this, cmdlet, known),
            { Kind: var kind } => throw new FormatException($"there is no kind '{kind}'"),
        });
    }

    /// <summary>Reads the facts and declares output for Tab beside the import. Damaged facts are an error of the first cmdlet.</summary>
    internal void ReadAhead() {
        FunctionInfo[] functions = State.InvokeCommand.GetCommands("*", CommandTypes.Function, nameIsPattern: true)
            .OfType<FunctionInfo>().Where(one => one.Module == State.Module).ToArray();
        _ = Task.Run(() => { try { OutputTypes.Declare(functions, Facts); } catch (Exception error) when (Ends(error)) { } });
    }

    /// <summary>Calls a method of the program for a script of the module. An error terminates the cmdlet.</summary>
    public object? Invoke(PSCmdlet cmdlet, string method, IDictionary parameters) {
        if (cmdlet is null) throw new ArgumentNullException(nameof(cmdlet));
        var caller = new Caller(cmdlet, State);
        return Guard(caller, () => {
            Reply reply = Exchange.Call(caller, method, JsonWriter.Write(parameters), afterGreeting: true);
            if (reply.Error is { } error) throw new Failure(reply.RecordOf(error, PSObjects.Of(parameters)));
            return PSObjects.Plain(reply.Read(() => reply.Members));
        });
    }

    /// <summary>The path of the Node.js that runs the program.</summary>
    public string FindNode() => FindNodeAndOrigin().Path;
    internal (string Path, string Origin) FindNodeAndOrigin() => NodeSearch.Find(ProgramDirectory, Options.NodePath, Facts.MinimumNode);
    public void Close() => Exchange.Close();
    // Also true for an error of a downstream command, which PowerShell would otherwise report as a failed method call.
    private static bool Ends(Exception error) => error is Failure or FormatException or (RuntimeException and not PipelineStoppedException);

    /// <summary>Runs the work of a cmdlet. A failure of the bridge or invalid facts are its terminating error.</summary>
    internal T Guard<T>(Caller caller, Func<T> work) {
        try { return work(); } catch (Exception error) when (Ends(error)) {
            caller.Inherit("ErrorActionPreference", "ErrorAction");
            ErrorRecord record = error is RuntimeException ended ? ended.ErrorRecord : (error as Failure ?? Damaged(error)).Record;
            caller.Cmdlet.ThrowTerminatingError(record);
            throw;
        }
    }

    private ModuleFacts ReadFacts() {
        try { return new ModuleFacts(JsonReader.ParseObject(File.ReadAllText(factsFile)), this); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException) { throw Damaged(error); }
    }

    private Failure Damaged(Exception cause) => new("damaged", Directory, [("File", factsFile), ("Problem", cause.Message)], cause);
}
