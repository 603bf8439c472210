using System.Management.Automation.Host;

namespace Dllet.Client;

/// <summary>Confirmation of a change: -WhatIf, -Confirm, -Force and warnings.</summary>
internal sealed class Confirmation(Caller caller, JsonObject texts) {
    private static readonly Regex Placeholder = new(@"\{([A-Za-z][A-Za-z0-9]*)\}", RegexOptions.CultureInvariant);
    private const string Part = @"((?:[^{}|]|\{[A-Za-z0-9]+\})*)";
    private static readonly Regex Choice = new(@"\{([A-Za-z][A-Za-z0-9]*):" + Part + @"\|" + Part + @"\}", RegexOptions.CultureInvariant);

    /// <summary>Fills the {Placeholders} of a text from the definition, and its choices: {Count:one port|{Count} ports} is the first where Count is 1,
    /// otherwise the second. What has no value stays as it is.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) {
        string chosen = Choice.Replace(text, match =>
            values.TryGetValue(match.Groups[1].Value, out string? value) ? match.Groups[value == "1" ? 2 : 3].Value : match.Value);
        return Placeholder.Replace(chosen, match => values.TryGetValue(match.Groups[1].Value, out string? value) ? value : match.Value);
    }

    /// <summary>Returns whether to make the change. Throws Failure ConfirmationNotAvailable if the session cannot prompt, because that must not count
    /// as a yes.</summary>
    internal bool IsGiven(IDictionary<string, object> bound, IReadOnlyDictionary<string, string> values) {
        caller.Inherit("WhatIfPreference", "WhatIf");
        caller.Inherit("ConfirmPreference", "Confirm");
        if (texts.Has("force") && bound.TryGetValue("Force", out object? force) && LanguagePrimitives.IsTrue(force) && !bound.ContainsKey("Confirm"))
            caller.Prefer("ConfirmPreference", ConfirmImpact.None);
        string action = texts.Get<string>("action");
        string description = $"Performing the operation \"{action}\" on target \"{Fill(texts.Get<string>("target"), values)}\".";
        try { return caller.Cmdlet.ShouldProcess(description, Fill(texts.Get<string>("query"), values), action); }
        catch (Exception error) when (error is HostException or PSInvalidOperationException or PSNotImplementedException or PSNotSupportedException) {
            throw new Failure("ConfirmationNotAvailable", ErrorCategory.InvalidOperation,
                $"Nothing was done, because nobody could be asked. {error.GetBaseException().Message}",
                "Repeat the command with -Confirm:$false, or in a session that can ask.", description, error);
        }
    }
}
