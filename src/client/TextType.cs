namespace Dllet.Client;

/// <summary>A value that is a text in JSON and an object of .NET: a GUID, a time, an address or a SID.</summary>
internal sealed class TextType(Type type, Func<string, object?> read, Func<DateTime, string>? write = null) : WireType {
    private const string Utc = "yyyy-MM-ddTHH:mm:ss.fffffffZ", Wall = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const DateTimeStyles AsUtc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly Dictionary<string, TextType> Named = new(StringComparer.Ordinal) {
        ["guid"] = new(typeof(Guid), text => Guid.ParseExact(text, "D")),
        ["ipaddress"] = new(typeof(IPAddress), IPAddress.Parse),
        ["ipendpoint"] = new(typeof(object), EndPoint),
        // Its text, where this system has no such type or knows no such SID.
        ["sid"] = new(typeof(object), text => SystemFacts.IsWindows
            && LanguagePrimitives.TryConvertTo("System.Security.Principal.SecurityIdentifier", out Type type)
            && LanguagePrimitives.TryConvertTo(text, type, Culture, out object sid) ? sid : text),
        // In UTC, or for a time that DateTime cannot hold its number.
        ["filetime"] = new(typeof(object), text => ulong.TryParse(text, NumberStyles.None, Culture, out ulong ticks)
            ? ticks : DateTime.ParseExact(text, Utc, Culture, AsUtc), time => time.ToUniversalTime().ToString(Utc, Culture)),
        // In the time zone that the function says.
        ["systemtime"] = new(typeof(object), text => DateTime.Parse(text, Culture), time => time.ToString(Wall, Culture)),
    };

    internal static TextType? Find(string name) => Named.TryGetValue(name, out TextType? known) ? known : null;
    internal override Type DotNetType => type;
    internal override object? Read(object? json) => json is string text ? read(text) : Failure.Plain(json);

    // What is no such value is passed on: the bridge tells what it takes.
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
