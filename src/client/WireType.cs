namespace Dllet.Client;

/// <summary>The JSON representation and the .NET type of a value. In the facts it is a name (<c>uint16</c>, <c>string</c>),
/// <c>{"array": type}</c>, <c>{"struct": {"Field": type}}</c> or <c>{"nullable": type}</c>.</summary>
internal abstract class WireType {
    internal static readonly WireType Any = new AnyType();
    internal virtual Type DotNetType => typeof(object);
    internal virtual bool IsHandle => false;
    /// <summary>The exchange is needed for the handles of the module.</summary>
    internal static WireType Parse(object? description, Exchange? exchange = null) => description switch {
        "any" => Any,
        "bytes" => new BytesType(),
        "handle" => new HandleType(exchange),
        string name => (WireType?)ScalarType.Find(name) ?? TextType.Find(name),
        JsonObject { Count: 1 } one when one.TryGetValue("array", out object? element) => new ArrayType(Parse(element, exchange)),
        JsonObject { Count: 1 } one when one.TryGetValue("nullable", out object? inner) => new NullableType(Parse(inner, exchange)),
        JsonObject { Count: 1 } one when one.Find<JsonObject>("struct") is { } fields => new StructType(fields, exchange),
        _ => null,
    } ?? throw new FormatException("a type is not known");

    /// <summary>Converts a JSON value. Throws FormatException if it is not of this type.</summary>
    internal abstract object? Read(object? json);
    /// <summary>Converts the JSON value of a default.</summary>
    internal virtual object? ReadDefault(object? json) => Read(json);
    /// <summary>Appends the JSON of a value from the caller. The bridge rejects a value that does not fit.</summary>
    internal virtual void Write(StringBuilder json, object? value) => JsonWriter.Append(json, value);
    // Passed through unchanged, such as an enumeration: a name, or a number without one.
    private sealed class AnyType : WireType { internal override object? Read(object? json) => PSObjects.Plain(json); }
    // Base64 in JSON, in which nothing needs to be escaped.
    private sealed class BytesType : WireType {
        internal override Type DotNetType => typeof(byte[]);
        internal override object? Read(object? json) =>
            json is null ? null : Convert.FromBase64String(json as string ?? throw new FormatException("it is not base64"));
        internal override void Write(StringBuilder json, object? value) => _ = value is null ? json.Append("null")
            : json.Append('"').Append(Convert.ToBase64String(LanguagePrimitives.ConvertTo<byte[]>(value))).Append('"');
    }

    // A text that identifies a handle in the bridge. A default is the name of a predefined handle.
    private sealed class HandleType(Exchange? exchange) : WireType {
        internal override bool IsHandle => true;
        internal override object? Read(object? json) => json is null ? null
            : json is string text && exchange is not null && text.Contains("@") ? new NativeHandle(exchange, text)
            : throw new FormatException("it is no handle");
        internal override object? ReadDefault(object? json) => json;
        internal override void Write(StringBuilder json, object? value) =>
            JsonWriter.Append(json, JsonWriter.Bare(value) is NativeHandle held ? held.Text : value);
    }

    // A member of a union that another field of the struct selects: null if not selected. Every type writes null for null.
    private sealed class NullableType(WireType inner) : WireType {
        internal override object? Read(object? json) => json is null ? null : inner.Read(json);
        internal override void Write(StringBuilder json, object? value) => inner.Write(json, value);
    }

    // Null means NULL, for example for a pointer in a struct.
    private sealed class ArrayType(WireType element) : WireType {
        internal override Type DotNetType { get; } = element.DotNetType.MakeArrayType();
        internal override object? Read(object? json) {
            if (json is null) return null;
            List<object?> elements = json as List<object?> ?? throw new FormatException("it is not an array");
            var result = Array.CreateInstance(element.DotNetType, elements.Count);
            for (int index = 0; index < elements.Count; index++) result.SetValue(element.Read(elements[index]), index);
            return result;
        }
        internal override void Write(StringBuilder json, object? value) {
            object? bare = JsonWriter.Bare(value);
            if (bare is string || bare is not IEnumerable elements) { JsonWriter.Append(json, bare); return; }
            json.Append('[');
            foreach (object? one in elements) element.Write(JsonWriter.AppendComma(json), one);
            json.Append(']');
        }
    }

    private sealed class StructType(JsonObject description, Exchange? exchange) : WireType {
        private readonly KeyValuePair<string, WireType>[] fields =
            description.Select(field => new KeyValuePair<string, WireType>(field.Key, Parse(field.Value, exchange))).ToArray();
        internal override Type DotNetType => typeof(PSObject);
        internal override object? Read(object? json) {
            if (json is null) return null;
            JsonObject members = json as JsonObject ?? throw new FormatException("it is not an object");
            return PSObjects.Make(null, fields.Select(one => new PSNoteProperty(one.Key, one.Value.Read(
                members.TryGetValue(one.Key, out object? value) ? value : throw new FormatException("a field is missing")))));
        }
        // Members match field names in any case; unknown members are passed through, so that the bridge can name them.
        internal override void Write(StringBuilder json, object? value) {
            object? bare = JsonWriter.Bare(value);
            if (bare is not (IDictionary or PSObject)) { JsonWriter.Append(json, bare); return; }
            json.Append('{');
            foreach (KeyValuePair<string, object?> member in JsonWriter.MembersOf(bare)) {
                KeyValuePair<string, WireType> known =
                    Array.Find(fields, one => one.Key.Equals(member.Key, StringComparison.OrdinalIgnoreCase));
                (known.Value ?? Any).Write(JsonWriter.AppendName(json, known.Key ?? member.Key), member.Value);
            }
            json.Append('}');
        }
    }
}

