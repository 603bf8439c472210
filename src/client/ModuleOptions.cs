namespace Dllet.Client;

/// <summary>The options of Import-Module -ArgumentList @{ ... }, checked. What is wrong with one is the error InvalidParameter.</summary>
internal sealed class ModuleOptions {
    private const string Keys =
        "Backend, LibraryPath, NodePath, StatePath, SimulateUnelevated, TimeoutSeconds, AuditPath, AuditEventLog, AuditReason";

    private const int MaximumReason = 1024;
    private readonly StringBuilder arguments = new("--backend ");

    private ModuleOptions(IDictionary given) {
        foreach (object key in given.Keys) Take(Convert.ToString(key, CultureInfo.InvariantCulture), Bare(given[key]));
        IsSimulated = Is("Simulated");
        Check();
        arguments.Append(IsSimulated ? "simulated" : "native");
        AddPath("--library", LibraryPath);
        AddPath("--state", StatePath);
        AddFlag("--unelevated", simulateUnelevated);
        AddPath("--audit", AuditPath);
        AddFlag("--audit-event-log", auditEventLog);
    }

    internal bool IsSimulated { get; }
    internal string NodePath { get; private set; } = string.Empty;
    internal string AuditReason { get; private set; } = string.Empty;
    /// <summary>How long one call may take.</summary>
    internal int TimeoutSeconds { get; private set; } = 60;
    /// <summary>What they mean for the program, as one line of arguments.</summary>
    internal string Arguments => arguments.ToString();
    private string LibraryPath { get; set; } = string.Empty;
    private string StatePath { get; set; } = string.Empty;
    private string AuditPath { get; set; } = string.Empty;
    private string backend = "Native";
    private bool simulateUnelevated;
    private bool auditEventLog;

    /// <summary>The options; null stands for none.</summary>
    internal static ModuleOptions Read(object? given) => Bare(given) switch {
        null => new ModuleOptions(new Hashtable()),
        IDictionary options => new ModuleOptions(options),
        var other => throw Wrong(
            $"The module takes its options as one hashtable, not '{other}'.", $"Write -ArgumentList @{{ ... }} with any of these keys: {Keys}.", other),
    };
    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private void Take(string key, object? value) {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        switch (key.ToUpperInvariant()) {
            case "BACKEND": backend = text; break;
            case "LIBRARYPATH": LibraryPath = Absolute(key, text); break;
            case "NODEPATH": NodePath = Absolute(key, text); break;
            case "STATEPATH": StatePath = Absolute(key, text); break;
            case "AUDITPATH": AuditPath = Absolute(key, text); break;
            case "SIMULATEUNELEVATED": simulateUnelevated = LanguagePrimitives.IsTrue(value); break;
            case "AUDITEVENTLOG": auditEventLog = LanguagePrimitives.IsTrue(value); break;
            case "AUDITREASON":
                AuditReason = text.Length <= MaximumReason
                    ? text
                    : throw Wrong($"AuditReason has {text.Length} characters.", $"Give at most {MaximumReason}.", text.Length);
                break;
            case "TIMEOUTSECONDS":
                TimeoutSeconds = LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 86400
                    ? seconds
                    : throw Wrong($"TimeoutSeconds is '{text}'.", "Give a whole number from 1 to 86400.", value);
                break;
            default:
                throw Wrong($"The module has no option '{key}'.", $"Use only these keys in -ArgumentList @{{ ... }}: {Keys}.", key);
        }
    }

    private void Check() {
        if (!IsSimulated && !Is("Native"))
            throw Wrong($"There is no backend '{backend}'.", "Use Backend = 'Native' (the default) or Backend = 'Simulated'.", backend);
        if (IsSimulated && LibraryPath.Length > 0)
            throw Wrong("LibraryPath belongs to the native backend.", "Leave it out, or leave out Backend = 'Simulated'.", LibraryPath);
        if (!IsSimulated && (StatePath.Length > 0 || simulateUnelevated)) {
            throw Wrong(
                "StatePath and SimulateUnelevated belong to the simulated backend.", "Add Backend = 'Simulated', or leave them out.", StatePath);
        }
        if (auditEventLog && !SystemFacts.IsWindows) {
            throw Wrong("AuditEventLog needs the event log of Windows.", "Give AuditPath = '<absolute path of a file>' in its place.", auditEventLog);
        }
    }

    private bool Is(string name) => string.Equals(backend, name, StringComparison.OrdinalIgnoreCase);

    private static string Absolute(string key, string path) => path.Length == 0 || SystemFacts.IsAbsolute(path)
        ? path
        : throw Wrong($"{key} is '{path}', which is not an absolute path.", "Give the whole path, from the drive or the root on.", path);

    private void AddPath(string name, string path) {
        if (path.Length > 0) arguments.Append(' ').Append(name).Append(' ').Append(ProgramStart.Quote(path));
    }

    private void AddFlag(string name, bool isSet) => arguments.Append(isSet ? " " + name : string.Empty);

    private static Failure Wrong(string message, string action, object? value) =>
        new("InvalidParameter", ErrorCategory.InvalidArgument, message, action, value);
}
