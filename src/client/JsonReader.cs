namespace Dllet.Client;

/// <summary>A JSON object whose members keep their order.</summary>
public sealed class JsonObject() : Dictionary<string, object?>(StringComparer.Ordinal) {
    /// <summary>Returns a required member. Throws FormatException if it is missing or of another type.</summary>
    public T Get<T>(string name) => TryGetValue(name, out object? value) && value is T typed ? typed
        : throw new FormatException($"'{name}' is missing");
    /// <summary>Returns a required array. Throws FormatException if it is missing or an element is of another type.</summary>
    public List<T> GetList<T>(string name) => Get<List<object?>>(name).ConvertAll(one => one is T typed ? typed
        : throw new FormatException($"'{name}' holds something else"));
    internal T[] ListOf<T>(string name, Func<JsonObject, T> make) =>
        ContainsKey(name) ? GetList<JsonObject>(name).Select(make).ToArray() : [];
    internal T? Find<T>(string name) where T : class => TryGetValue(name, out object? value) ? value as T : null;
    internal bool Has(string name) => TryGetValue(name, out object? value) && value is true;
}

/// <summary>Reads JSON (RFC 8259) as JsonObject, List of object, string, bool, null, long for whole numbers that fit, and double.</summary>
internal sealed class JsonReader(string text) {
    private const int MaximumDepth = 64;
    private int at;
    private char Current => at < text.Length ? text[at] : '\0';
    internal static object? Parse(string text) { // Throws FormatException for malformed JSON.
        var reader = new JsonReader(text);
        object? value = reader.ReadValue(0);
        reader.SkipSpace();
        return reader.at == text.Length ? value : throw reader.Fault();
    }

    internal static JsonObject ParseObject(string text) => Parse(text) as JsonObject ?? throw new FormatException("it is no object");
    private object? ReadValue(int depth) {
        if (depth > MaximumDepth) throw Fault();
        SkipSpace();
        return Current switch {
            '{' => ReadList('}', new JsonObject(), depth + 1, static (reader, members, next) => {
                string name = reader.ReadString();
                reader.Take(':');
                members[name] = reader.ReadValue(next);
            }),
            '[' => ReadList(']', new List<object?>(), depth + 1, static (reader, elements, next) => elements.Add(reader.ReadValue(next))),
            '"' => ReadString(),
            't' => ReadWord("true", true),
            'f' => ReadWord("false", false),
            'n' => ReadWord("null", null),
            _ => ReadNumber(),
        };
    }

    // The functions are static, because one that captures variables would be allocated for every value.
    private T ReadList<T>(char end, T list, int depth, Action<JsonReader, T, int> readOne) {
        at++;
        if (TryTake(end)) return list;
        do readOne(this, list, depth); while (TryTake(','));
        Take(end);
        return list;
    }

    private string ReadString() {
        Take('"');
        for (StringBuilder? escaped = null; ;) {
            int start = at;
            while (Current is >= ' ' and not '"' and not '\\') at++;
            string part = text.Substring(start, at - start);
            if (TryNext('"')) return escaped is null ? part : escaped.Append(part).ToString();
            if (!TryNext('\\')) throw Fault();
            escaped = (escaped ?? new StringBuilder()).Append(part).Append(ReadEscape());
        }
    }

    private char ReadEscape() {
        int known = "ntrbf\"\\/u".IndexOf(Current);
        at++;
        if (known < 8) return known >= 0 ? "\n\t\r\b\f\"\\/"[known] : throw Fault();
        int code = 0; // Avoid TryParse: it ignores trailing null characters.
        for (int stop = at + 4; at < stop; at++) code = Uri.IsHexDigit(Current) ? (code * 16) + Uri.FromHex(Current) : throw Fault();
        return (char)code;
    }

    private object ReadNumber() {
        int start = at;
        TryNext('-');
        if (!TryNext('0')) SkipDigits();
        if (TryNext('.')) SkipDigits();
        if (TryNext('e') || TryNext('E')) { _ = TryNext('+') || TryNext('-'); SkipDigits(); }
        string number = text.Substring(start, at - start);
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)) return integer;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && !double.IsInfinity(real) ? real
            : throw Fault();
    }

    private void SkipDigits() {
        int start = at;
        while (Current is >= '0' and <= '9') at++;
        if (at == start) throw Fault();
    }

    private object? ReadWord(string word, object? value) {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) throw Fault();
        at += word.Length;
        return value;
    }

    private void SkipSpace() { while (Current is ' ' or '\t' or '\n' or '\r') at++; }
    private bool TryNext(char expected) {
        if (at == text.Length || text[at] != expected) return false;
        at++;
        return true;
    }

    private bool TryTake(char expected) { SkipSpace(); return TryNext(expected); }
    private void Take(char expected) { if (!TryTake(expected)) throw Fault(); }
    private FormatException Fault() => new($"this is not JSON, from character {at} on");
}
