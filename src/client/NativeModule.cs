namespace Dllet.Client;

/// <summary>An imported module: its options, facts and bridge. The facts are read beside the import, the first call starts the bridge; both
/// end with the module.</summary>
public sealed class NativeModule {
    private readonly Lazy<ModuleFacts> facts;

    internal NativeModule(string directory, ModuleOptions options, SessionState state) {
        Directory = directory.TrimEnd('/', '\\');
        Options = options;
        State = state;
        facts = new Lazy<ModuleFacts>(ReadFacts, LazyThreadSafetyMode.PublicationOnly);
        Exchange = new Exchange(ProgramDirectory, options, () => Facts);
    }

    internal string Directory { get; }
    private string ProgramDirectory => Path.Combine(Directory, "bin");
    private string FactsFile => Path.Combine(Directory, "facts.json");
    internal ModuleOptions Options { get; }
    /// <summary>The session state of the module, in which its functions run.</summary>
    internal SessionState State { get; }
    internal ModuleFacts Facts => facts.Value;
    internal Exchange Exchange { get; }
    /// <summary>The number of records that the next cmdlet will get, if known.</summary>
    internal int Total { get; set; }

    /// <summary>Begins one invocation of a cmdlet.</summary>
    public NativeCall Open(PSCmdlet cmdlet, string command) {
        if (cmdlet is null) throw new ArgumentNullException(nameof(cmdlet));
        return Guard<NativeCall>(new Caller(cmdlet, State), () => {
            CmdletFacts known = Facts[command];
            return known.Kind switch {
                "function" => new FunctionCall(this, cmdlet, known),
                "operation" => new OperationCall(this, cmdlet, known),
                "integrity" => new IntegrityCall(this, cmdlet, known),
                _ => throw new FormatException($"there is no kind '{known.Kind}'"),
            };
        });
    }

    /// <summary>Begins to declare what the functions of the module write, for Tab: the import does not wait for it.</summary>
    internal Task DeclareOutputs() {
        FunctionInfo[] functions = State.InvokeCommand.GetCommands("*", CommandTypes.Function, nameIsPattern: true)
            .OfType<FunctionInfo>().Where(one => one.Module == State.Module).ToArray();
        return Task.Run(() => {
            // Damaged facts are an error of the first cmdlet.
            try { OutputTypes.Declare(functions, Facts); } catch (Exception error) when (Ends(error)) { }
        });
    }

    /// <summary>Calls a method of the program for a script of the module. An error terminates the cmdlet.</summary>
    public object? Invoke(PSCmdlet cmdlet, string method, IDictionary parameters) {
        if (cmdlet is null) throw new ArgumentNullException(nameof(cmdlet));
        var caller = new Caller(cmdlet, State);
        return Guard(caller, () => {
            Reply reply = Exchange.Call(caller, method, JsonWriter.Write(parameters), afterGreeting: true);
            caller.WriteNotices(reply);
            if (reply.Error is { } error) throw new Failure(reply.RecordOf(error, Failure.TargetOf(parameters)));
            return Failure.Plain(reply.Read(() => reply.Members));
        });
    }

    /// <summary>The path of the Node.js that runs the program.</summary>
    public string FindNode() => FindNodeAndOrigin().Path;
    internal (string Path, string Origin) FindNodeAndOrigin() => NodeSearch.Find(ProgramDirectory, Options.NodePath, Facts.MinimumNode);
    public void Close() => Exchange.Close();

    /// <summary>Returns whether an error ends the cmdlet with its own record: a bridge failure, invalid facts, or an error of a downstream
    /// command, which PowerShell would otherwise report as a failed method call.</summary>
    private static bool Ends(Exception error) =>
        error is Failure or FormatException or (RuntimeException and not PipelineStoppedException);

    /// <summary>Does the work of a cmdlet. An error that ends it is its terminating error.</summary>
    internal T Guard<T>(Caller caller, Func<T> work) {
        try { return work(); } catch (Exception error) when (Ends(error)) {
            caller.Inherit("ErrorActionPreference", "ErrorAction");
            caller.Cmdlet.ThrowTerminatingError(error switch {
                Failure failure => failure.Record,
                RuntimeException ended => ended.ErrorRecord,
                _ => Damaged(error).Record,
            });
            throw;
        }
    }

    private ModuleFacts ReadFacts() {
        try { return new ModuleFacts(JsonReader.ParseObject(File.ReadAllText(FactsFile)), ProgramDirectory, Exchange); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException) { throw Damaged(error); }
    }

    private Failure Damaged(Exception cause) => new("damaged", Directory, [("File", FactsFile), ("Problem", cause.Message)], cause);
}
