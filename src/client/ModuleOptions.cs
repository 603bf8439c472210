namespace Dllet.Client;

/// <summary>The validated options of Import-Module -ArgumentList @{ ... }. An invalid option is the error InvalidParameter.</summary>
internal sealed class ModuleOptions {
    private const int MaximumReason = 1024;
    private static readonly string[] Keys = [
        "Backend", "LibraryPath", "NodePath", "StatePath", "SimulateUnelevated", "TimeoutSeconds",
        "AuditPath", "AuditEventLog", "AuditReason",
    ];
    private readonly Dictionary<string, object?> given = new(StringComparer.OrdinalIgnoreCase);
    internal readonly bool IsSimulated;
    internal readonly int TimeoutSeconds = 60;
    internal readonly string NodePath, AuditReason;

    private ModuleOptions(IDictionary options) {
        foreach (object key in options.Keys) {
            string name = JsonWriter.Invariant(key);
            if (!Keys.Contains(name, StringComparer.OrdinalIgnoreCase)) throw Wrong("option", name);
            given[name] = Bare(options[key]);
            bool isPath = name.EndsWith("Path", StringComparison.OrdinalIgnoreCase) && Text(name).Length > 0;
            if (isPath && !SystemFacts.IsAbsolute(Text(name))) throw Wrong("relativePath", Text(name), name);
        }
        (NodePath, AuditReason) = (Text("NodePath"), Text("AuditReason"));
        string backend = given.ContainsKey("Backend") ? Text("Backend") : "Native";
        IsSimulated = backend.Equals("Simulated", StringComparison.OrdinalIgnoreCase);
        if (!IsSimulated && !backend.Equals("Native", StringComparison.OrdinalIgnoreCase)) throw Wrong("backend", backend);
        if (IsSimulated && Text("LibraryPath").Length > 0) throw Wrong("nativeOnly", Text("LibraryPath"));
        if (!IsSimulated && (Text("StatePath").Length > 0 || Is("SimulateUnelevated"))) throw Wrong("simulatedOnly", Text("StatePath"));
        if (Is("AuditEventLog") && !SystemFacts.IsWindows) throw Wrong("eventLog", true);
        if (AuditReason.Length > MaximumReason) throw Wrong("reason", AuditReason.Length);
        if (!given.TryGetValue("TimeoutSeconds", out object? time)) return;
        bool isNumber = LanguagePrimitives.TryConvertTo(time, CultureInfo.InvariantCulture, out int seconds);
        TimeoutSeconds = isNumber && seconds is >= 1 and <= 86400 ? seconds : throw Wrong("seconds", time);
    }

    /// <summary>The options as command-line arguments of the program.</summary>
    internal string Arguments => (IsSimulated ? "--backend simulated" : "--backend native")
        + PathOf("--library", "LibraryPath") + PathOf("--state", "StatePath") + (Is("SimulateUnelevated") ? " --unelevated" : "")
        + PathOf("--audit", "AuditPath") + (Is("AuditEventLog") ? " --audit-event-log" : "");

    internal static ModuleOptions Read(object? given) => Bare(given) switch {
        null => new ModuleOptions(new Hashtable()),
        IDictionary options => new ModuleOptions(options),
        var other => throw Wrong("options", other),
    };

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
    private string Text(string key) => given.TryGetValue(key, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
    private bool Is(string key) => given.TryGetValue(key, out object? value) && LanguagePrimitives.IsTrue(value);
    private string PathOf(string name, string key) => Text(key).Length > 0 ? $" {name} {ProgramStart.Quote(Text(key))}" : string.Empty;
    private static Failure Wrong(string name, object? value, string option = "") =>
        new(name, value, [("Given", value), ("Option", option), ("Keys", string.Join(", ", Keys)), ("Maximum", MaximumReason)]);
}
