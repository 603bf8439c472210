namespace Dllet.Client;

/// <summary>Checks the session and reports each result as good, warning or bad, with its fix. Needs neither Node.js nor the program. If the
/// program responds, its own checks are added; otherwise a row says that it does not.</summary>
internal sealed class Diagnosis(NativeModule module, Caller caller) {
    private readonly List<JsonObject> rows = [];

    /// <summary>Returns all rows, those of the session first.</summary>
    internal IEnumerable<JsonObject> Rows(string method) {
        Add("module", true, ("Name", module.Facts.Name), ("Version", module.Facts.Version), ("Directory", module.Directory));
        var table = (Hashtable)caller.Cmdlet.SessionState.PSVariable.GetValue("PSVersionTable");
        Add("PowerShell", true, ("Edition", table["PSEdition"]), ("Version", table["PSVersion"]));
        PSLanguageMode mode = caller.Cmdlet.SessionState.LanguageMode;
        Add("language mode", mode == PSLanguageMode.FullLanguage, ("Mode", mode));
        List<JsonObject> told = AskProgram(method);
        bool IsTold(string check) => told.Exists(row => row.Find<string>("Check") == check);
        if (SystemFacts.IsWindows) {
            AddPolicy();
            if (!IsTold("elevation")) Add("elevation", SystemFacts.IsElevated());
            // Smart App Control can be the reason that the program does not run.
            if (!IsTold("Smart App Control")) AddSmartAppControl();
        }
        if (!IsTold("files")) AddFiles();
        return rows.Concat(told);
    }

    private static JsonObject Row(string check, bool isGood, params (string, object?)[] values) {
        JsonObject texts = Texts.OfCheck(check);
        string Say(string name) => Texts.Fill(texts.Get<string>(name), Texts.ValuesOf(values));
        return new() {
            ["Check"] = texts.Find<string>("check") ?? check,
            ["Status"] = isGood ? "Good" : texts.Find<string>("status") ?? "Warning",
            ["Found"] = Say(isGood ? "good" : "problem"),
            ["Cure"] = isGood ? null : Say("cure"),
        };
    }

    private void Add(string check, bool isGood, params (string, object?)[] values) => rows.Add(Row(check, isGood, values));
    private List<JsonObject> AskProgram(string method) {
        try {
            (string path, string origin) = module.FindNodeAndOrigin();
            Add("node source", true, ("Origin", origin), ("Node", path));
        } catch (Failure failure) {
            Add("node source", false, ("Problem", failure.Message), ("Minimum", module.Facts.MinimumNode));
            return [Row("program not asked", false)];
        }
        try {
            Reply reply = module.Exchange.Call(caller, method, "{}", afterGreeting: false);
            if (reply.Error is { } error) throw new Failure(reply.RecordOf(error, null));
            return reply.Read(() => reply.Members.GetList<JsonObject>("Rows"));
        } catch (Failure failure) {
            (string, object?)[] values = [("Problem", failure.Message), ("Cure", failure.Record.ErrorDetails.RecommendedAction)];
            if (failure.Record.CategoryInfo.Category != ErrorCategory.NotInstalled) return [Row("program", false, values)];
            // Replaces the row of a Node.js that was found but is too old.
            rows[rows.Count - 1] = Row("node source not good", false, values);
            return [Row("program not run", false)];
        }
    }

    // App Control (WDAC) or AppLocker for scripts. Found by name, because PowerShell's reference assemblies omit this class.
    private void AddPolicy() {
        Type? policy = typeof(PSObject).Assembly.GetType("System.Management.Automation.Security.SystemPolicy");
        string? mode = policy?.GetMethod("GetSystemLockdownPolicy", Type.EmptyTypes)?.Invoke(null, null)?.ToString();
        Add(mode is null ? "script policy not told" : "script policy", mode == "None", ("Mode", mode));
    }

    private void AddSmartAppControl() {
        uint? state = SystemFacts.MachineNumber(@"SYSTEM\CurrentControlSet\Control\CI\Policy", "VerifiedAndReputablePolicyState");
        string shown = state switch { null => "not a part of this Windows", 0 => "off", _ => JsonWriter.Invariant(state) };
        Add("Smart App Control", state is null or 0, ("State", shown));
    }

    private void AddFiles() {
        var catalog = new ModuleCatalog(module.Directory, module.Facts.Name);
        string[] names = Array.ConvertAll(catalog.Compare(), one => $"{one.Get<string>("Status").ToLowerInvariant()}: {one["Path"]}");
        string[] more = names.Length > 5 ? [$"and {names.Length - 5} more"] : [];
        Add(catalog.IsMissing ? "no catalog" : "files", names.Length == 0, ("Deviations", string.Join("; ", names.Take(5).Concat(more))));
    }
}
