using System.Management.Automation;
using System.Net.Sockets;
using Dllet.PortReservation;

namespace Dllet.Client.Tests;

internal static class SocketCases
{
    // The Winsock numbers that the definition of the module has words for, with their ids; from its facts.
    private static readonly JsonObject Facts = ((JsonObject)JsonReader.Parse(File.ReadAllText(Environment.GetEnvironmentVariable("DLLET_FACTS")!))!)
        .Get<JsonObject>("cmdlets").Values.Cast<JsonObject>().Select(one => one.Get<JsonObject>("output")).First(one => one.Get<string>("kind") == "socket");

    private static readonly (int Code, string Id)[] Known =
        [(10013, "AccessDenied"), (10022, "InvalidParameter"), (10045, "PlatformNotSupported"), (10047, "PlatformNotSupported"), (10048, "PortRangeInUse"), (10050, "Win32Error")];

    internal static IEnumerable<(string Name, Action Run)> All =>
        Known.Select<(int Code, string Id), (string, Action)>(one => ($"SocketOutput: Winsock error {one.Code} is {one.Id}", () =>
        {
            JsonObject fact = Facts.GetList<JsonObject>("errors").Find(known => known.Get<long>("code") == one.Code) ?? throw new FormatException("the facts have no words for it");
            ErrorRecord record = RecordOf(new SocketException(one.Code));
            Check.Equal(one.Id, record.FullyQualifiedErrorId);
            Check.Equal(fact.Get<string>("category"), record.CategoryInfo.Category.ToString());
            Check.Equal("start " + fact.Get<string>("message"), record.Exception.Message);
            Check.Equal<object?>((long)one.Code, record.Exception.Data["socketError"]);
            Check.Equal<object?>("step", record.Exception.Data["step"]);
        })).Concat(
        [
            ("SocketOutput: the control code is that of mstcpip.h, _WSAIOW(IOC_VENDOR, 102)", () => Check.Equal(0x80000000 | 0x18000000 | 102, SocketOutput.AssociateReservation)),
            ("SocketOutput: a Winsock error without words keeps its number", () =>
            {
                foreach (int code in new[] { 10004, 10054, 11001 })
                {
                    ErrorRecord record = RecordOf(new SocketException(code));
                    Check.Equal("Win32Error", record.FullyQualifiedErrorId);
                    Check.Equal(true, record.Exception.Message.Contains($"Winsock error {code}", StringComparison.Ordinal), record.Exception.Message);
                    Check.Equal<object?>((long)code, record.Exception.Data["socketError"]);
                    Check.Equal(true, record.ErrorDetails.RecommendedAction.Contains($"{code}", StringComparison.Ordinal));
                }
            }),
            ("SocketOutput: elsewhere than in Windows it is not supported", () => Check.Equal("PlatformNotSupported", RecordOf(new PlatformNotSupportedException()).FullyQualifiedErrorId)),
            ("SocketOutput: what is no error of a socket", () =>
            {
                ErrorRecord record = RecordOf(new InvalidOperationException("The port 1 is outside the block."));
                Check.Equal("Win32Error", record.FullyQualifiedErrorId);
                Check.Equal("start The port 1 is outside the block.", record.Exception.Message);
            }),
        ]);

    private static ErrorRecord RecordOf(Exception cause) => SocketOutput.RecordOf(Facts, cause, "start ", "step", new PSObject());
}
