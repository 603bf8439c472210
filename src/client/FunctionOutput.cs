using System.Reflection;

namespace Dllet.Client;

/// <summary>Writes the output of a cmdlet over a function. Keeps no state of a call: one instance serves all calls of a cmdlet.</summary>
internal abstract class FunctionOutput(CmdletFacts facts, object? absent = null) {
    private readonly object absent = absent ?? AutomationNull.Value;
    private readonly List<string> absentOn = facts.Output.ContainsKey("falseOn") ? facts.Output.GetList<string>("falseOn") : [];
    private protected readonly CmdletFacts Facts = facts;

    /// <summary>Returns the output that the facts name. The directory is that of the assemblies of extensions.</summary>
    internal static FunctionOutput For(CmdletFacts facts, string directory) => facts.Output.Get<string>("kind") switch {
        _ when facts.Output.Find<string>("assembly") is { } assembly => LoadedOutput.Load(facts, assembly, directory),
        "object" => new ObjectOutput(facts),
        "value" => new ValueOutput(facts),
        "boolean" => new FixedOutput(facts, true, false),
        "none" => new FixedOutput(facts, AutomationNull.Value, null),
        var kind => throw new FormatException($"there is no output '{kind}'"),
    };

    /// <summary>Makes the output of a call from its inputs and the JSON values of its outputs, both in the order of the facts. Throws
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

    /// <summary>Writes the output of a call that found nothing: nothing, or false.</summary>
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

/// <summary>Writes one result without an object around it, or a field of it.</summary>
internal sealed class ValueOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly int index = CmdletFacts.PositionOf(facts.Output.Get<string>("from"), facts.Outputs);
    private readonly string? each = facts.Output.Find<string>("each");
    private readonly JsonObject rename = facts.Output.Find<JsonObject>("rename") ?? [];

    private protected override object? Make(Caller caller, object?[] row, object?[] results) {
        object? value = Facts.Outputs[index].Type.Read(results[index]);
        if (each is not null && value is PSObject made) value = made.Properties[each].Value;
        if (rename.Count == 0) return value;
        return value is Array elements ? elements.Cast<object?>().Select(Renamed).ToArray() : Renamed(value);
    }

    private object? Renamed(object? value) => value is not PSObject made ? value
        : PSObjects.Make(null, made.Properties.Select(one => new PSNoteProperty(rename.Find<string>(one.Name) ?? one.Name, one.Value)));
}

/// <summary>Writes one object; each property is a constant, an input, a computed value or a result.</summary>
internal sealed class ObjectOutput(CmdletFacts facts) : FunctionOutput(facts) {
    private readonly string typeName = facts.Output.Get<string>("typeName");
    private readonly string[] names = facts.Output.ListOf("properties", one => one.Get<string>("name"));
    private readonly Func<object?[], object?[], object?>[] sources = facts.Output.ListOf("properties", one => SourceOf(facts, one));
    private protected override object? Make(Caller caller, object?[] row, object?[] results) {
        var made = new PSNoteProperty[names.Length];
        for (int index = 0; index < made.Length; index++) made[index] = new PSNoteProperty(names[index], sources[index](row, results));
        return PSObjects.Make(typeName, made);
    }

    private static Func<object?[], object?[], object?> SourceOf(CmdletFacts facts, JsonObject property) {
        if (property.TryGetValue("constant", out object? constant)) return (_, _) => constant;
        if (property.Find<string>("input") is { } input) {
            int position = CmdletFacts.PositionOf(input, [.. facts.Inputs, .. facts.Computed]);
            if (position < facts.Inputs.Length) return (row, _) => row[position];
            WireType computed = facts.Computed[position - facts.Inputs.Length].Type;
            return (row, _) => computed.Read(row[position]);
        }
        int index = CmdletFacts.PositionOf(property.Get<string>("output"), facts.Outputs);
        WireType type = facts.Outputs[index].Type;
        return (_, results) => type.Read(results[index]);
    }
}

/// <summary>An output kind of an extension, in an assembly beside the client. The facts name the assembly and the class, which needs a
/// constructor without parameters. It keeps no state of a call, so one instance serves all calls of a cmdlet.</summary>
public abstract class ExtensionOutput {
    /// <summary>Returns the object to write for a call that succeeded. Throws RuntimeException to write its error record instead.</summary>
    /// <param name="facts">The output of the cmdlet in the facts.</param>
    /// <param name="bound">The bound parameters of the cmdlet.</param>
    /// <param name="values">The inputs and the results of the call by name.</param>
    /// <param name="target">The inputs, as the target object of an error.</param>
    public abstract object Make(
        JsonObject facts, IDictionary<string, object> bound, IReadOnlyDictionary<string, object?> values, PSObject target);
}

/// <summary>Writes the object that an extension makes of the results.</summary>
internal sealed class LoadedOutput(CmdletFacts facts, ExtensionOutput output) : FunctionOutput(facts) {
    internal static LoadedOutput Load(CmdletFacts facts, string assembly, string directory) {
        string file = Path.Combine(directory, assembly + ".dll");
        try {
            // One process cannot load an assembly a second time from another folder, so the copy of another module is used if it is loaded.
            Assembly loaded = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), one => one.GetName().Name == assembly)
                ?? Assembly.LoadFrom(file);
            Type type = loaded.GetType(facts.Output.Get<string>("type"), throwOnError: true);
            return new LoadedOutput(facts, (ExtensionOutput)Activator.CreateInstance(type));
        } catch (Exception error)
            when (error is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or InvalidCastException) {
            throw new Failure("assemblyMissing", file, [("File", file), ("Problem", error.Message)], error);
        }
    }

    private protected override object? Make(Caller caller, object?[] row, object?[] results) {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (int index = 0; index < Facts.Inputs.Length; index++) values[Facts.Inputs[index].Name] = row[index];
        for (int index = 0; index < results.Length; index++)
            values[Facts.Outputs[index].Name] = Facts.Outputs[index].Type.Read(results[index]);
        return output.Make(Facts.Output, caller.Cmdlet.MyInvocation.BoundParameters, values, Facts.TargetOf(row));
    }
}
