namespace Dllet.Client;

/// <summary>Test-(name)Module: verifies that every file of a packed module is unchanged.</summary>
internal sealed class IntegrityCall(NativeModule module, PSCmdlet cmdlet, CmdletFacts facts) : NativeCall(module, cmdlet, facts) {
    private bool isAsked;
    private protected override void Take(IDictionary<string, object> bound) => isAsked = true;

    private protected override void Finish() {
        if (!isAsked) return;
        List<JsonObject> deviations = new ModuleCatalog(Module.Directory, Module.Facts.Name).Compare().ToList();
        bool isPassThru = Caller.IsSet("PassThru");
        foreach (JsonObject one in deviations) {
            if (isPassThru) Cmdlet.WriteObject(Facts.ObjectOf(one));
            else Caller.WriteVerbose($"{one["Status"]}: {one["Path"]}");
        }
        if (!isPassThru) Cmdlet.WriteObject(deviations.Count == 0);
    }
}
