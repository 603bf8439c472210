[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)] // Functions of Windows are loaded from its system directory only.

namespace Dllet.Client;

internal static class SystemFacts {
    private const int BuiltInAdministrators = 26, LocalMachine = unchecked((int)0x80000002);
    private const uint TextOnly = 0x2, NumberOnly = 0x10, View64 = 0x10000, View32 = 0x20000;
    internal static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';
    /// <summary>Returns whether the path is fully qualified: it begins with a drive, a share or the root.</summary>
    internal static bool IsAbsolute(string path) => IsWindows
        ? (path.Length > 2 && char.IsLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/')
            || (path.StartsWith(@"\\", StringComparison.Ordinal) && path.IndexOfAny(['\\', '/'], 2) > 2)
        : path.StartsWith("/", StringComparison.Ordinal);

    internal static bool IsElevated() { // Returns whether this process is elevated. Windows only.
        var sid = new byte[68];
        int size = sid.Length;
        return CreateWellKnownSid(BuiltInAdministrators, IntPtr.Zero, sid, ref size)
            && CheckTokenMembership(IntPtr.Zero, sid, out bool isMember) && isMember;
    }

    /// <summary>Returns string values below HKEY_LOCAL_MACHINE, the 64-bit view first; empty if there are none.</summary>
    internal static IEnumerable<string> MachineTexts(string key, string name) => new[] { View64, View32 }
        .Select(view => Encoding.Unicode.GetString(MachineValue(key, name, TextOnly | view) ?? []).TrimEnd('\0'))
        .Where(text => text.Length > 0);

    /// <summary>Returns a DWORD value below HKEY_LOCAL_MACHINE in the 64-bit view; null if there is none.</summary>
    internal static uint? MachineNumber(string key, string name) =>
        MachineValue(key, name, NumberOnly | View64) is { } value ? BitConverter.ToUInt32(value, 0) : null;

    // The length of the value is not needed: what follows it is zero.
    private static byte[]? MachineValue(string key, string name, uint flags) {
        var value = new byte[2048];
        int size = value.Length;
        return RegGetValueW(new IntPtr(LocalMachine), key, name, flags, IntPtr.Zero, value, ref size) == 0 ? value : null;
    }

    [DllImport("advapi32.dll", CharSet = CharSet.Unicode)]
    private static extern int RegGetValueW(IntPtr root, string key, string name, uint flags, IntPtr type, [Out] byte[] value, ref int size);
    [DllImport("advapi32.dll")] private static extern bool CreateWellKnownSid(int kind, IntPtr domain, byte[] sid, ref int size);
    [DllImport("advapi32.dll")] private static extern bool CheckTokenMembership(IntPtr token, byte[] sid, out bool isMember);
}
