using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Dllet.Client;

/// <summary>An object of a JSON text; its members keep their order.</summary>
internal sealed class JsonObject : Dictionary<string, object?>
{
    internal JsonObject()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>A member that must be there and must be of this type. Throws FormatException otherwise.</summary>
    internal T Get<T>(string name) =>
        TryGetValue(name, out object? value) && value is T typed ? typed : throw new FormatException($"'{name}' is missing");

    /// <summary>A member that may be missing or null.</summary>
    internal T? Find<T>(string name)
        where T : class => TryGetValue(name, out object? value) ? value as T : null;

    /// <summary>True where the member is there and true.</summary>
    internal bool Has(string name) => TryGetValue(name, out object? value) && value is true;
}

/// <summary>
/// Reads JSON (RFC 8259): objects, List of object, string, bool, null; whole numbers are long where they fit, other numbers double.
/// Every fault of the text is a FormatException.
/// </summary>
internal sealed class JsonReader
{
    private const int MaximumDepth = 64;
    private static readonly char[] StringEnds = ['"', '\\'];
    private readonly string text;
    private int at;

    private JsonReader(string text) => this.text = text;

    internal static object? Parse(string text)
    {
        var reader = new JsonReader(text);
        object? value = reader.ReadValue(0);
        reader.SkipSpace();
        return reader.at == text.Length ? value : throw reader.Fault();
    }

    private object? ReadValue(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Fault();
        }

        SkipSpace();
        switch (Current)
        {
            case '{':
                return ReadObject(depth);
            case '[':
                return ReadArray(depth);
            case '"':
                return ReadString();
            case 't':
                return ReadWord("true", true);
            case 'f':
                return ReadWord("false", false);
            case 'n':
                return ReadWord("null", null);
            default:
                return ReadNumber();
        }
    }

    private JsonObject ReadObject(int depth)
    {
        var members = new JsonObject();
        at++;
        if (TryTake('}'))
        {
            return members;
        }

        do
        {
            SkipSpace();
            string name = ReadString();
            Take(':');
            members[name] = ReadValue(depth + 1);
        }
        while (TryTake(','));
        Take('}');
        return members;
    }

    private List<object?> ReadArray(int depth)
    {
        var elements = new List<object?>();
        at++;
        if (TryTake(']'))
        {
            return elements;
        }

        do
        {
            elements.Add(ReadValue(depth + 1));
        }
        while (TryTake(','));
        Take(']');
        return elements;
    }

    private string ReadString()
    {
        if (Current != '"')
        {
            throw Fault();
        }

        int start = ++at;
        int end = text.IndexOfAny(StringEnds, start);
        if (end >= 0 && text[end] == '"')
        {
            at = end + 1;
            return text.Substring(start, end - start);
        }

        var result = new StringBuilder();
        while (end >= 0 && text[end] == '\\')
        {
            result.Append(text, at, end - at);
            at = end + 1;
            result.Append(ReadEscape());
            end = text.IndexOfAny(StringEnds, at);
        }

        if (end < 0)
        {
            throw Fault();
        }

        result.Append(text, at, end - at);
        at = end + 1;
        return result.ToString();
    }

    private char ReadEscape()
    {
        char escaped = Current;
        at++;
        switch (escaped)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '"':
            case '\\':
            case '/':
                return escaped;
            case 'u' when at + 4 <= text.Length
                && ushort.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                at += 4;
                return (char)code;
            default:
                throw Fault();
        }
    }

    private object ReadNumber()
    {
        int start = at;
        bool isWhole = true;
        while (Current is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
        {
            isWhole &= Current is (>= '0' and <= '9') or '-';
            at++;
        }

        string number = text.Substring(start, at - start);
        if (isWhole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return whole;
        }

        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : throw Fault();
    }

    private object? ReadWord(string word, object? value)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
        {
            throw Fault();
        }

        at += word.Length;
        return value;
    }

    private char Current => at < text.Length ? text[at] : '\0';

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (Current != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw Fault();
        }
    }

    private FormatException Fault() => new($"this is not JSON, from character {at} on");
}
