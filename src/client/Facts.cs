namespace Dllet.Client;

/// <summary>What the generator says of a module in its facts.json.</summary>
internal sealed class ModuleFacts(JsonObject facts) {
    private readonly JsonObject cmdlets = facts.Get<JsonObject>("cmdlets");
    private readonly Dictionary<string, CmdletFacts> read = new(StringComparer.Ordinal);
    internal string Name { get; } = facts.Get<string>("name");
    internal string Version { get; } = facts.Get<string>("version");
    internal string SimulationNotice { get; } = facts.Get<string>("simulationNotice");
    internal string MinimumNode { get; } = facts.Get<string>("minimumNode");

    /// <summary>Reads the file. Throws FormatException for one that is not what the generator writes.</summary>
    internal static ModuleFacts Load(string file) =>
        JsonReader.Parse(File.ReadAllText(file)) is JsonObject facts ? new ModuleFacts(facts) : throw new FormatException("it is no object");

    /// <summary>The facts of a cmdlet; they are read when it is first called.</summary>
    internal CmdletFacts this[string cmdlet] =>
        read.TryGetValue(cmdlet, out CmdletFacts? known) ? known : read[cmdlet] = new CmdletFacts(cmdlets.Get<JsonObject>(cmdlet));
}

/// <summary>What a cmdlet calls, and what it makes of the answer.</summary>
internal sealed class CmdletFacts(JsonObject facts) {
    internal string Kind { get; } = facts.Get<string>("kind");
    internal string Method { get; } = facts.Find<string>("method") ?? string.Empty;
    /// <summary>True where a call changes the system: then it is never repeated, and nothing is sent before it is known to whom.</summary>
    internal bool Changes { get; } = facts.Has("changes");
    internal bool IsBatched { get; } = facts.Has("batched");
    internal bool TakesInputObject { get; } = facts.Has("inputObject");
    /// <summary>True where this session answers too, and where the program does not.</summary>
    internal bool AsksSession { get; } = facts.Has("session");
    internal bool HasReason { get; } = facts.Has("reason");
    /// <summary>The parameter whose values are gathered from the whole pipeline for one call.</summary>
    internal string? Gathered { get; } = facts.Find<string>("gathered");
    internal IReadOnlyList<TypedName> Inputs { get; } = facts.ListOf("inputs", one => new TypedName(one));
    internal IReadOnlyList<TypedName> Outputs { get; } = facts.ListOf("outputs", one => new TypedName(one));
    internal IReadOnlyList<ComputedFacts> Computed { get; } = facts.ListOf("computed", one => new ComputedFacts(one));
    internal JsonObject Arguments { get; } = facts.Find<JsonObject>("arguments") ?? [];
    internal JsonObject Output { get; } = facts.Get<JsonObject>("output");
    internal JsonObject? Existing { get; } = facts.Find<JsonObject>("existing");
    internal JsonObject? Should { get; } = facts.Find<JsonObject>("should");
    internal JsonObject? Warnings { get; } = facts.Find<JsonObject>("warnings");
    internal JsonObject? Completion { get; } = facts.Find<JsonObject>("completion");
    internal TypedName OutputOf(string name) => Outputs.FirstOrDefault(one => one.Name == name) ?? throw new FormatException($"there is no output '{name}'");
}

/// <summary>A parameter or a result: its name and how it travels.</summary>
internal sealed class TypedName(JsonObject facts) {
    internal string Name { get; } = facts.Get<string>("name");
    /// <summary>The field of a row that it is read from; for the properties of lists.</summary>
    internal string From { get; } = facts.Find<string>("from") ?? string.Empty;
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
