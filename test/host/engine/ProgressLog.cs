using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace Dllet.PowerShellHost;

/// <summary>
/// Where progress goes: nowhere, or as one line a record (id, state, percent, activity, status; tabs between)
/// to the file that DLLET_HOST_PROGRESS_LOG names.
/// </summary>
internal sealed class ProgressLog
{
    private readonly string? path;

    private ProgressLog(string? path) => this.path = path;

    public static ProgressLog FromEnvironment()
    {
        string? path = Environment.GetEnvironmentVariable("DLLET_HOST_PROGRESS_LOG");
        return new ProgressLog(string.IsNullOrEmpty(path) ? null : path);
    }

    public void Add(ProgressRecord record)
    {
        if (path is null)
        {
            return;
        }

        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{record.ActivityId}\t{record.RecordType}\t{record.PercentComplete}\t{record.Activity}\t{record.StatusDescription}\n");
        File.AppendAllText(path, line);
    }
}
