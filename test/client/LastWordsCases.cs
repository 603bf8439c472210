namespace Dllet.Client.Tests;

internal static class LastWordsCases
{
    internal static IEnumerable<(string Name, Action Run)> All =>
    [
        ("LastWords: a short text is kept whole", () => Check.Equal("one" + Environment.NewLine + "two", WordsOf("one\r\n\r\ntwo\n"))),
        ("LastWords: nothing is nothing", () => Check.Equal(string.Empty, WordsOf(string.Empty))),
        ("LastWords: of many lines the last ten", () => Check.Equal(
            string.Join(Environment.NewLine, Enumerable.Range(91, 10)), WordsOf(string.Join("\n", Enumerable.Range(1, 100))))),
        ("LastWords: of a text of any length the end, at most 2,000 bytes of it, without half a character", () =>
        {
            var random = new Random(Program.Seed);
            for (int round = 0; round < 200; round++)
            {
                string text = random.TextOf("ab\u00e9\ud55c", random.Next(3) == 0 ? 20_000 : 2100);
                string words = WordsOf(text);
                Check.Equal(true, text.EndsWith(words, StringComparison.Ordinal), "it is not the end");
                int bytes = Encoding.UTF8.GetByteCount(words);
                Check.Equal(true, bytes <= 2000 && bytes >= Math.Min(1998, Encoding.UTF8.GetByteCount(text)), $"{bytes} bytes of {text.Length} characters");
            }
        }),
    ];

    private static string WordsOf(string text)
    {
        var words = new LastWords(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Check.Equal(true, words.HasEnded(10_000));
        return words.Text;
    }
}
