using System.Net;

namespace Dllet.Client;

/// <summary>A value that is a text in JSON and an object of .NET: a GUID, a time, an address or a SID.</summary>
internal sealed class TextType : WireType {
    private const string Utc = "yyyy-MM-ddTHH:mm:ss.fffffffZ", Wall = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private static readonly Type? SidType = SystemFacts.IsWindows && LanguagePrimitives.TryConvertTo("System.Security.Principal.SecurityIdentifier", out Type found) ? found : null;
    private static readonly Dictionary<string, TextType> Named = new(StringComparer.Ordinal) {
        ["guid"] = new(typeof(Guid), text => Guid.ParseExact(text, "D")) { isOnly = true },
        ["ipaddress"] = new(typeof(IPAddress), IPAddress.Parse) { isOnly = true },
        ["ipendpoint"] = new(typeof(IPEndPoint), EndPoint),
        // Its text, where this system has no such type or knows no such SID.
        ["sid"] = new(SidType ?? typeof(string), text => SidType is not null && LanguagePrimitives.TryConvertTo(text, SidType, CultureInfo.InvariantCulture, out object sid) ? sid : text),
        // In UTC, or for a time that DateTime cannot hold its number.
        ["filetime"] = new(typeof(DateTime), text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong ticks)
            ? ticks : DateTime.ParseExact(text, Utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
            time => time.ToUniversalTime().ToString(Utc, CultureInfo.InvariantCulture)),
        // In the time zone that the function says.
        ["systemtime"] = new(typeof(DateTime), text => DateTime.Parse(text, CultureInfo.InvariantCulture), time => time.ToString(Wall, CultureInfo.InvariantCulture)),
    };

    private readonly Func<string, object?> read;
    private readonly Func<DateTime, string>? write;
    // True if every value is of the type.
    private bool isOnly;
    private TextType(Type shown, Func<string, object?> read, Func<DateTime, string>? write = null) => (ShownType, this.read, this.write) = (shown, read, write);

    internal static TextType? Find(string name) => Named.TryGetValue(name, out TextType? known) ? known : null;
    internal override Type DotNetType => isOnly ? ShownType : typeof(object);
    internal override Type ShownType { get; }
    internal override object? Read(object? json) => json is string text ? read(text) : Failure.Plain(json);

    // What is no such value is passed on: the bridge tells what it takes.
    internal override void Write(StringBuilder json, object? value) {
        object? bare = JsonWriter.Bare(value);
        if (write is not null && bare is string && LanguagePrimitives.TryConvertTo(bare, CultureInfo.InvariantCulture, out DateTime read)) bare = read;
        if (write is not null && bare is DateTime time) bare = write(time);
        JsonWriter.Append(json, bare is null or IDictionary or PSObject ? bare : JsonWriter.Invariant(bare));
    }

    private static object EndPoint(string text) {
        if (text.StartsWith("base64:", StringComparison.Ordinal)) return Convert.FromBase64String(text.Substring(7));
        int port = text.LastIndexOf(':');
        return new IPEndPoint(IPAddress.Parse(text.Substring(0, port).Trim('[', ']')), int.Parse(text.Substring(port + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
