namespace Dllet.Client;

/// <summary>A cmdlet over an operation of the program. One that changes nothing calls at the end of its pipeline: once, or, if it collects
/// the values of one parameter, once for each combination of the others. One that changes something asks and calls at once, for each
/// different record.</summary>
internal sealed class OperationCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private const int LongList = 1000; // So many values may take more than a second.
    // By the JSON of their values, in order.
    private readonly OrderedDictionary calls = new(StringComparer.Ordinal);

    private string? Gathered => Facts.Json.Find<string>("gathered");

    private protected override void Take(IDictionary<string, object> bound) {
        try { TakeRange(bound); } catch (Failure refused) { Refuse(refused.Record); return; }
        var values = new Dictionary<string, object?>(Facts.Json.Find<JsonObject>("arguments") ?? [], StringComparer.Ordinal);
        string? gathered = Gathered;
        foreach (TypedName input in Facts.Inputs)
            if (bound.TryGetValue(input.Name, out object? value) && input.Name != gathered) values[input.Name] = value;
        string key = JsonWriter.Write(values);
        bool isNew = !calls.Contains(key);
        if (isNew) calls.Add(key, values);
        if (Facts.Changes) {
            if (isNew) Change(values, bound);
            return;
        }
        var call = (Dictionary<string, object?>)calls[key];
        if (gathered is null || !bound.TryGetValue(gathered, out object? more)) return;
        if (!call.TryGetValue(gathered, out object? all)) call[gathered] = all = new List<object>();
        ((List<object>)all!).AddRange(LanguagePrimitives.ConvertTo<object[]>(more));
    }

    // A record can give the numbers of the collected parameter as a range.
    private void TakeRange(IDictionary<string, object> bound) {
        if (Facts.Json.Find<JsonObject>("ranges") is not { } ranges || Gathered is not { } many) return;
        if (bound.ContainsKey(many) && CameWithRecord(many)) PipedValue.TakeNumbers(Module.State, many, ranges, bound);
    }

    private void Change(Dictionary<string, object?> values, IDictionary<string, object> bound) {
        object?[] row = Array.ConvertAll(Facts.Inputs, input => values.TryGetValue(input.Name, out object? value) ? value : input.Default);
        if (Complete(ref row) is { } refusal) Refuse(refusal);
        else if (Facts.Should is not { } should || new Confirmation(Caller, should).IsGiven(bound, Facts.TextsOf(row))) {
            if (ReasonOf(bound) is { } reason) values["dllet.reason"] = reason;
            Caller.IsFinishing = true;
            Reply? reply;
            try { reply = Ask(values); } finally { Caller.IsFinishing = false; }
            if (reply is not null) WriteRows(reply);
        }
    }

    private protected override void Finish() {
        if (Facts.Changes) return;
        foreach (Dictionary<string, object?> values in calls.Values) {
            if (Facts.Json.Has("session"))
                foreach (JsonObject row in new Diagnosis(Module, Caller).Rows(Facts.Method)) Cmdlet.WriteObject(Facts.ObjectOf(row));
            else if (Facts.Output.Get<string>("kind") == "file") new FileOutput(Caller, Facts).Write(() => Ask(values));
            else if (Ask(values) is { } reply) WriteRows(reply);
        }
    }

    private void WriteRows(Reply reply) {
        if (Facts.Output.Get<string>("kind") == "none") return;
        foreach (JsonObject row in reply.Read(() => reply.Members.GetList<JsonObject>("Rows"))) WriteRow(reply, row);
    }

    // Returns the reply if it has a result; otherwise writes its error and returns null.
    private Reply? Ask(Dictionary<string, object?> values) {
        var progress = new ProgressBar(Caller, 0);
        if (Gathered is { } name && values.TryGetValue(name, out object? list) && list is List<object> { Count: >= LongList } many)
            progress.Announce(FormattableString.Invariant($"{many.Count} values of {name}"));
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonWriter.Write(values), Facts.Changes);
        progress.Hide();
        Caller.WriteNotices(reply);
        if (reply.Error is not { } error) return reply;
        values.Remove("dllet.reason");
        Caller.WriteError(reply.RecordOf(error, Failure.TargetOf(values)));
        return null;
    }

    // Writes one object, or, if a field is expanded, one for each number of its range.
    private void WriteRow(Reply reply, JsonObject row) {
        JsonObject? range = Facts.Output.Find<JsonObject>("expand");
        string? field = range?.Get<string>("from");
        (long number, long end) = field is null ? (0, 0)
            : reply.Read(() => (row.Get<long>(field), row.Get<long>(range!.Get<string>("to"))));
        for (; number <= end; number++) {
            if (field is not null) row[field] = number;
            Cmdlet.WriteObject(reply.Read(() => Facts.ObjectOf(row)));
        }
    }
}
