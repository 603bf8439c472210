using Batch = (System.Collections.Generic.List<object?[]> Rows, Dllet.Client.Request Request);

namespace Dllet.Client;

/// <summary>Calls for the records of a pipeline, many in one request. A batch that filled quickly overlaps with the next one: its results
/// are written after that is sent.</summary>
internal sealed class Batches {
    // The longest time in milliseconds that a record waits for others, the largest batch, and the size from which batches overlap.
    private const int Patience = 10, MaximumBatch = 512, OverlapFrom = 64;
    // The size in bytes from which records are sent without waiting for more, and from which a reply makes the next batch smaller.
    private const int LargeBatch = 1 << 20;
    private readonly NativeModule module;
    private readonly Caller caller;
    private readonly CmdletFacts facts;
    private readonly Action<Reply, object?[], object?[]> writeResult;
    private readonly ProgressBar progress;
    private readonly StringBuilder scratch = new();
    private List<(object?[] Row, string[] Json)> queue = [];
    private Batch? underWay;
    private int limit = 1, size, flushed = Environment.TickCount;
    private long done;

    internal Batches(NativeModule module, Caller caller, CmdletFacts facts, Action<Reply, object?[], object?[]> writeResult) {
        (this.module, this.caller, this.facts, this.writeResult) = (module, caller, facts, writeResult);
        (progress, module.Total) = (new ProgressBar(caller, module.Total), 0);
    }

    /// <summary>Queues a call, and sends the queue if it is full or has waited long enough.</summary>
    internal void Add(object?[] row) {
        var json = new string[facts.Inputs.Length];
        int added = 0;
        for (int index = 0; index < json.Length; index++) added += (json[index] = JsonOf(facts.Inputs[index].Type, row[index])).Length;
        if (queue.Count > 0 && size + added > LargeBatch) Flush();
        queue.Add((row, json));
        size += added;
        bool isQuick = Environment.TickCount - flushed is >= 0 and < Patience;
        if (queue.Count < limit && size < LargeBatch && isQuick) return;
        Flush(overlaps: isQuick && limit >= OverlapFrom);
        flushed = Environment.TickCount;
    }

    /// <summary>Sends the queue and writes the results so far; those of the queue itself later if they overlap.</summary>
    internal void Flush(bool overlaps = false) {
        Batch? before = underWay;
        underWay = queue.Count > 0 ? Send() : null;
        if (before is { } first) Write(first);
        if (overlaps || underWay is not { } second) return;
        underWay = null;
        Write(second);
    }

    internal void End() { Flush(); progress.Hide(); }

    private string JsonOf(WireType type, object? value) {
        scratch.Clear();
        type.Write(scratch, value);
        return scratch.ToString();
    }

    private Batch Send() {
        List<(object?[] Row, string[] Json)> rows = queue;
        (queue, size) = ([], 0);
        var json = new StringBuilder("{\"function\":\"").Append(facts.Method).Append("\",\"columns\":");
        int column = 0;
        JsonWriter.AppendList(json, '{', '}', facts.Inputs, input => {
            JsonWriter.AppendList(JsonWriter.AppendName(json, input.Name), '[', ']', rows, one => json.Append(one.Json[column]));
            column++;
        });
        Request request = module.Exchange.Send(caller, "dllet.callMany", json.Append('}').ToString(), afterGreeting: false);
        return (rows.ConvertAll(one => one.Row), request);
    }

    private void Write(Batch batch) {
        try {
            Reply reply = module.Exchange.Receive(caller, batch.Request, facts.Method);
            if (reply.Error is { } refused) throw reply.Distrust($"refused the request: {refused.Find<string>("message")}");
            limit = reply.Length > LargeBatch ? Math.Max(1, batch.Rows.Count / 2) : Math.Min(MaximumBatch, limit * 2);
            WriteRows(batch.Rows, reply);
        } catch { Leave(); throw; }
    }

    // Abandons the batch in flight: the pipeline ends here, or a break downstream ended an earlier loop and only End is called.
    private void Leave() {
        if (underWay is { } left) module.Exchange.Abandon(left.Request);
        (underWay, queue, size) = (null, [], 0);
    }

    private void WriteRows(List<object?[]> rows, Reply reply) {
        Dictionary<long, JsonObject> errors = reply.Read(() => ErrorsOf(reply.Members.GetList<JsonObject>("errors"), rows.Count));
        HashSet<long> absent = reply.Read(() => facts.CanBeAbsent && reply.Members.ContainsKey("absent")
            ? new HashSet<long>(reply.Members.GetList<long>("absent")) : []);
        List<object?>[] columns = reply.Read(() => ColumnsOf(reply.Members.Get<JsonObject>("columns"), rows.Count));
        var results = new object?[columns.Length];
        for (int row = 0; row < rows.Count; row++) {
            for (int column = 0; column < columns.Length; column++) results[column] = columns[column][row];
            if (errors.TryGetValue(row, out JsonObject? error)) facts.Writer.WriteError(caller, reply, error, rows[row]);
            else if (absent.Contains(row)) facts.Writer.WriteAbsent(caller);
            else writeResult(reply, rows[row], results);
        }
        progress.Show(done += rows.Count);
    }

    private static Dictionary<long, JsonObject> ErrorsOf(List<JsonObject> errors, int count) {
        var byRow = new Dictionary<long, JsonObject>();
        foreach (JsonObject one in errors) {
            long row = one.Get<long>("index");
            byRow[row] = row >= 0 && row < count ? one.Get<JsonObject>("error") : throw new FormatException($"there is no row {row}");
        }
        return byRow;
    }

    private List<object?>[] ColumnsOf(JsonObject columns, int count) => Array.ConvertAll(facts.Outputs, output =>
        columns.Get<List<object?>>(output.Name) is var column && column.Count == count
            ? column : throw new FormatException($"it has not {count} values"));
}
