# The advanced function of ../pinvoke; Add-Type compiles its type during the import.

param([hashtable] $Options)

Microsoft.PowerShell.Utility\Add-Type -Namespace Bench.AddType -Name PortReservation -MemberDefinition @"
[DllImport(@"$($Options.Library)")]
public static extern uint LookupPersistentUdpPortReservation(ushort startPort, ushort numberOfPorts, out ulong token);
"@

function Get-AddTypeReservation {
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('Bench.PersistentPortReservation')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 65535)]
        [uint16] $StartPort,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 65535)]
        [uint16] $NumberOfPorts
    )
    process {
        $endPort = [int]$StartPort + [int]$NumberOfPorts - 1
        if ($endPort -gt 65535) {
            $exception = [System.ArgumentException]::new('The block would end at ' + $endPort + '.')
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, 'InvalidPortRange', 'InvalidArgument', $StartPort))
            return
        }
        $token = [uint64]0
        $networkPort = [uint16]((($StartPort -band 0xFF) -shl 8) -bor ($StartPort -shr 8))
        $code = [Bench.AddType.PortReservation]::LookupPersistentUdpPortReservation($networkPort, $NumberOfPorts, [ref]$token)
        if ($code -ne 0) {
            $id = if ($code -eq 1168) { 'ReservationNotFound' } else { 'Win32Error' }
            $exception = [System.ComponentModel.Win32Exception]::new([int]$code)
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, $id, 'ObjectNotFound', $StartPort))
            return
        }
        [pscustomobject]@{
            PSTypeName    = 'Bench.PersistentPortReservation'
            Protocol      = 'Udp'
            StartPort     = $StartPort
            NumberOfPorts = $NumberOfPorts
            EndPort       = [uint16]$endPort
            Token         = $token
        }
    }
}
