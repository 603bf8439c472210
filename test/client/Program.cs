using System.Text;

namespace Dllet.Client.Tests;

/// <summary>Runs every case and prints a line of JSON for each: its name, and what was wrong, or null. The argument is the path of node.</summary>
internal static class Program
{
    internal static string Node { get; private set; } = string.Empty;

    internal static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("DLLET_FUZZ_SEED"), out int seed) ? seed : Environment.TickCount;

    private static void Main(string[] arguments)
    {
        Node = arguments[0];
        foreach ((string name, Action run) in LineReaderCases.All
            .Concat(LastWordsCases.All).Concat(JsonCases.All).Concat(QuotingCases.All).Concat(WireTypeCases.All).Concat(SocketCases.All).Concat(NodeSearchCases.All))
        {
            string? problem = null;
            try
            {
                run();
            }
            catch (Exception error)
            {
                problem = $"{error.GetType().Name}: {error.Message} (DLLET_FUZZ_SEED={Seed})\n{error.StackTrace}";
            }

            Console.WriteLine(JsonWriter.Write(new Hashtable { ["name"] = name, ["problem"] = problem }));
        }
    }
}

/// <summary>What a case holds to be true.</summary>
internal static class Check
{
    internal static void Equal<T>(T expected, T actual, string about = "")
    {
        if (!Equals(expected, actual)) throw new InvalidOperationException($"expected '{expected}', not '{actual}'. {about}");
    }

    internal static void Throws<T>(Action work, string about = "")
        where T : Exception
    {
        try
        {
            work();
        }
        catch (T)
        {
            return;
        }

        throw new InvalidOperationException($"expected {typeof(T).Name}. {about}");
    }

    internal static string TextOf(this Random random, string alphabet, int most)
    {
        var text = new StringBuilder();
        for (int left = random.Next(most + 1); left > 0; left--) text.Append(alphabet[random.Next(alphabet.Length)]);
        return text.ToString();
    }
}
