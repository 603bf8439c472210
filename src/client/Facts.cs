namespace Dllet.Client;

/// <summary>The facts.json of a module, as described by facts.schema.json. The directory has the assemblies that they name.</summary>
internal sealed class ModuleFacts(JsonObject facts, string directory, Exchange exchange) {
    private readonly JsonObject cmdlets = facts.Get<JsonObject>("cmdlets");
    private readonly ConcurrentDictionary<string, CmdletFacts> read = new(StringComparer.Ordinal);
    internal string Name { get; } = facts.Get<string>("name");
    internal string Version { get; } = facts.Get<string>("version");
    internal string SimulationNotice { get; } = facts.Get<string>("simulationNotice");
    internal int LongestLine { get; } = (int)facts.Get<long>("longestLine");
    internal string MinimumNode { get; } = facts.Get<string>("minimumNode");
    /// <summary>The text of a class for each shape of objects that cmdlets write.</summary>
    internal string Classes { get; } = facts.Find<string>("classes") ?? string.Empty;
    internal bool Has(string cmdlet) => cmdlets.ContainsKey(cmdlet);
    /// <summary>Returns the facts of a cmdlet, which are read on first use.</summary>
    internal CmdletFacts this[string cmdlet] =>
        read.GetOrAdd(cmdlet, name => new CmdletFacts(cmdlets.Get<JsonObject>(name), directory, exchange));
}

/// <summary>What a cmdlet calls, and how it presents the result.</summary>
internal sealed class CmdletFacts(JsonObject facts, string directory, Exchange exchange) {
    private FunctionOutput? writer;
    private ComputedFacts[]? computed;
    private TypedName[]? properties;
    /// <summary>The facts themselves, for what one place only asks.</summary>
    internal JsonObject Json { get; } = facts;
    internal string Kind { get; } = facts.Get<string>("kind");
    internal string Method { get; } = facts.Find<string>("method") ?? string.Empty;
    /// <summary>True if a call changes the system. Such a call is never repeated, and is sent only after the handshake.</summary>
    internal bool Changes { get; } = facts.Has("changes");
    internal bool IsBatched { get; } = facts.Has("batched");
    /// <summary>True if a call can find nothing, which is no error.</summary>
    internal bool CanBeAbsent { get; } = facts.Has("absent");
    internal TypedName[] Inputs { get; } = facts.ListOf("inputs", one => new TypedName(one, exchange));
    internal TypedName[] Outputs { get; } = facts.ListOf("outputs", one => new TypedName(one, exchange));
    internal ComputedFacts[] Computed => computed ??= Json.ListOf("computed", one => new ComputedFacts(one, this));
    internal JsonObject Output { get; } = facts.Get<JsonObject>("output");
    internal JsonObject? Should { get; } = facts.Find<JsonObject>("should");
    /// <summary>The output kind that writes the results of a function.</summary>
    internal FunctionOutput Writer => writer ??= FunctionOutput.For(this, directory);
    /// <summary>The only input that a caller must give, to which the pipeline gives values; null if there are several.</summary>
    internal TypedName? OnlyInput => Inputs.Length == 1 ? Inputs[0]
        : Inputs.Count(input => !input.HasDefault) == 1 ? Array.Find(Inputs, input => !input.HasDefault) : null;
    private TypedName[] Properties => properties ??= Output.ListOf("properties", one => new TypedName(one));

    /// <summary>Returns the JSON values of the outputs in order. Throws FormatException if one is missing.</summary>
    internal object?[] ResultsOf(JsonObject result) => Array.ConvertAll(Outputs, output =>
        result.TryGetValue(output.Name, out object? value) ? value : throw new FormatException($"'{output.Name}' is missing"));

    /// <summary>Returns the object of a row of a list.</summary>
    internal PSObject ObjectOf(JsonObject row) => Failure.MakeObject(Output.Get<string>("typeName"), Properties.Select(property =>
        (property.Name, row.TryGetValue(property.From, out object? value) && value is not null ? property.Type.Read(value) : null)));

    /// <summary>Returns the inputs of a call as the target object of its error.</summary>
    internal PSObject TargetOf(object?[] row) => Failure.MakeObject(null, Inputs.Select((input, index) => (input.Parameter, row[index])));

    /// <summary>Returns inputs and computed values as text for placeholders.</summary>
    internal IReadOnlyDictionary<string, string> TextsOf(object?[] row) =>
        Texts.ValuesOf(Inputs.Concat(Computed).Select((one, index) => (one.Name, row[index])).ToArray());

    /// <summary>Returns the position of an input or a computed value in a row. Throws FormatException if there is none.</summary>
    internal int PositionOf(string name) => IndexOf([.. Inputs, .. Computed], name);
    internal int OutputOf(string name) => IndexOf(Outputs, name);
    internal static int IndexOf(TypedName[] names, string name) =>
        Array.FindIndex(names, one => one.Name == name) is >= 0 and int index ? index : throw new FormatException($"'{name}' is not known");
}

/// <summary>A parameter, a result or a property: its name and its JSON representation.</summary>
internal class TypedName(JsonObject facts, Exchange? exchange = null) {
    internal string Name { get; } = facts.Get<string>("name");
    /// <summary>The field of the row that supplies the value; for the properties of lists.</summary>
    internal string From { get; } = facts.Find<string>("from") ?? string.Empty;
    internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"), exchange);
    /// <summary>The name of the cmdlet's parameter for an input.</summary>
    internal string Parameter { get; } = facts.Find<string>("parameter") ?? facts.Get<string>("name");
    internal bool HasDefault { get; } = facts.ContainsKey("default");
    /// <summary>The value of an input for callers who give none.</summary>
    internal object? Default { get; } =
        facts.TryGetValue("default", out object? value) ? WireType.Parse(facts.Get<object>("type")).ReadDefault(value) : null;
    /// <summary>True for an input that can be null.</summary>
    internal bool IsOptional { get; } = facts.Has("optional");
}

/// <summary>An upper limit for a sum of inputs, checked before anything is called.</summary>
internal sealed class ComputedFacts(JsonObject facts, CmdletFacts cmdlet) : TypedName(facts) {
    private readonly long addend = facts.Get<long>("add");
    private readonly int[] terms = facts.GetList<string>("sum").Select(term => CmdletFacts.IndexOf(cmdlet.Inputs, term)).ToArray();
    internal long Maximum { get; } = facts.Get<long>("maximum");
    internal JsonObject Violation { get; } = facts.Get<JsonObject>("violation");
    internal long Sum(object?[] row) => addend + terms.Sum(term => Convert.ToInt64(row[term], CultureInfo.InvariantCulture));
}
