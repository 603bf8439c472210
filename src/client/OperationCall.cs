namespace Dllet.Client;

/// <summary>A cmdlet over an operation of the program. It calls at the end of its pipeline: once, or, if it collects the values of one
/// parameter, once for each combination of the others.</summary>
internal sealed class OperationCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    // By the JSON of their values, in order.
    private readonly OrderedDictionary calls = new(StringComparer.Ordinal);

    private protected override void Take(IDictionary<string, object> bound) {
        var values = new Dictionary<string, object?>(Facts.Json.Find<JsonObject>("arguments") ?? [], StringComparer.Ordinal);
        string? gathered = Facts.Json.Find<string>("gathered");
        foreach (TypedName input in Facts.Inputs)
            if (bound.TryGetValue(input.Name, out object? value) && input.Name != gathered) values[input.Name] = value;
        string key = JsonWriter.Write(values);
        if (!calls.Contains(key)) calls.Add(key, values);
        var call = (Dictionary<string, object?>)calls[key];
        if (gathered is null || !bound.TryGetValue(gathered, out object? more)) return;
        if (!call.TryGetValue(gathered, out object? all)) call[gathered] = all = new List<object>();
        ((List<object>)all!).AddRange(LanguagePrimitives.ConvertTo<object[]>(more));
    }

    private protected override void Finish() {
        foreach (Dictionary<string, object?> values in calls.Values) {
            if (Facts.Json.Has("session"))
                foreach (JsonObject row in new Diagnosis(Module, Caller).Rows(Facts.Method)) Cmdlet.WriteObject(Facts.ObjectOf(row));
            else if (Facts.Output.Get<string>("kind") == "file") new FileOutput(Caller, Facts).Write(() => Ask(values));
            else if (Ask(values) is { } reply)
                foreach (JsonObject row in reply.Read(() => reply.Members.GetList<JsonObject>("Rows"))) WriteRow(reply, row);
        }
    }

    // Returns the reply if it has a result; otherwise writes its error and returns null.
    private Reply? Ask(Dictionary<string, object?> values) {
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonWriter.Write(values), Facts.Changes);
        Caller.WriteNotices(reply);
        if (reply.Error is not { } error) return reply;
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
