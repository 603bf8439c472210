namespace Dllet.Client;

/// <summary>Confirmation of a change: -WhatIf, -Confirm, -Force and warnings.</summary>
internal sealed class Confirmation(Caller caller, JsonObject texts) {
    /// <summary>Returns whether to make the change. Throws Failure ConfirmationNotAvailable if the session cannot prompt, because that must
    /// not count as a yes.</summary>
    internal bool IsGiven(IDictionary<string, object> bound, IReadOnlyDictionary<string, string> values) {
        caller.Inherit("WhatIfPreference", "WhatIf");
        caller.Inherit("ConfirmPreference", "Confirm");
        bool isForced = texts.Has("force") && bound.TryGetValue("Force", out object? force) && LanguagePrimitives.IsTrue(force);
        if (isForced && !bound.ContainsKey("Confirm")) caller.Prefer("ConfirmPreference", ConfirmImpact.None);
        string action = texts.Get<string>("action");
        string description = $"Performing the operation \"{action}\" on target \"{Texts.Fill(texts.Get<string>("target"), values)}\".";
        try { return caller.Cmdlet.ShouldProcess(description, Texts.Fill(texts.Get<string>("query"), values), action); }
        catch (Exception error)
            when (error is HostException or PSInvalidOperationException or PSNotImplementedException or PSNotSupportedException) {
            throw new Failure("notConfirmed", description, [("Problem", error.GetBaseException().Message)], error);
        }
    }
}
