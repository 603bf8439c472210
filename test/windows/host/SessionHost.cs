using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Dllet.PowerShellHost;

/// <summary>The host for the engine: a user interface, cultures, and the exit code.</summary>
internal sealed class SessionHost : PSHost
{
    public override string Name => "DlletPowerShellHost";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new SessionUserInterface();

    /// <summary>The exit code of a statement that called exit.</summary>
    public int? ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException("There are no nested prompts here.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("There are no nested prompts here.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
