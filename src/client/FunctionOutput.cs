using System.Reflection;

namespace Dllet.Client;

/// <summary>Makes output from inputs and the JSON of outputs. Throws FormatException, or RuntimeException to write its record.</summary>
internal delegate object? OutputMaker(Caller caller, object?[] row, object?[] results);

/// <summary>Writes the output of a cmdlet over a function. Keeps no state of a call: one instance serves all calls of a cmdlet.</summary>
internal sealed class FunctionOutput(CmdletFacts facts, OutputMaker make, object? absent = null) {
    /// <summary>Returns the output that the facts name. The directory is that of the assemblies of extensions.</summary>
    internal static FunctionOutput For(CmdletFacts facts, string directory) => facts.Output.Get<string>("kind") switch {
        _ when facts.Output.Find<string>("assembly") is { } assembly => new(facts, MakerOfExtension(facts, assembly, directory)),
        "object" => new(facts, MakerOfObject(facts)),
        "value" => new(facts, MakerOfValue(facts)),
        "boolean" => new(facts, (_, _, _) => true, absent: false),
        "none" => new(facts, (_, _, _) => AutomationNull.Value),
        var kind => throw new FormatException($"there is no output '{kind}'"),
    };

    /// <summary>Writes the result of a call; of an array other than bytes, each element.</summary>
    internal void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        object? made;
        try { made = make(caller, row, results); }
        catch (FormatException error) { throw reply.Distrust(error); }
        catch (RuntimeException error) when (error is not PipelineStoppedException) { caller.WriteError(error.ErrorRecord); return; }
        caller.Cmdlet.WriteObject(made, enumerateCollection: made is Array and not byte[]);
    }

    internal void WriteAbsent(Caller caller) => caller.Cmdlet.WriteObject(absent ?? AutomationNull.Value);
    /// <summary>Writes the error of a call, unless it is an answer: "no" to a question, or "exists already" if that is accepted.</summary>
    internal void WriteError(Caller caller, Reply reply, JsonObject error, object?[] row) {
        ErrorRecord record = reply.RecordOf(error, facts.TargetOf(row));
        string id = record.FullyQualifiedErrorId;
        if (facts.Output.Find<List<object?>>("falseOn")?.Contains(id) == true) WriteAbsent(caller);
        else if (facts.Json.Find<JsonObject>("existing") is { } existing && existing.Get<string>("errorId") == id
            && caller.IsSet(existing.Get<string>("switch")) && error.Get<JsonObject>("data").Find<JsonObject>("existing") is { } found)
            Write(caller, reply, row, reply.Read(() => facts.ResultsOf(found)));
        else caller.WriteError(record);
    }

    private static OutputMaker MakerOfValue(CmdletFacts facts) { // One result without an object around it, or a field of it.
        int index = CmdletFacts.PositionOf(facts.Output.Get<string>("from"), facts.Outputs);
        string? each = facts.Output.Find<string>("each");
        JsonObject rename = facts.Output.Find<JsonObject>("rename") ?? [];
        return (_, _, results) => {
            object? value = facts.Outputs[index].Type.Read(results[index]);
            if (each is not null && value is PSObject made) value = made.Properties[each].Value;
            return rename.Count == 0 ? value : value is Array array ? array.Cast<object?>().Select(Renamed).ToArray() : Renamed(value);
        };
        object? Renamed(object? value) => value is not PSObject made ? value
            : PSObjects.Make(null, made.Properties.Select(one => new PSNoteProperty(rename.Find<string>(one.Name) ?? one.Name, one.Value)));
    }

    // One object; each property is a constant, an input, a computed value or a result.
    private static OutputMaker MakerOfObject(CmdletFacts facts) {
        string typeName = facts.Output.Get<string>("typeName");
        var properties = facts.Output.ListOf("properties", one => (Name: one.Get<string>("name"), Read: SourceOf(facts, one)));
        return (_, row, results) =>
            PSObjects.Make(typeName, Array.ConvertAll(properties, one => new PSNoteProperty(one.Name, one.Read(row, results))));
    }

    private static Func<object?[], object?[], object?> SourceOf(CmdletFacts facts, JsonObject property) {
        if (property.TryGetValue("constant", out object? constant)) return (_, _) => constant;
        if (property.Find<string>("input") is { } input) {
            TypedName[] names = [.. facts.Inputs, .. facts.Computed];
            int position = CmdletFacts.PositionOf(input, names);
            return position < facts.Inputs.Length ? (row, _) => row[position] : (row, _) => names[position].Type.Read(row[position]);
        }
        int index = CmdletFacts.PositionOf(property.Get<string>("output"), facts.Outputs);
        return (_, results) => facts.Outputs[index].Type.Read(results[index]);
    }

    private static OutputMaker MakerOfExtension(CmdletFacts facts, string name, string directory) {
        string file = Path.Combine(directory, name + ".dll");
        try {
            // One process cannot load an assembly a second time from another folder, so the copy of another module is used if it is loaded.
            var loaded = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), one => one.GetName().Name == name) ?? Assembly.LoadFrom(file);
            var output = (ExtensionOutput)Activator.CreateInstance(loaded.GetType(facts.Output.Get<string>("type"), throwOnError: true));
            return (caller, row, results) => {
                var values = new Dictionary<string, object?>(StringComparer.Ordinal);
                for (int at = 0; at < facts.Inputs.Length; at++) values[facts.Inputs[at].Name] = row[at];
                for (int at = 0; at < results.Length; at++) values[facts.Outputs[at].Name] = facts.Outputs[at].Type.Read(results[at]);
                return output.Make(facts.Output, caller.Cmdlet.MyInvocation.BoundParameters, values, facts.TargetOf(row));
            };
        } catch (Exception error)
            when (error is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or InvalidCastException) {
            throw new Failure("assemblyMissing", file, [("File", file), ("Problem", error.Message)], error);
        }
    }
}

/// <summary>An output kind of an extension. The facts name its assembly and class. One instance serves all calls of a cmdlet.</summary>
public abstract class ExtensionOutput {
    /// <summary>Returns the object to write for a call that succeeded. Throws RuntimeException to write its error record instead. Takes the
    /// facts of the output, the bound parameters, the inputs and results by name, and the inputs as the target of an error.</summary>
    public abstract object Make(
        JsonObject facts, IDictionary<string, object> bound, IReadOnlyDictionary<string, object?> values, PSObject target);
}
