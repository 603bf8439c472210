using System;
using System.Collections.Generic;
using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Out-String for text, which is what the engine needs it for: to write to the input of a program.</summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : PSCmdlet
{
    private readonly List<string> lines = [];

    /// <summary>Gets or sets what becomes text.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets a value indicating whether each object becomes a string of its own.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string line = LanguagePrimitives.ConvertTo<string>(InputObject);
        if (Stream.IsPresent)
        {
            WriteObject(line);
        }
        else
        {
            lines.Add(line + Environment.NewLine);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!Stream.IsPresent)
        {
            WriteObject(string.Concat(lines));
        }
    }
}
