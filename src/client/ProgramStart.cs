using System.Reflection;

namespace Dllet.Client;

/// <summary>Starts a program without a shell, in its own directory, with redirected streams and a minimal environment.</summary>
internal static class ProgramStart {
    private static readonly string[] Variables = SystemFacts.IsWindows
        ? ["TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramData"]
        : ["HOME", "TMPDIR", "LANG", "LC_ALL", "XDG_STATE_HOME", "TZ"];
    // Kills child processes too, such as the Node.js behind a launcher, which holds the pipes. On Windows the job object does that.
    private static readonly MethodInfo? KillTree = SystemFacts.IsWindows ? null : typeof(Process).GetMethod("Kill", [typeof(bool)]);

    /// <summary>Starts it. Throws Win32Exception if that fails, also for a file that makes no process.</summary>
    internal static Process Start(string program, string arguments, string directory) =>
        Process.Start(Make(program, arguments, directory)) ?? throw new Win32Exception(193); // ERROR_BAD_EXE_FORMAT

    internal static ProcessStartInfo Make(string program, string arguments, string directory) {
        var start = new ProcessStartInfo(program, arguments) {
            WorkingDirectory = directory, UseShellExecute = false, CreateNoWindow = true,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // .NET Framework throws if the environment has a name in two cases. The variables it copied until then are cleared next.
        try { _ = start.EnvironmentVariables; } catch (ArgumentException) { }
        // Pass only what the program needs, and nothing that could change how Node.js or the loader works. The system directory, which
        // decides what Winsock loads, comes from Windows itself.
        StringDictionary variables = start.EnvironmentVariables;
        variables.Clear();
        foreach (string name in Variables)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) variables[name] = value;
        string system = Environment.SystemDirectory;
        variables["PATH"] = SystemFacts.IsWindows ? system : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        if (!SystemFacts.IsWindows) return start;
        variables["SystemRoot"] = variables["windir"] = Path.GetDirectoryName(system);
        variables["SystemDrive"] = system.Substring(0, 2);
        return start;
    }

    /// <summary>Kills a program. Does nothing if it has exited.</summary>
    internal static void Kill(Process process, bool withChildren = true) {
        try { if (KillTree is null || !withChildren) process.Kill(); else KillTree.Invoke(process, [true]); }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or TargetInvocationException) { } // Exited.
    }

    /// <summary>Quotes an argument for CommandLineToArgvW; .NET splits ProcessStartInfo.Arguments by these rules everywhere. Only space
    /// and tab separate arguments; backslashes are special only before a quote.</summary>
    internal static string Quote(string argument) {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"']) < 0) return argument;
        string escaped = Regex.Replace(argument, @"(\\*)""", @"$1$1\""");
        return $"\"{Regex.Replace(escaped, @"\\+\z", "$0$0")}\"";
    }
}
