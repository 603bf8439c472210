namespace Dllet.Client;

/// <summary>One run of a cmdlet: opened in its begin block, given what each record binds, and ended in its end block.</summary>
public abstract class NativeCall {
    private readonly HashSet<string> given;

    private protected NativeCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) {
        Module = module;
        Facts = facts;
        Caller = new Caller(cmdlet, module.State);
        given = new HashSet<string>(cmdlet.MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    private protected NativeModule Module { get; }
    private protected CmdletFacts Facts { get; }
    private protected Caller Caller { get; }
    private protected PSCmdlet Cmdlet => Caller.Cmdlet;
    private protected bool IsPiped => Cmdlet.MyInvocation.ExpectingInput;

    /// <summary>Takes the parameters of one record. A record of a pipeline that bound nothing is passed over.</summary>
    public void Add(IDictionary<string, object> bound) {
        if (bound is null) throw new ArgumentNullException(nameof(bound));
        if (!IsPiped || bound.Keys.Any(name => !given.Contains(name))) Guard(() => Take(bound));
    }

    /// <summary>Writes what is still to be written.</summary>
    public void End() => Guard(Finish);
    private protected abstract void Take(IDictionary<string, object> bound);
    private protected abstract void Finish();
    private void Guard(Action work) => Module.Guard(Caller, () => { work(); return true; });
}
