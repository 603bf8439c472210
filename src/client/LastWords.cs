namespace Dllet.Client;

/// <summary>Keeps the last lines of a program's standard error. Reads the whole stream, so that the program never blocks on it.</summary>
internal sealed class LastWords {
    private const int Limit = 2000, MaximumLines = 10;
    private readonly byte[] kept = new byte[Limit];
    private readonly Thread reader;
    private int length;

    internal LastWords(Stream stream) {
        reader = new Thread(() => Drain(stream), 128 * 1024) { IsBackground = true, Name = "dllet: standard error" };
        reader.Start();
    }

    /// <summary>The last lines so far. The first one may be truncated at its start.</summary>
    internal string Text {
        get {
            string text;
            lock (kept) text = Encoding.UTF8.GetString(kept, 0, length);
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
            int added = Math.Min(count, Limit);
            int stays = Math.Min(length, Limit - added);
            Buffer.BlockCopy(kept, length - stays, kept, 0, stays);
            Buffer.BlockCopy(buffer, count - added, kept, stays, added);
            length = stays + added;
        }
    }
}
