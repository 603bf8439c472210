using System.Collections.Specialized;

namespace Dllet.Client;

/// <summary>A cmdlet over an operation of the program. One that changes nothing calls at the end of its pipeline: once, or, if it collects the values
/// of one parameter, once for each combination of the others. One that changes something asks and calls at once, for each different record.</summary>
internal sealed class OperationCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    // So many values may take more than a second.
    private const int LongList = 1000;
    // By the JSON of their values, in order.
    private readonly OrderedDictionary calls = new(StringComparer.Ordinal);

    private protected override void Take(IDictionary<string, object> bound) {
        if (Facts is { Ranges: { } ranges, Gathered: { } many } && bound.ContainsKey(many) && CameWithRecord(many)) {
            try { PipedValue.TakeNumbers(Module.State, many, ranges, bound); } catch (Failure refused) { Refuse(refused.Record); return; }
        }
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> argument in Facts.Arguments) values[argument.Key] = argument.Value;
        foreach (TypedName input in Facts.Inputs)
            if (bound.TryGetValue(input.Name, out object? value) && input.Name != Facts.Gathered) values[input.Name] = value;
        string key = JsonWriter.Write(values);
        bool isNew = !calls.Contains(key);
        if (isNew) calls.Add(key, values);
        if (Facts.Changes) {
            if (isNew) Change(values, bound);
            return;
        }
        var call = (Dictionary<string, object?>)calls[key];
        if (Facts.Gathered is { } gathered && bound.TryGetValue(gathered, out object? more)) {
            var all = call.TryGetValue(gathered, out object? sofar) ? (List<object>)sofar! : [];
            all.AddRange(LanguagePrimitives.ConvertTo<object[]>(more));
            call[gathered] = all;
        }
    }

    private void Change(Dictionary<string, object?> values, IDictionary<string, object> bound) {
        object?[] row = Array.ConvertAll(Facts.Inputs, input => values.TryGetValue(input.Name, out object? value) ? value : null);
        if (BeyondLimit(row) is { } refusal) Refuse(refusal);
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
            if (Facts.AsksSession) foreach (JsonObject row in new Diagnosis(Module, Caller).Rows(Facts.Method)) WriteRow(null, row);
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
        if (Facts.Gathered is { } name && values.TryGetValue(name, out object? list) && list is List<object> { Count: >= LongList } many)
            progress.Announce($"{many.Count.ToString(CultureInfo.InvariantCulture)} values of {name}");
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonWriter.Write(values), Facts.Changes);
        progress.Hide();
        Caller.WriteNotices(reply);
        if (reply.Error is not { } error) return reply;
        values.Remove("dllet.reason");
        Caller.WriteError(reply.RecordOf(error, Failure.TargetOf(values)));
        return null;
    }

    // Writes one object, or, if a field is expanded, one for each number of its range.
    private void WriteRow(Reply? reply, JsonObject row) {
        string? field = Facts.Output.Find<JsonObject>("expand")?.Get<string>("from");
        string last = Facts.Output.Find<JsonObject>("expand")?.Get<string>("to") ?? string.Empty;
        (long number, long end) = field is null ? (0, 0) : Trust(reply, () => (row.Get<long>(field), row.Get<long>(last)));
        for (; number <= end; number++) {
            if (field is not null) row[field] = number;
            Cmdlet.WriteObject(Trust(reply, () => Make(row)));
        }
    }

    private static T Trust<T>(Reply? reply, Func<T> read) => reply is null ? read() : reply.Read(read);

    private PSObject Make(JsonObject row) => Failure.MakeObject(Facts.Output.Get<string>("typeName"), Properties.Select(property =>
        (property.Name, row.TryGetValue(property.From, out object? value) && value is not null ? property.Type.Read(value) : null)));

    private TypedName[] Properties { get; } = PropertiesOf(facts);
    private static TypedName[] PropertiesOf(CmdletFacts facts) => facts.Output.ListOf("properties", one => new TypedName(one));
    /// <summary>The properties of the objects that a cmdlet writes.</summary>
    internal static IEnumerable<(string Name, WireType Type)> MembersOf(CmdletFacts facts) => PropertiesOf(facts).Select(one => (one.Name, one.Type));
}

/// <summary>Writes a text to the file given by -Path, in UTF-8 without a byte order mark.</summary>
internal sealed class FileOutput(Caller caller, CmdletFacts facts) {
    internal void Write(Func<Reply?> ask) {
        Dictionary<string, object> bound = caller.Cmdlet.MyInvocation.BoundParameters;
        string given = (string)bound["Path"];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["Path"] = given };
        try {
            string path = caller.Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem") throw new NotSupportedException($"The path belongs to {provider.Name}, not to the file system.");
            if (facts.Should is { } should && !new Confirmation(caller, should).IsGiven(bound, texts)) return;
            if (ask() is { } reply) {
                File.WriteAllText(path, reply.Read(() => reply.Members.Get<string>("Text")), new UTF8Encoding(false));
                // As Get-Item returns it: with the properties that its view shows.
                caller.Cmdlet.WriteObject(caller.Cmdlet.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
            }
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
              or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSArgumentException) {
            caller.WriteError(Failure.MakeRecord("FileNotWritten", ErrorCategory.WriteError,
                $"The file '{given}' could not be written: {error.GetBaseException().Message}",
                "Choose a folder that exists and in which you may write.", given, null, error));
        }
    }
}
