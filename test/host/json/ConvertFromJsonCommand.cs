using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using Dllet.PowerShellHost.Json;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertFrom-Json with the parameters and the limit of Windows PowerShell 5.1 and the results of PowerShell 7.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    // What 5.1 has from JavaScriptSerializer.MaxJsonLength.
    private const int LongestText = 2_097_152;

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

        if (text.Length > LongestText)
        {
            var tooLong = new ArgumentException(
                "Error during serialization or deserialization using the JSON JavaScriptSerializer. The length of the string exceeds the value set on the maxJsonLength property.");
            ThrowTerminatingError(new ErrorRecord(tooLong, "System.ArgumentException", ErrorCategory.NotSpecified, targetObject: null));
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
