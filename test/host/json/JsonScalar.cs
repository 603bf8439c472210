using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Numerics;
using System.Text;

namespace Dllet.PowerShellHost.Json;

/// <summary>Values that are one JSON token.</summary>
internal static class JsonScalar
{
    public static bool TryFormat(object? value, [NotNullWhen(true)] out string? token)
    {
        token = value switch
        {
            null or DBNull or NullString => "null",
            bool flag => flag ? "true" : "false",
            string text => Quote(text),
            char or Guid or Uri or Version or TimeSpan => Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!),
            DateTime date => Quote(date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
            DateTimeOffset date => Quote(date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
            Enum constant => constant.ToString("D"),
            float number => Real(number, float.IsFinite(number)),
            double number => Real(number, double.IsFinite(number)),
            decimal number => WithPoint(number.ToString(CultureInfo.InvariantCulture)),
            BigInteger number => number.ToString(CultureInfo.InvariantCulture),
            sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint =>
                Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return token is not null;
    }

    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (char character in value)
        {
            quoted.Append(Escape(character));
        }

        return quoted.Append('"').ToString();
    }

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\u0085' or '\u2028' or '\u2029' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
        _ => character.ToString(),
    };

    // JSON has no word for infinity and not-a-number: they are text.
    private static string Real(IFormattable number, bool isFinite)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return isFinite ? WithPoint(text) : Quote(text);
    }

    private static string WithPoint(string number) =>
        number.AsSpan().IndexOfAny('.', 'E') >= 0 ? number : number + ".0";
}
