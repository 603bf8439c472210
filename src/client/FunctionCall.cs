namespace Dllet.Client;

/// <summary>A cmdlet over one function. Pipeline records that change nothing are sent in batches, all others one by one.</summary>
internal sealed class FunctionCall : NativeCall {
    // The parameters that -InputObject does not pass on: itself, and those that the outer cmdlet applies to all output.
    private static readonly string[] OwnParameters = [
        "InputObject", "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "PipelineVariable", "OutBuffer",
    ];
    private readonly Batches? batches;
    // The pipeline of the handles that this call opens, and its earlier handles, which nobody else will release.
    private readonly PipelineRun? run;
    private readonly HashSet<NativeHandle> passing = [];
    private readonly bool takesHandles;

    internal FunctionCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : base(module, cmdlet, facts) {
        takesHandles = Array.Exists(facts.Inputs, input => input.Type.IsHandle);
        run = cmdlet.MyInvocation is { } invocation && invocation.PipelinePosition < invocation.PipelineLength ? new PipelineRun() : null;
        if (IsPiped && facts.Json.Has("batched")) batches = new Batches(module, Caller, facts, WriteResult);
    }

    private protected override void Take(IDictionary<string, object> bound) {
        if (Facts.Json.Has("inputObject") && bound.TryGetValue("InputObject", out object? objects)) {
            Expand(bound, LanguagePrimitives.ConvertTo<object[]>(objects));
            return;
        }
        object?[] row = Array.ConvertAll(Facts.Inputs, input => bound.TryGetValue(input.Parameter, out object? own) ? own : input.Default);
        if (takesHandles && IsPiped && !Caller.IsSet("PassThru"))
            passing.UnionWith(HandlesOf(row).Where(handle => handle.Origin is { HasEnded: false }));
        if (Complete(ref row) is { } refusal) Refuse(refusal);
        else if (batches is not null) batches.Add(row);
        else if (MayCall(row)) CallOne(row, bound);
    }

    private protected override void Refuse(ErrorRecord refusal) { batches?.Flush(); base.Refuse(refusal); }
    private protected override void Finish() {
        batches?.End();
        if (run is not null) run.HasEnded = true;
        foreach (NativeHandle handle in passing) handle.Dispose();
    }

    // Passes the objects of -InputObject to the cmdlet like pipeline input. Writes results and errors as they arrive.
    private void Expand(IDictionary<string, object> bound, object[] objects) {
        var parameters = new Dictionary<string, object>(bound, StringComparer.OrdinalIgnoreCase);
        foreach (string own in OwnParameters) parameters.Remove(own);
        Caller.Inherit("ErrorActionPreference", "ErrorAction");
        Caller.Inherit("WarningPreference", "WarningAction");
        // Only a batched cmdlet shows progress; any other would leave the total for the next cmdlet.
        if (Facts.Json.Has("batched")) Module.Total = objects.Length;
        const string Script = "param($Command, $Parameters) $input | & $Command @Parameters";
        PipelineResultTypes streams = PipelineResultTypes.Output | PipelineResultTypes.Error;
        _ = Cmdlet.InvokeCommand.InvokeScript(Script, true, streams, objects, Cmdlet.MyInvocation.MyCommand, parameters);
    }

    private bool MayCall(object?[] row) {
        if (Facts.Should is not { } should) return true;
        Warn(row, onError: null);
        return Caller.Confirms(should, Facts.TextsOf(row));
    }

    // Writes the warnings about a change, before it or after an error. A failed query for warnings never prevents the change.
    private void Warn(object?[] row, string? onError) {
        if (Facts.Json.Find<JsonObject>("warnings") is not { } warnings || warnings.Find<string>("onError") != onError) return;
        if (Caller.Inherit("WarningPreference", "WarningAction") is "SilentlyContinue" or "Ignore") return;
        StringBuilder json = JsonOf(row, warnings.GetList<string>("inputs"));
        foreach (KeyValuePair<string, object?> one in warnings.Get<JsonObject>("arguments"))
            JsonWriter.Append(JsonWriter.AppendName(json, one.Key), one.Value);
        try {
            Reply reply = Module.Exchange.Call(Caller, warnings.Get<string>("method"), json.Append('}').ToString(), afterGreeting: true);
            List<JsonObject> rows = reply.Result is null ? [] : reply.Read(() => reply.Members.GetList<JsonObject>("Rows"));
            foreach (string text in reply.Read(() => rows.ConvertAll(one => one.Get<string>("Message")))) Caller.WriteWarning(text);
        } catch (Failure failure) { Caller.WriteVerbose(failure.Message); }
    }

    private void CallOne(object?[] row, IDictionary<string, object> bound) {
        StringBuilder json = JsonOf(row);
        if (Facts.Changes) JsonWriter.Append(JsonWriter.AppendName(json, "dllet.reason"), ReasonOf(bound));
        Reply reply = Module.Exchange.Call(Caller, Facts.Method, json.Append('}').ToString(), Facts.Changes);
        if (reply.Error is { } error) {
            if (Facts.Should is not null && error.Find<JsonObject>("data")?.Find<string>("id") is { } id) Warn(row, id);
            Facts.Writer.WriteError(Caller, reply, error, row);
        } else if (Facts.CanBeAbsent && reply.IsAbsent) Facts.Writer.WriteAbsent(Caller);
        else WriteResult(reply, row, reply.Read(() => Facts.ResultsOf(reply.Members)));
    }

    private void WriteResult(Reply reply, object?[] row, object?[] results) {
        if (takesHandles) foreach (NativeHandle handle in HandlesOf(row)) {
            if (handle.ReleasedBy == Facts.Method) handle.MarkReleased();
            else if (Caller.IsSet("PassThru")) { Cmdlet.WriteObject(handle); return; }
        }
        PipelineRun? before = Module.Exchange.Origin;
        Module.Exchange.Origin = run;
        try { Facts.Writer.Write(Caller, reply, row, results); } finally { Module.Exchange.Origin = before; }
    }

    private static IEnumerable<NativeHandle> HandlesOf(object?[] row) => row.Select(JsonWriter.Bare).OfType<NativeHandle>();
    // Writes the members of a request: all inputs, or those with these names. The caller closes the object.
    private StringBuilder JsonOf(object?[] row, List<string>? names = null) {
        var json = new StringBuilder("{");
        for (int index = 0; index < Facts.Inputs.Length; index++) {
            TypedName input = Facts.Inputs[index];
            if (names?.Contains(input.Name) != false) input.Type.Write(JsonWriter.AppendName(json, input.Name), row[index]);
        }
        return json;
    }
}
