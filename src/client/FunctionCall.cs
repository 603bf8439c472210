namespace Dllet.Client;

/// <summary>A cmdlet over one function. Pipeline records that change nothing are sent in batches, all others one by one.</summary>
internal sealed class FunctionCall : NativeCall {
    // The parameters that -InputObject does not pass on: itself, and those that the outer cmdlet applies to all output.
    private static readonly string[] OwnParameters =
        ["InputObject", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "PipelineVariable", "OutBuffer"];
    private readonly Batches? batches;
    private readonly PipelineRun run;
    private readonly HashSet<NativeHandle> passing = []; // The earlier handles of the pipeline, which nobody else will release.
    private readonly bool takesHandles, isLast;
    private readonly StringBuilder scratch = new();
    internal FunctionCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : base(module, cmdlet, facts) {
        takesHandles = Array.Exists(facts.Inputs, input => input.Type.IsHandle);
        (int position, int length) = (cmdlet.MyInvocation.PipelinePosition, cmdlet.MyInvocation.PipelineLength);
        run = module.LastRun is { HasRecords: false } last && last.Length == length && last.Position < position ? last : new(length);
        (module.LastRun, run.Position, isLast) = (run, position, position == length);
        if (IsPiped && facts.Json.Has("batched")) batches = new Batches(module, Caller, facts, WriteResult);
    }

    private protected override void Take(IDictionary<string, object> bound) {
        run.HasRecords = true;
        if (Facts.Json.Has("inputObject") && bound.TryGetValue("InputObject", out object? given)) { Expand(bound, given); return; }
        object?[] row = Array.ConvertAll(Facts.Inputs, input => bound.TryGetValue(input.Parameter, out object? own) ? own : input.Default);
        if (takesHandles && IsPiped && !Caller.IsSet("PassThru")) passing.UnionWith(HandlesOf(row).Where(handle => handle.Origin == run));
        string[] json = [];
        if ((Complete(ref row) ?? WriteInputs(row, out json)) is { } refusal) Refuse(refusal);
        else if (batches is not null) batches.Add(row, json);
        else CallOne(row, json, bound);
    }

    // Makes the JSON of the inputs. Returns the error of one that cannot be converted, such as an object whose property throws.
    private ErrorRecord? WriteInputs(object?[] row, out string[] json) {
        json = new string[Facts.Inputs.Length];
        for (int index = 0; index < json.Length; index++) {
            TypedName input = Facts.Inputs[index];
            try {
                input.Type.Write(scratch.Clear(), row[index]);
                json[index] = scratch.ToString();
            } catch (Failure failure) { return failure.Record; }
            catch (Exception error) when (error is InvalidCastException or RuntimeException) {
                return Failure.RecordOf("notPassed", row[index], [("Parameter", input.Parameter), ("Problem", error.Message)], error);
            }
        }
        return null;
    }

    private protected override void Refuse(ErrorRecord refusal) { batches?.Flush(); base.Refuse(refusal); }
    private protected override void Finish() {
        batches?.End();
        foreach (NativeHandle handle in passing) handle.Leave(now: true, Caller);
    }

    // Passes the objects of -InputObject to the cmdlet like pipeline input. Writes results and errors as they arrive.
    private void Expand(IDictionary<string, object> bound, object given) {
        object[] objects = LanguagePrimitives.ConvertTo<object[]>(given);
        var parameters = new Dictionary<string, object>(bound, StringComparer.OrdinalIgnoreCase);
        foreach (string own in OwnParameters) parameters.Remove(own);
        Caller.Inherit("ErrorActionPreference", "ErrorAction");
        Caller.Inherit("WarningPreference", "WarningAction");
        if (Facts.Json.Has("batched")) Module.Total = objects.Length; // For progress. Another cmdlet would leave it for the next one.
        _ = Cmdlet.InvokeCommand.InvokeScript("param($Command, $Parameters) $input | & $Command @Parameters", true,
            PipelineResultTypes.Output | PipelineResultTypes.Error, objects, Cmdlet.MyInvocation.MyCommand, parameters);
    }

    // Writes the warnings about a change, before it or after an error. A failed query for warnings never prevents the change.
    private void Warn(string[] inputs, string? onError) {
        if (Facts.Json.Find<JsonObject>("warnings") is not { } warnings || warnings.Find<string>("onError") != onError) return;
        if (Caller.Inherit("WarningPreference", "WarningAction") is "SilentlyContinue" or "Ignore") return;
        string json = JsonOf(inputs, warnings.Get<JsonObject>("arguments"), warnings.GetList<string>("inputs"));
        try {
            Reply reply = Module.Exchange.Call(Caller, warnings.Get<string>("method"), json, afterGreeting: true);
            List<JsonObject> rows = reply.Result is null ? [] : reply.Read(() => reply.Members.GetList<JsonObject>("Rows"));
            foreach (string text in reply.Read(() => rows.ConvertAll(one => one.Get<string>("Message")))) Caller.WriteWarning(text);
        } catch (Failure failure) { Caller.WriteVerbose(failure.Message); }
    }

    private void CallOne(object?[] row, string[] json, IDictionary<string, object> bound) {
        if (Facts.Should is not null) Warn(json, onError: null);
        if (Facts.Should is { } should && !Caller.Confirms(should, Facts.TextsOf(row))) return;
        JsonObject more = Facts.Changes ? new() { ["dllet.reason"] = ReasonOf(bound) } : [];
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, JsonOf(json, more), Facts.Changes);
        if (reply.Error is { } error) {
            if (Facts.Should is not null && error.Find<JsonObject>("data")?.Find<string>("id") is { } id) Warn(json, id);
            Facts.Writer.WriteError(Caller, reply, error, row);
        } else if (Facts.CanBeAbsent && reply.IsAbsent) Facts.Writer.WriteAbsent(Caller);
        else WriteResult(reply, row, reply.Read(() => Facts.ResultsOf(reply.Members)));
    }

    private void WriteResult(Reply reply, object?[] row, object?[] results) {
        if (takesHandles) foreach (NativeHandle handle in HandlesOf(row)) {
            if (handle.ReleasedBy == Facts.Method) handle.MarkReleased();
            else if (Caller.IsSet("PassThru")) { Cmdlet.WriteObject(handle); return; }
        }
        (PipelineRun? before, Module.Exchange.Origin) = (Module.Exchange.Origin, isLast ? null : run);
        try { Facts.Writer.Write(Caller, reply, row, results); } finally { Module.Exchange.Origin = before; }
    }

    private static IEnumerable<NativeHandle> HandlesOf(object?[] row) => row.Select(JsonWriter.Bare).OfType<NativeHandle>();
    // Returns the members of a request: all inputs, or those with these names, and more.
    private string JsonOf(string[] inputs, JsonObject more, List<string>? names = null) {
        var json = new StringBuilder("{");
        for (int index = 0; index < inputs.Length; index++) {
            string name = Facts.Inputs[index].Name;
            if (names?.Contains(name) != false) JsonWriter.AppendName(json, name).Append(inputs[index]);
        }
        foreach (KeyValuePair<string, object?> one in more) JsonWriter.Append(JsonWriter.AppendName(json, one.Key), one.Value);
        return json.Append('}').ToString();
    }
}
