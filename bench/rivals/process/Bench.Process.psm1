# A process per call, as Crescendo wraps a native program: the call operator, and JSON from its output.

param([hashtable] $Options)

$script:Node = $Options.Node
$script:Program = $Options.Program
$script:Library = $Options.Library

function Get-ProcessReservation {
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
        $json = '{"StartPort":' + $StartPort + ',"NumberOfPorts":' + $NumberOfPorts + '}'
        $reply = & $script:Node $script:Program call LookupPersistentUdpPortReservation $json --library $script:Library | Microsoft.PowerShell.Utility\ConvertFrom-Json
        if ($null -eq $reply.PSObject.Properties['result']) { throw $reply.error.message }
        [pscustomobject]@{
            PSTypeName    = 'Bench.PersistentPortReservation'
            Protocol      = 'Udp'
            StartPort     = $StartPort
            NumberOfPorts = $NumberOfPorts
            EndPort       = [uint16]$endPort
            Token         = [uint64]$reply.result.Token
        }
    }
}
