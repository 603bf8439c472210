using System.Net;
using System.Net.Sockets;

namespace Dllet.Client;

/// <summary>Writes a bound socket that takes its port from the range that a result of the call stands for: a control code passes the result to the
/// socket before it is bound. The facts name the control code and describe the errors.</summary>
internal sealed class SocketOutput(CmdletFacts facts) : FunctionOutput(facts) {
    internal override void Write(Caller caller, Reply reply, object?[] row, object?[] results) {
        int index = Facts.OutputOf(Facts.Output.Get<string>("token"));
        ulong token = reply.Read(() => Convert.ToUInt64(Facts.Outputs[index].Type.Read(results[index]), CultureInfo.InvariantCulture));
        long first = Convert.ToInt64(row[Facts.PositionOf(Facts.Output.Get<string>("first"))], CultureInfo.InvariantCulture);
        long last = first + Convert.ToInt64(row[Facts.PositionOf(Facts.Output.Get<string>("count"))], CultureInfo.InvariantCulture) - 1;
        string step = "be opened";
        Socket? socket = null;
        bool isReady = false;
        try {
            bool isWide = caller.Cmdlet.MyInvocation.BoundParameters.TryGetValue("AddressFamily", out object? family) && (string)family == "IPv6";
            bool isTcp = Facts.Output.Get<string>("transport") == "Tcp";
            socket = new Socket(
                isWide ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, isTcp ? SocketType.Stream : SocketType.Dgram, isTcp ? ProtocolType.Tcp : ProtocolType.Udp);
            step = $"be given the reservation ({Facts.Output.Get<string>("controlName")})";
            byte[] bytes = BitConverter.GetBytes(token);
            socket.IOControl(unchecked((int)Facts.Output.Get<long>("control")), bytes, null);
            step = "be bound to a port of the reservation";
            socket.Bind(new IPEndPoint(isWide ? IPAddress.IPv6Any : IPAddress.Any, 0));
            int port = ((IPEndPoint)socket.LocalEndPoint).Port;
            step = $"be trusted: the system gave it port {port}, which is outside the block";
            isReady = port >= first && port <= last ? true : throw new InvalidOperationException($"The port {port} is outside the block.");
        } catch (Exception error) when (error is SocketException or PlatformNotSupportedException or InvalidOperationException) {
            string start = $"The {Facts.Output.Get<string>("transport").ToUpperInvariant()} socket for the ports {first}-{last} could not {step}. ";
            caller.WriteError(RecordOf(Facts.Output, error, start, step, Facts.TargetOf(row)));
        } finally { if (!isReady) socket?.Dispose(); }
        if (isReady) caller.Cmdlet.WriteObject(socket);
    }

    /// <summary>Returns the error of a socket that could not be created: as the facts describe its number, otherwise the original one.</summary>
    internal static ErrorRecord RecordOf(JsonObject facts, Exception cause, string start, string step, PSObject target) {
        var data = new JsonObject { ["step"] = step };
        if (cause is SocketException failed) {
            // The Winsock number on every system; ErrorCode is errno on systems without Winsock.
            long code = (int)failed.SocketErrorCode > 0 ? (int)failed.SocketErrorCode : failed.ErrorCode;
            data["socketError"] = code;
            return facts.GetList<JsonObject>("errors").Find(one => one.Get<long>("code") == code) is { } known
                ? Failure.MakeRecord(known.Get<string>("id"), Failure.CategoryOf(known.Get<string>("category")), start + known.Get<string>("message"),
                    known.Get<string>("recommendedAction"), target, data, cause)
                : Failure.MakeRecord("Win32Error", ErrorCategory.NotSpecified, $"{start}Winsock error {code}: {cause.Message}",
                    $"Look the code {code} up under \"Windows Sockets Error Codes\" in the Windows documentation.", target, data, cause);
        }
        return cause is PlatformNotSupportedException
            ? Failure.MakeRecord("PlatformNotSupported", ErrorCategory.NotImplemented, start + "Only Windows lets a socket take its port from a reservation.",
                "Run this on Windows, in an elevated session.", target, data, cause)
            : Failure.MakeRecord("Win32Error", ErrorCategory.NotSpecified, start + cause.Message,
                "Look the reservation up again: its token may have changed. If this stays, please report it.", target, data, cause);
    }
}
