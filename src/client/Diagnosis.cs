namespace Dllet.Client;

/// <summary>Checks the session, without needing the program. If that responds, its own checks follow; if not, a row says so.</summary>
internal sealed class Diagnosis(NativeModule module, Caller caller) {
    private readonly List<JsonObject> rows = [];
    internal IEnumerable<JsonObject> Rows(string method) {
        Add("module", true, ("Name", module.Facts.Name), ("Version", module.Facts.Version), ("Directory", module.Directory));
        var table = (Hashtable)caller.Cmdlet.SessionState.PSVariable.GetValue("PSVersionTable");
        Add("PowerShell", true, ("Edition", table["PSEdition"]), ("Version", table["PSVersion"]));
        PSLanguageMode mode = caller.Cmdlet.SessionState.LanguageMode;
        Add("language mode", mode == PSLanguageMode.FullLanguage, ("Mode", mode));
        List<JsonObject> told = AskProgram(method);
        bool IsTold(string check) => told.Exists(row => row.Find<string>("Check") == check);
        if (SystemFacts.IsWindows) {
            // App Control (WDAC) or AppLocker for scripts. Found by name, because PowerShell's reference assemblies omit this class.
            string? policy = typeof(PSObject).Assembly.GetType("System.Management.Automation.Security.SystemPolicy")
                ?.GetMethod("GetSystemLockdownPolicy", Type.EmptyTypes)?.Invoke(null, null)?.ToString();
            Add(policy is null ? "script policy not told" : "script policy", policy == "None", ("Mode", policy));
            if (!IsTold("elevation")) Add("elevation", SystemFacts.IsElevated());
            if (!IsTold("Smart App Control")) AddSmartAppControl(); // It can be the reason that the program does not run.
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
            rows[rows.Count - 1] = Row("node source not good", false, values); // Node.js was found but is too old.
            return [Row("program not run", false)];
        }
    }

    private void AddSmartAppControl() {
        uint? mode = SystemFacts.MachineNumber(@"SYSTEM\CurrentControlSet\Control\CI\Policy", "VerifiedAndReputablePolicyState");
        Add("Smart App Control", mode is null or 0, ("State", mode switch { null => "not a part of this Windows", 0 => "off", _ => mode }));
    }

    private void AddFiles() {
        var catalog = new ModuleCatalog(module.Directory, module.Facts.Name);
        string[] names = Array.ConvertAll(catalog.Compare(), one => $"{one.Get<string>("Status").ToLowerInvariant()}: {one["Path"]}");
        string[] more = names.Length > 5 ? [$"and {names.Length - 5} more"] : [];
        Add(catalog.IsMissing ? "no catalog" : "files", names.Length == 0, ("Deviations", string.Join("; ", names.Take(5).Concat(more))));
    }
}
