using System;
using System.IO;
using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Test-Path for literal paths of the file system.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PSCmdlet
{
    /// <summary>Gets or sets the path, taken as it is.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Gets or sets what must be there.</summary>
    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(LiteralPath);
        bool mayBeFile = !PathType.Equals("Container", StringComparison.OrdinalIgnoreCase);
        bool mayBeFolder = !PathType.Equals("Leaf", StringComparison.OrdinalIgnoreCase);
        WriteObject((mayBeFile && File.Exists(path)) || (mayBeFolder && Directory.Exists(path)));
    }
}
