using System;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace Dllet.PowerShellHost;

/// <summary>
/// Opens the runspace: the engine's own commands only (CreateDefault2), as in a session whose modules load by themselves.
/// A constrained session (another language mode and stand-ins for commands that need it) would be decided here, from the arguments.
/// </summary>
internal static class EngineRunspace
{
    public static Runspace Open(PSHost host, HostArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return runspace;
    }
}
