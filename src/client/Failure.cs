namespace Dllet.Client;

/// <summary>An error that ends a call, often of texts.json: thrown in the client, written as the cmdlet's terminating error.</summary>
internal sealed class Failure(ErrorRecord record) : Exception(record.Exception.Message, record.Exception) {
    internal Failure(string name, object? target, (string, object?)[] values, Exception? cause = null)
        : this(RecordOf(name, target, values, cause)) { }
    internal readonly ErrorRecord Record = record;
    internal static ErrorRecord RecordOf(string name, object? target, (string, object?)[] values, Exception? cause = null) =>
        Make(Texts.OfError(name), Texts.OfError(name), Texts.ValuesOf(values), target, cause);

    /// <summary>Returns an error's record. Null values leave its texts unchanged. Throws FormatException if a member is missing.</summary>
    internal static ErrorRecord Make(
        JsonObject error, JsonObject data, Dictionary<string, string>? values, object? target, Exception? cause = null) {
        string message = Texts.Fill(error.Get<string>("message"), values);
        Exception thrown = data.TryGetValue("win32", out object? code) && code is long number
            ? new Win32Exception(unchecked((int)number), message) : new InvalidOperationException(message, cause);
        foreach (KeyValuePair<string, object?> one in data)
            if (one.Key is not ("id" or "category" or "message" or "recommendedAction")) thrown.Data[one.Key] = PSObjects.Plain(one.Value);
        if (thrown is Win32Exception { NativeErrorCode: var native }) thrown.Data["NativeErrorCode"] = unchecked((uint)native);
        bool isKnown = Enum.TryParse(data.Get<string>("category"), out ErrorCategory category)
            && Enum.IsDefined(typeof(ErrorCategory), category);
        return new ErrorRecord(thrown, data.Get<string>("id"), isKnown ? category : ErrorCategory.NotSpecified, target) {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = Texts.Fill(data.Get<string>("recommendedAction"), values) },
        };
    }
}

/// <summary>The texts of the client's own errors and checks: texts.json, a resource of the assembly, read on first use.</summary>
internal static class Texts {
    private const string Name = @"\{([A-Za-z][A-Za-z0-9]*)", Part = @"((?:[^{}|]|\{[A-Za-z0-9]+\})*)";
    private static readonly Lazy<JsonObject> All = new(() => {
        using var reader = new StreamReader(typeof(Texts).Assembly.GetManifestResourceStream("texts.json"));
        return JsonReader.ParseObject(reader.ReadToEnd());
    });
    internal static JsonObject OfError(string name) => All.Value.Get<JsonObject>("errors").Get<JsonObject>(name);
    internal static JsonObject OfCheck(string name) => All.Value.Get<JsonObject>("checks").Get<JsonObject>(name);
    /// <summary>Fills the {Placeholders} of a text, and its choices: {Count:one port|{Count} ports} is the first where Count is 1,
    /// otherwise the second. A name in capitals, {PROTOCOL}, is the value in capitals. Placeholders without a value stay.</summary>
    internal static string Fill(string text, Dictionary<string, string>? values) => values is null ? text : Regex.Replace(
        Regex.Replace(text, $@"{Name}:{Part}\|{Part}\}}", match =>
            values.TryGetValue(match.Groups[1].Value, out string? value) ? match.Groups[value == "1" ? 2 : 3].Value : match.Value),
        Name + @"\}", match => values.TryGetValue(match.Groups[1].Value, out string? value) ? value
            : values.FirstOrDefault(one => match.Value == "{" + one.Key.ToUpperInvariant() + "}").Value?.ToUpperInvariant() ?? match.Value);

    internal static Dictionary<string, string> ValuesOf((string Name, object? Value)[] values) =>
        values.ToDictionary(one => one.Name, one => JsonWriter.Invariant(one.Value), StringComparer.Ordinal);
}
