using System;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace Dllet.PowerShellHost;

/// <summary>
/// Opens the runspace: the engine's own commands only (CreateDefault2), as in a session whose modules load by themselves.
/// A constrained session is an inner runspace that a script opens, with the modules of the folder ConstrainedModules.
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
