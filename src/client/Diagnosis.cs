namespace Dllet.Client;

/// <summary>Checks the session and reports each result as good, warning or bad, with its fix. Needs neither Node.js nor the program: their own checks
/// are added if they answer, and a row says so if they do not.</summary>
internal sealed class Diagnosis(NativeModule module, Caller caller) {
    private readonly List<JsonObject> rows = [];

    /// <summary>Returns all rows, those of the session first.</summary>
    internal IReadOnlyList<JsonObject> Rows(string method) {
        Add("module", $"{module.Facts.Name} {module.Facts.Version} at {module.Directory}");
        AddEngine();
        List<JsonObject> told = AddNode() ? AskProgram(method)
            : [Row("program", "Bad", "It cannot run without Node.js, so node, koffi, library and exports were not looked at.", "See node source.")];
        bool IsTold(string check) => told.Exists(row => row.Find<string>("Check") == check);
        if (SystemFacts.IsWindows) AddPolicy();
        if (SystemFacts.IsWindows && !IsTold("elevation"))
            Add("elevation", SystemFacts.IsElevated(), "elevated", "not elevated: what changes the system will be denied",
                "Use a session that was started with \"Run as administrator\" for what changes the system.");
        // Smart App Control can be the reason that the program does not run.
        if (SystemFacts.IsWindows && !IsTold("Smart App Control")) AddSmartAppControl();
        if (!IsTold("files")) AddFiles();
        return [.. rows, .. told];
    }

    private static JsonObject Row(string check, string status, string found, string? cure) =>
        new() { ["Check"] = check, ["Status"] = status, ["Found"] = found, ["Cure"] = cure };

    private void Add(string check, string found) => rows.Add(Row(check, "Good", found, null));
    private void Add(string check, bool isGood, string good, string bad, string cure, string status = "Warning") =>
        rows.Add(isGood ? Row(check, "Good", good, null) : Row(check, status, bad, cure));

    private void AddEngine() {
        var table = (Hashtable)caller.Cmdlet.SessionState.PSVariable.GetValue("PSVersionTable");
        Add("PowerShell", $"{table["PSEdition"]} {table["PSVersion"]}");
        PSLanguageMode mode = caller.Cmdlet.SessionState.LanguageMode;
        Add("language mode", mode == PSLanguageMode.FullLanguage, $"{mode}", $"{mode}: the commands work, but each record takes longer",
            "Sign the module with a certificate that the policy of this computer trusts, as docs/signing.md says; or use a session in full language.");
    }

    private bool AddNode() {
        try {
            (string path, string origin) = module.FindNodeAndOrigin();
            Add("node source", $"{origin}: {path}");
            return true;
        } catch (Failure failure) {
            rows.Add(Row("node source", "Bad", failure.Message, $"Install Node.js {module.Facts.MinimumNode} or later for all users, import the module with "
                + "-ArgumentList @{ NodePath = '<absolute path of node>' }, or use a module that was packed with it (dllet pack --with-node)."));
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
        } catch (Failure failure) {
            string action = failure.Record.ErrorDetails.RecommendedAction;
            // Too old a Node.js was found, but it is not good.
            if (failure.Record.CategoryInfo.Category != ErrorCategory.NotInstalled) return [Row("program", "Bad", failure.Message, action + Policy)];
            rows[rows.Count - 1] = Row("node source", "Bad", failure.Message, action);
            return [Row("program", "Bad", "It cannot run with this Node.js.", "See node source.")];
        }
    }

    // App Control (WDAC) or AppLocker for scripts. Found by name, because PowerShell's reference assemblies omit this class.
    private void AddPolicy() {
        Type? policy = typeof(PSObject).Assembly.GetType("System.Management.Automation.Security.SystemPolicy");
        string? mode = policy?.GetMethod("GetSystemLockdownPolicy", Type.EmptyTypes)?.Invoke(null, null)?.ToString();
        Add("script policy", mode == "None", "none is enforced", mode is null ? "it is not told" : $"App Control or AppLocker: {mode}", mode is null
            ? @"Look with: Get-CimInstance -Namespace root\Microsoft\Windows\DeviceGuard -ClassName Win32_DeviceGuard"
            : "Scripts, koffi.node, the assemblies of the module and node.exe need signatures or rules that the policy trusts: docs/signing.md.");
    }

    private void AddSmartAppControl() {
        uint? state = SystemFacts.MachineNumber(@"SYSTEM\CurrentControlSet\Control\CI\Policy", "VerifiedAndReputablePolicyState");
        Add("Smart App Control", state is null or 0, state is null ? "not a part of this Windows" : "off",
            $"on or in evaluation ({state}): unsigned addons and scripts are blocked, or will be",
            "Use a module that is signed by a public authority, the .node and .dll files included: docs/signing.md.");
    }

    private void AddFiles() {
        var catalog = new ModuleCatalog(module.Directory, module.Facts.Name);
        List<string> names = catalog.Compare().Select(one => $"{one.Status.ToLowerInvariant()}: {one.Path}").ToList();
        if (catalog.IsMissing) Add("files", false, string.Empty, "there is no catalog: the module was not packed", "Nothing to do in a clone of the repository. Elsewhere, install a packed module.");
        else Add("files", names.Count == 0, "all as they were packed", string.Join("; ", names.Take(5)) + (names.Count > 5 ? $"; and {names.Count - 5} more" : string.Empty),
            "Install the module again, from a source that you trust.", status: "Bad");
    }
}
