namespace Dllet.Client;

/// <summary>An error that ends a call: thrown inside the client, written by the cmdlet as its terminating error.</summary>
internal sealed class Failure : Exception {
    /// <summary>An error of texts.json. The values are those of its placeholders.</summary>
    internal Failure(string name, object? target, (string, object?)[] values, Exception? cause = null)
        : this(RecordOf(name, target, values, cause)) { }
    internal Failure(ErrorRecord record) : base(record.Exception.Message, record.Exception) => Record = record;
    internal ErrorRecord Record { get; }

    /// <summary>Returns the record of an error of texts.json.</summary>
    internal static ErrorRecord RecordOf(string name, object? target, (string, object?)[] values, Exception? cause = null) =>
        FromTexts(Texts.OfError(name), Texts.ValuesOf(values), target, cause);

    /// <summary>Returns the record of an error whose texts have placeholders. Throws FormatException if a member is missing.</summary>
    internal static ErrorRecord FromTexts(
        JsonObject error, IReadOnlyDictionary<string, string> values, object? target, Exception? cause = null) =>
        Make(error, error, text => Texts.Fill(text, values), target, cause);

    /// <summary>Returns the record of an error in a reply. Throws FormatException if a member is missing.</summary>
    internal static ErrorRecord FromReply(JsonObject error, object? target) =>
        Make(error, error.Get<JsonObject>("data"), text => text, target, null);

    // A Win32 code among the facts of the error makes it a Win32Exception.
    private static ErrorRecord Make(JsonObject error, JsonObject data, Func<string, string> say, object? target, Exception? cause) {
        string message = say(error.Get<string>("message"));
        Exception exception = data.TryGetValue("win32", out object? code) && code is long number
            ? new Win32Exception(unchecked((int)number), message) : new InvalidOperationException(message, cause);
        foreach (KeyValuePair<string, object?> fact in data)
            if (fact.Key is not ("id" or "category" or "message" or "recommendedAction")) exception.Data[fact.Key] = Plain(fact.Value);
        if (exception is Win32Exception { NativeErrorCode: var native }) exception.Data["NativeErrorCode"] = unchecked((uint)native);
        return new ErrorRecord(exception, data.Get<string>("id"), CategoryOf(data.Get<string>("category")), target) {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = say(data.Get<string>("recommendedAction")) },
        };
    }

    private static ErrorCategory CategoryOf(string name) =>
        Enum.TryParse(name, out ErrorCategory known) && Enum.IsDefined(typeof(ErrorCategory), known) ? known : ErrorCategory.NotSpecified;

    /// <summary>Converts a JSON value to PowerShell objects and arrays.</summary>
    internal static object? Plain(object? json) => json switch {
        JsonObject members => MakeObject(null, members.Select(member => (member.Key, Plain(member.Value)))),
        List<object?> elements => elements.ConvertAll(Plain).ToArray(),
        _ => json,
    };

    internal static PSObject TargetOf(IDictionary values) =>
        MakeObject(null, JsonWriter.MembersOf(values).Select(one => (one.Key, one.Value)));

    internal static PSObject MakeObject(string? typeName, IEnumerable<(string Name, object? Value)> properties) {
        var made = new PSObject();
        if (typeName is not null) made.TypeNames.Insert(0, typeName);
        PSMemberInfoCollection<PSPropertyInfo> members = made.Properties; // Made anew whenever it is asked for.
        foreach ((string name, object? value) in properties) members.Add(new PSNoteProperty(name, value), true);
        return made;
    }
}
