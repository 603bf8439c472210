namespace Dllet.Client;

/// <summary>A reply of the bridge: a result or an error, and notices about audit records that could not be written.</summary>
internal sealed class Reply(Exchange exchange, Bridge bridge, string line, JsonObject reply) {
    /// <summary>Null where there is an error.</summary>
    internal JsonObject? Result { get; } = reply.Find<JsonObject>("result");
    internal JsonObject? Error { get; } = reply.Find<JsonObject>("error");
    internal IReadOnlyList<string> Notices { get; } = reply.Find<List<object?>>("notices")?.OfType<string>().ToArray() ?? [];
    /// <summary>True where there is one of both, as there must be.</summary>
    internal bool IsWhole => Result is null != Error is null;

    /// <summary>Reads something of the reply; what has not the shape that it must have ends the program and is a BridgeProtocolError.</summary>
    internal T Read<T>(Func<T> read) {
        try { return read(); } catch (FormatException error) { throw Distrust(error); }
    }

    /// <summary>The record of an error in this reply.</summary>
    internal ErrorRecord RecordOf(JsonObject error, object? target) => Read(() => Failure.FromReply(error, target));
    internal Failure Distrust(FormatException fault) => Distrust($"answered with a result that is none: {fault.Message}.");
    internal Failure Distrust(string problem) => exchange.Distrust(bridge, problem, line);
}
