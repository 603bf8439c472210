using System.Reflection;

namespace Dllet.Client;

/// <summary>Makes the output of a call from its inputs and the JSON values of its outputs, both in the order of the facts. Throws
/// FormatException for a value of another type, and RuntimeException to write its error record instead.</summary>
internal delegate object? OutputMaker(Caller caller, object?[] row, object?[] results);

/// <summary>Writes the output of a cmdlet over a function. Keeps no state of a call: one instance serves all calls of a cmdlet.</summary>
internal sealed class FunctionOutput(CmdletFacts facts, OutputMaker make, object? absent = null) {
    private readonly List<object?>? absentOn = facts.Output.Find<List<object?>>("falseOn");

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

    /// <summary>Writes the output of a call that found nothing: nothing, or false.</summary>
    internal void WriteAbsent(Caller caller) => caller.Cmdlet.WriteObject(absent ?? AutomationNull.Value);
    /// <summary>Writes the error of a call, unless it is an answer: "no" to a question, or "exists already" if that is accepted.</summary>
    internal void WriteError(Caller caller, Reply reply, JsonObject error, object?[] row) {
        ErrorRecord record = reply.RecordOf(error, facts.TargetOf(row));
        string id = record.FullyQualifiedErrorId;
        if (absentOn?.Contains(id) == true) WriteAbsent(caller);
        else if (facts.Json.Find<JsonObject>("existing") is { } existing && existing.Get<string>("errorId") == id
            && caller.IsSet(existing.Get<string>("switch")) && error.Get<JsonObject>("data").Find<JsonObject>("existing") is { } found)
            Write(caller, reply, row, reply.Read(() => facts.ResultsOf(found)));
        else caller.WriteError(record);
    }

    // One result without an object around it, or a field of it.
    private static OutputMaker MakerOfValue(CmdletFacts facts) {
        int index = CmdletFacts.PositionOf(facts.Output.Get<string>("from"), facts.Outputs);
        string? each = facts.Output.Find<string>("each");
        JsonObject rename = facts.Output.Find<JsonObject>("rename") ?? [];
        return (_, _, results) => {
            object? value = facts.Outputs[index].Type.Read(results[index]);
            if (each is not null && value is PSObject made) value = made.Properties[each].Value;
            if (rename.Count == 0) return value;
            return value is Array elements ? elements.Cast<object?>().Select(Renamed).ToArray() : Renamed(value);
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
            int position = CmdletFacts.PositionOf(input, [.. facts.Inputs, .. facts.Computed]);
            if (position < facts.Inputs.Length) return (row, _) => row[position];
            WireType computed = facts.Computed[position - facts.Inputs.Length].Type;
            return (row, _) => computed.Read(row[position]);
        }
        int index = CmdletFacts.PositionOf(property.Get<string>("output"), facts.Outputs);
        WireType type = facts.Outputs[index].Type;
        return (_, results) => type.Read(results[index]);
    }

    // What the class of an extension makes of the results.
    private static OutputMaker MakerOfExtension(CmdletFacts facts, string assembly, string directory) {
        string file = Path.Combine(directory, assembly + ".dll");
        try {
            // One process cannot load an assembly a second time from another folder, so the copy of another module is used if it is loaded.
            Assembly loaded = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), one => one.GetName().Name == assembly)
                ?? Assembly.LoadFrom(file);
            var output = (ExtensionOutput)Activator.CreateInstance(loaded.GetType(facts.Output.Get<string>("type"), throwOnError: true));
            return (caller, row, results) => {
                var values = new Dictionary<string, object?>(StringComparer.Ordinal);
                for (int index = 0; index < facts.Inputs.Length; index++) values[facts.Inputs[index].Name] = row[index];
                for (int index = 0; index < results.Length; index++)
                    values[facts.Outputs[index].Name] = facts.Outputs[index].Type.Read(results[index]);
                return output.Make(facts.Output, caller.Cmdlet.MyInvocation.BoundParameters, values, facts.TargetOf(row));
            };
        } catch (Exception error)
            when (error is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or InvalidCastException) {
            throw new Failure("assemblyMissing", file, [("File", file), ("Problem", error.Message)], error);
        }
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
