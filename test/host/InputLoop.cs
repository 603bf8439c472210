using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;

namespace Dllet.PowerShellHost;

/// <summary>Reads statements from standard input and runs each as soon as it is complete; a blank line completes it too.</summary>
internal static class InputLoop
{
    public static void Run(TextReader input, EngineSession session)
    {
        var pending = new StringBuilder();
        while (session.ExitCode is null && input.ReadLine() is { } line)
        {
            bool isBlank = string.IsNullOrWhiteSpace(line);
            if (!isBlank)
            {
                pending.Append(line).Append('\n');
            }

            if (pending.Length == 0 || (!isBlank && IsIncomplete(pending.ToString())))
            {
                continue;
            }

            session.RunText(Take(pending));
        }

        if (pending.Length > 0 && session.ExitCode is null)
        {
            session.RunText(Take(pending));
        }
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }

    private static string Take(StringBuilder pending)
    {
        string text = pending.ToString();
        pending.Clear();
        return text;
    }
}
