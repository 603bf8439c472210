namespace Dllet.Client;

/// <summary>Facts about the system that the client runs on.</summary>
internal static class SystemFacts {
    private const int BuiltInAdministrators = 26;
    private const uint TextOnly = 0x2, NumberOnly = 0x10, View64 = 0x10000, View32 = 0x20000;
    private static readonly IntPtr LocalMachine = new(unchecked((int)0x80000002));
    internal static bool IsWindows { get; } = Path.DirectorySeparatorChar == '\\';
    internal static int ProcessId { get; } = Process.GetCurrentProcess().Id;

    /// <summary>Returns whether the path is fully qualified: it starts at a drive, a share or the root.</summary>
    internal static bool IsAbsolute(string path) => IsWindows
        ? (path.Length > 2 && char.IsLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/')
            || (path.StartsWith(@"\\", StringComparison.Ordinal) && path.IndexOfAny(['\\', '/'], 2) > 2)
        : path.StartsWith("/", StringComparison.Ordinal);

    /// <summary>Returns whether this process is elevated. Windows only.</summary>
    internal static bool IsElevated() {
        var sid = new byte[68];
        uint size = (uint)sid.Length;
        return CreateWellKnownSid(BuiltInAdministrators, IntPtr.Zero, sid, ref size) && CheckTokenMembership(IntPtr.Zero, sid, out bool isMember) && isMember;
    }

    /// <summary>Returns string values below HKEY_LOCAL_MACHINE, the 64-bit view first; empty if there are none.</summary>
    internal static IEnumerable<string> MachineTexts(string key, string name) {
        foreach (uint view in new[] { View64, View32 }) {
            var text = new char[1024];
            int size = 2 * text.Length;
            if (RegGetText(LocalMachine, key, name, TextOnly | view, IntPtr.Zero, text, ref size) == 0 && text[0] != '\0')
                yield return new string(text, 0, Array.IndexOf(text, '\0'));
        }
    }

    /// <summary>Returns a DWORD value below HKEY_LOCAL_MACHINE in the 64-bit view; null if there is none.</summary>
    internal static uint? MachineNumber(string key, string name) {
        int size = 4;
        return RegGetNumber(LocalMachine, key, name, NumberOnly | View64, IntPtr.Zero, out uint number, ref size) == 0 ? number : null;
    }

    [DllImport("advapi32.dll", EntryPoint = "RegGetValueW", CharSet = CharSet.Unicode), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegGetNumber(IntPtr root, string key, string name, uint flags, IntPtr type, out uint number, ref int size);
    [DllImport("advapi32.dll", EntryPoint = "RegGetValueW", CharSet = CharSet.Unicode), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegGetText(IntPtr root, string key, string name, uint flags, IntPtr type, [Out] char[] text, ref int size);
    [DllImport("advapi32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateWellKnownSid(int kind, IntPtr domain, byte[] sid, ref uint size);
    [DllImport("advapi32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CheckTokenMembership(IntPtr token, byte[] sid, [MarshalAs(UnmanagedType.Bool)] out bool isMember);
}
