using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Dllet.PowerShellHost;

/// <summary>A screen that never changes, so that formatted output has the same width on every machine.</summary>
internal sealed class FixedRawUserInterface : PSHostRawUserInterface
{
    private static readonly Size Screen = new(120, 50);

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get => Screen; set { } }

    public override Size WindowSize { get => Screen; set { } }

    public override Size MaxWindowSize => Screen;

    public override Size MaxPhysicalWindowSize => Screen;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = string.Empty;

    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) =>
        throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. There are no keys to read.");

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) =>
        throw new PSNotSupportedException("This screen has no contents.");

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }
}
