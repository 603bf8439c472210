namespace Dllet.Client;

/// <summary>Finds Node.js: the one in the module, the given one, the machine-wide installation on Windows, then PATH. PATH is skipped in an elevated
/// Windows session, because it may contain directories that other users can write to. The current directory is never searched.</summary>
internal static class NodeSearch {
    private static readonly string FileName = SystemFacts.IsWindows ? "node.exe" : "node";

    /// <summary>Returns the path and a description of its origin. Throws Failure BridgeNotFound if there is no Node.js.</summary>
    internal static (string Path, string Origin) Find(string programDirectory, string given, string minimumNode) {
        string own = Path.Combine(programDirectory, FileName);
        if (File.Exists(own)) return (own, "the module");
        if (given.Length > 0) return File.Exists(given) ? (given, "NodePath") : throw Missing($"Node.js was not found at the given NodePath, '{given}'.",
            "Import the module again with the absolute path of node in -ArgumentList @{ NodePath = ... }.", given);
        bool isElevated = SystemFacts.IsWindows && SystemFacts.IsElevated();
        string? installed = SystemFacts.IsWindows ? Installations().FirstOrDefault(File.Exists) : null;
        string? found = installed ?? (isElevated ? null : OnPath().FirstOrDefault(File.Exists));
        return found is not null ? (found, installed is null ? "PATH" : "the installation for the whole machine") : throw Missing(
            isElevated ? "Node.js was not found: it is not installed for the whole machine, and an elevated session does not take it from PATH."
            : $"Node.js was not found: no folder of PATH has {FileName}.",
            Advice(minimumNode), FileName);
    }

    /// <summary>Returns why this Node.js cannot run the program if it is too old, otherwise null. Runs it, which takes as long as a start.</summary>
    internal static Failure? ProblemOf(string node, string programDirectory, string minimumNode, Caller caller) {
        Match said = Regex.Match(AskVersion(node, programDirectory, caller), @"^v([0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,6})");
        if (!said.Success || new Version(said.Groups[1].Value) >= new Version(minimumNode)) return null;
        return new Failure("BridgeNotFound", ErrorCategory.NotInstalled,
            $"Node.js {minimumNode} or later is needed; '{node}' is {said.Groups[1].Value}.",
            Advice(minimumNode), node);
    }

    private static string Advice(string minimumNode) => $"Install Node.js {minimumNode} or later{(SystemFacts.IsWindows ? " (winget install OpenJS.NodeJS.LTS)" : "")},"
        + " or import the module with -ArgumentList @{ NodePath = '<absolute path of node>' }.";

    // Only an administrator can write these registry values. Environment variables do not count: a user can set them for an elevated session too.
    private static IEnumerable<string> Installations() =>
        SystemFacts.MachineTexts(@"SOFTWARE\Node.js", "InstallPath").Select(folder => folder.TrimEnd('\\') + @"\node.exe")
            .Concat(SystemFacts.MachineTexts(@"SOFTWARE\Microsoft\Windows\CurrentVersion", "ProgramFilesDir").Select(folder => folder + @"\nodejs\node.exe"));

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Select(folder => folder.Trim('"')).Where(SystemFacts.IsAbsolute)
            .Select(folder => folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar + FileName);

    // Returns null if Node.js does not answer within five seconds or the pipeline is stopped.
    private static string AskVersion(string node, string programDirectory, Caller caller) {
        try {
            using Process process = Process.Start(ProgramStart.Make(node, "--version", programDirectory));
            process.StandardInput.Dispose();
            process.StandardError.Dispose();
            using var output = new LineReader(process.StandardOutput.BaseStream, limit: 1000);
            using var watch = new Watch(() => ProgramStart.Kill(process));
            string? line = watch.During(caller.Cmdlet, 5, output.Read);
            if (!process.WaitForExit(100)) ProgramStart.Kill(process);
            return line ?? string.Empty;
        } catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException or InvalidDataException) { return string.Empty; }
    }

    private static Failure Missing(string message, string action, string target) =>
        new("BridgeNotFound", ErrorCategory.ObjectNotFound, message, action, target);
}
