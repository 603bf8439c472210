namespace Dllet.Client;

/// <summary>Lines of a program's output, in UTF-8. A line longer than the limit is never kept.</summary>
internal sealed class LineReader(Stream stream, int limit) : IDisposable {
    private const int LeastBuffer = 4096, MostBufferToKeep = 1 << 20;
    private byte[] buffer = new byte[LeastBuffer];
    private int start, end;
    /// <summary>True when the stream ended in the middle of the last line.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>The next line without its end, read on the thread of the caller; null at the end of the stream. Throws InvalidDataException for
    /// a line over the limit. What stands after the last line feed, as when a program dies, is returned as it is.</summary>
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
        int kept = end - start;
        byte[] target = buffer;
        if (kept == 0 && buffer.Length > MostBufferToKeep) target = new byte[LeastBuffer];
        else if (kept == buffer.Length) target = new byte[buffer.Length * 2];
        Buffer.BlockCopy(buffer, start, target, 0, kept);
        (buffer, start, end) = (target, 0, kept);
    }
}
