using System.Reflection;

namespace Dllet.Client;

/// <summary>Starts a program without a shell, in its own directory, with redirected streams and a minimal environment.</summary>
internal static class ProgramStart {
    /// <summary>Starts the program. Throws Win32Exception if that fails, also if no process results.</summary>
    internal static Process Start(string program, string arguments, string directory) =>
        Process.Start(Make(program, arguments, directory)) ?? throw new Win32Exception(193); // ERROR_BAD_EXE_FORMAT

    internal static ProcessStartInfo Make(string program, string arguments, string directory) {
        var start = new ProcessStartInfo(program, arguments) {
            WorkingDirectory = directory, UseShellExecute = false, CreateNoWindow = true,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // .NET Framework throws if the environment has a name in two cases. The variables that it has copied are cleared next.
        try { _ = start.EnvironmentVariables; } catch (ArgumentException) { }
        // Pass nothing that could change the behaviour of Node.js or the loader. The system directory comes from Windows itself.
        StringDictionary variables = start.EnvironmentVariables;
        variables.Clear();
        string[] passed = SystemFacts.IsWindows ? ["TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramData"]
            : ["HOME", "TMPDIR", "LANG", "LC_ALL", "XDG_STATE_HOME", "TZ"];
        foreach (string name in passed) if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) variables[name] = value;
        string system = Environment.SystemDirectory;
        variables["PATH"] = SystemFacts.IsWindows ? system : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        if (SystemFacts.IsWindows) variables["SystemRoot"] = variables["windir"] = Path.GetDirectoryName(system);
        if (SystemFacts.IsWindows) variables["SystemDrive"] = system.Substring(0, 2);
        return start;
    }

    /// <summary>Kills a program and its children, such as the Node.js behind a launcher. On Windows the job does that.</summary>
    internal static void Kill(Process process, bool withChildren = true) {
        MethodInfo? killTree = SystemFacts.IsWindows || !withChildren ? null : typeof(Process).GetMethod("Kill", [typeof(bool)]);
        try { if (killTree is null) process.Kill(); else killTree.Invoke(process, [true]); }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or TargetInvocationException) { } // Exited.
    }

    /// <summary>Quotes for CommandLineToArgvW and .NET on any system: space and tab separate; \ is special only before a quote.</summary>
    internal static string Quote(string argument) => argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"']) < 0 ? argument
        : $"\"{Regex.Replace(argument, @"\\+(?=""|\z)", "$0$0").Replace("\"", "\\\"")}\"";
}

/// <summary>A Windows job: its processes end with its last handle, so with this process. See learn.microsoft.com, "Job Objects".</summary>
internal sealed class JobObject : SafeHandleZeroOrMinusOneIsInvalid {
    private const int ExtendedLimitInformation = 9, KillOnJobClose = 0x2000, FlagsOffset = 16; // LimitFlags is after two 64-bit times.
    public JobObject() : base(ownsHandle: true) { }
    /// <summary>Assigns a process to a new job. Returns null if the system refuses; the program then watches its parent itself.</summary>
    internal static JobObject? TryAssign(Process process) {
        JobObject job = CreateJobObjectW(IntPtr.Zero, null);
        byte[] limits = new byte[IntPtr.Size == 8 ? 144 : 112]; // JOBOBJECT_EXTENDED_LIMIT_INFORMATION
        BitConverter.GetBytes(KillOnJobClose).CopyTo(limits, FlagsOffset);
        if (!job.IsInvalid && SetInformationJobObject(job, ExtendedLimitInformation, limits, limits.Length)
            && AssignProcessToJobObject(job, process.Handle)) return job;
        job.Dispose();
        return null;
    }

    protected override bool ReleaseHandle() => CloseHandle(handle);
    [DllImport("kernel32.dll", CharSet = CharSet.Unicode)] private static extern JobObject CreateJobObjectW(IntPtr security, string? name);
    [DllImport("kernel32.dll")] private static extern bool SetInformationJobObject(JobObject job, int kind, byte[] data, int size);
    [DllImport("kernel32.dll")] private static extern bool AssignProcessToJobObject(JobObject job, IntPtr process);
    [DllImport("kernel32.dll")] private static extern bool CloseHandle(IntPtr handle);
}
