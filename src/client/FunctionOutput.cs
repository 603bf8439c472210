namespace Dllet.Client;

/// <summary>Writes the output of a cmdlet over a function. It keeps no state of a call, so one instance serves all calls of a cmdlet.</summary>
internal abstract class FunctionOutput(CmdletFacts facts) {
    private protected CmdletFacts Facts { get; } = facts;

    /// <summary>Returns the output that the facts name. The directory is that of the assemblies of extensions.</summary>
    internal static FunctionOutput For(CmdletFacts facts, string directory) => facts.Output.Get<string>("kind") switch {
        _ when facts.Output.Find<string>("assembly") is { } assembly => LoadedOutput.Load(facts, assembly, directory),
        "object" => new ObjectOutput(facts),
        "value" => new ValueOutput(facts),
        "boolean" => new BooleanOutput(facts),
        "none" => new NoOutput(facts),
        var kind => throw new FormatException($"there is no output '{kind}'"),
    };
    /// <summary>The properties of the objects that it writes; empty if they are those of a .NET type.</summary>
    internal virtual IEnumerable<(string Name, WireType Type)> Members => [];
    /// <summary>Writes the result of a call from the JSON values of its outputs, in the order of the facts.</summary>
    internal abstract void Write(Caller caller, Reply reply, object?[] row, object?[] results);

    /// <summary>Writes what stands for a call that found nothing: no output.</summary>
    internal virtual void WriteAbsent(Caller caller) { }

    /// <summary>Writes the error of a call, unless the error counts as an answer.</summary>
    internal void WriteError(Caller caller, Reply reply, JsonObject error, object?[] row) {
        ErrorRecord record = reply.RecordOf(error, Facts.TargetOf(row));
        if (!IsAnswer(caller, reply, error, record.FullyQualifiedErrorId, row)) caller.WriteError(record);
    }

    // Errors that count as an answer: "no" to a question, or "already exists" if the caller accepts that.
    private protected virtual bool IsAnswer(Caller caller, Reply reply, JsonObject error, string id, object?[] row) {
        if (Facts.Existing is not { } existing || existing.Get<string>("errorId") != id || !caller.IsSet(existing.Get<string>("switch"))) return false;
        if (error.Get<JsonObject>("data").Find<JsonObject>("existing") is not { } found) return false;
        Write(caller, reply, row, reply.Read(() => Facts.ResultsOf(found)));
        return true;
    }
}

/// <summary>Writes one result by itself; of an array other than bytes, or of one in a struct, each element.</summary>
internal sealed class ValueOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly int index = facts.OutputOf(facts.Output.Get<string>("from"));
    private readonly string? each = facts.Output.Find<string>("each");
    private readonly JsonObject rename = facts.Output.Find<JsonObject>("rename") ?? [];

    internal override IEnumerable<(string Name, WireType Type)> Members =>
        (each is null ? Type.Members : Type.Members.Where(one => one.Name == each).SelectMany(one => one.Type.Members)).Select(one => (NameOf(one.Name), one.Type));
    private WireType Type => Facts.Outputs[index].Type;

    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        object? value;
        try { value = Type.Read(results[index]); } catch (FormatException error) { throw reply.Distrust(error); }
        if (each is not null && value is PSObject made) value = made.Properties[each].Value;
        if (value is Array and not byte[]) foreach (object? one in (Array)value) caller.Cmdlet.WriteObject(Renamed(one));
        else caller.Cmdlet.WriteObject(Renamed(value));
    }

    private object? Renamed(object? value) => value is PSObject made && rename.Count > 0
        ? Failure.MakeObject(null, made.Properties.Select(one => (NameOf(one.Name), (object?)one.Value)))
        : value;
    private string NameOf(string field) => rename.Find<string>(field) ?? field;
}

/// <summary>Writes nothing.</summary>
internal sealed class NoOutput(CmdletFacts facts) : FunctionOutput(facts) {
    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) { }
}

/// <summary>Writes true for a call that succeeds, false for one that found nothing and for errors that mean "no".</summary>
internal sealed class BooleanOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly HashSet<string> no = new(facts.Output.GetList<string>("falseOn"), StringComparer.Ordinal);
    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) => caller.Cmdlet.WriteObject(true);
    internal override void WriteAbsent(Caller caller) => caller.Cmdlet.WriteObject(false);

    private protected override bool IsAnswer(Caller caller, Reply reply, JsonObject error, string id, object?[] row) {
        if (!no.Contains(id)) return false;
        caller.Cmdlet.WriteObject(false);
        return true;
    }
}

/// <summary>Writes one object; each property is a constant, an input, a computed value or a result.</summary>
internal sealed class ObjectOutput : FunctionOutput {
    private readonly string typeName;
    private readonly string[] names;
    private readonly (WireType Type, Func<object?[], object?[], object?> Read)[] values;

    internal ObjectOutput(CmdletFacts facts) : base(facts) {
        typeName = facts.Output.Get<string>("typeName");
        names = facts.Output.ListOf("properties", one => one.Get<string>("name"));
        values = facts.Output.ListOf("properties", SourceOf);
    }

    internal override IEnumerable<(string Name, WireType Type)> Members => names.Select((name, index) => (name, values[index].Type));

    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        PSObject made;
        try { made = Make(row, results); } catch (FormatException error) { throw reply.Distrust(error); }
        caller.Cmdlet.WriteObject(made);
    }

    private PSObject Make(object?[] row, object?[] results) {
        var made = new PSObject();
        made.TypeNames.Insert(0, typeName);
        PSMemberInfoCollection<PSPropertyInfo> members = made.Properties;
        for (int index = 0; index < names.Length; index++) members.Add(new PSNoteProperty(names[index], values[index].Read(row, results)), true);
        return made;
    }

    private (WireType, Func<object?[], object?[], object?>) SourceOf(JsonObject property) {
        if (property.TryGetValue("constant", out object? constant)) return (WireType.Any, (_, _) => constant);
        if (property.Find<string>("input") is { } input && Facts.PositionOf(input) is var position) return (Facts.Inputs[position].Type, (row, _) => row[position]);
        if (property.Find<string>("computed") is { } sum) {
            ComputedFacts computed = Facts.Computed.FirstOrDefault(one => one.Name == sum) ?? throw new FormatException($"there is no computed value '{sum}'");
            return (computed.Type, (row, _) => computed.Type.Read(computed.Sum(row)));
        }
        int index = Facts.OutputOf(property.Get<string>("output"));
        WireType type = Facts.Outputs[index].Type;
        return (type, (_, results) => type.Read(results[index]));
    }
}
