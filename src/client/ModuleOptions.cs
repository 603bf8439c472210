namespace Dllet.Client;

/// <summary>The validated options of Import-Module -ArgumentList @{ ... }. An invalid option is the error InvalidParameter.</summary>
internal sealed class ModuleOptions {
    private static readonly string[] Keys =
        ["Backend", "LibraryPath", "NodePath", "StatePath", "SimulateUnelevated", "TimeoutSeconds", "AuditPath", "AuditEventLog", "AuditReason"];

    private static readonly string AllKeys = string.Join(", ", Keys);
    private const int MaximumReason = 1024;
    private readonly Dictionary<string, object?> given = new(StringComparer.OrdinalIgnoreCase);

    private ModuleOptions(IDictionary options) {
        foreach (object key in options.Keys) {
            string name = JsonWriter.Invariant(key);
            if (!Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw Wrong($"The module has no option '{name}'.", $"Use only these keys in -ArgumentList @{{ ... }}: {AllKeys}.", name);
            given[name] = options[key] is PSObject wrapped ? wrapped.BaseObject : options[key];
            if (name.EndsWith("Path", StringComparison.OrdinalIgnoreCase) && Text(name) is { Length: > 0 } path && !SystemFacts.IsAbsolute(path))
                throw Wrong($"{name} is '{path}', which is not an absolute path.", "Give the whole path, from the drive or the root on.", path);
        }
        string backend = given.ContainsKey("Backend") ? Text("Backend") : "Native";
        IsSimulated = backend.Equals("Simulated", StringComparison.OrdinalIgnoreCase);
        if (!IsSimulated && !backend.Equals("Native", StringComparison.OrdinalIgnoreCase))
            throw Wrong($"There is no backend '{backend}'.", "Use Backend = 'Native' (the default) or Backend = 'Simulated'.", backend);
        if (IsSimulated && Text("LibraryPath").Length > 0)
            throw Wrong("LibraryPath cannot be used with Backend = 'Simulated'.", "Leave it out, or leave out Backend = 'Simulated'.", Text("LibraryPath"));
        if (!IsSimulated && (Text("StatePath").Length > 0 || Is("SimulateUnelevated")))
            throw Wrong("StatePath and SimulateUnelevated need Backend = 'Simulated'.", "Add Backend = 'Simulated', or leave them out.", Text("StatePath"));
        if (Is("AuditEventLog") && !SystemFacts.IsWindows)
            throw Wrong("AuditEventLog needs the event log of Windows.", "Give AuditPath = '<absolute path of a file>' in its place.", true);
        if (AuditReason.Length > MaximumReason)
            throw Wrong($"AuditReason has {AuditReason.Length} characters.", $"Give at most {MaximumReason}.", AuditReason.Length);
        if (given.TryGetValue("TimeoutSeconds", out object? time)) {
            TimeoutSeconds = LanguagePrimitives.TryConvertTo(time, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 86400 ? seconds
                : throw Wrong($"TimeoutSeconds is '{time}'.", "Give a whole number from 1 to 86400.", time);
        }
    }

    internal bool IsSimulated { get; }
    internal string NodePath => Text("NodePath");
    internal string AuditReason => Text("AuditReason");
    internal int TimeoutSeconds { get; } = 60;

    /// <summary>The options as command-line arguments of the program.</summary>
    internal string Arguments => (IsSimulated ? "--backend simulated" : "--backend native") + PathOf("--library", "LibraryPath") + PathOf("--state", "StatePath")
        + (Is("SimulateUnelevated") ? " --unelevated" : "") + PathOf("--audit", "AuditPath") + (Is("AuditEventLog") ? " --audit-event-log" : "");

    internal static ModuleOptions Read(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch {
        null => new ModuleOptions(new Hashtable()),
        IDictionary options => new ModuleOptions(options),
        var other => throw Wrong(
            $"The module takes its options as one hashtable, not '{other}'.", $"Write -ArgumentList @{{ ... }} with any of these keys: {AllKeys}.", other),
    };
    private string Text(string key) => given.TryGetValue(key, out object? value) ? JsonWriter.Invariant(value) : string.Empty;
    private bool Is(string key) => given.TryGetValue(key, out object? value) && LanguagePrimitives.IsTrue(value);
    private string PathOf(string name, string key) => Text(key) is { Length: > 0 } path ? $" {name} {ProgramStart.Quote(path)}" : string.Empty;

    private static Failure Wrong(string message, string action, object? value) =>
        new("InvalidParameter", ErrorCategory.InvalidArgument, message, action, value);
}
