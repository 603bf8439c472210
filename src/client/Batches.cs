namespace Dllet.Client;

/// <summary>Calls for many records in one request. If a batch filled quickly, its results are written after the next is sent.</summary>
internal sealed class Batches(NativeModule module, Caller caller, CmdletFacts facts, Action<Reply, object?[], object?[]> writeResult) {
    private const int Patience = 10, SlowReply = 200; // In milliseconds: a record waits no longer; a slower reply halves the next batch.
    private const int MaximumBatch = 512, OverlapFrom = 64; // In records: the largest batch, and the size from which batches overlap.
    private const int LargeBatch = 1 << 20; // In bytes: a batch of this size is sent without waiting for more records.
    private readonly ProgressBar progress = new(caller, Interlocked.Exchange(ref module.Total, 0));
    private List<object?[]> queue = [];
    private List<string[]> texts = []; // The JSON of the inputs of each row in the queue.
    private (List<object?[]> Rows, Request Request)? underWay; // The last batch sent, until its results are written.
    private int limit = 1, size, flushed = Environment.TickCount;
    private long done;
    internal void Add(object?[] row, string[] json) { // Queues a call, and sends the queue if it is full or has waited long enough.
        int added = 0;
        foreach (string one in json) added += one.Length;
        if (queue.Count > 0 && size + added > LargeBatch) Flush();
        queue.Add(Array.ConvertAll(row, one => JsonWriter.Bare(one) is Array given ? given.Clone() : one)); // The caller may reuse it.
        texts.Add(json);
        size += added;
        bool isQuick = Environment.TickCount - flushed is >= 0 and < Patience;
        if (queue.Count < limit && size < LargeBatch && isQuick) return;
        Flush(overlaps: isQuick && limit >= OverlapFrom);
        flushed = Environment.TickCount;
    }

    /// <summary>Sends the queue and writes the results so far; those of the queue itself later if they overlap.</summary>
    internal void Flush(bool overlaps = false) {
        (List<object?[]> Rows, Request Request)? first = underWay;
        try {
            underWay = queue.Count > 0 ? Send() : null;
            if (first is { } before) Write(before.Rows, before.Request);
            if (overlaps || underWay is not { } last) return;
            (first, underWay) = (last, null);
            Write(last.Rows, last.Request);
        } catch {
            // Abandons all: the pipeline ends here, or a break downstream ended an earlier loop and only End is called.
            foreach (var left in new[] { first, underWay }) if (left is { } one) one.Request.IsAbandoned = true;
            (underWay, queue, texts, size) = (null, [], [], 0);
            throw;
        }
    }

    internal void End() { Flush(); progress.Hide(); }
    private (List<object?[]>, Request) Send() {
        StringBuilder text = new StringBuilder("{\"function\":\"").Append(facts.Method).Append("\",\"columns\":{");
        for (int index = 0; index < facts.Inputs.Length; index++) {
            JsonWriter.AppendName(text, facts.Inputs[index].Name).Append('[');
            foreach (string[] json in texts) JsonWriter.AppendComma(text).Append(json[index]);
            text.Append(']');
        }
        (List<object?[]> rows, queue, texts, size) = (queue, [], [], 0);
        return (rows, module.Exchange.Send(caller, "dllet.callMany", text.Append("}}").ToString(), afterGreeting: false));
    }

    private void Write(List<object?[]> rows, Request request) {
        _ = facts.Writer; // Made while the program works.
        int started = Environment.TickCount;
        Reply reply = module.Exchange.Receive(caller, request);
        bool isTooLarge = reply.Line.Length > LargeBatch || unchecked(Environment.TickCount - started) > SlowReply;
        if (request.IsReadable && reply.Error is { } bad) throw reply.Distrust($"refused the request: {bad.Find<string>("message")}");
        if (reply.Error is { } tooLong) { facts.Writer.WriteError(caller, reply, tooLong, rows[0]); return; } // So large a record is alone.
        limit = isTooLarge ? Math.Max(1, rows.Count / 2) : Math.Min(MaximumBatch, limit * 2);
        var errors = new JsonObject?[rows.Count];
        var isAbsent = new bool[rows.Count];
        List<object?>[] columns = reply.Read(() => ReadRows(reply.Members, errors, isAbsent));
        var results = new object?[columns.Length];
        for (int row = 0; row < errors.Length; row++) {
            for (int column = 0; column < results.Length; column++) results[column] = columns[column][row];
            if (errors[row] is { } error) facts.Writer.WriteError(caller, reply, error, rows[row]);
            else if (isAbsent[row]) facts.Writer.WriteAbsent(caller);
            else writeResult(reply, rows[row], results);
        }
        progress.Show(done += rows.Count);
    }

    private List<object?>[] ReadRows(JsonObject rows, JsonObject?[] errors, bool[] isAbsent) {
        foreach (JsonObject one in rows.GetList<JsonObject>("errors")) errors[RowOf(one.Get<long>("index"))] = one.Get<JsonObject>("error");
        if (facts.CanBeAbsent && rows.ContainsKey("absent")) foreach (long row in rows.GetList<long>("absent")) isAbsent[RowOf(row)] = true;
        JsonObject columns = rows.Get<JsonObject>("columns");
        return Array.ConvertAll(facts.Outputs, output => columns.Get<List<object?>>(output.Name) is var column
            && column.Count == errors.Length ? column : throw new FormatException($"it has not {errors.Length} values"));
        long RowOf(long row) => row >= 0 && row < errors.Length ? row : throw new FormatException($"there is no row {row}");
    }
}
