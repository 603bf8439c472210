using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Push-Location for a literal path.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocationCommand : PSCmdlet
{
    /// <summary>Gets or sets the path, taken as it is.</summary>
    [Parameter(Mandatory = true)]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Gets or sets the stack that the location until now is put on.</summary>
    [Parameter]
    public string StackName { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionState.Path.PushCurrentLocation(StackName);
        _ = SessionState.Path.SetLocation(WildcardPattern.Escape(LiteralPath));
    }
}
