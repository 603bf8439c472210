namespace Dllet.Client;

/// <summary>The JSON representation and the .NET type of a value. In the facts it is a name (<c>uint16</c>, <c>string</c>),
/// <c>{"array": type}</c>, <c>{"struct": {"Field": type}}</c> or <c>{"nullable": type}</c>.</summary>
internal sealed class WireType(Type type, Func<object?, object?> read, Action<StringBuilder, object?> write, bool isHandle = false) {
    // Passed through unchanged, such as an enumeration: a name, or a number without one.
    private static readonly WireType Any = new(typeof(object), PSObjects.Plain, (json, value) => JsonWriter.Append(json, value));
    internal Type DotNetType => type;
    internal bool IsHandle => isHandle;
    /// <summary>The exchange is needed for the handles of the module.</summary>
    internal static WireType Parse(object? description, Exchange? exchange = null) => description switch {
        "any" => Any,
        "bytes" => new(typeof(byte[]), // In base64, in which nothing needs to be escaped.
            json => json is null ? null : Convert.FromBase64String(json as string ?? throw new FormatException("it is not base64")),
            (json, value) => _ = value is null ? json.Append("null")
                : json.Append('"').Append(Convert.ToBase64String(LanguagePrimitives.ConvertTo<byte[]>(value))).Append('"')),
        "handle" => new(typeof(object), // A text that identifies a handle in the bridge.
            json => json is null ? null : json is string text && text.Contains("@") && exchange is not null
                ? new NativeHandle(exchange, text) : throw new FormatException("it is no handle"),
            (json, value) => JsonWriter.Append(json, JsonWriter.Bare(value) is NativeHandle held ? held.Text : value), isHandle: true),
        string name => NamedTypes.Find(name),
        JsonObject { Count: 1 } one when one.TryGetValue("array", out object? element) => ArrayOf(Parse(element, exchange)),
        // A member of a union that another field of the struct selects: null if not selected. Every type writes null for null.
        JsonObject { Count: 1 } one when one.TryGetValue("nullable", out object? inner) && Parse(inner, exchange) is var member =>
            new(typeof(object), json => json is null ? null : member.Read(json), member.Write),
        JsonObject { Count: 1 } one when one.Find<JsonObject>("struct") is { } fields => StructOf(fields, exchange),
        _ => null,
    } ?? throw new FormatException("a type is not known");

    internal object? Read(object? json) => read(json); // Converts a JSON value. Throws FormatException if it is not of this type.
    /// <summary>Converts the JSON value of a default. That of a handle is the name of a predefined handle.</summary>
    internal object? ReadDefault(object? json) => isHandle ? json : read(json);
    /// <summary>Appends the JSON of a value from the caller. The bridge rejects a value that does not fit.</summary>
    internal void Write(StringBuilder json, object? value) => write(json, value);

    // Null means NULL, for example for a pointer in a struct.
    private static WireType ArrayOf(WireType element) => new(element.DotNetType.MakeArrayType(), json => {
        if (json is null) return null;
        List<object?> elements = json as List<object?> ?? throw new FormatException("it is not an array");
        var result = Array.CreateInstance(element.DotNetType, elements.Count);
        for (int index = 0; index < elements.Count; index++) result.SetValue(element.Read(elements[index]), index);
        return result;
    }, (json, value) => {
        object? bare = JsonWriter.Bare(value);
        if (bare is string || bare is not IEnumerable elements) { JsonWriter.Append(json, bare); return; }
        json.Append('[');
        foreach (object? one in elements) element.Write(JsonWriter.AppendComma(json), one);
        json.Append(']');
    });

    private static WireType StructOf(JsonObject description, Exchange? exchange) {
        (string Name, WireType Type)[] fields = description.Select(field => (field.Key, Parse(field.Value, exchange))).ToArray();
        return new(typeof(PSObject), json => {
            if (json is null) return null;
            JsonObject members = json as JsonObject ?? throw new FormatException("it is not an object");
            return PSObjects.Make(null, fields.Select(one => new PSNoteProperty(one.Name, one.Type.Read(
                members.TryGetValue(one.Name, out object? value) ? value : throw new FormatException("a field is missing")))));
        }, (json, value) => {
            // Members match field names in any case; unknown members are passed through, so that the bridge can name them.
            object? bare = JsonWriter.Bare(value);
            if (bare is not (IDictionary or PSObject)) { JsonWriter.Append(json, bare); return; }
            json.Append('{');
            foreach (KeyValuePair<string, object?> member in JsonWriter.MembersOf(bare)) {
                var known = Array.Find(fields, one => one.Name.Equals(member.Key, StringComparison.OrdinalIgnoreCase));
                (known.Type ?? Any).Write(JsonWriter.AppendName(json, known.Name ?? member.Key), member.Value);
            }
            json.Append('}');
        });
    }
}

