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
    private readonly Lazy<FunctionOutput> writer;

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
        Computed = ListOf(facts, "computed", computed => new ComputedFacts(computed, this));
        Arguments = facts.Find<JsonObject>("arguments") ?? [];
        Output = facts.Get<JsonObject>("output");
        writer = new Lazy<FunctionOutput>(() => FunctionOutput.For(this));
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

    /// <summary>What writes the results of a function.</summary>
    internal FunctionOutput Writer => writer.Value;

    internal int PositionOf(string input) => IndexOf(Inputs, input);

    internal int OutputOf(string output) => IndexOf(Outputs, output);

    /// <summary>The JSON values of the outputs, in their order. Throws FormatException where one is missing.</summary>
    internal object?[] ResultsOf(JsonObject result) {
        var results = new object?[Outputs.Count];
        for (int index = 0; index < results.Length; index++)
            if (!result.TryGetValue(Outputs[index].Name, out results[index])) throw new FormatException($"'{Outputs[index].Name}' is missing");
        return results;
    }

    /// <summary>The inputs of a call as the target of its error.</summary>
    internal PSObject TargetOf(object?[] row) {
        var target = new PSObject();
        for (int index = 0; index < row.Length; index++) target.Properties.Add(new PSNoteProperty(Inputs[index].Name, row[index]), true);
        return target;
    }

    /// <summary>Inputs and computed values as texts for placeholders.</summary>
    internal IReadOnlyDictionary<string, string> TextsOf(object?[] row) {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < row.Length; index++) texts[Inputs[index].Name] = JsonWriter.Invariant(row[index]);
        foreach (ComputedFacts computed in Computed) texts[computed.Name] = JsonWriter.Invariant(computed.Sum(row));
        return texts;
    }

    private static int IndexOf(IReadOnlyList<TypedName> names, string name) {
        for (int index = 0; index < names.Count; index++)
            if (names[index].Name == name) return index;
        throw new FormatException($"'{name}' is not known");
    }

    internal static T[] ListOf<T>(JsonObject facts, string name, Func<JsonObject, T> make) =>
        facts.ContainsKey(name) ? facts.GetList<JsonObject>(name).Select(make).ToArray() : [];
}

/// <summary>A parameter or a result: its name and how it travels.</summary>
internal sealed class TypedName(JsonObject facts) {
    internal string Name { get; } = facts.Get<string>("name");

    internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"));
}

/// <summary>A sum of inputs with an upper limit, which is checked before anything is called.</summary>
internal sealed class ComputedFacts(JsonObject facts, CmdletFacts cmdlet) {
    private readonly long addend = facts.Get<long>("add");
    private readonly int[] terms = facts.GetList<string>("sum").Select(cmdlet.PositionOf).ToArray();

    internal string Name { get; } = facts.Get<string>("name");

    internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"));

    internal long Maximum { get; } = facts.Get<long>("maximum");

    internal JsonObject Violation { get; } = facts.Get<JsonObject>("violation");

    internal long Sum(object?[] row) {
        long sum = addend;
        foreach (int term in terms) sum += Convert.ToInt64(row[term], CultureInfo.InvariantCulture);
        return sum;
    }
}
