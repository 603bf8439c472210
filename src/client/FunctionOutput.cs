namespace Dllet.Client;

/// <summary>Writes the output of a cmdlet over a function. Keeps no state of a call: one instance serves all calls of a cmdlet.</summary>
internal abstract class FunctionOutput(CmdletFacts facts, object? absent = null) {
    private readonly object absent = absent ?? AutomationNull.Value;
    private readonly List<string> absentOn = facts.Output.ContainsKey("falseOn") ? facts.Output.GetList<string>("falseOn") : [];
    private protected CmdletFacts Facts { get; } = facts;

    /// <summary>Returns the output that the facts name. The directory is that of the assemblies of extensions.</summary>
    internal static FunctionOutput For(CmdletFacts facts, string directory) => facts.Output.Get<string>("kind") switch {
        _ when facts.Output.Find<string>("assembly") is { } assembly => LoadedOutput.Load(facts, assembly, directory),
        "object" => new ObjectOutput(facts),
        "value" => new ValueOutput(facts),
        "boolean" => new FixedOutput(facts, true, false),
        "none" => new FixedOutput(facts, AutomationNull.Value, null),
        var kind => throw new FormatException($"there is no output '{kind}'"),
    };

    /// <summary>Returns what a call gave, from its inputs and the JSON values of its outputs, both in the order of the facts. Throws
    /// FormatException for a value of another type, and RuntimeException to write its error record instead.</summary>
    private protected abstract object? Make(Caller caller, object?[] row, object?[] results);

    /// <summary>Writes the result of a call; of an array other than bytes, each element.</summary>
    internal void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        object? made;
        try { made = Make(caller, row, results); }
        catch (FormatException error) { throw reply.Distrust(error); }
        catch (RuntimeException error) when (error is not PipelineStoppedException) { caller.WriteError(error.ErrorRecord); return; }
        caller.Cmdlet.WriteObject(made, enumerateCollection: made is Array and not byte[]);
    }

    /// <summary>Writes what stands for a call that found nothing: no output, or false.</summary>
    internal void WriteAbsent(Caller caller) => caller.Cmdlet.WriteObject(absent);

    /// <summary>Writes the error of a call, unless it is an answer: "no" to a question, or "exists already" if that is accepted.</summary>
    internal void WriteError(Caller caller, Reply reply, JsonObject error, object?[] row) {
        ErrorRecord record = reply.RecordOf(error, Facts.TargetOf(row));
        string id = record.FullyQualifiedErrorId;
        if (absentOn.Contains(id)) WriteAbsent(caller);
        else if (Facts.Json.Find<JsonObject>("existing") is { } existing && existing.Get<string>("errorId") == id
            && caller.IsSet(existing.Get<string>("switch")) && error.Get<JsonObject>("data").Find<JsonObject>("existing") is { } found)
            Write(caller, reply, row, reply.Read(() => Facts.ResultsOf(found)));
        else caller.WriteError(record);
    }
}

/// <summary>Writes the same for every call that succeeds: true, or nothing.</summary>
internal sealed class FixedOutput(CmdletFacts facts, object made, object? absent) : FunctionOutput(facts, absent) {
    private protected override object? Make(Caller caller, object?[] row, object?[] results) => made;
}

/// <summary>Writes one result by itself, or a field of it.</summary>
internal sealed class ValueOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly int index = facts.OutputOf(facts.Output.Get<string>("from"));
    private readonly string? each = facts.Output.Find<string>("each");
    private readonly JsonObject rename = facts.Output.Find<JsonObject>("rename") ?? [];

    private protected override object? Make(Caller caller, object?[] row, object?[] results) {
        object? value = Facts.Outputs[index].Type.Read(results[index]);
        if (each is not null && value is PSObject made) value = made.Properties[each].Value;
        if (rename.Count == 0) return value;
        return value is Array elements ? elements.Cast<object?>().Select(Renamed).ToArray() : Renamed(value);
    }

    private object? Renamed(object? value) => value is not PSObject made ? value
        : Failure.MakeObject(null, made.Properties.Select(one => (rename.Find<string>(one.Name) ?? one.Name, (object?)one.Value)));
}

/// <summary>Writes one object; each property is a constant, an input, a computed value or a result.</summary>
internal sealed class ObjectOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly string typeName = facts.Output.Get<string>("typeName");
    private readonly (string Name, Func<object?[], object?[], object?> Read)[] properties =
        facts.Output.ListOf("properties", one => (one.Get<string>("name"), SourceOf(facts, one)));

    private protected override object? Make(Caller caller, object?[] row, object?[] results) {
        var made = new (string, object?)[properties.Length];
        for (int index = 0; index < made.Length; index++) made[index] = (properties[index].Name, properties[index].Read(row, results));
        return Failure.MakeObject(typeName, made);
    }

    private static Func<object?[], object?[], object?> SourceOf(CmdletFacts facts, JsonObject property) {
        if (property.TryGetValue("constant", out object? constant)) return (_, _) => constant;
        if (property.Find<string>("input") is { } input) {
            int position = facts.PositionOf(input);
            if (position < facts.Inputs.Length) return (row, _) => row[position];
            WireType computed = facts.Computed[position - facts.Inputs.Length].Type;
            return (row, _) => computed.Read(row[position]);
        }
        int index = facts.OutputOf(property.Get<string>("output"));
        WireType type = facts.Outputs[index].Type;
        return (_, results) => type.Read(results[index]);
    }
}
