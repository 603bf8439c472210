namespace Dllet.Client;

/// <summary>The texts of the client's own errors and checks: texts.json, which is in the assembly and is read when one is needed.</summary>
internal static class Texts {
    private static readonly Lazy<JsonObject> All = new(Read);
    private static readonly Regex Placeholder = new(@"\{([A-Za-z][A-Za-z0-9]*)\}", RegexOptions.CultureInvariant);
    private const string Part = @"((?:[^{}|]|\{[A-Za-z0-9]+\})*)";
    private static readonly Regex Choice = new(@"\{([A-Za-z][A-Za-z0-9]*):" + Part + @"\|" + Part + @"\}", RegexOptions.CultureInvariant);
    internal static JsonObject OfError(string name) => All.Value.Get<JsonObject>("errors").Get<JsonObject>(name);
    internal static JsonObject OfCheck(string name) => All.Value.Get<JsonObject>("checks").Get<JsonObject>(name);

    /// <summary>Fills the {Placeholders} of a text, and its choices: {Count:one port|{Count} ports} is the first where Count is 1,
    /// otherwise the second. What has no value stays as it is.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) {
        string chosen = Choice.Replace(text, match =>
            values.TryGetValue(match.Groups[1].Value, out string? value) ? match.Groups[value == "1" ? 2 : 3].Value : match.Value);
        return Placeholder.Replace(chosen, match => values.TryGetValue(match.Groups[1].Value, out string? value) ? value : match.Value);
    }

    internal static Dictionary<string, string> ValuesOf((string Name, object? Value)[] values) =>
        values.ToDictionary(one => one.Name, one => JsonWriter.Invariant(one.Value), StringComparer.Ordinal);

    private static JsonObject Read() {
        using var reader = new StreamReader(typeof(Texts).Assembly.GetManifestResourceStream("texts.json"));
        return (JsonObject)JsonReader.Parse(reader.ReadToEnd())!;
    }
}
