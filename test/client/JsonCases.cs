using System.Management.Automation;
using System.Text.Json;

namespace Dllet.Client.Tests;

internal static class JsonCases
{
    // RFC 8259: none of these is a JSON text.
    private static readonly string[] Wrong =
    [
        "", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1,,2]", "{1:2}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{,}", "{a:1}", "{'a':1}",
        "\"", "\"a", "\"\\", "\"\\\"", "\"\\a\"", "\"\\x41\"", "\"\\u\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\\u 123\"", "\"\\u000\0\"", "\"a\nb\"", "\"a\tb\"", "\"a\0b\"", "\"\u001f\"",
        "01", "-01", "00", "+1", ".5", "1.", "-", "--1", "1e", "1e+", "1.e5", "0x10", "1_000", "1,5", "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1 1", "1e5.5",
        "tru", "True", "TRUE", "nul", "none", "truefalse", "nullnull", "\u00a0[1]", "[1]x", "[1]\0", "\ufeff[1]", "// a\n1", "/* a */1", "[1]]", "{}{}", "\"a\" \"b\"", "undefined",
    ];

    internal static IEnumerable<(string Name, Action Run)> All =>
    [
        ("JsonReader: what RFC 8259 does not allow is refused", () =>
        {
            foreach (string text in Wrong) Check.Throws<FormatException>(() => JsonReader.Parse(text), $"'{text}'");
        }),
        ("JsonReader: what RFC 8259 allows is read", () =>
        {
            Check.Equal<object?>(0L, JsonReader.Parse(" \t\r\n0 \t\r\n"));
            Check.Equal<object?>(long.MinValue, JsonReader.Parse("-9223372036854775808"));
            Check.Equal<object?>(9223372036854775808d, JsonReader.Parse("9223372036854775808"));
            Check.Equal<object?>(-1.5e-3, JsonReader.Parse("-1.5E-3"));
            Check.Equal<object?>("\"\\/\b\f\n\r\t\u00e9\ud83d\ude00", JsonReader.Parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\""));
            Check.Equal<object?>("\u007f\u2028", JsonReader.Parse("\"\u007f\u2028\""));
            Check.Equal(0, ((JsonObject)JsonReader.Parse("{ }")!).Count);
            Check.Equal(2L, ((JsonObject)JsonReader.Parse("{\"a\":1,\"a\":2}")!).Get<long>("a"));
        }),
        ("JsonReader: as deep as 64, and no deeper", () =>
        {
            JsonReader.Parse(new string('[', 64) + "1" + new string(']', 64));
            foreach (int depth in new[] { 66, 1000, 10_000_000 }) Check.Throws<FormatException>(() => JsonReader.Parse(new string('[', depth) + new string(']', depth)), $"{depth}");
            Check.Throws<FormatException>(() => JsonReader.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000))));
        }),
        ("JsonReader: judges any text as .NET's own reader does, and reads the same", () =>
        {
            var random = new Random(Program.Seed);
            var options = new JsonDocumentOptions { MaxDepth = 64 };
            for (int round = 0; round < 30_000; round++)
            {
                string text = random.Next(3) == 0 ? random.TextOf("{}[]\":,\\u0a1eE+-. tfn\t\u00e9", 12) : Damaged(JsonWriter.Write(Value(random, 0)), random);
                string ours;
                string theirs;
                try { ours = Show(JsonReader.Parse(text)); } catch (FormatException) { ours = "refused"; }
                try { using JsonDocument document = JsonDocument.Parse(text, options); theirs = Show(document.RootElement); } catch (JsonException) { theirs = "refused"; }
                // A number that no double has, and half of a pair of surrogates, are matters of taste.
                if (theirs != "strange") Check.Equal(theirs, ours, text);
            }
        }),
        ("JsonWriter: what it writes is ASCII, and .NET's own reader finds the value in it", () =>
        {
            var random = new Random(Program.Seed + 1);
            for (int round = 0; round < 5000; round++)
            {
                object? value = Value(random, 0);
                string text = JsonWriter.Write(value);
                Check.Equal(true, text.All(one => one is >= ' ' and <= '~'), text);
                using JsonDocument document = JsonDocument.Parse(text);
                Check.Equal(Show(JsonReader.Parse(text)), Show(document.RootElement), text);
            }
        }),
        ("JsonWriter: reals read back as the same number", () =>
        {
            var random = new Random(Program.Seed + 2);
            for (int round = 0; round < 20_000; round++)
            {
                double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                if (double.IsFinite(value)) Check.Equal(value, Convert.ToDouble(JsonReader.Parse(JsonWriter.Write(value))), $"{value:R}");
            }
        }),
        ("JsonWriter: values of PowerShell in the form that the bridge wants", () =>
        {
            var made = new PSObject();
            made.Properties.Add(new PSNoteProperty("A", PSObject.AsPSObject(5)));
            made.Properties.Add(new PSNoteProperty("B", new SwitchParameter(true)));
            Check.Equal("{\"A\":5,\"B\":true}", JsonWriter.Write(made));
            Check.Equal("[\"18446744073709551615\",\"-1\",1,null,\"Monday\",\"x\"]", JsonWriter.Write(new object?[] { ulong.MaxValue, -1L, (byte)1, null, DayOfWeek.Monday, 'x' }));
            Check.Equal("{\"k\":[\"\\u00e9\"]}", JsonWriter.Write(PSObject.AsPSObject(new Hashtable { ["k"] = new List<string> { "\u00e9" } })));
        }),
        ("JsonWriter: what is a part of itself is refused as a parameter", () =>
        {
            var own = new Hashtable();
            own["own"] = own;
            Check.Throws<Failure>(() => JsonWriter.Write(own));
        }),
    ];

    private static object? Value(Random random, int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-30, 30)),
        4 => random.TextOf("ab\"\\/\n\u00e9\ud55c\u007f ", 8),
        5 => random.NextInt64(),
        6 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)).ToArray(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(key => $"{random.TextOf("ab\"\u00e9", 3)}{key}", _ => Value(random, depth + 1)),
    };

    private static string Damaged(string text, Random random)
    {
        if (random.Next(3) == 0) return text;
        int at = random.Next(text.Length + 1);
        string extra = random.TextOf("{}[]\":,\\u019eE+-. tn\0", 2);
        return text.Substring(0, at) + extra + text.Substring(Math.Min(text.Length, at + random.Next(3)));
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => text.Any(char.IsSurrogate) ? "strange" : $"'{text}'",
        JsonObject members => "{" + string.Join(",", members.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"'{one.Key}':{Show(one.Value)}")) + "}",
        List<object?> elements => "[" + string.Join(",", elements.Select(Show)) + "]",
        double real => Real(real),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Show(JsonElement value)
    {
        string all = ShowPart(value);
        return all.Contains("strange", StringComparison.Ordinal) ? "strange" : all;
    }

    private static string ShowPart(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => TryText(value),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? whole.ToString(CultureInfo.InvariantCulture) : double.IsFinite(value.GetDouble()) ? Real(value.GetDouble()) : "strange",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(ShowPart)) + "]",
        _ => ShowMembers(value),
    };

    // The last of two members of one name counts.
    private static string ShowMembers(JsonElement value)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (JsonProperty one in value.EnumerateObject()) members[one.Name] = ShowPart(one.Value);
        }
        catch (InvalidOperationException)
        {
            return "strange";
        }

        return "{" + string.Join(",", members.Select(one => $"'{one.Key}':{one.Value}")) + "}";
    }

    private static string TryText(JsonElement value)
    {
        try
        {
            return Show(value.GetString());
        }
        catch (InvalidOperationException)
        {
            return "strange";
        }
    }

    private static string Real(double value) => value.ToString("R", CultureInfo.InvariantCulture) is "-0" ? "0" : value.ToString("R", CultureInfo.InvariantCulture);
}
