using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Dllet.PowerShellHost;

/// <summary>One runspace for the life of the process; every command runs in its global scope and ends in Out-Default.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly ConsoleHost host = new();
    private readonly Runspace runspace;

    public EngineSession(HostArguments arguments)
    {
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        runspace = EngineRunspace.Open(host, arguments);
    }

    /// <summary>What -Version prints.</summary>
    public static string VersionText
    {
        get
        {
            string version = System.Diagnostics.FileVersionInfo
                .GetVersionInfo(typeof(PSObject).Assembly.Location).ProductVersion ?? "unknown";
            return "PowerShell " + version.Split(' ', '+')[0] + " (dllet test host)";
        }
    }

    /// <summary>Set once a command has called exit.</summary>
    public int? ExitCode => host.ExitCode;

    /// <summary>Runs script text; false when it reported an error, unlike pwsh also one before the last statement.</summary>
    public bool RunText(string text)
    {
        int errorsBefore = host.ErrorCount;
        return Run(new Command(text, isScript: true, useLocalScope: false)) && host.ErrorCount == errorsBefore;
    }

    /// <summary>Runs a script file; false when it ended with a terminating error.</summary>
    public bool RunFile(string path, IReadOnlyList<string> arguments)
    {
        string fullPath = Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            Console.Error.WriteLine($"The argument '{path}' is not the name of a script file.");
            return false;
        }

        var command = new Command(fullPath, isScript: false, useLocalScope: false);
        foreach (string argument in arguments)
        {
            command.Parameters.Add(FileArgument(argument));
        }

        bool succeeded = Run(command);
        TakeScriptExitCode();
        return succeeded;
    }

    public void Dispose() => runspace.Dispose();

    private bool Run(Command command)
    {
        try
        {
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            using Pipeline pipeline = runspace.CreatePipeline();
            pipeline.Commands.Add(command);
            pipeline.Commands.Add(new Command("Out-Default"));
            pipeline.Invoke();
            return true;
        }
        catch (ParseException error)
        {
            // The engine's view of such a record needs commands that are not here.
            Console.Error.WriteLine("ParserError: " + error.Message);
            return false;
        }
        catch (RuntimeException error)
        {
            Report(error.ErrorRecord);
            return false;
        }
    }

    // The engine formats the record; the user interface sends that text to standard error.
    private void Report(ErrorRecord record)
    {
        using Pipeline pipeline = runspace.CreatePipeline();
        pipeline.Commands.Add(new Command("Out-Default"));
        using (host.ErrorText())
        {
            pipeline.Invoke(new object[] { record });
        }
    }

    // A script file's own 'exit n' ends the script and only leaves n here. So does a native program that failed last:
    // pwsh would then exit with 0, this host does not.
    private void TakeScriptExitCode()
    {
        if (runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code && code != 0)
        {
            host.SetShouldExit(code);
        }
    }

    // A name that begins with '-' and has no value is to the engine what '-Name' is to its own command line.
    private static CommandParameter FileArgument(string argument)
    {
        bool isName = argument.Length > 1 && argument[0] == '-' && (char.IsLetter(argument[1]) || argument[1] == '_');
        if (!isName)
        {
            return new CommandParameter(null, argument);
        }

        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new CommandParameter(argument)
            : new CommandParameter(argument[..(colon + 1)], SwitchValue(argument[(colon + 1)..]));
    }

    private static object SwitchValue(string text) => text.ToLowerInvariant() switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}
