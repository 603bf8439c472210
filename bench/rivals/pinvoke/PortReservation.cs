using System.Runtime.InteropServices;

namespace Bench.PInvoke
{
    /// <summary>The signatures, as in articles about P/Invoke in PowerShell. The library is beside the assembly.</summary>
    public static class PortReservation
    {
        [DllImport("persistent_port_reservation")]
        public static extern uint CreatePersistentUdpPortReservation(ushort startPort, ushort numberOfPorts, out ulong token);

        [DllImport("persistent_port_reservation")]
        public static extern uint LookupPersistentUdpPortReservation(ushort startPort, ushort numberOfPorts, out ulong token);
    }
}
