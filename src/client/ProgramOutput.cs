namespace Dllet.Client;

/// <summary>Reads the lines of a program's output as UTF-8, on the calling thread. Never buffers a line beyond the limit.</summary>
internal sealed class LineReader(Stream stream, int limit) : IDisposable {
    private const int LeastBuffer = 4096, MostBufferToKeep = 1 << 20;
    private byte[] buffer = new byte[LeastBuffer];
    private int start, end;
    internal bool IsCut; // The stream ended in the middle of the last line, as after a crash. That line is returned as it is.
    /// <summary>Returns the next line, or null at the end of the stream. Throws InvalidDataException for a line over the limit.</summary>
    internal string? Read() {
        int searched = start;
        while (true) {
            int feed = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if ((feed < 0 ? end : feed) - start > limit) throw new InvalidDataException($"a line is longer than {limit} bytes");
            if (feed >= 0) return Take(feed, feed + 1);
            searched = end - start;
            MakeRoom();
            int count = stream.Read(buffer, end, buffer.Length - end);
            if (count <= 0) return (IsCut = start < end) ? Take(end, end) : null;
            end += count;
        }
    }

    public void Dispose() => stream.Dispose();
    private string Take(int stop, int next) {
        int length = stop > start && buffer[stop - 1] == '\r' ? stop - start - 1 : stop - start;
        string line = Encoding.UTF8.GetString(buffer, start, length);
        start = next;
        return line;
    }

    private void MakeRoom() {
        if (start > 0) Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
        (start, end) = (0, end - start);
        if (end == 0 && buffer.Length > MostBufferToKeep) buffer = new byte[LeastBuffer];
        else if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
    }
}

/// <summary>Keeps the last lines of a program's standard error. Reads the whole stream, so that the program never blocks on it.</summary>
internal sealed class LastWords {
    private const int Limit = 2000, MaximumLines = 10;
    private readonly List<byte> kept = [];
    private readonly Thread reader;
    internal LastWords(Stream stream) {
        reader = new Thread(() => Drain(stream), 128 * 1024) { IsBackground = true, Name = "dllet: standard error" };
        reader.Start();
    }

    internal string Text { // The last lines so far. The first one may be truncated at its start.
        get {
            string[] lines;
            lock (kept) lines = Encoding.UTF8.GetString(kept.ToArray()).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            return string.Join(Environment.NewLine, lines.Skip(lines.Length - MaximumLines)).Trim(' ', '\t', '\uFFFD');
        }
    }

    internal bool HasEnded(int milliseconds) => reader.Join(milliseconds);
    private void Drain(Stream stream) {
        var buffer = new byte[4096];
        try {
            using Stream source = stream;
            while (source.Read(buffer, 0, buffer.Length) is > 0 and int count) lock (kept) {
                kept.AddRange(new ArraySegment<byte>(buffer, 0, count));
                kept.RemoveRange(0, Math.Max(0, kept.Count - Limit));
            }
        } catch (Exception error) when (error is IOException or ObjectDisposedException) { } // The program exited; keep what was read.
    }
}
