namespace Dllet.Client;

/// <summary>One invocation of a cmdlet: opened in its begin block, given the parameters of each record, ended in its end block.</summary>
public abstract class NativeCall {
    private protected readonly NativeModule Module;
    private protected readonly CmdletFacts Facts;
    private protected readonly Caller Caller;
    private protected readonly bool IsPiped;
    private readonly string[] given, settled; // The parameters on the command line; those of them that no script block gives.
    private readonly TypedName? onlyInput;
    private protected NativeCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) {
        (Module, Facts, Caller, IsPiped) = (module, facts, new Caller(cmdlet, module.State), cmdlet.MyInvocation.ExpectingInput);
        given = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();
        // A script block for a parameter that takes pipeline input runs for each record. PowerShell keeps it in an internal class.
        settled = Array.FindAll(given, one => cmdlet.MyInvocation.BoundParameters[one]?.GetType().Name != "DelayedScriptBlockArgument");
        if (IsPiped) onlyInput = facts.OnlyInput;
    }

    private protected PSCmdlet Cmdlet => Caller.Cmdlet;
    /// <summary>Accepts the parameters of one record. Skips a pipeline record from which nothing was bound.</summary>
    public void Add(IDictionary<string, object> bound) {
        if (bound is null) throw new ArgumentNullException(nameof(bound));
        if (IsPiped && bound.Count <= settled.Length) return;
        Module.Guard(Caller, () => {
            if (IsPiped && RefusalOf(bound) is { } refusal) Refuse(refusal);
            else Take(bound);
            return true;
        });
        // PowerShell would keep what this record bound for the next one that does not bind it.
        if (IsPiped) foreach (string name in bound.Keys.ToArray()) if (Array.IndexOf(settled, name) < 0) bound.Remove(name);
    }

    /// <summary>Writes the remaining output.</summary>
    public void End() => Module.Guard(Caller, () => { Finish(); return true; });
    private protected abstract void Take(IDictionary<string, object> bound);
    private protected abstract void Finish();
    private protected virtual void Refuse(ErrorRecord refusal) => Caller.WriteError(refusal); // At the record's position in the output.
    private protected string? ReasonOf(IDictionary<string, object> bound) { // The reason for the audit record; null if none is given.
        object? own = Facts.Json.Has("reason") && bound.TryGetValue("Reason", out object? one) ? one : null;
        return new[] { JsonWriter.Invariant(own), Module.Options.AuditReason }.FirstOrDefault(reason => reason.Length > 0);
    }

    // Appends the computed values to the inputs. Returns the error of the first that is out of range, so that nothing is called.
    private protected ErrorRecord? Complete(ref object?[] row) {
        int count = row.Length;
        Array.Resize(ref row, count + Facts.Computed.Length);
        ComputedFacts? broken = null;
        foreach (ComputedFacts one in Facts.Computed) if ((long)(row[count++] = one.Sum(row)) > one.Maximum) broken ??= one;
        return broken is null ? null : Failure.Make(broken.Violation, broken.Violation, Facts.TextsOf(row), Facts.TargetOf(row));
    }

    private protected bool CameWithRecord(string parameter) => IsPiped && !given.Contains(parameter, StringComparer.OrdinalIgnoreCase);
    private ErrorRecord? RefusalOf(IDictionary<string, object> bound) {
        foreach (TypedName input in Facts.Inputs) {
            if (!bound.ContainsKey(input.Parameter) || !CameWithRecord(input.Parameter)) continue;
            bool canBeLeftOut = input.HasDefault || input.IsOptional || Facts.Kind == "operation";
            if (canBeLeftOut && PipedValue.IsStale(Module.State, input.Parameter, bound)) {
                bound.Remove(input.Parameter);
                continue;
            }
            ParameterMetadata parameter = Cmdlet.MyInvocation.MyCommand.Parameters[input.Parameter];
            if (input.Type.IsHandle || input.IsOptional) PipedValue.TakeProperty(parameter, bound);
            if (input.IsOptional || !PipedValue.IsDoubtful(bound[input.Parameter], input == onlyInput)) continue;
            if (PipedValue.Refuse(Module.State, parameter, bound) is { } refusal) return refusal;
        }
        return null;
    }
}
