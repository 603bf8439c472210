using System.Reflection;

namespace Dllet.Client;

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

/// <summary>Writes what an extension makes of the results.</summary>
internal sealed class LoadedOutput(CmdletFacts facts, ExtensionOutput output) : FunctionOutput(facts) {
    /// <summary>Loads the class that the facts name. Throws Failure if that is not possible.</summary>
    internal static LoadedOutput Load(CmdletFacts facts, string assembly, string directory) {
        string file = Path.Combine(directory, assembly + ".dll");
        try {
            // One process cannot load an assembly a second time from another folder: the one of another module serves this one.
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
