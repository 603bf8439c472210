using System.Collections.Generic;
using System.Management.Automation;
using Dllet.PowerShellHost.Json;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json with the parameters that Windows PowerShell 5.1 knows and the text of PowerShell 7.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> inputs = [];

    /// <summary>Gets or sets the object; several objects from the pipeline become one array.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Gets or sets how many levels below the object are written out.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    /// <summary>Gets or sets a value indicating whether white space is left out.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => inputs.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (inputs.Count == 0)
        {
            return;
        }

        var writer = new JsonTextWriter(Depth, Compress.IsPresent);
        string text = writer.Write(inputs.Count == 1 ? inputs[0] : inputs.ToArray());
        if (writer.IsTruncated)
        {
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }

        WriteObject(text);
    }
}
