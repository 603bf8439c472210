using System.Management.Automation.Host;

namespace Dllet.Client;

/// <summary>What is asked before something is changed: -WhatIf, -Confirm, -Force and what speaks against it.</summary>
internal sealed class Confirmation {
    private readonly Caller caller;
    private readonly JsonObject texts;

    internal Confirmation(Caller caller, JsonObject texts) {
        this.caller = caller;
        this.texts = texts;
        IsWhatIf = string.Equals(caller.Inherit("WhatIfPreference", "WhatIf"), "True", StringComparison.OrdinalIgnoreCase);
        caller.Inherit("ConfirmPreference", "Confirm");
    }

    /// <summary>True where nothing will be done.</summary>
    internal bool IsWhatIf { get; }

    /// <summary>
    /// Whether the change may be made. Where nobody can be asked, which must not count as a yes, it throws Failure with
    /// ConfirmationNotAvailable.
    /// </summary>
    internal bool IsGiven(IDictionary<string, object> bound, IReadOnlyDictionary<string, string> values) {
        if (texts.Has("force") && bound.TryGetValue("Force", out object? force) && LanguagePrimitives.IsTrue(force) && !bound.ContainsKey("Confirm"))
            caller.Prefer("ConfirmPreference", ConfirmImpact.None);
        string action = texts.Get<string>("action");
        string description = $"Performing the operation \"{action}\" on target \"{Texts.Fill(texts.Get<string>("target"), values)}\".";
        try {
            return caller.Cmdlet.ShouldProcess(description, Texts.Fill(texts.Get<string>("query"), values), action);
        } catch (Exception error) when (error is HostException or PSInvalidOperationException or PSNotImplementedException or PSNotSupportedException) {
            throw new Failure("ConfirmationNotAvailable", ErrorCategory.InvalidOperation,
                $"Nothing was done, because nobody could be asked. {error.GetBaseException().Message}",
                "Repeat the command with -Confirm:$false, or in a session that can ask.", description, error);
        }
    }
}
