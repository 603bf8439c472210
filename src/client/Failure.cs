using System.ComponentModel;

namespace Dllet.Client;

/// <summary>What ends a call: thrown inside the client, and shown by the cmdlet as its terminating error.</summary>
internal sealed class Failure : Exception {
    internal Failure(string id, ErrorCategory category, string message, string action, object? target, Exception? cause = null)
        : this(MakeRecord(id, category, message, action, target, null, cause)) { }

    internal Failure(ErrorRecord record)
        : base(record.Exception.Message, record.Exception) => Record = record;

    internal ErrorRecord Record { get; }

    /// <summary>An error record with a stable id and what to do next. A Win32 code in the facts makes it a Win32Exception.</summary>
    internal static ErrorRecord MakeRecord(
        string id, ErrorCategory category, string message, string action, object? target, JsonObject? facts = null, Exception? cause = null) {
        Exception exception = facts is not null && facts.TryGetValue("win32", out object? code) && code is long number
            ? new Win32Exception(unchecked((int)number), message)
            : new InvalidOperationException(message, cause);
        foreach (KeyValuePair<string, object?> fact in facts ?? []) exception.Data[fact.Key] = Plain(fact.Value);
        if (exception is Win32Exception { NativeErrorCode: var native }) exception.Data["NativeErrorCode"] = unchecked((uint)native);
        return new ErrorRecord(exception, id, category, target) {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = action },
        };
    }

    /// <summary>The record of an error that the bridge answers with. Throws FormatException where a part of it is missing.</summary>
    internal static ErrorRecord FromReply(JsonObject error, object? target) {
        var data = error.Get<JsonObject>("data");
        var facts = new JsonObject();
        foreach (KeyValuePair<string, object?> fact in data) {
            if (fact.Key is not ("id" or "category" or "recommendedAction")) facts[fact.Key] = fact.Value;
        }
        return MakeRecord(
            data.Get<string>("id"), CategoryOf(data.Get<string>("category")), error.Get<string>("message"), data.Get<string>("recommendedAction"), target, facts);
    }

    internal static ErrorCategory CategoryOf(string name) =>
        Enum.TryParse(name, out ErrorCategory category) && Enum.IsDefined(typeof(ErrorCategory), category) ? category : ErrorCategory.NotSpecified;

    /// <summary>A JSON value as PowerShell shows it: objects with properties, arrays.</summary>
    internal static object? Plain(object? json) {
        switch (json) {
            case JsonObject members:
                var result = new PSObject();
                foreach (KeyValuePair<string, object?> member in members) result.Properties.Add(new PSNoteProperty(member.Key, Plain(member.Value)));
                return result;
            case List<object?> elements: return elements.ConvertAll(Plain).ToArray();
            default: return json;
        }
    }

    /// <summary>The inputs of a call as the target of its error.</summary>
    internal static PSObject TargetOf(IDictionary values) {
        var target = new PSObject();
        foreach (KeyValuePair<string, object?> value in JsonWriter.MembersOf(values))
            target.Properties.Add(new PSNoteProperty(value.Key, value.Value));
        return target;
    }
}
