using System;
using System.Management.Automation;
using System.Reflection;

// The namespace and the class name are part of the error ids that pwsh's own cmdlet reports.
namespace Microsoft.PowerShell.Commands;

/// <summary>Write-Error with a message, as pwsh has it.</summary>
[Cmdlet(VerbsCommunications.Write, "Error")]
public sealed class WriteErrorCommand : PSCmdlet
{
    private const BindingFlags Internal = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly MethodInfo SetInvocationInfo =
        typeof(ErrorRecord).GetMethod(nameof(SetInvocationInfo), Internal, [typeof(InvocationInfo)])!;

    private static readonly PropertyInfo PreserveInvocationInfoOnce =
        typeof(ErrorRecord).GetProperty(nameof(PreserveInvocationInfoOnce), Internal)!;

    /// <summary>Gets or sets what the error says.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Message { get; set; } = string.Empty;

    /// <summary>Gets or sets the first part of the error's full id.</summary>
    [Parameter]
    public string ErrorId { get; set; } = "Microsoft.PowerShell.Commands.WriteErrorException";

    /// <summary>Gets or sets the kind of error.</summary>
    [Parameter]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    /// <summary>Gets or sets what the error is about.</summary>
    [Parameter]
    public object? TargetObject { get; set; }

    /// <summary>Gets or sets what to do about it.</summary>
    [Parameter]
    public string RecommendedAction { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var record = new ErrorRecord(new WriteErrorException(Message), ErrorId, Category, TargetObject);
        record.CategoryInfo.Activity = "Write-Error";
        if (RecommendedAction.Length > 0)
        {
            record.ErrorDetails = new ErrorDetails(Message) { RecommendedAction = RecommendedAction };
        }

        // The error is that of the command which says it. The engine lets only cmdlets of its own say so.
        if (GetVariableValue("MyInvocation") is InvocationInfo caller)
        {
            SetInvocationInfo.Invoke(record, [caller]);
            PreserveInvocationInfoOnce.SetValue(record, true);
        }

        WriteError(record);
    }
}
