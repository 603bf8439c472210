using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dllet.Client;

/// <summary>
/// A job of Windows that ends its processes when its last handle is closed, and so when this process ends, however it ends.
/// Source: learn.microsoft.com "Job Objects", JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE.
/// </summary>
internal sealed class JobObject : SafeHandleZeroOrMinusOneIsInvalid {
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    public JobObject()
        : base(ownsHandle: true) { }

    /// <summary>Puts a process into a job of its own. Null where the system refuses; the program then watches its parent by itself.</summary>
    internal static JobObject? TryAssign(Process process) {
        JobObject job = CreateJobObjectW(IntPtr.Zero, null);
        var limits = new ExtendedLimits { LimitFlags = KillOnJobClose };
        if (!job.IsInvalid
            && SetInformationJobObject(job, ExtendedLimitInformation, ref limits, Marshal.SizeOf(limits))
            && AssignProcessToJobObject(job, process.Handle)) {
            return job;
        }
        job.Dispose();
        return null;
    }

    protected override bool ReleaseHandle() => CloseHandle(handle);

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern JobObject CreateJobObjectW(IntPtr attributes, string? name);

    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(JobObject job, int kind, ref ExtendedLimits limits, int size);

    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(JobObject job, IntPtr process);

    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(IntPtr handle);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the basic limits, the I/O counters, and four sizes.
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public UIntPtr MinimumWorkingSetSize;
        public UIntPtr MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public UIntPtr Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public UIntPtr ProcessMemoryLimit;
        public UIntPtr JobMemoryLimit;
        public UIntPtr PeakProcessMemoryUsed;
        public UIntPtr PeakJobMemoryUsed;
    }
}
