using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using Microsoft.PowerShell;

namespace Dllet.PowerShellHost;

/// <summary>
/// Replaces <c>pwsh -NoProfile -NonInteractive -ExecutionPolicy Bypass</c>, because PowerShell's own console host exits at once in Wine.
/// With <c>-Command text</c> it runs the text. Otherwise it behaves as with <c>-NoExit -Command -</c>: it reads statements from standard
/// input and runs each when it is complete or at a blank line, until the input ends or a statement calls exit.
/// </summary>
internal static class Program
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static int Main(string[] args)
    {
        Console.SetOut(TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), Utf8) { AutoFlush = true }));
        Console.SetError(TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true }));
        using var input = new StreamReader(Console.OpenStandardInput(), Utf8);

        var host = new SessionHost();
        InitialSessionState state = InitialSessionState.CreateDefault();
        state.ThreadOptions = PSThreadOptions.ReuseThread;
        state.ExecutionPolicy = ExecutionPolicy.Bypass;
        using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;

        int command = Array.FindIndex(args, one => one.Equals("-Command", StringComparison.OrdinalIgnoreCase));
        if (command >= 0 && command + 1 < args.Length && args[command + 1] != "-")
        {
            bool succeeded = RunStatements(runspace, string.Join(' ', args.Skip(command + 1)));
            return host.ExitCode ?? (succeeded ? 0 : 1);
        }

        var pending = new StringBuilder();
        while (host.ExitCode is null && input.ReadLine() is { } line)
        {
            pending.Append(line).Append('\n');
            string text = pending.ToString();
            if (string.IsNullOrWhiteSpace(line) || !IsIncomplete(text))
            {
                pending.Clear();
                RunStatements(runspace, text);
            }
        }

        return host.ExitCode ?? 0;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    /// <summary>False if a terminating error was not caught.</summary>
    private static bool RunStatements(Runspace runspace, string text)
    {
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(text, useLocalScope: false);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            shell.Invoke();
            return true;
        }
        catch (RuntimeException error)
        {
            Console.Error.WriteLine(error.ErrorRecord);
            return false;
        }
    }
}
