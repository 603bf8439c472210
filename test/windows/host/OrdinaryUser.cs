using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dllet.PowerShellHost;

/// <summary>Gives this thread the rights of an ordinary user: the token of this process with Administrators for deny only and without
/// privileges, like the token that UAC creates for a session that is not elevated. Called by scripts of the tests.</summary>
public static class OrdinaryUser
{
    private const int ThisProcess = -1;
    private const int Duplicate = 2, Impersonate = 4, Query = 8;
    private const int DisableMaxPrivilege = 1;

    /// <summary>S-1-5-32-544 as Windows stores it: revision, count, authority 5, then 32 and 544.</summary>
    private static readonly byte[] Administrators = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0];

    /// <summary>Takes the rights of an administrator from this thread.</summary>
    public static void Enter()
    {
        Need(OpenProcessToken(ThisProcess, Duplicate | Impersonate | Query, out nint own));
        GCHandle sid = GCHandle.Alloc(Administrators, GCHandleType.Pinned);
        try
        {
            var disabled = new SidAndAttributes { Sid = sid.AddrOfPinnedObject() };
            Need(CreateRestrictedToken(own, DisableMaxPrivilege, 1, ref disabled, 0, 0, 0, 0, out nint restricted));
            Need(ImpersonateLoggedOnUser(restricted));
        }
        finally
        {
            sid.Free();
        }
    }

    /// <summary>Gives them back.</summary>
    public static void Leave() => Need(RevertToSelf());

    private static void Need(bool hasSucceeded)
    {
        if (!hasSucceeded)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool OpenProcessToken(nint process, int rights, out nint token);

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateRestrictedToken(
        nint token, int flags, int disabledCount, ref SidAndAttributes disabled, int deletedCount, nint deleted, int restrictingCount, nint restricting, out nint made);

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ImpersonateLoggedOnUser(nint token);

    [DllImport("advapi32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool RevertToSelf();

    [StructLayout(LayoutKind.Sequential)]
    private struct SidAndAttributes
    {
        public nint Sid;
        public int Attributes;
    }
}
