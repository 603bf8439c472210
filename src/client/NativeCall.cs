namespace Dllet.Client;

/// <summary>One run of a cmdlet: opened in its begin block, given what each record binds, and ended in its end block.</summary>
public abstract class NativeCall
{
    private readonly HashSet<string> given;

    private protected NativeCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts)
    {
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
    public void Add(IDictionary<string, object> bound)
    {
        if (bound is null) throw new ArgumentNullException(nameof(bound));
        if (!IsPiped || bound.Keys.Any(name => !given.Contains(name))) Guard(() => TakeBound(bound));
    }

    /// <summary>Writes what is still to be written.</summary>
    public void End() => Guard(Finish);

    private protected abstract void Take(IDictionary<string, object> bound);

    private protected abstract void Finish();

    // Writes the error of a record that is not taken, in its place among the others.
    private protected virtual void Refuse(ErrorRecord refusal) => Caller.WriteError(refusal);

    private void TakeBound(IDictionary<string, object> bound)
    {
        for (int index = 0; IsPiped && index < Facts.Inputs.Count; index++)
        {
            string name = Facts.Inputs[index].Name;
            if (bound.ContainsKey(name) && !given.Contains(name) && PipedValue.Refuse(Module.State, name, Facts.Inputs.Count == 1, bound) is { } refusal)
            {
                Refuse(refusal);
                return;
            }
        }

        Take(bound);
    }

    // A failure of the bridge ends the cmdlet with its own record; so does what a command further down throws, or one inside this cmdlet:
    // PowerShell would tell of a method that could not be called.
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Failure failure)
        {
            Caller.Inherit("ErrorActionPreference", "ErrorAction");
            Cmdlet.ThrowTerminatingError(failure.Record);
        }
        catch (RuntimeException ended) when (ended is not PipelineStoppedException)
        {
            Cmdlet.ThrowTerminatingError(ended.ErrorRecord);
        }
    }
}
