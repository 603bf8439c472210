namespace Dllet.Client;

/// <summary>An error that ends a call: thrown inside the client, written by the cmdlet as its terminating error.</summary>
internal sealed class Failure : Exception {
    internal Failure(string id, ErrorCategory category, string message, string action, object? target, Exception? cause = null)
        : this(MakeRecord(id, category, message, action, target, null, cause)) { }

    internal Failure(ErrorRecord record)
        : base(record.Exception.Message, record.Exception) => Record = record;

    internal ErrorRecord Record { get; }

    /// <summary>The failure of a module whose files are missing or damaged.</summary>
    internal static Failure OfModule(ErrorCategory category, string message, string file, Exception? cause = null) =>
        new("BridgeNotFound", category, message, "Install the module again; in a checkout of its sources run: npm run quickstart.", file, cause);

    /// <summary>Returns an error record with a stable id and a recommended action. A Win32 code in the facts makes it a Win32Exception.</summary>
    internal static ErrorRecord MakeRecord(
        string id, ErrorCategory category, string message, string action, object? target, IEnumerable<KeyValuePair<string, object?>>? facts = null, Exception? cause = null) {
        Exception exception = facts?.FirstOrDefault(fact => fact.Key == "win32").Value is long number
            ? new Win32Exception(unchecked((int)number), message)
            : new InvalidOperationException(message, cause);
        foreach (KeyValuePair<string, object?> fact in facts ?? []) exception.Data[fact.Key] = Plain(fact.Value);
        if (exception is Win32Exception { NativeErrorCode: var native }) exception.Data["NativeErrorCode"] = unchecked((uint)native);
        return new ErrorRecord(exception, id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = action } };
    }

    /// <summary>Returns the record of an error that the facts describe, with its texts filled in.</summary>
    internal static ErrorRecord FromFacts(JsonObject error, Func<string, string> say, object? target) =>
        MakeRecord(error.Get<string>("id"), CategoryOf(error.Get<string>("category")), say(error.Get<string>("message")),
            say(error.Get<string>("recommendedAction")), target);

    /// <summary>Returns the record of an error in a reply. Throws FormatException if a member is missing.</summary>
    internal static ErrorRecord FromReply(JsonObject error, object? target) {
        var data = error.Get<JsonObject>("data");
        var facts = data.Where(fact => fact.Key is not ("id" or "category" or "recommendedAction"));
        return MakeRecord(
            data.Get<string>("id"), CategoryOf(data.Get<string>("category")), error.Get<string>("message"), data.Get<string>("recommendedAction"), target, facts);
    }

    internal static ErrorCategory CategoryOf(string name) =>
        Enum.TryParse(name, out ErrorCategory category) && Enum.IsDefined(typeof(ErrorCategory), category) ? category : ErrorCategory.NotSpecified;

    /// <summary>Converts a JSON value to PowerShell objects and arrays.</summary>
    internal static object? Plain(object? json) => json switch {
        JsonObject members => MakeObject(null, members.Select(member => (member.Key, Plain(member.Value)))),
        List<object?> elements => elements.ConvertAll(Plain).ToArray(),
        _ => json,
    };
    internal static PSObject TargetOf(IDictionary values) => MakeObject(null, JsonWriter.MembersOf(values).Select(one => (one.Key, one.Value)));

    internal static PSObject MakeObject(string? typeName, IEnumerable<(string Name, object? Value)> properties) {
        var made = new PSObject();
        if (typeName is not null) made.TypeNames.Insert(0, typeName);
        foreach ((string name, object? value) in properties) made.Properties.Add(new PSNoteProperty(name, value), true);
        return made;
    }
}
