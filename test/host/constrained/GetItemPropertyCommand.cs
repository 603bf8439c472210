using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Get-ItemProperty for one literal path, such as a key of the registry: all its properties.</summary>
[Cmdlet(VerbsCommon.Get, "ItemProperty")]
public sealed class GetItemPropertyCommand : PSCmdlet
{
    /// <summary>Gets or sets the path, taken as it is.</summary>
    [Parameter(Mandatory = true)]
    public string LiteralPath { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            WriteObject(InvokeProvider.Property.Get(WildcardPattern.Escape(LiteralPath), []), true);
        }
        catch (ItemNotFoundException error)
        {
            WriteError(new ErrorRecord(error.ErrorRecord, error));
        }
    }
}
