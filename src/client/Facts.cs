namespace Dllet.Client;

/// <summary>The facts.json of a module, as described by facts.schema.json.</summary>
internal sealed class ModuleFacts(JsonObject facts, NativeModule module) {
    private readonly JsonObject cmdlets = facts.Get<JsonObject>("cmdlets");
    private readonly ConcurrentDictionary<string, CmdletFacts> read = new(StringComparer.Ordinal);
    internal readonly string Name = facts.Get<string>("name"), Version = facts.Get<string>("version");
    internal readonly string SimulationNotice = facts.Get<string>("simulationNotice"), MinimumNode = facts.Get<string>("minimumNode");
    internal readonly int LongestLine = (int)facts.Get<long>("longestLine");
    /// <summary>The text of the classes, one for each set of properties of cmdlet output.</summary>
    internal readonly string Classes = facts.Find<string>("classes") ?? string.Empty;
    internal JsonObject? Find(string cmdlet) => cmdlets.Find<JsonObject>(cmdlet);
    internal CmdletFacts this[string cmdlet] => read.GetOrAdd(cmdlet, name => new CmdletFacts(cmdlets.Get<JsonObject>(name), module));
}

/// <summary>What a cmdlet calls, and how it presents the result.</summary>
internal sealed class CmdletFacts(JsonObject facts, NativeModule module) {
    private FunctionOutput? writer;
    private ComputedFacts[]? computed;
    private TypedName[]? properties;
    internal readonly JsonObject Json = facts, Output = facts.Get<JsonObject>("output"); // For members that are read at one place only.
    internal readonly string Kind = facts.Get<string>("kind"), Method = facts.Find<string>("method") ?? string.Empty;
    /// <summary>True if a call changes the system. Such a call is never repeated, and is sent only after the handshake.</summary>
    internal readonly bool Changes = facts.Has("changes");
    internal readonly bool CanBeAbsent = facts.Has("absent"); // True if a call can find nothing without an error.
    internal readonly TypedName[] Inputs = TypedName.ListOf(facts, "inputs", module), Outputs = TypedName.ListOf(facts, "outputs", module);
    internal readonly JsonObject? Should = facts.Find<JsonObject>("should");
    internal TypedName? OnlyInput => Inputs.Length == 1 ? Inputs[0] // The only mandatory one, which takes the pipeline's values.
        : Array.FindAll(Inputs, input => !input.HasDefault) is { Length: 1 } only ? only[0] : null;
    internal ComputedFacts[] Computed => computed ??= Json.ListOf("computed", one => new ComputedFacts(one, this));
    internal FunctionOutput Writer => writer ??= FunctionOutput.For(this, module.ProgramDirectory);
    private TypedName[] Properties => properties ??= Output.ListOf("properties", one => new TypedName(one));
    /// <summary>Returns the JSON values of the outputs in order. Throws FormatException if one is missing.</summary>
    internal object?[] ResultsOf(JsonObject result) => Array.ConvertAll(Outputs, output =>
        result.TryGetValue(output.Name, out object? value) ? value : throw new FormatException($"'{output.Name}' is missing"));
    internal PSObject ObjectOf(JsonObject row) => PSObjects.Make(Output.Get<string>("typeName"), Properties.Select(one =>
        new PSNoteProperty(one.Name, row.TryGetValue(one.From, out object? value) && value is not null ? one.Type.Read(value) : null)));
    internal PSObject TargetOf(object?[] row) =>
        PSObjects.Make(null, Inputs.Select((input, index) => new PSNoteProperty(input.Parameter, row[index])));
    internal Dictionary<string, string> TextsOf(object?[] row) =>
        Texts.ValuesOf(Inputs.Concat(Computed).Select((one, index) => (one.Name, row[index])).ToArray());
    internal static int PositionOf(string name, TypedName[] names) =>
        Array.FindIndex(names, one => one.Name == name) is >= 0 and int index ? index : throw new FormatException($"'{name}' is not known");
}

/// <summary>A parameter, a result or a property: its name and its JSON representation.</summary>
internal class TypedName(JsonObject facts, Exchange? exchange = null) {
    internal readonly string Name = facts.Get<string>("name");
    internal readonly WireType Type = WireType.Parse(facts.Get<object>("type"), exchange);
    /// <summary>For an input, the name of the cmdlet's parameter; for a property of a list, the field of the row.</summary>
    internal readonly string Parameter = facts.Find<string>("parameter") ?? facts.Get<string>("name");
    internal readonly string From = facts.Find<string>("from") ?? string.Empty;
    /// <summary>True for an input that can be left out, and for one that can be null.</summary>
    internal readonly bool HasDefault = facts.ContainsKey("default"), IsOptional = facts.Has("optional");
    internal readonly object? Default =
        facts.TryGetValue("default", out object? value) ? WireType.Parse(facts.Get<object>("type")).ReadDefault(value) : null;
    internal static TypedName[] ListOf(JsonObject facts, string name, NativeModule module) =>
        facts.ListOf(name, one => new TypedName(one, module.Exchange));
}

/// <summary>An upper limit for a sum of inputs, checked before anything is called.</summary>
internal sealed class ComputedFacts(JsonObject facts, CmdletFacts cmdlet) : TypedName(facts) {
    private readonly long addend = facts.Get<long>("add");
    private readonly int[] terms =
        Array.ConvertAll(facts.GetList<string>("sum").ToArray(), term => CmdletFacts.PositionOf(term, cmdlet.Inputs));
    internal readonly long Maximum = facts.Get<long>("maximum");
    internal readonly JsonObject Violation = facts.Get<JsonObject>("violation");
    internal long Sum(object?[] row) {
        long sum = addend;
        foreach (int term in terms) sum += Convert.ToInt64(row[term], CultureInfo.InvariantCulture);
        return sum;
    }
}
