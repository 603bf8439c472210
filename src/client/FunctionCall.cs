using Batch = (System.Collections.Generic.List<object?[]> Rows, Dllet.Client.Request Request);

namespace Dllet.Client;

/// <summary>A cmdlet over one function. Pipeline records that change nothing are sent in batches, all others one by one.</summary>
internal sealed class FunctionCall : NativeCall {
    // The longest time in milliseconds that a record waits for others, the largest batch, and the batch size from which a batch is sent before the
    // results of the previous one are written.
    private const int Patience = 10, MaximumBatch = 512, OverlapFrom = 64;
    // The size in bytes from which records are sent without waiting for more, and from which a reply makes the next batch smaller.
    private const int LargeBatch = 1 << 20;
    private readonly Confirmation? confirmation;
    private readonly ProgressBar? progress;
    private readonly bool isBatched;
    // The pipeline of the handles that this call opens, and those from earlier in this pipeline, which nobody else will release.
    private readonly PipelineRun? run;
    private readonly HashSet<NativeHandle> passing = [];
    private readonly bool takesHandles;
    private readonly StringBuilder scratch = new();
    private List<(object?[] Row, string[] Json)> queue = [];
    private Batch? underWay;
    private int limit = 1;
    private int size;
    private int flushed = Environment.TickCount;
    private long done;

    internal FunctionCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : base(module, cmdlet, facts) {
        confirmation = facts.Should is { } should ? new Confirmation(Caller, should) : null;
        isBatched = IsPiped && facts.IsBatched;
        takesHandles = Array.Exists(facts.Inputs, input => input.Type.IsHandle);
        run = cmdlet.MyInvocation is { } invocation && invocation.PipelinePosition < invocation.PipelineLength ? new PipelineRun() : null;
        if (isBatched) (progress, module.Total) = (new ProgressBar(Caller, module.Total), 0);
    }

    private protected override void Take(IDictionary<string, object> bound) {
        if (Facts.TakesInputObject && bound.TryGetValue("InputObject", out object? objects)) {
            Expand(bound, LanguagePrimitives.ConvertTo<object[]>(objects));
            return;
        }
        var row = new object?[Facts.Inputs.Length];
        for (int index = 0; index < row.Length; index++)
            row[index] = bound.TryGetValue(Facts.Inputs[index].Parameter, out object? given) ? given : Facts.Inputs[index].Default;
        if (takesHandles && IsPiped && !Caller.IsSet("PassThru")) passing.UnionWith(HandlesOf(row).Where(handle => handle.Origin is { HasEnded: false }));
        if (BeyondLimit(row) is { } refusal) Refuse(refusal);
        else if (isBatched) Queue(row);
        else if (MayCall(row, bound)) CallOne(row, bound);
    }

    private protected override void Refuse(ErrorRecord refusal) { Flush(isQuick: false); base.Refuse(refusal); }
    private protected override void Finish() {
        Flush(isQuick: false);
        progress?.Hide();
        if (run is not null) run.HasEnded = true;
        foreach (NativeHandle handle in passing) handle.Dispose();
    }

