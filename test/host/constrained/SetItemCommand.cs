using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Set-Item for one literal path, such as a variable of the environment; the value null removes it.</summary>
[Cmdlet(VerbsCommon.Set, "Item", SupportsShouldProcess = true)]
public sealed class SetItemCommand : PSCmdlet
{
    /// <summary>Gets or sets the path, taken as it is.</summary>
    [Parameter(Mandatory = true)]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Gets or sets the new value.</summary>
    [Parameter]
    public object? Value { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(LiteralPath))
        {
            InvokeProvider.Item.Set([LiteralPath], Value, force: false, literalPath: true);
        }
    }
}
