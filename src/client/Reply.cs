namespace Dllet.Client;

/// <summary>A reply of the bridge: a result or an error, and notices about audit records that could not be written.</summary>
internal sealed class Reply {
    private readonly Exchange exchange;
    private readonly Bridge bridge;
    private readonly string line;

    internal Reply(Exchange exchange, Bridge bridge, string line, JsonObject reply) {
        this.exchange = exchange;
        this.bridge = bridge;
        this.line = line;
        Result = reply.Find<JsonObject>("result");
        Error = reply.Find<JsonObject>("error");
        Notices = reply.Find<List<object?>>("notices")?.OfType<string>().ToArray() ?? [];
        if (Result is null == Error is null) throw Distrust("answered without a result.");
    }

    /// <summary>Null where there is an error.</summary>
    internal JsonObject? Result { get; }

    internal JsonObject? Error { get; }

    internal IReadOnlyList<string> Notices { get; }

    /// <summary>Reads something of the reply; what has not the shape that it must have ends the program and is a BridgeProtocolError.</summary>
    internal T Read<T>(Func<T> read) {
        try {
            return read();
        } catch (FormatException error) {
            throw Distrust(error);
        }
    }

    /// <summary>The record of an error in this reply.</summary>
    internal ErrorRecord RecordOf(JsonObject error, object? target) => Read(() => Failure.FromReply(error, target));

    internal Failure Distrust(FormatException fault) => Distrust($"answered with a result that is none: {fault.Message}.");

    internal Failure Distrust(string problem) => exchange.Distrust(bridge, problem, line);
}
