using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using Dllet.PowerShellHost.Json;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertFrom-Json with the parameters that Windows PowerShell 5.1 knows and the results of PowerShell 7.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> lines = [];

    /// <summary>Gets or sets the JSON text; text that comes in several pieces is joined with new lines.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord() => lines.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Like pwsh: when the first piece is a document of its own, every piece is one.
        if (lines.Count > 1 && JsonText.IsDocument(lines[0]))
        {
            lines.ForEach(Convert);
        }
        else
        {
            Convert(string.Join(Environment.NewLine, lines));
        }
    }

    private void Convert(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            WriteObject(JsonText.Read(text), enumerateCollection: true);
        }
        catch (JsonException error)
        {
            var exception = new ArgumentException("Conversion from JSON failed with error: " + error.Message, error);
            ThrowTerminatingError(
                new ErrorRecord(exception, "System.ArgumentException", ErrorCategory.NotSpecified, targetObject: null));
        }
        catch (JsonKeyException error)
        {
            ThrowTerminatingError(
                new ErrorRecord(error, error.ErrorId, ErrorCategory.InvalidOperation, targetObject: null));
        }
    }
}