/// <summary>A number, a truth value or a text. In JSON, 64-bit integers are decimal text.</summary>
internal sealed class ScalarType(TypeCode code, Type type) : WireType {
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private bool IsReal => code is TypeCode.Single or TypeCode.Double;
    internal override Type DotNetType => type;
    internal static ScalarType? Find(string name) => name switch {
        "sbyte" => typeof(sbyte), "byte" => typeof(byte), "int16" => typeof(short), "uint16" => typeof(ushort), "int" => typeof(int),
        "uint32" => typeof(uint), "int64" => typeof(long), "uint64" => typeof(ulong), "single" => typeof(float), "double" => typeof(double),
        "bool" => typeof(bool), "string" => typeof(string), _ => null,
    } is { } known ? new ScalarType(Type.GetTypeCode(known), known) : null;

    // TryParse ignores trailing null characters.
    internal override object? Read(object? json) => json switch {
        string or null when code == TypeCode.String => json,
        string digits when digits.IndexOf('\0') >= 0 => throw new FormatException("it is no number"),
        string digits when code == TypeCode.UInt64 && ulong.TryParse(digits, NumberStyles.None, Culture, out ulong wide) => wide,
        string digits when code == TypeCode.Int64 && long.TryParse(digits, NumberStyles.AllowLeadingSign, Culture, out long wide) => wide,
        "-0" when IsReal => Narrow(-0.0),
        "NaN" or "Infinity" or "-Infinity" when IsReal => Convert.ChangeType(json, code, Culture),
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
            object narrow = Convert.ChangeType(number, code, Culture);
            return narrow is float.PositiveInfinity or float.NegativeInfinity ? throw new OverflowException() : narrow;
        } catch (OverflowException) { throw new FormatException($"{number} is not in the range of the type {code}"); }
    }
}

/// <summary>A value that is a text in JSON and an object of .NET: a GUID, a time, an address or a SID.</summary>
internal sealed class TextType(Type type, Func<string, object?> read, Func<DateTime, string>? write = null) : WireType {
    private const string Utc = "yyyy-MM-ddTHH:mm:ss.fffffffZ", Wall = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const DateTimeStyles AsUtc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    internal override Type DotNetType => type;
    internal static TextType? Find(string name) => name switch {
        "guid" => new(typeof(Guid), text => Guid.ParseExact(text, "D")),
        "ipaddress" => new(typeof(IPAddress), IPAddress.Parse),
        "ipendpoint" => new(typeof(object), EndPoint),
        // The text, if this system has no such type or does not know the SID.
        "sid" => new(typeof(object), text => SystemFacts.IsWindows
            && LanguagePrimitives.TryConvertTo("System.Security.Principal.SecurityIdentifier", out Type type)
            && LanguagePrimitives.TryConvertTo(text, type, Culture, out object sid) ? sid : text),
        // In UTC. A time that DateTime cannot hold is its number.
        "filetime" => new(typeof(object), text => ulong.TryParse(text, NumberStyles.None, Culture, out ulong ticks)
            ? ticks : DateTime.ParseExact(text, Utc, Culture, AsUtc), time => time.ToUniversalTime().ToString(Utc, Culture)),
        // In the time zone that the function documents.
        "systemtime" => new(typeof(object), text => DateTime.Parse(text, Culture), time => time.ToString(Wall, Culture)),
        _ => null,
    };

    internal override object? Read(object? json) => json is string text ? read(text) : PSObjects.Plain(json);
    // Passes on any other value: the bridge reports what it accepts.
    internal override void Write(StringBuilder json, object? value) {
        object? bare = JsonWriter.Bare(value);
        if (write is not null && bare is string && LanguagePrimitives.TryConvertTo(bare, Culture, out DateTime given)) bare = given;
        if (write is not null && bare is DateTime time) bare = write(time);
        JsonWriter.Append(json, bare is null or IDictionary or PSObject ? bare : JsonWriter.Invariant(bare));
    }

    private static object EndPoint(string text) {
        if (text.StartsWith("base64:", StringComparison.Ordinal)) return Convert.FromBase64String(text.Substring(7));
        int port = text.LastIndexOf(':');
        var address = IPAddress.Parse(text.Substring(0, port).Trim('[', ']'));
        return new IPEndPoint(address, int.Parse(text.Substring(port + 1), NumberStyles.None, Culture));
    }
}

/// <summary>Objects for PowerShell.</summary>
internal static class PSObjects {
    /// <summary>Converts a JSON value to PowerShell objects and arrays.</summary>
    internal static object? Plain(object? json) => json switch {
        JsonObject members => Make(null, members.Select(member => new PSNoteProperty(member.Key, Plain(member.Value)))),
        List<object?> elements => elements.ConvertAll(Plain).ToArray(),
        _ => json,
    };

    internal static PSObject Of(IDictionary values) =>
        Make(null, JsonWriter.MembersOf(values).Select(one => new PSNoteProperty(one.Key, one.Value)));

    internal static PSObject Make(string? typeName, IEnumerable<PSNoteProperty> properties) {
        var made = new PSObject();
        if (typeName is not null) made.TypeNames.Insert(0, typeName);
        PSMemberInfoCollection<PSPropertyInfo> members = made.Properties; // The property creates a new collection on each access.
        foreach (PSNoteProperty property in properties) members.Add(property, true);
        return made;
    }
}
