using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace Dllet.Client;

/// <summary>
/// How a value travels: the JSON form on one side, the .NET type that PowerShell shows on the other. In the facts it is a name
/// (<c>uint16</c>, <c>string</c>), <c>{"array": type}</c> or <c>{"struct": {"Field": type}}</c>.
/// </summary>
internal abstract class WireType
{
    private static readonly Dictionary<string, TypeCode> Names = new(StringComparer.Ordinal)
    {
        ["sbyte"] = TypeCode.SByte,
        ["byte"] = TypeCode.Byte,
        ["int16"] = TypeCode.Int16,
        ["uint16"] = TypeCode.UInt16,
        ["int"] = TypeCode.Int32,
        ["uint32"] = TypeCode.UInt32,
        ["int64"] = TypeCode.Int64,
        ["uint64"] = TypeCode.UInt64,
        ["single"] = TypeCode.Single,
        ["double"] = TypeCode.Double,
        ["bool"] = TypeCode.Boolean,
        ["string"] = TypeCode.String,
    };

    /// <summary>The .NET type of the elements of an array of this type.</summary>
    internal abstract Type DotNetType { get; }

    /// <summary>Reads a description of the facts.</summary>
    internal static WireType Parse(object? description) => description switch
    {
        "any" => new AnyType(),
        string name when Names.TryGetValue(name, out TypeCode code) => new ScalarType(code),
        JsonObject { Count: 1 } one when one.TryGetValue("array", out object? element) => new ArrayType(Parse(element)),
        JsonObject { Count: 1 } one when one.Find<JsonObject>("struct") is { } fields => new StructType(fields),
        _ => throw new FormatException("a type is not known"),
    };

    /// <summary>The value of a JSON value. Throws FormatException for what is not of this type.</summary>
    internal abstract object? Read(object? json);

    /// <summary>Appends the JSON form of a value that a caller gave; what does not fit is the bridge's to refuse.</summary>
    internal virtual void Write(StringBuilder json, object? value) => JsonWriter.Append(json, value);

    // What is passed on as it is, such as an enumeration: a name, or a number without one.
    private sealed class AnyType : WireType
    {
        internal override Type DotNetType => typeof(object);

        internal override object? Read(object? json) => Failure.Plain(json);
    }

    private sealed class ScalarType(TypeCode code) : WireType
    {
        internal override Type DotNetType { get; } = Type.GetType("System." + code, throwOnError: true)!;

        internal override object? Read(object? json)
        {
            switch (json)
            {
                case string digits when code == TypeCode.UInt64
                    && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong wide):
                    return wide;
                case string digits when code == TypeCode.Int64
                    && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long wide):
                    return wide;
                case string or null when code == TypeCode.String:
                case bool when code == TypeCode.Boolean:
                    return json;
                case long or double when code is TypeCode.Single or TypeCode.Double:
                case long when code is not (TypeCode.String or TypeCode.Boolean):
                    return Narrow(json);
                default:
                    throw new FormatException($"it is not of the type {code}");
            }
        }

        internal override void Write(StringBuilder json, object? value)
        {
            bool isNarrow = code is not (TypeCode.Int64 or TypeCode.UInt64);
            if (isNarrow && value is long or ulong)
            {
                json.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                return;
            }

            JsonWriter.Append(json, value);
        }

        private object Narrow(object number)
        {
            try
            {
                return Convert.ChangeType(number, code, CultureInfo.InvariantCulture);
            }
            catch (OverflowException)
            {
                throw new FormatException($"{number} is not in the range of the type {code}");
            }
        }
    }

    private sealed class ArrayType(WireType element) : WireType
    {
        internal override Type DotNetType { get; } = element.DotNetType.MakeArrayType();

        internal override object? Read(object? json)
        {
            if (json is not List<object?> elements)
            {
                throw new FormatException("it is not an array");
            }

            var result = Array.CreateInstance(element.DotNetType, elements.Count);
            for (int index = 0; index < elements.Count; index++)
            {
                result.SetValue(element.Read(elements[index]), index);
            }

            return result;
        }

        internal override void Write(StringBuilder json, object? value)
        {
            object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
            if (bare is string || bare is not IEnumerable elements)
            {
                JsonWriter.Append(json, value);
                return;
            }

            int start = json.Append('[').Length;
            foreach (object? one in elements)
            {
                if (json.Length > start)
                {
                    json.Append(',');
                }

                element.Write(json, one);
            }

            json.Append(']');
        }
    }

    private sealed class StructType : WireType
    {
        private readonly Dictionary<string, WireType> fields = new(StringComparer.OrdinalIgnoreCase);

        internal StructType(JsonObject description)
        {
            foreach (KeyValuePair<string, object?> field in description)
            {
                fields.Add(field.Key, Parse(field.Value));
            }
        }

        internal override Type DotNetType => typeof(PSObject);

        internal override object? Read(object? json)
        {
            if (json is not JsonObject members)
            {
                throw new FormatException("it is not an object");
            }

            var result = new PSObject();
            foreach (KeyValuePair<string, WireType> field in fields)
            {
                result.Properties.Add(new PSNoteProperty(field.Key, field.Value.Read(members.Get<object>(field.Key))), true);
            }

            return result;
        }

        // Members by the names of the fields; those that are no fields go as they are, so that the bridge can name them.
        internal override void Write(StringBuilder json, object? value)
        {
            object? bare = value is PSObject { BaseObject: IDictionary inner } ? inner : value;
            var members = new List<KeyValuePair<string, object?>>();
            if (bare is IDictionary entries)
            {
                foreach (DictionaryEntry entry in entries)
                {
                    members.Add(new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture), entry.Value));
                }
            }
            else if (bare is PSObject custom)
            {
                foreach (PSPropertyInfo property in custom.Properties)
                {
                    members.Add(new(property.Name, property.Value));
                }
            }
            else
            {
                JsonWriter.Append(json, value);
                return;
            }

            char separator = '{';
            foreach (KeyValuePair<string, object?> member in members)
            {
                json.Append(separator);
                string name = member.Key;
                foreach (string field in fields.Keys)
                {
                    name = string.Equals(field, name, StringComparison.OrdinalIgnoreCase) ? field : name;
                }

                JsonWriter.AppendString(json, name);
                json.Append(':');
                if (fields.TryGetValue(name, out WireType? type))
                {
                    type.Write(json, member.Value);
                }
                else
                {
                    JsonWriter.Append(json, member.Value, 1);
                }

                separator = ',';
            }

            json.Append(separator == '{' ? "{}" : "}");
        }
    }
}
