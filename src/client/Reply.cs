namespace Dllet.Client;

/// <summary>A reply of the bridge: a result or an error, and notices about audit records that could not be written.</summary>
internal sealed class Reply(Exchange exchange, Bridge bridge, string line, JsonObject reply) {
    internal int Length => line.Length;
    /// <summary>Null if the reply is an error, or if the call found nothing.</summary>
    internal JsonObject? Result { get; } = reply.Find<JsonObject>("result");
    internal JsonObject? Error { get; } = reply.Find<JsonObject>("error");
    internal IReadOnlyList<string> Notices { get; } = reply.Find<List<object?>>("notices")?.OfType<string>().ToArray() ?? [];
    /// <summary>True if the call found nothing: its result is null.</summary>
    internal bool IsAbsent { get; } = reply.TryGetValue("result", out object? given) && given is null;
    /// <summary>The members of the result. Throws FormatException if it is null.</summary>
    internal JsonObject Members => Result ?? throw new FormatException("it is null");
    /// <summary>True if the reply has either a result or an error, as it must.</summary>
    internal bool IsWhole => (Result is not null || IsAbsent) == Error is null;

    /// <summary>Reads a part of the reply. If it is malformed, ends the program and throws Failure BridgeProtocolError.</summary>
    internal T Read<T>(Func<T> read) {
        try { return read(); } catch (FormatException error) { throw Distrust(error); }
    }

    /// <summary>The error record of this reply.</summary>
    internal ErrorRecord RecordOf(JsonObject error, object? target) => Read(() => Failure.FromReply(error, target));
    internal Failure Distrust(FormatException fault) => Distrust($"answered with a result that is none: {fault.Message}.");
    internal Failure Distrust(string problem) => exchange.Distrust(bridge, problem, line);
}
