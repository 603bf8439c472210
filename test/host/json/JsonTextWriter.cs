using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Dllet.PowerShellHost.Json;

/// <summary>Objects to JSON text as PowerShell 7 writes it. One instance writes one text.</summary>
internal sealed class JsonTextWriter(int depth, bool compress)
{
    private readonly StringBuilder text = new();

    /// <summary>Gets a value indicating whether something lay deeper than the depth allows and was written as its string.</summary>
    public bool IsTruncated { get; private set; }

    public string Write(object? value)
    {
        WriteValue(value, level: 0);
        return text.ToString();
    }

    private void WriteValue(object? value, int level)
    {
        object? plain = value is PSObject wrapper && wrapper.BaseObject is not PSCustomObject ? wrapper.BaseObject : value;
        if (JsonScalar.TryFormat(plain, out string? scalar))
        {
            text.Append(scalar);
            return;
        }

        if (level > depth)
        {
            IsTruncated = true;
            text.Append(JsonScalar.Quote(LanguagePrimitives.ConvertTo<string>(plain)));
            return;
        }

        switch (plain)
        {
            case IDictionary dictionary:
                WriteMembers(EntriesOf(dictionary), level);
                break;
            case IEnumerable items:
                WriteItems(items, level);
                break;
            default:
                WriteMembers(PropertiesOf(value!), level);
                break;
        }
    }

    private void WriteItems(IEnumerable items, int level)
    {
        text.Append('[');
        bool isFirst = true;
        foreach (object? item in items)
        {
            Separate(ref isFirst, level + 1);
            WriteValue(item, level + 1);
        }

        Close(']', isFirst, level);
    }

    private void WriteMembers(IEnumerable<KeyValuePair<string, object?>> members, int level)
    {
        text.Append('{');
        bool isFirst = true;
        foreach ((string name, object? value) in members)
        {
            Separate(ref isFirst, level + 1);
            text.Append(JsonScalar.Quote(name)).Append(compress ? ":" : ": ");
            WriteValue(value, level + 1);
        }

        Close('}', isFirst, level);
    }

    private void Separate(ref bool isFirst, int level)
    {
        if (!isFirst)
        {
            text.Append(',');
        }

        isFirst = false;
        NewLine(level);
    }

    private void Close(char bracket, bool isEmpty, int level)
    {
        if (!isEmpty)
        {
            NewLine(level);
        }

        text.Append(bracket);
    }

    private void NewLine(int level)
    {
        if (!compress)
        {
            text.Append(Environment.NewLine).Append(' ', level * 2);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> EntriesOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, entry.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> PropertiesOf(object value)
    {
        foreach (PSPropertyInfo property in PSObject.AsPSObject(value).Properties)
        {
            if (property.IsGettable)
            {
                yield return new(property.Name, ValueOf(property));
            }
        }
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
