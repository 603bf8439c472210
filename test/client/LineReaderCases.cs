namespace Dllet.Client.Tests;

internal static class LineReaderCases
{
    internal static IEnumerable<(string Name, Action Run)> All =>
    [
        ("LineReader: the lines that went in come out, in whatever pieces the stream gives them", () =>
        {
            var random = new Random(Program.Seed);
            for (int round = 0; round < 300; round++)
            {
                List<string> lines = Enumerable.Range(0, random.Next(20)).Select(_ => random.TextOf("ab \u00e9\ud55c{}\"\0\t", random.Next(2) == 0 ? 10 : 9000)).ToList();
                string text = string.Concat(lines.Select(line => line + (random.Next(2) == 0 ? "\n" : "\r\n")));
                var reader = new LineReader(new Pieces(Encoding.UTF8.GetBytes(text), random), 100_000);
                foreach (string line in lines) Check.Equal(line, reader.Read());
                Check.Equal(null, reader.Read());
                Check.Equal(null, reader.Read());
            }
        }),
        ("LineReader: what stands after the last line feed is a line", () =>
        {
            var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes("one\n{\"half")), 100);
            Check.Equal("one", reader.Read());
            Check.Equal("{\"half", reader.Read());
            Check.Equal(null, reader.Read());
        }),
        ("LineReader: a line of the limit is read, one of a byte more is not, with or without its end", () =>
        {
            foreach (int limit in new[] { 1, 100, 4095, 4096, 4097, 10_000 })
            {
                foreach (string end in new[] { "\n", "\nmore\n", string.Empty })
                {
                    string line = new('x', limit);
                    Check.Equal(line, ReaderOf(line + end, limit).Read(), $"limit {limit}");
                    LineReader over = ReaderOf(line + "x" + end, limit);
                    Check.Throws<InvalidDataException>(() => over.Read(), $"limit {limit}");
                }
            }
        }),
        ("LineReader: bytes without end and without a line feed take no more than twice the limit", () =>
        {
            var endless = new Endless();
            Check.Throws<InvalidDataException>(() => new LineReader(endless, 1 << 20).Read());
            Check.Equal(true, endless.Given <= 1 << 21, $"{endless.Given} bytes were read");
        }),
        ("LineReader: after a long line, short ones are read with a short buffer", () =>
        {
            var reader = ReaderOf(new string('x', 3_000_000) + "\n" + new string('y', 10) + "\n", 4_000_000);
            Check.Equal(3_000_000, reader.Read()!.Length);
            Check.Equal("yyyyyyyyyy", reader.Read());
        }),
    ];

    private static LineReader ReaderOf(string text, int limit) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), limit);

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(3) == 0 ? 1 + random.Next(3) : 1 + random.Next(5000)));
    }

    private sealed class Endless : MemoryStream
    {
        internal long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'x', offset, count);
            Given += count;
            return count;
        }
    }
}
