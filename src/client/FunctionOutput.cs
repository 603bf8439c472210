namespace Dllet.Client;

/// <summary>What a cmdlet over a function writes for one call.</summary>
internal abstract class FunctionOutput {
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);

    private protected FunctionOutput(CmdletFacts facts, Caller caller) {
        Facts = facts;
        Caller = caller;
        for (int index = 0; index < facts.Inputs.Count; index++) positions.Add(facts.Inputs[index].Name, index);
    }

    private protected CmdletFacts Facts { get; }
    private protected Caller Caller { get; }

    internal static FunctionOutput For(CmdletFacts facts, Caller caller) {
        return facts.Output.Get<string>("kind") switch {
            "object" => new ObjectOutput(facts, caller),
            "boolean" => new BooleanOutput(facts, caller),
            "socket" => new SocketOutput(facts, caller),
            "none" => new NoOutput(facts, caller),
            var kind => throw new FormatException($"there is no output '{kind}'"),
        };
    }

    /// <summary>Writes the result of a call. <paramref name="result"/> gives the JSON value of an output; FormatException where there is none.</summary>
    internal abstract void Write(Reply reply, object?[] row, Func<string, object?> result);

    /// <summary>Writes the error of a call, unless it is one of those that are an answer.</summary>
    internal void WriteError(Reply reply, JsonObject error, object?[] row) {
        ErrorRecord record = reply.RecordOf(error, TargetOf(row));
        if (!IsAnswer(reply, error, record.FullyQualifiedErrorId, row)) Caller.WriteError(record);
    }

    internal long Sum(ComputedFacts computed, object?[] row) =>
        computed.Addend + computed.Terms.Sum(term => Convert.ToInt64(row[PositionOf(term)], CultureInfo.InvariantCulture));

    internal PSObject TargetOf(object?[] row) => Failure.MakeObject(null, row.Select((value, index) => (Facts.Inputs[index].Name, value)));

    /// <summary>Inputs and computed values as texts for placeholders.</summary>
    internal IReadOnlyDictionary<string, string> TextsOf(object?[] row) {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < row.Length; index++) texts[Facts.Inputs[index].Name] = JsonWriter.Invariant(row[index]);
        foreach (ComputedFacts computed in Facts.Computed) texts[computed.Name] = Sum(computed, row).ToString(CultureInfo.InvariantCulture);
        return texts;
    }

    private protected int PositionOf(string input) =>
        positions.TryGetValue(input, out int position) ? position : throw new FormatException($"there is no input '{input}'");

    // Some errors are an answer: "no" of a question, or what exists already where that was asked for.
    private protected virtual bool IsAnswer(Reply reply, JsonObject error, string id, object?[] row) {
        if (Facts.Existing is not { } existing || existing.Get<string>("errorId") != id || !Caller.IsSet(existing.Get<string>("switch"))
            || error.Get<JsonObject>("data").Find<JsonObject>("existing") is not { } found) return false;
        Write(reply, row, found.Any);
        return true;
    }
}

/// <summary>Nothing.</summary>
internal sealed class NoOutput(CmdletFacts facts, Caller caller) : FunctionOutput(facts, caller) {
    internal override void Write(Reply reply, object?[] row, Func<string, object?> result) { }
}

/// <summary>True for a call that succeeds, false for errors that mean "no".</summary>
internal sealed class BooleanOutput(CmdletFacts facts, Caller caller) : FunctionOutput(facts, caller) {
    private readonly HashSet<string> no = new(facts.Output.GetList<string>("falseOn"), StringComparer.Ordinal);
    internal override void Write(Reply reply, object?[] row, Func<string, object?> result) => Caller.Cmdlet.WriteObject(true);

    private protected override bool IsAnswer(Reply reply, JsonObject error, string id, object?[] row) {
        if (!no.Contains(id)) return false;
        Caller.Cmdlet.WriteObject(false);
        return true;
    }
}

/// <summary>One object: a constant, an input, a computed value or a result for each property.</summary>
internal sealed class ObjectOutput : FunctionOutput {
    private readonly string typeName;
    private readonly (string Name, Func<object?[], Func<string, object?>, object?> Value)[] properties;

    internal ObjectOutput(CmdletFacts facts, Caller caller) : base(facts, caller) {
        typeName = facts.Output.Get<string>("typeName");
        properties = facts.Output.GetList<JsonObject>("properties").Select(one => (one.Get<string>("name"), SourceOf(one))).ToArray();
    }

    internal override void Write(Reply reply, object?[] row, Func<string, object?> result) => Caller.Cmdlet.WriteObject(reply.Read(() => Make(row, result)));

    private PSObject Make(object?[] row, Func<string, object?> result) {
        var made = new PSObject();
        made.TypeNames.Insert(0, typeName);
        foreach ((string name, Func<object?[], Func<string, object?>, object?> value) in properties)
            made.Properties.Add(new PSNoteProperty(name, value(row, result)), true);
        return made;
    }

    private Func<object?[], Func<string, object?>, object?> SourceOf(JsonObject property) {
        if (property.TryGetValue("constant", out object? constant)) return (_, _) => constant;
        if (property.Find<string>("input") is { } input && PositionOf(input) is var position) return (row, _) => row[position];
        if (property.Find<string>("computed") is { } sum) {
            ComputedFacts computed = Facts.Computed.FirstOrDefault(one => one.Name == sum) ?? throw new FormatException($"there is no computed value '{sum}'");
            return (row, _) => computed.Type.Read(Sum(computed, row));
        }
        TypedName output = Facts.OutputOf(property.Get<string>("output"));
        return (_, result) => output.Type.Read(result(output.Name));
    }
}
