namespace Dllet.Client;

/// <summary>Keeps the last lines of a program's standard error. Reads the whole stream, so that the program never blocks on it.</summary>
internal sealed class LastWords {
    private const int Limit = 2000, MaximumLines = 10;
    private readonly List<byte> kept = [];
    private readonly Thread reader;

    internal LastWords(Stream stream) {
        reader = new Thread(() => Drain(stream), 128 * 1024) { IsBackground = true, Name = "dllet: standard error" };
        reader.Start();
    }

    /// <summary>The last lines so far. The first one may be truncated at its start.</summary>
    internal string Text {
        get {
            string text;
            lock (kept) text = Encoding.UTF8.GetString(kept.ToArray());
            string[] lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            return string.Join(Environment.NewLine, lines.Skip(lines.Length - MaximumLines)).Trim(' ', '\t', '\uFFFD');
        }
    }

    /// <summary>Waits for the end of the stream. Returns true if it was reached.</summary>
    internal bool HasEnded(int milliseconds) => reader.Join(milliseconds);

    private void Drain(Stream stream) {
        var buffer = new byte[4096];
        try {
            using Stream source = stream;
            while (source.Read(buffer, 0, buffer.Length) is > 0 and int count) Keep(buffer, count);
        } catch (Exception error) when (error is IOException or ObjectDisposedException) { } // The program exited; keep what was read.
    }

    private void Keep(byte[] buffer, int count) {
        lock (kept) {
            kept.AddRange(new ArraySegment<byte>(buffer, 0, count));
            kept.RemoveRange(0, Math.Max(0, kept.Count - Limit));
        }
    }
}
