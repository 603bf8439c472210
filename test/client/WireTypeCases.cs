using System.Management.Automation;

namespace Dllet.Client.Tests;

internal static class WireTypeCases
{
    private static readonly (string Name, string Least, string Most, string Under, string Over)[] Whole =
    [
        ("sbyte", "-128", "127", "-129", "128"), ("byte", "0", "255", "-1", "256"),
        ("int16", "-32768", "32767", "-32769", "32768"), ("uint16", "0", "65535", "-1", "65536"),
        ("int", "-2147483648", "2147483647", "-2147483649", "2147483648"), ("uint32", "0", "4294967295", "-1", "4294967296"),
        ("int64", "\"-9223372036854775808\"", "\"9223372036854775807\"", "\"-9223372036854775809\"", "\"9223372036854775808\""),
        ("uint64", "\"0\"", "\"18446744073709551615\"", "\"-1\"", "\"18446744073709551616\""),
    ];

    internal static IEnumerable<(string Name, Action Run)> All =>
        Whole.Select<(string Name, string Least, string Most, string Under, string Over), (string, Action)>(one => ($"WireType {one.Name}: from {one.Least} to {one.Most}, and there and back", () =>
        {
            WireType type = WireType.Parse(one.Name);
            foreach (string limit in new[] { one.Least, one.Most })
            {
                object value = Read(one.Name, limit)!;
                Check.Equal(limit.Trim('"'), Convert.ToString(value, CultureInfo.InvariantCulture));
                Check.Equal(type.DotNetType, value.GetType());
                var json = new StringBuilder();
                type.Write(json, PSObject.AsPSObject(value));
                Check.Equal(limit, json.ToString());
            }

            foreach (string wrong in new[] { one.Under, one.Over, "1.5", "\"x\"", "\"\"", "\" 1\"", "\"1 \"", "\"1,0\"", "\"0x1\"", "\"1\\u0000\"", "true", "null", "[]", "{}", "1e400" })
                Check.Throws<FormatException>(() => Read(one.Name, wrong), wrong);
        })).Concat(
        [
            ("WireType single and double: whole numbers and reals, and nothing beyond", () =>
            {
                Check.Equal<object?>(1.5f, Read("single", "1.5"));
                Check.Equal<object?>(2f, Read("single", "2"));
                Check.Equal<object?>(1e300, Read("double", "1e300"));
                foreach (string wrong in new[] { "1e39", "-1e39", "\"1\"", "true", "null", "[]" }) Check.Throws<FormatException>(() => Read("single", wrong), wrong);
            }),
            ("WireType bool and string: these and no others; a text may be null", () =>
            {
                Check.Equal<object?>(true, Read("bool", "true"));
                Check.Equal<object?>(null, Read("string", "null"));
                Check.Equal<object?>("1", Read("string", "\"1\""));
                foreach (string wrong in new[] { "1", "\"true\"", "null", "{}" }) Check.Throws<FormatException>(() => Read("bool", wrong), wrong);
                foreach (string wrong in new[] { "1", "true", "[]", "1.5" }) Check.Throws<FormatException>(() => Read("string", wrong), wrong);
            }),
            ("WireType nullable: null beside the values of the type, in both directions", () =>
            {
                Check.Equal<object?>(null, Read("{\"nullable\":\"uint64\"}", "null"));
                Check.Equal<object?>(ulong.MaxValue, Read("{\"nullable\":\"uint64\"}", "\"18446744073709551615\""));
                Check.Throws<FormatException>(() => Read("{\"nullable\":\"byte\"}", "256"));
                const string Union = "{\"struct\":{\"Number\":{\"nullable\":\"uint64\"},\"Raw\":{\"nullable\":\"bytes\"}}}";
                var value = (PSObject)Read(Union, "{\"Number\":\"7\",\"Raw\":null}")!;
                Check.Equal<object?>(7UL, value.Properties["Number"].Value);
                Check.Equal<object?>(null, value.Properties["Raw"].Value);
                var json = new StringBuilder();
                WireType.Parse(JsonReader.Parse(Union)).Write(json, value);
                Check.Equal("{\"Number\":\"7\",\"Raw\":null}", json.ToString());
            }),
            ("WireType arrays and structs: typed elements, members by name", () =>
            {
                Check.Equal("1 2", string.Join(" ", (byte[])Read("{\"array\":\"byte\"}", "[1,2]")!));
                Check.Throws<FormatException>(() => Read("{\"array\":\"byte\"}", "[1,256]"));
                Check.Throws<FormatException>(() => Read("{\"array\":\"byte\"}", "{}"));
                const string Point = "{\"struct\":{\"X\":\"int\",\"Y\":{\"array\":\"uint64\"}}}";
                var point = (PSObject)Read(Point, "{\"Y\":[\"7\"],\"X\":-1}")!;
                Check.Equal("X Y", string.Join(" ", point.Properties.Select(one => one.Name)));
                Check.Equal(7UL, ((ulong[])point.Properties["Y"].Value)[0]);
                Check.Equal<object?>(null, Read("{\"array\":\"byte\"}", "null"));
                Check.Equal<object?>(null, ((PSObject)Read(Point, "{\"X\":1,\"Y\":null}")!).Properties["Y"].Value);
                foreach (string wrong in new[] { "{}", "{\"X\":1}", "[]", "{\"X\":1,\"Y\":[7.5]}" }) Check.Throws<FormatException>(() => Read(Point, wrong), wrong);
                var json = new StringBuilder();
                WireType.Parse(JsonReader.Parse(Point)).Write(json, new Hashtable { ["x"] = 1L });
                Check.Equal("{\"X\":1}", json.ToString());
            }),
            ("WireType: a description that is none", () =>
            {
                foreach (string wrong in new[] { "\"int128\"", "1", "null", "{}", "{\"array\":\"x\"}", "{\"struct\":[]}", "{\"array\":\"byte\",\"more\":1}" })
                    Check.Throws<FormatException>(() => WireType.Parse(JsonReader.Parse(wrong)), wrong);
            }),
        ]);

    private static object? Read(string type, string json) => WireType.Parse(type[0] == '{' ? JsonReader.Parse(type) : type).Read(JsonReader.Parse(json));
}
