using System;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dllet.PowerShellHost.Json;

/// <summary>JSON text to the objects that PowerShell 7 makes of it.</summary>
internal static partial class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    public static object? Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, Options);
        return ToObject(document.RootElement);
    }

    public static bool IsDocument(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static object? ToObject(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ToCustomObject(element),
        JsonValueKind.Array => ToArray(element),
        JsonValueKind.String => ToStringOrDate(element.GetString()!),
        JsonValueKind.Number => ToNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ToCustomObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Length == 0)
            {
                throw new JsonKeyException("EmptyKeyInJsonString", "The JSON string contains a property whose name is empty.");
            }

            // Property names of an object are compared without case, so "a" and "A" cannot live together.
            if (result.Properties[property.Name] is { } existing)
            {
                throw new JsonKeyException(
                    existing.Name == property.Name ? "DuplicateKeysInJsonString" : "KeysWithDifferentCasingInJsonString",
                    $"The JSON string contains the keys '{existing.Name}' and '{property.Name}', which name one property.");
            }

            result.Properties.Add(new PSNoteProperty(property.Name, ToObject(property.Value)));
        }

        return result;
    }

    private static object?[] ToArray(JsonElement element)
    {
        var result = new object?[element.GetArrayLength()];
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            result[index++] = ToObject(item);
        }

        return result;
    }

    private static object ToNumber(JsonElement element)
    {
        string text = element.GetRawText();
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        // Without the cast, both branches would become BigInteger.
        return element.TryGetInt64(out long value) ? (object)value : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }

    // PowerShell 7 turns text in the form of an ISO 8601 date and time into a DateTime.
    private static object ToStringOrDate(string text) =>
        IsoDateTime().IsMatch(text)
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime date)
            ? date
            : text;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDateTime();
}
