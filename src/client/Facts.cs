namespace Dllet.Client;

/// <summary>What the generator says of a module in its facts.json; the schema is facts.schema.json.</summary>
internal sealed class ModuleFacts {
    private readonly JsonObject cmdlets;
    private readonly Dictionary<string, CmdletFacts> read = new(StringComparer.Ordinal);

    private ModuleFacts(JsonObject facts) {
        Name = facts.Get<string>("name");
        Version = facts.Get<string>("version");
        SimulationNotice = facts.Get<string>("simulationNotice");
        MinimumNode = facts.Get<string>("minimumNode");
        cmdlets = facts.Get<JsonObject>("cmdlets");
    }

    internal string Name { get; }
    internal string Version { get; }
    internal string SimulationNotice { get; }
    /// <summary>The oldest Node.js that runs the program, such as 20.19.</summary>
    internal string MinimumNode { get; }

    /// <summary>Reads the file. Throws FormatException for one that is not what the generator writes.</summary>
    internal static ModuleFacts Load(string file) =>
        JsonReader.Parse(File.ReadAllText(file)) is JsonObject facts ? new ModuleFacts(facts) : throw new FormatException("it is no object");

    /// <summary>The facts of a cmdlet; they are read when it is first called.</summary>
    internal CmdletFacts this[string cmdlet] {
        get {
            if (!read.TryGetValue(cmdlet, out CmdletFacts? facts)) {
                facts = new CmdletFacts(cmdlets.Get<JsonObject>(cmdlet));
                read.Add(cmdlet, facts);
            }
            return facts;
        }
    }
}

/// <summary>What a cmdlet calls, and what it makes of the answer.</summary>
internal sealed class CmdletFacts {
    internal CmdletFacts(JsonObject facts) {
        Kind = facts.Get<string>("kind");
        Method = facts.Find<string>("method") ?? string.Empty;
        Changes = facts.Has("changes");
        IsBatched = facts.Has("batched");
        TakesInputObject = facts.Has("inputObject");
        AsksSession = facts.Has("session");
        Gathered = facts.Find<string>("gathered");
        Inputs = ListOf(facts, "inputs", input => new TypedName(input));
        Outputs = ListOf(facts, "outputs", output => new TypedName(output));
        Computed = ListOf(facts, "computed", computed => new ComputedFacts(computed));
        Arguments = facts.Find<JsonObject>("arguments") ?? [];
        Output = facts.Get<JsonObject>("output");
        Existing = facts.Find<JsonObject>("existing");
        Should = facts.Find<JsonObject>("should");
        Warnings = facts.Find<JsonObject>("warnings");
        Completion = facts.Find<JsonObject>("completion");
        HasReason = facts.Has("reason");
    }

    /// <summary>function, operation or integrity.</summary>
    internal string Kind { get; }
    internal string Method { get; }
    /// <summary>True where a call changes the system: then it is never repeated, and nothing is sent before it is known to whom.</summary>
    internal bool Changes { get; }
    /// <summary>True where the records of a pipeline go out many at a time.</summary>
    internal bool IsBatched { get; }
    internal bool TakesInputObject { get; }
    /// <summary>True where this session answers too, and where the program does not.</summary>
    internal bool AsksSession { get; }
    /// <summary>The parameter whose values are gathered from the whole pipeline for one call.</summary>
    internal string? Gathered { get; }
    internal IReadOnlyList<TypedName> Inputs { get; }
    internal IReadOnlyList<TypedName> Outputs { get; }
    internal IReadOnlyList<ComputedFacts> Computed { get; }
    /// <summary>Values that the cmdlet sets by itself.</summary>
    internal JsonObject Arguments { get; }
    internal JsonObject Output { get; }
    internal JsonObject? Existing { get; }
    internal JsonObject? Should { get; }
    internal JsonObject? Warnings { get; }
    internal JsonObject? Completion { get; }
    /// <summary>True where the program takes the caller's reason for its audit record.</summary>
    internal bool HasReason { get; }

    internal static T[] ListOf<T>(JsonObject facts, string name, Func<JsonObject, T> make) =>
        facts.ContainsKey(name) ? facts.GetList<JsonObject>(name).Select(make).ToArray() : [];
}

/// <summary>A parameter or a result: its name and how it travels.</summary>
internal sealed class TypedName(JsonObject facts) {
    internal string Name { get; } = facts.Get<string>("name");
    internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"));
}

/// <summary>A sum of inputs with an upper limit, which is checked before anything is called.</summary>
internal sealed class ComputedFacts(JsonObject facts) {
    internal string Name { get; } = facts.Get<string>("name");
    internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"));
    internal IReadOnlyList<string> Terms { get; } = facts.GetList<string>("sum");
    internal long Addend { get; } = facts.Get<long>("add");
    internal long Maximum { get; } = facts.Get<long>("maximum");
    internal JsonObject Violation { get; } = facts.Get<JsonObject>("violation");
}
