namespace Dllet.Client;

/// <summary>Finds Node.js: the one in the module, the given one, the machine-wide installation on Windows, then PATH. PATH is skipped in an
/// elevated Windows session: it may contain directories that other users can write to. The current directory is never searched.</summary>
internal static class NodeSearch {
    private static readonly string FileName = SystemFacts.IsWindows ? "node.exe" : "node";
    /// <summary>Returns the path and a description of its origin. Throws Failure BridgeNotFound if there is no Node.js.</summary>
    internal static (string Path, string Origin) Find(string programDirectory, string given, string minimumNode) {
        string own = Path.Combine(programDirectory, FileName);
        if (File.Exists(own)) return (own, "the module");
        if (File.Exists(given)) return (given, "NodePath");
        if (given.Length > 0) throw new Failure("nodeNotAtPath", given, [("Node", given)]);
        bool isElevated = SystemFacts.IsWindows && SystemFacts.IsElevated();
        if (SystemFacts.IsWindows && Installations().FirstOrDefault(File.Exists) is { } installed)
            return (installed, "the installation for the whole machine");
        if (!isElevated && OnPath().FirstOrDefault(File.Exists) is { } found) return (found, "PATH");
        (string, object?)[] values = [("File", FileName), ("Minimum", minimumNode), Hint];
        throw new Failure(isElevated ? "nodeNotInstalled" : "nodeNotOnPath", FileName, values);
    }

    /// <summary>Returns the error of a Node.js that is too old for the program, otherwise null. Runs it.</summary>
    internal static Failure? ProblemOf(string node, NativeModule module, Caller caller) {
        string found = Regex.Match(AskVersion(node, module.ProgramDirectory, caller), @"(?<=^v)[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,6}").Value;
        string minimum = module.Facts.MinimumNode;
        if (found.Length == 0 || new Version(found) >= new Version(minimum)) return null;
        return new Failure("nodeTooOld", node, [("Minimum", minimum), ("Node", node), ("Found", found), Hint]);
    }

    private static (string, object?) Hint => ("Hint", SystemFacts.IsWindows ? " (winget install OpenJS.NodeJS.LTS)" : string.Empty);
    // Only an administrator can write these registry values. A user can set environment variables for an elevated session too.
    private static IEnumerable<string> Installations() => SystemFacts.MachineTexts(@"SOFTWARE\Node.js", "InstallPath")
        .Concat(SystemFacts.MachineTexts(@"SOFTWARE\Microsoft\Windows\CurrentVersion", "ProgramFilesDir").Select(one => one + @"\nodejs"))
        .Select(folder => folder.TrimEnd('\\') + @"\node.exe");

    private static IEnumerable<string> OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => folder.Trim('"')).Where(SystemFacts.IsAbsolute)
        .Select(folder => folder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar + FileName);

    // Returns nothing if Node.js does not answer within five seconds or the pipeline is stopped.
    private static string AskVersion(string node, string programDirectory, Caller caller) {
        string? line = null;
        try {
            using Process process = ProgramStart.Start(node, "--version", programDirectory);
            process.StandardInput.Dispose();
            process.StandardError.Dispose();
            using var output = new LineReader(process.StandardOutput.BaseStream, limit: 1000);
            using var watch = new Watch(() => ProgramStart.Kill(process));
            watch.During(caller, 5, () => line = output.Read());
            if (!process.WaitForExit(100)) ProgramStart.Kill(process);
        } catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException or InvalidDataException) { }
        return line ?? string.Empty;
    }
}
