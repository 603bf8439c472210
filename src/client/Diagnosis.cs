namespace Dllet.Client;

/// <summary>Checks the session and reports each result as good, warning or bad, with its fix. Needs neither Node.js nor the program: their own checks
/// are added if they answer, and a row says so if they do not.</summary>
internal sealed class Diagnosis(NativeModule module, Caller caller) {
    private readonly List<JsonObject> rows = [];

    /// <summary>Returns all rows, those of the session first.</summary>
    internal IReadOnlyList<JsonObject> Rows(string method) {
        Add("module", "Good", $"{module.Facts.Name} {module.Facts.Version} at {module.Directory}");
        AddEngine();
        List<JsonObject> told = AddNode() ? AskProgram(method)
            : [Row("program", "Bad", "It cannot run without Node.js, so node, koffi, library and exports were not looked at.", "See node source.")];
        bool IsTold(string check) => told.Exists(row => row.Find<string>("Check") == check);
        if (SystemFacts.IsWindows) AddPolicy();
        // Smart App Control can be the reason that the program does not run.
        if (SystemFacts.IsWindows && !IsTold("elevation")) AddElevation();
        if (SystemFacts.IsWindows && !IsTold("Smart App Control")) AddSmartAppControl();
        if (!IsTold("files")) AddFiles();
        return [.. rows, .. told];
    }

    private static JsonObject Row(string check, string status, string found, string? cure) =>
        new() { ["Check"] = check, ["Status"] = status, ["Found"] = found, ["Cure"] = cure };

    private void Add(string check, string status, string found, string? cure = null) => rows.Add(Row(check, status, found, cure));

    private void AddEngine() {
        var table = (Hashtable)caller.Cmdlet.SessionState.PSVariable.GetValue("PSVersionTable");
        Add("PowerShell", "Good", $"{table["PSEdition"]} {table["PSVersion"]}");
        PSLanguageMode mode = caller.Cmdlet.SessionState.LanguageMode;
        if (mode == PSLanguageMode.FullLanguage) Add("language mode", "Good", "FullLanguage");
        else Add("language mode", "Warning", $"{mode}: the commands work, but each record takes longer",
            "Sign the module with a certificate that the policy of this computer trusts, as docs/signing.md says; or use a session in full language.");
    }

    private bool AddNode() {
        try {
            (string path, string origin) = module.FindNodeAndOrigin();
            Add("node source", "Good", $"{origin}: {path}");
            return true;
        } catch (Failure failure) {
            Add("node source", "Bad", failure.Message, $"Install Node.js {module.Facts.MinimumNode} or later for all users, import the module with "
                + "-ArgumentList @{ NodePath = '<absolute path of node>' }, or use a module that was packed with it (dllet pack --with-node).");
            return false;
        }
    }

    private List<JsonObject> AskProgram(string method) {
        const string Policy = " Where Node.js or the addon koffi.node is not allowed to run, a policy is the reason: App Control, AppLocker or Smart App Control.";
        try {
            Reply reply = module.Exchange.Call(caller, method, "{}", afterGreeting: false);
            return reply.Read(() => reply.Error is { } error
                ? [Row("program", "Bad", error.Get<string>("message"), error.Get<JsonObject>("data").Get<string>("recommendedAction") + Policy)]
                : reply.Members.GetList<JsonObject>("Rows"));
        } catch (Failure failure) { return [Row("program", "Bad", failure.Message, failure.Record.ErrorDetails.RecommendedAction + Policy)]; }
    }

    // App Control (WDAC) or AppLocker for scripts. Found by name, because PowerShell's reference assemblies omit this class.
    private void AddPolicy() {
        Type? policy = typeof(PSObject).Assembly.GetType("System.Management.Automation.Security.SystemPolicy");
        string? mode = policy?.GetMethod("GetSystemLockdownPolicy", Type.EmptyTypes)?.Invoke(null, null)?.ToString();
        if (mode == "None") Add("script policy", "Good", "none is enforced");
        else if (mode is null) Add("script policy", "Warning", "it is not told",
            @"Look with: Get-CimInstance -Namespace root\Microsoft\Windows\DeviceGuard -ClassName Win32_DeviceGuard");
        else Add("script policy", "Warning", $"App Control or AppLocker: {mode}",
            "Scripts, koffi.node, the client's assembly and node.exe need signatures or rules that the policy trusts: docs/signing.md.");
    }

    private void AddElevation() {
        if (SystemFacts.IsElevated()) Add("elevation", "Good", "elevated");
        else Add("elevation", "Warning", "not elevated: what changes the system will be denied",
            "Use a session that was started with \"Run as administrator\" for what changes the system.");
    }

    private void AddSmartAppControl() {
        uint? state = SystemFacts.MachineNumber(@"SYSTEM\CurrentControlSet\Control\CI\Policy", "VerifiedAndReputablePolicyState");
        if (state is null or 0) Add("Smart App Control", "Good", state is null ? "not a part of this Windows" : "off");
        else Add("Smart App Control", "Warning", $"on or in evaluation ({state}): unsigned addons and scripts are blocked, or will be",
            "Use a module that is signed by a public authority, the .node and .dll files included: docs/signing.md.");
    }

    private void AddFiles() {
        var catalog = new ModuleCatalog(module.Directory, module.Facts.Name);
        List<string> names = catalog.Compare().Select(one => $"{one.Status.ToLowerInvariant()}: {one.Path}").ToList();
        if (catalog.IsMissing) Add("files", "Warning", "there is no catalog: the module was not packed", "Use a module that \"dllet pack\" made.");
        else if (names.Count == 0) Add("files", "Good", "all as they were packed");
        else Add("files", "Bad", string.Join("; ", names.Take(5)) + (names.Count > 5 ? $"; and {names.Count - 5} more" : string.Empty),
            "Install the module again, from a source that you trust.");
    }
}
