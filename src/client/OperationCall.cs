namespace Dllet.Client;

/// <summary>
/// A cmdlet over an operation of the program. It works when its pipeline has ended; where it gathers the values of one parameter, once for
/// each combination of the others.
/// </summary>
internal sealed class OperationCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private readonly List<string> order = [];
    private readonly Dictionary<string, Dictionary<string, object?>> calls = new(StringComparer.Ordinal);

    private protected override void Take(IDictionary<string, object> bound) {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> argument in Facts.Arguments) values[argument.Key] = argument.Value;
        foreach (TypedName input in Facts.Inputs) {
            if (bound.TryGetValue(input.Name, out object? value) && input.Name != Facts.Gathered) values[input.Name] = value;
        }
        string key = JsonOf(values);
        if (!calls.TryGetValue(key, out Dictionary<string, object?>? call)) {
            call = values;
            order.Add(key);
            calls.Add(key, call);
        }
        if (Facts.Gathered is { } gathered && bound.TryGetValue(gathered, out object? more)) {
            var all = call.TryGetValue(gathered, out object? sofar) ? (List<object>)sofar! : [];
            all.AddRange(LanguagePrimitives.ConvertTo<object[]>(more));
            call[gathered] = all;
        }
    }

    private protected override void Finish() {
        foreach (string key in order) {
            if (Facts.AsksSession) {
                foreach (JsonObject row in Diagnosis.Rows(Module, Caller, Facts.Method)) WriteRow(null, row);
            } else if (Facts.Output.Get<string>("kind") == "file")
                new FileOutput(Caller, Facts).Write(() => Ask(calls[key]));
            else if (Ask(calls[key]) is { Result: { } result } reply) WriteRows(reply, result);
        }
    }

    // The reply with a result; null after its error was written.
    private Reply? Ask(Dictionary<string, object?> values) {
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonOf(values), Facts.Changes);
        foreach (string notice in reply.Notices) Caller.WriteWarning(notice);
        if (reply.Error is not { } error) return reply;
        Caller.WriteError(reply.RecordOf(error, Failure.TargetOf(values)));
        return null;
    }

    private void WriteRows(Reply reply, JsonObject result) {
        foreach (JsonObject row in reply.Read(() => result.GetList<JsonObject>("Rows"))) WriteRow(reply, row);
    }

    // One object; where a field is expanded, one for each number from it to another.
    private void WriteRow(Reply? reply, JsonObject row) {
        if (Facts.Output.Find<JsonObject>("expand") is not { } expand) {
            Cmdlet.WriteObject(Shape(reply, row));
            return;
        }
        string field = expand.Get<string>("from");
        string to = expand.Get<string>("to");
        (long first, long last) = reply is null ? (row.Get<long>(field), row.Get<long>(to)) : reply.Read(() => (row.Get<long>(field), row.Get<long>(to)));
        for (long number = first; number <= last; number++) {
            row[field] = number;
            Cmdlet.WriteObject(Shape(reply, row));
        }
    }

    private PSObject Shape(Reply? reply, JsonObject row) => reply is null ? Make(row) : reply.Read(() => Make(row));

    private PSObject Make(JsonObject row) {
        var made = new PSObject();
        made.TypeNames.Insert(0, Facts.Output.Get<string>("typeName"));
        foreach (ListProperty property in Properties) {
            row.TryGetValue(property.From, out object? value);
            made.Properties.Add(new PSNoteProperty(property.Name, value is null ? null : property.Type.Read(value)), true);
        }
        return made;
    }

    private ListProperty[] Properties => properties ??= CmdletFacts.ListOf(Facts.Output, "properties", one => new ListProperty(one));
    private ListProperty[]? properties;

    private static string JsonOf(Dictionary<string, object?> values) {
        var json = new StringBuilder();
        JsonWriter.Append(json, values);
        return json.ToString();
    }

    private sealed class ListProperty(JsonObject facts) {
        internal string Name { get; } = facts.Get<string>("name");
        internal string From { get; } = facts.Get<string>("from");
        internal WireType Type { get; } = WireType.Parse(facts.Get<object>("type"));
    }
}

/// <summary>A text that is written to the file that -Path names, in UTF-8 without a byte order mark.</summary>
internal sealed class FileOutput(Caller caller, CmdletFacts facts) {
    internal void Write(Func<Reply?> ask) {
        Dictionary<string, object> bound = caller.Cmdlet.MyInvocation.BoundParameters;
        string given = (string)bound["Path"];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["Path"] = given };
        try {
            string path = caller.Cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(given, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem") throw new NotSupportedException($"The path belongs to {provider.Name}, not to the file system.");
            if (facts.Should is { } should && !new Confirmation(caller, should).IsGiven(bound, texts)) return;
            if (ask() is { Result: { } result } reply) {
                File.WriteAllText(path, reply.Read(() => result.Get<string>("Text")), new UTF8Encoding(false));
                caller.Cmdlet.WriteObject(new FileInfo(path));
            }
        } catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
              or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or PSArgumentException) {
            caller.WriteError(Failure.MakeRecord("FileNotWritten", ErrorCategory.WriteError,
                $"The file '{given}' could not be written: {error.GetBaseException().Message}",
                "Choose a folder that exists and in which you may write.", given, null, error));
        }
    }
}