/// <summary>The named types: numbers, truth values, texts, and .NET objects that are texts in JSON, as 64-bit integers are.</summary>
internal static class NamedTypes {
    private const string Utc = "yyyy-MM-ddTHH:mm:ss.fffffffZ", Wall = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const DateTimeStyles AsUtc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    internal static WireType? Find(string name) => name switch {
        "guid" => Text(typeof(Guid), text => Guid.ParseExact(text, "D")),
        "ipaddress" => Text(typeof(IPAddress), IPAddress.Parse),
        "ipendpoint" => Text(typeof(object), EndPoint),
        "sid" => Text(typeof(object), text => SystemFacts.IsWindows // The text, if this system has no such type or does not know the SID.
            && LanguagePrimitives.TryConvertTo("System.Security.Principal.SecurityIdentifier", out Type type)
            && LanguagePrimitives.TryConvertTo(text, type, Culture, out object sid) ? sid : text),
        // In UTC. A time that DateTime cannot hold is its number.
        "filetime" => Text(typeof(object), text => ulong.TryParse(text, NumberStyles.None, Culture, out ulong ticks)
            ? ticks : DateTime.ParseExact(text, Utc, Culture, AsUtc), time => time.ToUniversalTime().ToString(Utc, Culture)),
        // In the time zone that the function documents.
        "systemtime" => Text(typeof(object), text => DateTime.Parse(text, Culture), time => time.ToString(Wall, Culture)),
        _ => ScalarOf(name) is { } scalar ? Scalar(scalar) : null,
    };

    private static Type? ScalarOf(string name) => name switch {
        "sbyte" => typeof(sbyte), "byte" => typeof(byte), "int16" => typeof(short), "uint16" => typeof(ushort), "int" => typeof(int),
        "uint32" => typeof(uint), "int64" => typeof(long), "uint64" => typeof(ulong), "single" => typeof(float), "double" => typeof(double),
        "bool" => typeof(bool), "string" => typeof(string), _ => null,
    };

    private static bool IsReal(TypeCode code) => code is TypeCode.Single or TypeCode.Double;
    private static WireType Scalar(Type type) {
        TypeCode code = Type.GetTypeCode(type);
        return new(type, json => ReadScalar(json, code), (json, value) => {
            object? bare = JsonWriter.Bare(value);
            if (code == TypeCode.String && bare is not (null or string)) bare = LanguagePrimitives.ConvertTo<string>(value);
            bool isWide = code is TypeCode.Int64 or TypeCode.UInt64;
            if (bare is decimal && isWide) json.Append('"').Append(JsonWriter.Invariant(bare)).Append('"');
            else if (bare is long or ulong && !isWide) json.Append(JsonWriter.Invariant(bare));
            else JsonWriter.Append(json, bare);
        });
    }

    private static object? ReadScalar(object? json, TypeCode code) => json switch { // TryParse ignores trailing null characters.
        string or null when code == TypeCode.String => json,
        string digits when digits.IndexOf('\0') >= 0 => throw new FormatException("it is no number"),
        string digits when code == TypeCode.UInt64 && ulong.TryParse(digits, NumberStyles.None, Culture, out ulong wide) => wide,
        string digits when code == TypeCode.Int64 && long.TryParse(digits, NumberStyles.AllowLeadingSign, Culture, out long wide) => wide,
        "-0" when IsReal(code) => Narrow(-0.0, code),
        "NaN" or "Infinity" or "-Infinity" when IsReal(code) => Convert.ChangeType(json, code, Culture),
        bool when code == TypeCode.Boolean => json,
        double when IsReal(code) => Narrow(json, code),
        long when code is not (TypeCode.String or TypeCode.Boolean) => Narrow(json, code),
        _ => throw new FormatException($"it is not of the type {code}"),
    };

    private static object Narrow(object number, TypeCode code) {
        try {
            object narrow = Convert.ChangeType(number, code, Culture);
            return narrow is float.PositiveInfinity or float.NegativeInfinity ? throw new OverflowException() : narrow;
        } catch (OverflowException) { throw new FormatException($"{number} is not in the range of the type {code}"); }
    }

    // Passes on any other value: the bridge reports what it accepts.
    private static WireType Text(Type type, Func<string, object?> read, Func<DateTime, string>? write = null) =>
        new(type, json => json is string text ? read(text) : PSObjects.Plain(json), (json, value) => {
            object? bare = JsonWriter.Bare(value);
            if (write is not null && bare is string && LanguagePrimitives.TryConvertTo(bare, Culture, out DateTime given)) bare = given;
            if (write is not null && bare is DateTime time) bare = write(time);
            JsonWriter.Append(json, bare is null or IDictionary or PSObject ? bare : JsonWriter.Invariant(bare));
        });

    private static object EndPoint(string text) {
        if (text.StartsWith("base64:", StringComparison.Ordinal)) return Convert.FromBase64String(text.Substring(7));
        int port = text.LastIndexOf(':');
        var address = IPAddress.Parse(text.Substring(0, port).Trim('[', ']'));
        return new IPEndPoint(address, int.Parse(text.Substring(port + 1), NumberStyles.None, Culture));
    }
}

internal static class PSObjects {
    internal static object? Plain(object? json) => json switch { // Converts a JSON value to PowerShell objects and arrays.
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
