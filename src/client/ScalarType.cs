namespace Dllet.Client;

/// <summary>A number, a truth value or a text. In JSON, 64-bit integers are decimal text.</summary>
internal sealed class ScalarType(Type type) : WireType {
    private readonly TypeCode code = Type.GetTypeCode(type);
    private bool IsReal => code is TypeCode.Single or TypeCode.Double;
    internal override Type DotNetType => type;

    internal override object? Read(object? json) => json switch {
        string or null when code == TypeCode.String => json,
        // TryParse ignores trailing null characters.
        string digits when digits.IndexOf('\0') >= 0 => throw new FormatException("it is no number"),
        string digits when code == TypeCode.UInt64
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong wide) => wide,
        string digits when code == TypeCode.Int64
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long wide) => wide,
        "-0" when IsReal => Narrow(-0.0),
        "NaN" or "Infinity" or "-Infinity" when IsReal => Convert.ChangeType(json, code, CultureInfo.InvariantCulture),
        bool when code == TypeCode.Boolean => json,
        double when IsReal => Narrow(json),
        long when code is not (TypeCode.String or TypeCode.Boolean) => Narrow(json),
        _ => throw new FormatException($"it is not of the type {code}"),
    };

    internal override void Write(StringBuilder json, object? value) {
        object? bare = JsonWriter.Bare(value);
        if (code == TypeCode.String && bare is not (null or string)) bare = LanguagePrimitives.ConvertTo<string>(value);
        if (bare is long or ulong && code is not (TypeCode.Int64 or TypeCode.UInt64)) json.Append(JsonWriter.Invariant(bare));
        else JsonWriter.Append(json, bare);
    }

    private object Narrow(object number) {
        try {
            object narrow = Convert.ChangeType(number, code, CultureInfo.InvariantCulture);
            return narrow is float.PositiveInfinity or float.NegativeInfinity ? throw new OverflowException() : narrow;
        } catch (OverflowException) { throw new FormatException($"{number} is not in the range of the type {code}"); }
    }
}
