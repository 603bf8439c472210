namespace Dllet.Client;

/// <summary>A Windows job object that ends its processes when its last handle is closed, and therefore whenever this process ends. Source:
/// learn.microsoft.com "Job Objects", JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE.</summary>
internal sealed class JobObject : SafeHandleZeroOrMinusOneIsInvalid {
    private const int ExtendedLimitInformation = 9;
    private const int KillOnJobClose = 0x2000;
    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: its size, and the offset of LimitFlags, after two 64-bit times.
    private static readonly int LimitsSize = IntPtr.Size == 8 ? 144 : 112;
    private const int FlagsOffset = 16;
    public JobObject() : base(ownsHandle: true) { }

    /// <summary>Assigns a process to a new job. Returns null if the system refuses; the program then watches its parent itself.</summary>
    internal static JobObject? TryAssign(Process process) {
        JobObject job = CreateJobObjectW(IntPtr.Zero, null);
        byte[] limits = new byte[LimitsSize];
        BitConverter.GetBytes(KillOnJobClose).CopyTo(limits, FlagsOffset);
        if (!job.IsInvalid && SetInformationJobObject(job, ExtendedLimitInformation, limits, limits.Length)
            && AssignProcessToJobObject(job, process.Handle)) return job;
        job.Dispose();
        return null;
    }

    protected override bool ReleaseHandle() => CloseHandle(handle);

    [DllImport("kernel32.dll", CharSet = CharSet.Unicode), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern JobObject CreateJobObjectW(IntPtr attributes, string? name);
    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetInformationJobObject(JobObject job, int kind, byte[] limits, int size);
    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool AssignProcessToJobObject(JobObject job, IntPtr process);
    [DllImport("kernel32.dll"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool CloseHandle(IntPtr handle);
}
