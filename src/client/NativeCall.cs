namespace Dllet.Client;

/// <summary>One invocation of a cmdlet: opened in its begin block, given the bound parameters of each record, ended in its end block.</summary>
public abstract class NativeCall {
    private readonly string[] given;
    private readonly TypedName? onlyInput;

    private protected NativeCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) {
        Module = module;
        Facts = facts;
        Caller = new Caller(cmdlet, module.State);
        given = cmdlet.MyInvocation.BoundParameters.Keys.ToArray();
        IsPiped = cmdlet.MyInvocation.ExpectingInput;
        onlyInput = facts.FindOnlyInput();
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
        try {
            if (IsPiped && RefusalOf(bound) is { } refusal) Refuse(refusal);
            else Take(bound);
        } catch (Exception error) when (NativeModule.Ends(error)) { Module.Throw(Caller, error); }
    }

    /// <summary>Writes the remaining output.</summary>
    public void End() {
        try { Finish(); } catch (Exception error) when (NativeModule.Ends(error)) { Module.Throw(Caller, error); }
    }

    private protected abstract void Take(IDictionary<string, object> bound);
    private protected abstract void Finish();
    // Writes the error of a rejected record at its position in the output.
    private protected virtual void Refuse(ErrorRecord refusal) => Caller.WriteError(refusal);

    // The reason for the audit record; null if none is given.
    private protected string? ReasonOf(IDictionary<string, object> bound) {
        string own = Facts.HasReason && bound.TryGetValue("Reason", out object? given) ? JsonWriter.Invariant(given) : string.Empty;
        string reason = own.Length > 0 ? own : Module.Options.AuditReason;
        return reason.Length > 0 ? reason : null;
    }

    // Returns the error of a record whose computed value is out of range; nothing is called for it.
    private protected ErrorRecord? BeyondLimit(object?[] row) {
        ComputedFacts? broken = Facts.Computed.FirstOrDefault(one => one.Sum(row) > one.Maximum);
        if (broken is null) return null;
        IReadOnlyDictionary<string, string> values = Facts.TextsOf(row);
        return Failure.FromFacts(broken.Violation, text => Confirmation.Fill(text, values), Facts.TargetOf(row));
    }

    /// <summary>True for a parameter that came with the record, not with the command.</summary>
    private protected bool CameWithRecord(string parameter) => IsPiped && !given.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    private ParameterMetadata ParameterOf(TypedName input) => Cmdlet.MyInvocation.MyCommand.Parameters[input.Parameter];

    private ErrorRecord? RefusalOf(IDictionary<string, object> bound) {
        foreach (TypedName input in Facts.Inputs) {
            if (!bound.ContainsKey(input.Parameter) || !CameWithRecord(input.Parameter)) continue;
            if (input.Type.IsHandle) PipedValue.TakeProperty(ParameterOf(input), bound);
            if (!input.IsOptional && PipedValue.IsDoubtful(bound[input.Parameter], input == onlyInput) && PipedValue.Refuse(Module.State, ParameterOf(input), bound) is { } refusal)
                return refusal;
        }
        return null;
    }
}
