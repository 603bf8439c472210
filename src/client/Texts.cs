using System.Text.RegularExpressions;

namespace Dllet.Client;

/// <summary>Sentences of the definition with {Placeholders}.</summary>
internal static class Texts {
    private static readonly Regex Placeholder = new(@"\{([A-Za-z][A-Za-z0-9]*)\}", RegexOptions.CultureInvariant);

    /// <summary>Puts values in; a placeholder without a value stays as it is.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder.Replace(text, match => values.TryGetValue(match.Groups[1].Value, out string? value) ? value : match.Value);
}
