using System.Net.Sockets;
using Dllet.Client;

namespace Dllet.PortReservation;

/// <summary>A bound socket that takes its port from a reserved block: a control code passes the token of the reservation to the socket
/// before it is bound. The facts name the token, the first port and the number of ports among the values, and describe errors.</summary>
public sealed class SocketOutput : ExtensionOutput {
    // SIO_ASSOCIATE_PORT_RESERVATION, which is _WSAIOW(IOC_VENDOR, 102): the input is the token, 8 bytes. Source: mstcpip.h.
    internal const uint AssociateReservation = 0x98000066;

    public override object Make(
        JsonObject facts, IDictionary<string, object> bound, IReadOnlyDictionary<string, object?> values, PSObject target) {
        if (facts is null || bound is null || values is null) throw new ArgumentNullException(nameof(facts));
        ulong token = Convert.ToUInt64(values[facts.Get<string>("token")], CultureInfo.InvariantCulture);
        long first = Convert.ToInt64(values[facts.Get<string>("first")], CultureInfo.InvariantCulture);
        long last = first + Convert.ToInt64(values[facts.Get<string>("count")], CultureInfo.InvariantCulture) - 1;
        bool isTcp = facts.Get<string>("transport") == "Tcp";
        bool isIPv6 = bound.TryGetValue("AddressFamily", out object? family) && (string)family == "IPv6";
        string step = "be opened";
        Socket? socket = null;
        try {
            socket = new Socket(
                isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
                isTcp ? SocketType.Stream : SocketType.Dgram,
                isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
            step = "be given the reservation (SIO_ASSOCIATE_PORT_RESERVATION)";
            socket.IOControl(unchecked((int)AssociateReservation), BitConverter.GetBytes(token), null);
            step = "be bound to a port of the reservation";
            socket.Bind(new IPEndPoint(isIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
            int port = ((IPEndPoint)socket.LocalEndPoint).Port;
            step = $"be trusted: the system gave it port {port}, which is outside the block";
            return port >= first && port <= last ? socket : throw new InvalidOperationException($"The port {port} is outside the block.");
        } catch (Exception error) when (error is SocketException or PlatformNotSupportedException or InvalidOperationException) {
            socket?.Dispose();
            string ports = first == last ? $"port {first}" : $"ports {first}-{last}";
            string start = $"The {(isTcp ? "TCP" : "UDP")} socket for {ports} could not {step}. ";
            ErrorRecord record = RecordOf(facts, error, start, step, target);
            throw new RuntimeException(record.Exception.Message, record.Exception, record);
        }
    }

    /// <summary>Returns the error record for a socket that could not be made. Uses the description in the facts if there is one for its
    /// error number, and the original error otherwise.</summary>
    internal static ErrorRecord RecordOf(JsonObject facts, Exception cause, string start, string step, PSObject target) {
        if (cause is PlatformNotSupportedException)
            return MakeRecord("PlatformNotSupported", ErrorCategory.NotImplemented,
                start + "Only Windows lets a socket take its port from a reservation.",
                "Run this on Windows, in an elevated session.", step, target, cause);
        if (cause is not SocketException failed)
            return MakeRecord("Win32Error", ErrorCategory.NotSpecified, start + cause.Message,
                "Look the reservation up again: its token may have changed. If this stays, please report it.", step, target, cause);
        // SocketErrorCode is the Winsock number on every system. ErrorCode is errno on systems without Winsock.
        long code = (int)failed.SocketErrorCode > 0 ? (int)failed.SocketErrorCode : failed.ErrorCode;
        ErrorRecord record = facts.GetList<JsonObject>("errors").Find(one => one.Get<long>("code") == code) is { } known
            ? MakeRecord(known.Get<string>("id"), LanguagePrimitives.ConvertTo<ErrorCategory>(known.Get<string>("category")),
                start + known.Get<string>("message"), known.Get<string>("recommendedAction"), step, target, cause)
            : MakeRecord("Win32Error", ErrorCategory.NotSpecified, $"{start}Winsock error {code}: {cause.Message}",
                $"Look the code {code} up under \"Windows Sockets Error Codes\" in the Windows documentation.", step, target, cause);
        record.Exception.Data["socketError"] = code;
        return record;
    }

    private static ErrorRecord MakeRecord(
        string id, ErrorCategory category, string message, string action, string step, PSObject target, Exception cause) {
        var exception = new InvalidOperationException(message, cause);
        exception.Data["step"] = step;
        return new ErrorRecord(exception, id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = action } };
    }
}
