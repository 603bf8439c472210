namespace Dllet.Client;

/// <summary>One invocation of a cmdlet: opened in its begin block, given the parameters of each record, ended in its end block.</summary>
public abstract class NativeCall {
    private readonly string[] given;

    private protected NativeCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) {
        Module = module;
        Facts = facts;
        Caller = new Caller(cmdlet, module.State);
        given = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();
        IsPiped = cmdlet.MyInvocation.ExpectingInput;
    }

    private protected NativeModule Module { get; }
    private protected CmdletFacts Facts { get; }
    private protected Caller Caller { get; }
    private protected PSCmdlet Cmdlet => Caller.Cmdlet;
    private protected bool IsPiped { get; }

    /// <summary>Accepts the parameters of one record. Skips a pipeline record that bound nothing.</summary>
    public void Add(IDictionary<string, object> bound) {
        if (bound is null) throw new ArgumentNullException(nameof(bound));
        if (IsPiped && bound.Count <= given.Length) return;
        Module.Guard(Caller, () => {
            if (IsPiped && RefusalOf(bound) is { } refusal) Refuse(refusal);
            else Take(bound);
            return true;
        });
    }

    /// <summary>Writes the remaining output.</summary>
    public void End() => Module.Guard(Caller, () => { Finish(); return true; });
    private protected abstract void Take(IDictionary<string, object> bound);
    private protected abstract void Finish();
    // Writes the error of a rejected record at its position in the output.
    private protected virtual void Refuse(ErrorRecord refusal) => Caller.WriteError(refusal);

    // The reason for the audit record; null if none is given.
    private protected string? ReasonOf(IDictionary<string, object> bound) {
        object? own = Facts.Json.Has("reason") && bound.TryGetValue("Reason", out object? given) ? given : null;
        string reason = JsonWriter.Invariant(own) is { Length: > 0 } text ? text : Module.Options.AuditReason;
        return reason.Length > 0 ? reason : null;
    }

    // Appends the computed values to the inputs. Returns the error of the first that is out of range; nothing is called for it.
    private protected ErrorRecord? Complete(ref object?[] row) {
        int count = row.Length;
        if (Facts.Computed.Length > 0) Array.Resize(ref row, count + Facts.Computed.Length);
        ComputedFacts? broken = null;
        foreach (ComputedFacts one in Facts.Computed) if ((long)(row[count++] = one.Sum(row)) > one.Maximum) broken ??= one;
        return broken is null ? null : Failure.FromTexts(broken.Violation, Facts.TextsOf(row), Facts.TargetOf(row));
    }

    // Returns whether a parameter came with the record, not with the command.
    private protected bool CameWithRecord(string parameter) => IsPiped && !given.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    private ErrorRecord? RefusalOf(IDictionary<string, object> bound) {
        foreach (TypedName input in Facts.Inputs) {
            if (!bound.ContainsKey(input.Parameter) || !CameWithRecord(input.Parameter)) continue;
            ParameterMetadata parameter = Cmdlet.MyInvocation.MyCommand.Parameters[input.Parameter];
            if (input.Type.IsHandle) PipedValue.TakeProperty(parameter, bound);
            if (input.IsOptional || !PipedValue.IsDoubtful(bound[input.Parameter], input == Facts.OnlyInput)) continue;
            if (PipedValue.Refuse(Module.State, parameter, bound) is { } refusal) return refusal;
        }
        return null;
    }
}
