namespace Dllet.Client;

/// <summary>A cmdlet over an operation of the program. One that changes something prompts and calls for each different record. Others call
/// at the end of their pipeline: once, or, if they collect the values of one parameter, once for each combination of the others.</summary>
internal sealed class OperationCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private const int LongList = 1000; // From this many values on, a call may take more than a second.
    private readonly OrderedDictionary calls = new(StringComparer.Ordinal); // The calls in order, by the JSON of their values.
    private readonly string? gathered = facts.Json.Find<string>("gathered");
    private readonly JsonObject? ranges = facts.Json.Find<JsonObject>("ranges");
    private readonly string output = facts.Output.Get<string>("kind");
    private protected override void Take(IDictionary<string, object> bound) {
        // A record can give the numbers of the collected parameter as a range.
        if (ranges is not null && gathered is not null && bound.ContainsKey(gathered) && CameWithRecord(gathered))
            try { PipedValue.TakeNumbers(Module.State, gathered, ranges, bound); } catch (Failure error) { Refuse(error.Record); return; }
        var values = new Dictionary<string, object?>(Facts.Json.Find<JsonObject>("arguments") ?? [], StringComparer.Ordinal);
        foreach (TypedName input in Facts.Inputs)
            if (bound.TryGetValue(input.Name, out object? value) && input.Name != gathered) values[input.Name] = value;
        string key = JsonWriter.Write(values);
        if (calls[key] is not Dictionary<string, object?> call) calls[key] = call = values;
        if (Facts.Changes && call == values) Change(values, bound); // The call is new.
        if (Facts.Changes || gathered is null || !bound.TryGetValue(gathered, out object? more)) return;
        if (!call.TryGetValue(gathered, out object? all)) call[gathered] = all = new List<object>();
        ((List<object>)all!).AddRange(LanguagePrimitives.ConvertTo<object[]>(more));
    }

    private void Change(Dictionary<string, object?> values, IDictionary<string, object> bound) {
        object?[] row = Array.ConvertAll(Facts.Inputs, input => values.TryGetValue(input.Name, out object? value) ? value : input.Default);
        if (Complete(ref row) is { } refusal) Refuse(refusal);
        else if (Facts.Should is not { } should || Caller.Confirms(should, Facts.TextsOf(row))) {
            if (ReasonOf(bound) is { } reason) values["dllet.reason"] = reason;
            Caller.IsFinishing = true;
            Reply? reply;
            try { reply = Ask(values); } finally { Caller.IsFinishing = false; }
            WriteRows(reply);
        }
    }

    private protected override void Finish() {
        if (Facts.Changes) return;
        foreach (Dictionary<string, object?> values in calls.Values) {
            if (Facts.Json.Has("session"))
                foreach (JsonObject row in new Diagnosis(Module, Caller).Rows(Facts.Method)) Cmdlet.WriteObject(Facts.ObjectOf(row));
            else if (output == "file") WriteFile(values);
            else WriteRows(Ask(values));
        }
    }

    // Returns the reply if it has a result; otherwise writes its error and returns null.
    private Reply? Ask(Dictionary<string, object?> values) {
        var progress = new ProgressBar(Caller, 0);
        if (gathered is not null && values.TryGetValue(gathered, out object? list) && list is List<object> { Count: >= LongList } many)
            progress.Announce(FormattableString.Invariant($"{many.Count} values of {gathered}"));
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonWriter.Write(values), Facts.Changes);
        progress.Hide();
        if (reply.Error is not { } error) return reply;
        values.Remove("dllet.reason");
        Caller.WriteError(reply.RecordOf(error, PSObjects.Of(values)));
        return null;
    }

    private void WriteRows(Reply? reply) { // Writes an object for each row, or, if a field is expanded, for each number of its range.
        if (reply is null || output == "none") return;
        JsonObject? range = Facts.Output.Find<JsonObject>("expand");
        (string? from, string? to) = (range?.Get<string>("from"), range?.Get<string>("to"));
        foreach (JsonObject row in reply.Read(() => reply.Members.GetList<JsonObject>("Rows"))) {
            (long number, long end) = from is null || to is null ? (0, 0) : reply.Read(() => (row.Get<long>(from), row.Get<long>(to)));
            for (; number <= end; number++) {
                if (from is not null) row[from] = number;
                Cmdlet.WriteObject(reply.Read(() => Facts.ObjectOf(row)));
            }
        }
    }

    // Writes the text of the reply to the file given by -Path, in UTF-8 without a byte order mark.
    private void WriteFile(Dictionary<string, object?> values) {
        string given = (string)Cmdlet.MyInvocation.BoundParameters["Path"];
        Collection<PSObject> written;
        try {
            string path = Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
                throw new NotSupportedException($"The path belongs to {provider.Name}, not to the file system.");
            if (Facts.Should is { } should && !Caller.Confirms(should, Texts.ValuesOf([("Path", given)]))) return;
            if (Ask(values) is not { } reply) return;
            File.WriteAllText(path, reply.Read(() => reply.Members.Get<string>("Text")), new UTF8Encoding(false));
            // Returned like Get-Item's output: with the properties that its view shows.
            written = Cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true);
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException) {
            string problem = error.GetBaseException().Message;
            Caller.WriteError(Failure.RecordOf("fileNotWritten", given, [("Path", given), ("Problem", problem)], error));
            return;
        }
        Cmdlet.WriteObject(written, enumerateCollection: true);
    }
}
