using System.ComponentModel;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace Bench.Cmdlet
{
    /// <summary>Looks up a reservation like the emitted cmdlet, but compiled and in the process itself.</summary>
    [Cmdlet(VerbsCommon.Get, "CompiledReservation")]
    [OutputType("Bench.PersistentPortReservation")]
    public sealed class GetCompiledReservation : PSCmdlet
    {
        private const int LastPort = 65535;
        private const uint NotFound = 1168;

        [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
        [ValidateRange(1, LastPort)]
        public ushort StartPort { get; set; }

        [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
        [ValidateRange(1, LastPort)]
        public ushort NumberOfPorts { get; set; }

        protected override void ProcessRecord()
        {
            int endPort = StartPort + NumberOfPorts - 1;
            if (endPort > LastPort)
            {
                WriteError(new ErrorRecord(new PSArgumentException($"The block would end at {endPort}."), "InvalidPortRange", ErrorCategory.InvalidArgument, StartPort));
                return;
            }

            uint code = LookupPersistentUdpPortReservation(ToNetworkOrder(StartPort), NumberOfPorts, out ulong token);
            if (code != 0)
            {
                string id = code == NotFound ? "ReservationNotFound" : "Win32Error";
                WriteError(new ErrorRecord(new Win32Exception((int)code), id, ErrorCategory.ObjectNotFound, StartPort));
                return;
            }

            WriteObject(ToReservation((ushort)endPort, token));
        }

        private PSObject ToReservation(ushort endPort, ulong token)
        {
            var reservation = new PSObject();
            reservation.TypeNames.Insert(0, "Bench.PersistentPortReservation");
            reservation.Properties.Add(new PSNoteProperty("Protocol", "Udp"));
            reservation.Properties.Add(new PSNoteProperty("StartPort", StartPort));
            reservation.Properties.Add(new PSNoteProperty("NumberOfPorts", NumberOfPorts));
            reservation.Properties.Add(new PSNoteProperty("EndPort", endPort));
            reservation.Properties.Add(new PSNoteProperty("Token", token));
            return reservation;
        }

        private static ushort ToNetworkOrder(ushort port) => (ushort)((port << 8) | (port >> 8));

        [DllImport("persistent_port_reservation")]
        private static extern uint LookupPersistentUdpPortReservation(ushort startPort, ushort numberOfPorts, out ulong token);
    }
}
