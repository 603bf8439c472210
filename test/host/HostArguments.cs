using System;
using System.Collections.Generic;
using System.Linq;

namespace Dllet.PowerShellHost;

internal enum HostMode
{
    /// <summary>Commands come from standard input.</summary>
    Input,
    Command,
    File,
    Version,
}

/// <summary>An argument that the host does not understand.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The command line, in the words of pwsh. Anything unknown is an error, so that no test runs other than it reads.</summary>
internal sealed record HostArguments
{
    public HostMode Mode { get; private init; } = HostMode.Input;

    public string Text { get; private init; } = string.Empty;

    public IReadOnlyList<string> FileArguments { get; private init; } = [];

    public bool NoExit { get; private init; }

    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new HostArguments();
        for (int index = 0; index < args.Count; index++)
        {
            switch (args[index].ToLowerInvariant())
            {
                case "-nologo":
                case "-noprofile":
                case "-noninteractive":
                    break;
                case "-executionpolicy":
                    // Scripts always run here; the value is only taken so that a caller may pass it to any PowerShell.
                    Value(args, ++index, "-ExecutionPolicy");
                    break;
                case "-noexit":
                    parsed = parsed with { NoExit = true };
                    break;
                case "-version":
                    return new HostArguments { Mode = HostMode.Version };
                case "-command":
                    return parsed.WithCommand(Rest(args, index + 1, "-Command"));
                case "-file":
                    return parsed.WithFile(Rest(args, index + 1, "-File"));
                default:
                    throw new UsageException($"Unknown argument '{args[index]}'.");
            }
        }

        return parsed;
    }

    private HostArguments WithCommand(IReadOnlyList<string> rest) =>
        rest is ["-"] ? this : this with { Mode = HostMode.Command, Text = string.Join(' ', rest) };

    private HostArguments WithFile(IReadOnlyList<string> rest) =>
        this with { Mode = HostMode.File, Text = rest[0], FileArguments = [.. rest.Skip(1)] };

    private static string Value(IReadOnlyList<string> args, int index, string name) =>
        index < args.Count ? args[index] : throw new UsageException($"{name} needs a value.");

    private static List<string> Rest(IReadOnlyList<string> args, int index, string name)
    {
        Value(args, index, name);
        return [.. args.Skip(index)];
    }
}
