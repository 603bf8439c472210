using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Dllet.PowerShellHost;

/// <summary>Output and the other streams as text, where pwsh writes them; every question is refused, as with -NonInteractive.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ProgressLog progress = ProgressLog.FromEnvironment();
    private bool writesErrorText;

    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUserInterface();

    public override bool SupportsVirtualTerminal => false;

    /// <summary>Gets how many lines of errors have been written.</summary>
    public int ErrorCount { get; private set; }

    private TextWriter Output => writesErrorText ? Console.Error : Console.Out;

    /// <summary>Until the result is disposed, ordinary output goes to standard error.</summary>
    public IDisposable ErrorText()
    {
        writesErrorText = true;
        return new Restore(() => writesErrorText = false);
    }

    public override void Write(string value) => Output.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Output.Write(Plain(value));

    public override void WriteLine(string value) => Output.WriteLine(Plain(value));

    public override void WriteErrorLine(string value)
    {
        ErrorCount++;
        Console.Error.WriteLine(Plain(value));
    }

    public override void WriteDebugLine(string message) => Console.Out.WriteLine("DEBUG: " + message);

    public override void WriteVerboseLine(string message) => Console.Out.WriteLine("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => Console.Out.WriteLine("WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => progress.Add(record);

    public override string ReadLine() => throw NotInteractive();

    public override SecureString ReadLineAsSecureString() => throw NotInteractive();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) => throw NotInteractive();

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw NotInteractive();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) => throw NotInteractive();

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw NotInteractive();

    // Formatting puts colours into its text and leaves it to the host to take them out.
    private static string Plain(string text) => GetOutputString(text, supportsVirtualTerminal: false);

    private static PSInvalidOperationException NotInteractive() =>
        new("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    private sealed class Restore(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