    // Passes the objects of -InputObject to the cmdlet as its pipeline would. Writes results and errors as they arrive.
    private void Expand(IDictionary<string, object> bound, object[] objects) {
        string[] own = ["InputObject", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "PipelineVariable", "OutBuffer"];
        Dictionary<string, object> parameters = bound.Where(one => !own.Contains(one.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(one => one.Key, one => one.Value);
        Caller.Inherit("ErrorActionPreference", "ErrorAction");
        Caller.Inherit("WarningPreference", "WarningAction");
        // Only a batched cmdlet shows progress; for any other the total would be left for the next one.
        if (Facts.IsBatched) Module.Total = objects.Length;
        const string Script = "param($Command, $Parameters) $input | & $Command @Parameters";
        PipelineResultTypes streams = PipelineResultTypes.Output | PipelineResultTypes.Error;
        _ = Cmdlet.InvokeCommand.InvokeScript(Script, true, streams, objects, Cmdlet.MyInvocation.MyCommand, parameters);
    }

    private bool MayCall(object?[] row, IDictionary<string, object> bound) {
        if (confirmation is null) return true;
        IReadOnlyDictionary<string, string> values = Facts.TextsOf(row);
        Warn(row, onError: null);
        return confirmation.IsGiven(bound, values);
    }

    // Writes the warnings about a change, before it or after an error. A failure to find them never prevents the change.
    private void Warn(object?[] row, string? onError) {
        if (Facts.Warnings is not { } warnings || warnings.Find<string>("onError") != onError) return;
        if (Caller.Inherit("WarningPreference", "WarningAction") is "SilentlyContinue" or "Ignore") return;
        List<string> names = warnings.GetList<string>("inputs");
        var json = new StringBuilder("{");
        AppendInputs(json, row, names.Contains);
        foreach (KeyValuePair<string, object?> argument in warnings.Get<JsonObject>("arguments")) AppendMember(json, argument.Key, argument.Value);
        try {
            Reply reply = Module.Exchange.Call(Caller, warnings.Get<string>("method"), json.Append('}').ToString(), afterGreeting: true);
            foreach (string text in reply.Read(() => (reply.Result?.GetList<JsonObject>("Rows") ?? []).ConvertAll(row => row.Get<string>("Message"))))
                Caller.WriteWarning(text);
        } catch (Failure failure) { Caller.WriteVerbose(failure.Message); }
    }

    private void CallOne(object?[] row, IDictionary<string, object> bound) {
        var json = new StringBuilder("{");
        AppendInputs(json, row, _ => true);
        if (Facts.Changes) AppendMember(json, "dllet.reason", ReasonOf(bound));
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, json.Append('}').ToString(), Facts.Changes);
        Caller.WriteNotices(reply);
        if (reply.Error is { } error) {
            if (confirmation is not null && error.Find<JsonObject>("data")?.Find<string>("id") is { } id) Warn(row, id);
            Facts.Writer.WriteError(Caller, reply, error, row);
        } else if (Facts.CanBeAbsent && reply.IsAbsent) Facts.Writer.WriteAbsent(Caller);
        else WriteResult(reply, row, reply.Read(() => Facts.ResultsOf(reply.Members)));
    }

    private void WriteResult(Reply reply, object?[] row, object?[] results) {
        if (takesHandles) foreach (NativeHandle handle in HandlesOf(row)) {
            if (handle.ReleasedBy == Facts.Method) handle.MarkReleased();
            else if (Caller.IsSet("PassThru")) { Caller.Cmdlet.WriteObject(handle); return; }
        }
        PipelineRun? before = Module.Exchange.Origin;
        Module.Exchange.Origin = run;
        try { Facts.Writer.Write(Caller, reply, row, results); } finally { Module.Exchange.Origin = before; }
    }

    private static IEnumerable<NativeHandle> HandlesOf(object?[] row) => row.Select(JsonWriter.Bare).OfType<NativeHandle>();

    private void AppendInputs(StringBuilder json, object?[] row, Predicate<string> isWanted) {
        for (int index = 0; index < row.Length; index++)
            if (isWanted(Facts.Inputs[index].Name)) AppendMember(json, Facts.Inputs[index].Name, row[index], Facts.Inputs[index].Type);
    }

    private static void AppendMember(StringBuilder json, string name, object? value, WireType? type = null) {
        if (json.Length > 1) json.Append(',');
        (type ?? WireType.Any).Write(JsonWriter.AppendName(json, name), value);
    }

    private void Queue(object?[] row) {
        var json = new string[row.Length];
        int added = 0;
        for (int index = 0; index < row.Length; index++) added += (json[index] = JsonOf(Facts.Inputs[index].Type, row[index])).Length;
        if (queue.Count > 0 && size + added > LargeBatch) Flush(isQuick: false);
        queue.Add((row, json));
        size += added;
        int waited = Environment.TickCount - flushed;
        bool isQuick = waited is >= 0 and < Patience;
        if (queue.Count < limit && size < LargeBatch && isQuick) return;
        Flush(isQuick && limit >= OverlapFrom);
        flushed = Environment.TickCount;
    }

    private string JsonOf(WireType type, object? value) {
        scratch.Clear();
        type.Write(scratch, value);
        return scratch.ToString();
    }

    // Sends the queue and writes its results. If the batch filled quickly, its results are written after the next batch is sent.
    private void Flush(bool isQuick) {
        Batch? sent = queue.Count > 0 ? Send() : null;
        Batch? before = underWay;
        underWay = sent;
        if (before is { } first) Write(first);
        if (isQuick && sent is not null) return;
        underWay = null;
        if (sent is { } second) Write(second);
    }

    private Batch Send() {
        List<(object?[] Row, string[] Json)> rows = queue;
        (queue, size) = ([], 0);
        var json = new StringBuilder("{\"function\":\"").Append(Facts.Method).Append("\",\"columns\":");
        int column = 0;
        JsonWriter.AppendList(json, '{', '}', Facts.Inputs, input => {
            JsonWriter.AppendList(JsonWriter.AppendName(json, input.Name), '[', ']', rows, one => json.Append(one.Json[column]));
            column++;
        });
        return (rows.ConvertAll(one => one.Row), Module.Exchange.Send(Caller, "dllet.callMany", json.Append('}').ToString(), afterGreeting: false));
    }

    private void Write(Batch batch) {
        try {
            Reply reply = Module.Exchange.Receive(Caller, batch.Request, Facts.Method);
            if (reply.Error is { } refused) throw reply.Distrust($"refused the request: {refused.Find<string>("message")}");
            limit = reply.Length > LargeBatch ? Math.Max(1, batch.Rows.Count / 2) : Math.Min(MaximumBatch, limit * 2);
            WriteRows(batch, reply);
        } catch { Leave(); throw; }
    }

    // Abandons the batch in flight: the pipeline ends here, or a break downstream ended an earlier loop and only End is called.
    private void Leave() { if (underWay is { } left) Module.Exchange.Abandon(left.Request); (underWay, queue, size) = (null, [], 0); }

    private void WriteRows(Batch batch, Reply reply) {
        int count = batch.Rows.Count;
        Dictionary<long, JsonObject>? errors = null;
        HashSet<long>? absent = null;
        List<object?>[] columns = reply.Read(() => {
            foreach (JsonObject one in reply.Members.GetList<JsonObject>("errors")) {
                long index = one.Get<long>("index");
                errors ??= [];
                errors[index] = index >= 0 && index < count ? one.Get<JsonObject>("error") : throw new FormatException($"there is no row {index}");
            }
            if (Facts.CanBeAbsent && reply.Members.ContainsKey("absent")) absent = [.. reply.Members.GetList<long>("absent")];
            JsonObject given = reply.Members.Get<JsonObject>("columns");
            List<object?>[] found = Facts.Outputs.Select(output => given.Get<List<object?>>(output.Name)).ToArray();
            return Array.TrueForAll(found, column => column.Count == count) ? found : throw new FormatException($"it has not {count} values");
        });
        var results = new object?[columns.Length];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < columns.Length; column++) results[column] = columns[column][row];
            if (errors is not null && errors.TryGetValue(row, out JsonObject? error)) Facts.Writer.WriteError(Caller, reply, error, batch.Rows[row]);
            else if (absent?.Contains(row) == true) Facts.Writer.WriteAbsent(Caller);
            else WriteResult(reply, batch.Rows[row], results);
        }
        done += count;
        progress?.Show(done);
    }
}
