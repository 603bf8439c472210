using System;
using System.Collections;
using System.Management.Automation;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object for what works in every language mode: <c>New-Object psobject -Property</c>.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
[OutputType(typeof(PSObject))]
public sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>Gets or sets the name of the type; there is one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet("psobject")]
    public string TypeName { get; set; } = string.Empty;

    /// <summary>Gets or sets the properties. PSTypeName is none of them but the name of the object's type.</summary>
    [Parameter]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var result = new PSObject();
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            string name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (name.Equals("PSTypeName", StringComparison.OrdinalIgnoreCase))
            {
                result.TypeNames.Insert(0, LanguagePrimitives.ConvertTo<string>(entry.Value));
            }
            else
            {
                result.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
        }

        WriteObject(result);
    }
}
