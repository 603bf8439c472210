namespace Dllet.Client;

/// <summary>The JSON representation and the .NET type of a value. In the facts it is a name (<c>uint16</c>, <c>string</c>),
/// <c>{"array": type}</c>, <c>{"struct": {"Field": type}}</c> or <c>{"nullable": type}</c>.</summary>
internal abstract class WireType {
    private static readonly Dictionary<string, Type> Named = new(StringComparer.Ordinal) {
        ["sbyte"] = typeof(sbyte), ["byte"] = typeof(byte), ["int16"] = typeof(short), ["uint16"] = typeof(ushort), ["int"] = typeof(int),
        ["uint32"] = typeof(uint), ["int64"] = typeof(long), ["uint64"] = typeof(ulong), ["single"] = typeof(float),
        ["double"] = typeof(double), ["bool"] = typeof(bool), ["string"] = typeof(string),
    };
    internal static readonly WireType Any = new AnyType();
    internal virtual Type DotNetType => typeof(object);
    internal virtual bool IsHandle => false;

    /// <summary>The exchange is that of the module, for its handles.</summary>
    internal static WireType Parse(object? description, Exchange? exchange = null) => description switch {
        "any" => Any,
        "bytes" => new BytesType(),
        "handle" => new HandleType(exchange),
        string name when TextType.Find(name) is { } text => text,
        string name when Named.TryGetValue(name, out Type? known) => new ScalarType(known),
        JsonObject { Count: 1 } one when one.TryGetValue("array", out object? element) => new ArrayType(Parse(element, exchange)),
        JsonObject { Count: 1 } one when one.TryGetValue("nullable", out object? inner) => new NullableType(Parse(inner, exchange)),
        JsonObject { Count: 1 } one when one.Find<JsonObject>("struct") is { } fields => new StructType(fields, exchange),
        _ => throw new FormatException("a type is not known"),
    };

    /// <summary>Converts a JSON value. Throws FormatException if it is not of this type.</summary>
    internal abstract object? Read(object? json);
    /// <summary>Converts the JSON value for callers who give none.</summary>
    internal virtual object? ReadDefault(object? json) => Read(json);
    /// <summary>Appends the JSON of a value from the caller. The bridge rejects a value that does not fit.</summary>
    internal virtual void Write(StringBuilder json, object? value) => JsonWriter.Append(json, value);
    // Passed through unchanged, such as an enumeration: a name, or a number without one.
    private sealed class AnyType : WireType { internal override object? Read(object? json) => Failure.Plain(json); }

    // Base64 in JSON.
    private sealed class BytesType : WireType {
        internal override Type DotNetType => typeof(byte[]);
        internal override object? Read(object? json) =>
            json is null ? null : Convert.FromBase64String(json as string ?? throw new FormatException("it is not base64"));
        // Nothing in base64 needs to be escaped.
        internal override void Write(StringBuilder json, object? value) => _ = value is null ? json.Append("null")
            : json.Append('"').Append(Convert.ToBase64String(LanguagePrimitives.ConvertTo<byte[]>(value))).Append('"');
    }

    // Text that names a handle in the bridge.
    private sealed class HandleType(Exchange? exchange) : WireType {
        internal override bool IsHandle => true;
        internal override object? Read(object? json) => json is null ? null
            : json is string text && exchange is not null && text.Contains("@") ? new NativeHandle(exchange, text)
            : throw new FormatException("it is no handle");
        // The name of one that is always there.
        internal override object? ReadDefault(object? json) => json;
        internal override void Write(StringBuilder json, object? value) =>
            JsonWriter.Append(json, JsonWriter.Bare(value) is NativeHandle held ? held.Text : value);
    }

    // A member of a union, which another field of the struct chooses: null if it is not the one. Every type writes null for null.
    private sealed class NullableType(WireType inner) : WireType {
        internal override object? Read(object? json) => json is null ? null : inner.Read(json);
        internal override void Write(StringBuilder json, object? value) => inner.Write(json, value);
    }

    private sealed class ArrayType(WireType element) : WireType {
        internal override Type DotNetType { get; } = element.DotNetType.MakeArrayType();
        internal override object? Read(object? json) {
            // NULL, as that of a pointer in a struct.
            if (json is null) return null;
            List<object?> elements = json as List<object?> ?? throw new FormatException("it is not an array");
            var result = Array.CreateInstance(element.DotNetType, elements.Count);
            for (int index = 0; index < elements.Count; index++) result.SetValue(element.Read(elements[index]), index);
            return result;
        }
        internal override void Write(StringBuilder json, object? value) {
            object? bare = JsonWriter.Bare(value);
            if (bare is string || bare is not IEnumerable elements) JsonWriter.Append(json, bare);
            else JsonWriter.AppendList(json, '[', ']', elements.Cast<object?>(), one => element.Write(json, one));
        }
    }

    private sealed class StructType(JsonObject description, Exchange? exchange) : WireType {
        private readonly List<(string Name, WireType Type)> fields =
            description.Select(field => (field.Key, Parse(field.Value, exchange))).ToList();
        internal override Type DotNetType => typeof(PSObject);
        internal override object? Read(object? json) {
            if (json is null) return null;
            JsonObject members = json as JsonObject ?? throw new FormatException("it is not an object");
            return Failure.MakeObject(null, fields.Select(one => (one.Name, one.Type.Read(
                members.TryGetValue(one.Name, out object? value) ? value : throw new FormatException("a field is missing")))));
        }
        // Members match field names in any case; unknown members are passed through, so that the bridge can name them.
        internal override void Write(StringBuilder json, object? value) {
            object? bare = JsonWriter.Bare(value);
            if (bare is not (IDictionary or PSObject)) JsonWriter.Append(json, bare);
            else JsonWriter.AppendList(json, '{', '}', JsonWriter.MembersOf(bare), member => {
                (string? name, WireType? type) = fields.Find(one => one.Name.Equals(member.Key, StringComparison.OrdinalIgnoreCase));
                (type ?? Any).Write(JsonWriter.AppendName(json, name ?? member.Key), member.Value);
            });
        }
    }
}
