namespace Dllet.Client;

/// <summary>The validated options of Import-Module -ArgumentList @{ ... }. An invalid option is the error InvalidParameter.</summary>
internal sealed class ModuleOptions {
    private const int MaximumReason = 1024;
    private const string Keys =
        "Backend, LibraryPath, NodePath, StatePath, SimulateUnelevated, TimeoutSeconds, AuditPath, AuditEventLog, AuditReason";
    private readonly Dictionary<string, object?> given = new(StringComparer.OrdinalIgnoreCase);
    internal readonly bool IsSimulated;
    internal readonly int TimeoutSeconds = 60;
    internal readonly string NodePath, AuditReason;
    internal ModuleOptions(object? argument) {
        object bare = (argument as PSObject)?.BaseObject ?? argument ?? new Hashtable();
        IDictionary options = bare as IDictionary ?? throw Wrong("options", bare);
        foreach (object key in options.Keys) {
            string name = JsonWriter.Invariant(key);
            if (!Keys.Split(',', ' ').Contains(name, StringComparer.OrdinalIgnoreCase)) throw Wrong("option", name);
            given[name] = JsonWriter.Bare(options[key]);
            bool isPath = name.EndsWith("Path", StringComparison.OrdinalIgnoreCase) && Text(name).Length > 0;
            if (isPath && !SystemFacts.IsAbsolute(Text(name))) throw Wrong("relativePath", Text(name), name);
        }
        (NodePath, AuditReason) = (Text("NodePath"), Text("AuditReason"));
        string backend = given.ContainsKey("Backend") ? Text("Backend") : "Native";
        IsSimulated = backend.ToUpperInvariant() switch { "SIMULATED" => true, "NATIVE" => false, _ => throw Wrong("backend", backend) };
        if (IsSimulated && Text("LibraryPath").Length > 0) throw Wrong("nativeOnly", Text("LibraryPath"));
        if ((Is("SimulateUnelevated") || Text("StatePath").Length > 0) && !IsSimulated) throw Wrong("simulatedOnly", Text("StatePath"));
        if (Is("AuditEventLog") && !SystemFacts.IsWindows) throw Wrong("eventLog", true);
        if (AuditReason.Length > MaximumReason) throw Wrong("reason", AuditReason.Length);
        string time = Text("TimeoutSeconds");
        bool isValid = int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 86400;
        if (given.ContainsKey("TimeoutSeconds")) TimeoutSeconds = isValid ? seconds : throw Wrong("seconds", time);
    }

    internal string Arguments => (IsSimulated ? "--backend simulated" : "--backend native")
        + PathOf("--library", "LibraryPath") + PathOf("--state", "StatePath") + (Is("SimulateUnelevated") ? " --unelevated" : "")
        + PathOf("--audit", "AuditPath") + (Is("AuditEventLog") ? " --audit-event-log" : "");

    private string Text(string key) => given.TryGetValue(key, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
    private bool Is(string key) => given.TryGetValue(key, out object? value)
        && (value is string ? throw Wrong("switch", value, key) : LanguagePrimitives.IsTrue(value));
    private string PathOf(string name, string key) => Text(key).Length > 0 ? $" {name} {ProgramStart.Quote(Text(key))}" : string.Empty;
    private static Failure Wrong(string name, object? value, string option = "") =>
        new(name, value, [("Given", value), ("Option", option), ("Keys", Keys), ("Maximum", MaximumReason)]);
}
