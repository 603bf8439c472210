using System.Diagnostics;

namespace Dllet.Client.Tests;

internal static class QuotingCases
{
    internal static IEnumerable<(string Name, Action Run)> All =>
    [
        ("ProgramStart.Quote: a program gets the arguments that were quoted", () =>
        {
            var random = new Random(Program.Seed);
            List<string> given = ["", " ", "\\", "\\\\", "\"", "\\\"", "a\\", "a b\\", "a b\\\\", "\\\\server\\a b\\", "\"a\"", "a\"\\\"b", "\t", "-x", "--"];
            for (int count = 0; count < 1500; count++) given.Add(random.TextOf("ab \t\"\"\\\\\\'`$%^&|<>*?\n\u00e9\ud55c", 12));
            Check.Equal(string.Join("|", given), string.Join("|", Echo(given)));
        }),
        ("ProgramStart: the environment holds what the program needs, and nothing of what could change it", () =>
        {
            Environment.SetEnvironmentVariable("NODE_OPTIONS", "--require=/nowhere.js");
            Environment.SetEnvironmentVariable("LD_PRELOAD_OF_TEST", "x");
            ProcessStartInfo start = ProgramStart.Make(Program.Node, string.Empty, Path.GetTempPath());
            Check.Equal(false, start.EnvironmentVariables.ContainsKey("NODE_OPTIONS"));
            Check.Equal(false, start.EnvironmentVariables.ContainsKey("LD_PRELOAD_OF_TEST"));
            Check.Equal(Environment.GetEnvironmentVariable("HOME"), start.EnvironmentVariables["HOME"]);
            Environment.SetEnvironmentVariable("NODE_OPTIONS", null);
        }),
    ];

    private static IEnumerable<string> Echo(List<string> given)
    {
        string arguments = string.Join(" ", new[] { "-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--" }.Concat(given).Select(ProgramStart.Quote));
        using Process process = Process.Start(ProgramStart.Make(Program.Node, arguments, Path.GetTempPath()))!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return ((List<object?>)JsonReader.Parse(said.Trim())!).Cast<string>();
    }
}
