namespace Dllet.Client;

/// <summary>Writes PowerShell values as ASCII JSON. 64-bit integers are decimal strings, as the bridge expects.</summary>
internal static class JsonWriter {
    private const int MaximumDepth = 32;
    /// <summary>Returns the JSON of a value. Throws Failure InvalidParameter if it is nested too deeply.</summary>
    internal static string Write(object? value) => Append(new StringBuilder(), value).ToString();
    internal static StringBuilder Append(StringBuilder json, object? value, int depth = 0) {
        if (depth > MaximumDepth) throw new Failure("nested", null, [("Levels", MaximumDepth)]);
        object? bare = Bare(value);
        switch (bare) {
            case null: json.Append("null"); break;
            case bool or SwitchParameter: json.Append(LanguagePrimitives.IsTrue(bare) ? "true" : "false"); break;
            case long or ulong: json.Append('"').Append(Invariant(bare)).Append('"'); break;
            case byte or sbyte or short or ushort or int or uint or decimal: json.Append(Invariant(bare)); break;
            case float or double: AppendReal(json, Convert.ToDouble(bare, CultureInfo.InvariantCulture)); break;
            case IDictionary or PSObject:
                json.Append('{');
                foreach (KeyValuePair<string, object?> one in MembersOf(bare)) Append(AppendName(json, one.Key), one.Value, depth + 1);
                json.Append('}');
                break;
            case IEnumerable elements when bare is not string:
                json.Append('[');
                foreach (object? one in elements) Append(AppendComma(json), one, depth + 1);
                json.Append(']');
                break;
            default: AppendString(json, Invariant(bare)); break;
        }
        return json;
    }

    /// <summary>Removes the PSObject wrapper. Keeps an object that only has properties.</summary>
    internal static object? Bare(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    internal static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
    internal static IEnumerable<KeyValuePair<string, object?>> MembersOf(object value) => value is IDictionary entries
        ? entries.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(Invariant(key), entries[key]))
        : ((PSObject)value).Properties.Select(property => new KeyValuePair<string, object?>(property.Name, property.Value));

    /// <summary>Appends a comma, unless it would be the first character in its object or array.</summary>
    internal static StringBuilder AppendComma(StringBuilder json) => json[json.Length - 1] is '{' or '[' ? json : json.Append(',');
    internal static StringBuilder AppendName(StringBuilder json, string name) => AppendString(AppendComma(json), name).Append(':');
    private static StringBuilder AppendString(StringBuilder json, string text) { // Escapes every character outside printable ASCII.
        json.Append('"');
        foreach (char character in text) {
            if (character is '"' or '\\') json.Append('\\').Append(character);
            else if (character is >= ' ' and <= '~') json.Append(character);
            else json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }
        return json.Append('"');
    }

    // G17 round-trips, which .NET Framework's "R" does not always do. NaN and the infinities are written by name.
    private static void AppendReal(StringBuilder json, double value) {
        string text = value.ToString("G17", CultureInfo.InvariantCulture);
        if (BitConverter.DoubleToInt64Bits(value) == long.MinValue) text = "-0"; // .NET Framework would write 0.
        json.Append(double.IsNaN(value) || double.IsInfinity(value) ? $"\"{text}\"" : text);
    }
}
