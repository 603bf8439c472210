using System.Reflection;

namespace Dllet.Client;

/// <summary>An output kind of an extension, in an assembly beside the client. The facts name the assembly and the class, which needs a constructor
/// without parameters. It keeps no state of a call, so one instance serves all calls of a cmdlet.</summary>
public abstract class ExtensionOutput {
    /// <summary>Returns the object to write for a call that succeeded. Throws RuntimeException to write its error record in place of the object.</summary>
    public abstract object Make(CallResult result);
}

/// <summary>A successful call as an extension sees it.</summary>
public sealed class CallResult {
    internal CallResult(JsonObject facts, IDictionary<string, object> bound, PSObject target, IReadOnlyDictionary<string, object?> values) =>
        (Facts, Bound, Target, Values) = (facts, bound, target, values);

    /// <summary>The output of the cmdlet in the facts.</summary>
    public JsonObject Facts { get; }
    /// <summary>The bound parameters of the cmdlet.</summary>
    public IDictionary<string, object> Bound { get; }
    /// <summary>The inputs, as the target object of an error.</summary>
    public PSObject Target { get; }
    /// <summary>The inputs and the results by name.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }
}

/// <summary>Writes what an extension makes of the results.</summary>
internal sealed class LoadedOutput(CmdletFacts facts, ExtensionOutput output) : FunctionOutput(facts) {
    /// <summary>Loads the class that the facts name. Throws Failure if that is not possible.</summary>
    internal static LoadedOutput Load(CmdletFacts facts, string assembly, string directory) {
        string file = Path.Combine(directory, assembly + ".dll");
        try {
            // One process cannot load an assembly a second time from another folder: the one that another module has loaded serves this one.
            Assembly loaded = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), one => one.GetName().Name == assembly) ?? Assembly.LoadFrom(file);
            return new LoadedOutput(facts, (ExtensionOutput)Activator.CreateInstance(loaded.GetType(facts.Output.Get<string>("type"), throwOnError: true)));
        } catch (Exception error) when (error is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or InvalidCastException) {
            throw new Failure("BridgeNotFound", ErrorCategory.ObjectNotFound, $"The module's assembly '{file}' was not found, or cannot be loaded: {error.Message}",
                "Install the module again; in a checkout of its sources run: npm run quickstart.", file, error);
        }
    }

    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (int index = 0; index < row.Length; index++) values[Facts.Inputs[index].Name] = row[index];
        for (int index = 0; index < results.Length; index++) values[Facts.Outputs[index].Name] = reply.Read(() => Facts.Outputs[index].Type.Read(results[index]));
        object made;
        try { made = output.Make(new CallResult(Facts.Output, caller.Cmdlet.MyInvocation.BoundParameters, Facts.TargetOf(row), values)); }
        catch (RuntimeException error) { caller.WriteError(error.ErrorRecord); return; }
        caller.Cmdlet.WriteObject(made);
    }
}
