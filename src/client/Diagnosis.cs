using System.Reflection;

namespace Dllet.Client;

/// <summary>
/// What of this session matters to the module, each line good, warning or bad with its cure. It needs neither Node.js nor the program: what
/// these know is added where they answer, and is a line of its own where they do not.
/// </summary>
internal sealed class Diagnosis {
    private readonly NativeModule module;
    private readonly Caller caller;
    private readonly List<JsonObject> rows = [];

    private Diagnosis(NativeModule module, Caller caller) {
        this.module = module;
        this.caller = caller;
    }

    /// <summary>All rows, those of the session first. What the program tells is not asked for a second time.</summary>
    internal static IReadOnlyList<JsonObject> Rows(NativeModule module, Caller caller, string method) {
        var diagnosis = new Diagnosis(module, caller);
        bool isNodeFound = diagnosis.AddNode();
        JsonObject[] told = diagnosis.AskProgram(method, isNodeFound);
        var checks = new HashSet<string>(told.Select(row => row.Find<string>("Check") ?? string.Empty), StringComparer.Ordinal);
        JsonObject node = diagnosis.rows[0];
        diagnosis.rows.Clear();
        diagnosis.Add("module", "Good", $"{module.Facts.Name} {module.Facts.Version} at {module.Directory}");
        diagnosis.AddEngine();
        diagnosis.rows.Add(node);
        if (SystemFacts.IsWindows) {
            diagnosis.AddPolicy();
            diagnosis.AddElevation(checks);
            diagnosis.AddSmartAppControl(checks);
        }
        if (!checks.Contains("files")) diagnosis.AddFiles();
        return [.. diagnosis.rows, .. told];
    }

    private void Add(string check, string status, string found, string? cure = null) =>
        rows.Add(new JsonObject { ["Check"] = check, ["Status"] = status, ["Found"] = found, ["Cure"] = cure });

    private bool AddNode() {
        try {
            var node = NodeSearch.Find(module.ProgramDirectory, module.Options.NodePath, module.Facts.MinimumNode);
            Add("node source", "Good", $"{node.Origin}: {node.Path}");
            return true;
        } catch (Failure failure) {
            Add("node source", "Bad", failure.Message,
                $"Install Node.js {module.Facts.MinimumNode} or later for all users, import the module with -ArgumentList @{{ NodePath = '<absolute path of node>' }}, or use a module that was packed with it (dllet pack --with-node).");
            return false;
        }
    }

    private JsonObject[] AskProgram(string method, bool isNodeFound) {
        if (!isNodeFound) return [Row("It cannot run without Node.js, so node, koffi, library and exports were not looked at.", "See node source.")];
        const string Policy = " Where Node.js or the addon koffi.node is not allowed to run, a policy is the reason: see script policy and Smart App Control.";
        try {
            Reply reply = module.Exchange.Call(caller, method, "{}", afterGreeting: false);
            return reply.Read(() => reply.Error is { } error
                ? [Row(error.Get<string>("message"), error.Get<JsonObject>("data").Get<string>("recommendedAction") + Policy)]
                : reply.Result!.GetList<JsonObject>("Rows").ToArray());
        } catch (Failure failure) {
            return [Row(failure.Message, failure.Record.ErrorDetails.RecommendedAction + Policy)];
        }
    }

    private static JsonObject Row(string found, string cure) => new() { ["Check"] = "program", ["Status"] = "Bad", ["Found"] = found, ["Cure"] = cure };

    private void AddEngine() {
        var table = (System.Collections.Hashtable)caller.Cmdlet.SessionState.PSVariable.GetValue("PSVersionTable");
        Add("PowerShell", "Good", $"{table["PSEdition"]} {table["PSVersion"]}");
        PSLanguageMode mode = caller.Cmdlet.SessionState.LanguageMode;
        if (mode == PSLanguageMode.FullLanguage) Add("language mode", "Good", "FullLanguage");
        else {
            Add("language mode", "Warning", $"{mode}: the commands work, but each record takes longer",
                "Sign the module with a certificate that the policy of this computer trusts, as docs/signing.md says; or use a session in full language.");
        }
    }

    // App Control (WDAC) or AppLocker for scripts. By its name, because PowerShell's reference assemblies leave this class out.
    private void AddPolicy() {
        MethodInfo? ask = typeof(PSObject).Assembly.GetType("System.Management.Automation.Security.SystemPolicy")?.GetMethod("GetSystemLockdownPolicy", Type.EmptyTypes);
        string? mode = ask?.Invoke(null, null)?.ToString();
        if (mode is null) {
            Add("script policy", "Warning", "it is not told",
                @"Look with: Get-CimInstance -Namespace root\Microsoft\Windows\DeviceGuard -ClassName Win32_DeviceGuard");
        } else if (mode == "None") Add("script policy", "Good", "none is enforced");
        else {
            Add("script policy", "Warning", $"App Control or AppLocker: {mode}",
                "Scripts, koffi.node, the client's assembly and node.exe need signatures or rules that the policy trusts: docs/signing.md.");
        }
    }

    private void AddElevation(HashSet<string> told) {
        if (told.Contains("elevation")) return;
        bool isElevated = SystemFacts.IsElevated();
        Add("elevation", isElevated ? "Good" : "Warning", isElevated ? "elevated" : "not elevated: what changes the system will be denied",
            isElevated ? null : "Use a session that was started with \"Run as administrator\" for what changes the system.");
    }

    private void AddSmartAppControl(HashSet<string> told) {
        if (told.Contains("Smart App Control")) return;
        uint? state = SystemFacts.MachineNumber(@"SYSTEM\CurrentControlSet\Control\CI\Policy", "VerifiedAndReputablePolicyState");
        if (state is null or 0) Add("Smart App Control", "Good", state is null ? "not a part of this Windows" : "off");
        else {
            Add("Smart App Control", "Warning", $"on or in evaluation ({state}): unsigned addons and scripts are blocked, or will be",
                "Use a module that is signed by a public authority, the .node and .dll files included: docs/signing.md.");
        }
    }

    private void AddFiles() {
        var catalog = new ModuleCatalog(module.Directory, module.Facts.Name);
        if (catalog.IsMissing) {
            Add("files", "Warning", "there is no catalog: the module was not packed", "Use a module that \"dllet pack\" made.");
            return;
        }
        List<string> names = catalog.Compare().Select(one => $"{one.Status.ToLowerInvariant()}: {one.Path}").ToList();
        if (names.Count == 0) {
            Add("files", "Good", "all as they were packed");
            return;
        }
        string more = names.Count > 5 ? $"; and {names.Count - 5} more" : string.Empty;
        Add("files", "Bad", string.Join("; ", names.Take(5)) + more, "Install the module again, from a source that you trust.");
    }
}
