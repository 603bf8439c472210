using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Dllet.Client;

/// <summary>Writes values of PowerShell as JSON in ASCII. 64-bit integers are decimal strings, as the bridge wants them.</summary>
internal static class JsonWriter
{
    private const int MaximumDepth = 32;

    /// <summary>Appends a value. Throws FormatException for what is nested too deep.</summary>
    internal static void Append(StringBuilder json, object? value, int depth = 0)
    {
        if (depth > MaximumDepth)
        {
            throw new FormatException($"it is nested deeper than {MaximumDepth} levels");
        }

        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                json.Append("null");
                break;
            case bool or SwitchParameter:
                json.Append(bare is true or SwitchParameter { IsPresent: true } ? "true" : "false");
                break;
            case long or ulong:
                json.Append('"').Append(((IFormattable)bare).ToString(null, CultureInfo.InvariantCulture)).Append('"');
                break;
            case byte or sbyte or short or ushort or int or uint or decimal:
                json.Append(((IFormattable)bare).ToString(null, CultureInfo.InvariantCulture));
                break;
            case float or double:
                AppendReal(json, Convert.ToDouble(bare, CultureInfo.InvariantCulture));
                break;
            case IDictionary members:
                AppendObject(json, members, depth);
                break;
            case PSObject custom:
                AppendObject(json, custom, depth);
                break;
            case IEnumerable elements when bare is not string:
                AppendArray(json, elements, depth);
                break;
            default:
                AppendString(json, Convert.ToString(bare, CultureInfo.InvariantCulture) ?? string.Empty);
                break;
        }
    }

    /// <summary>Appends a string; every character outside of printable ASCII is escaped.</summary>
    internal static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char character in text)
        {
            if (character is '"' or '\\')
            {
                json.Append('\\').Append(character);
            }
            else if (character is >= ' ' and <= '~')
            {
                json.Append(character);
            }
            else
            {
                json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        json.Append('"');
    }

    // The shortest text that reads back as the same number; JSON has none for infinity and NaN, which the bridge then refuses by name.
    private static void AppendReal(StringBuilder json, double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        json.Append(double.IsNaN(value) || double.IsInfinity(value) ? $"\"{text}\"" : text);
    }

    private static void AppendObject(StringBuilder json, IDictionary members, int depth)
    {
        char separator = '{';
        foreach (DictionaryEntry member in members)
        {
            separator = AppendMember(json, separator, Convert.ToString(member.Key, CultureInfo.InvariantCulture), member.Value, depth);
        }

        json.Append(separator == '{' ? "{}" : "}");
    }

    private static void AppendObject(StringBuilder json, PSObject custom, int depth)
    {
        char separator = '{';
        foreach (PSPropertyInfo property in custom.Properties)
        {
            separator = AppendMember(json, separator, property.Name, property.Value, depth);
        }

        json.Append(separator == '{' ? "{}" : "}");
    }

    private static char AppendMember(StringBuilder json, char separator, string name, object? value, int depth)
    {
        json.Append(separator);
        AppendString(json, name);
        json.Append(':');
        Append(json, value, depth + 1);
        return ',';
    }

    private static void AppendArray(StringBuilder json, IEnumerable elements, int depth)
    {
        json.Append('[');
        bool isFirst = true;
        foreach (object? element in elements)
        {
            if (!isFirst)
            {
                json.Append(',');
            }

            Append(json, element, depth + 1);
            isFirst = false;
        }

        json.Append(']');
    }
}
