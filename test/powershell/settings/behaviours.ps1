# What the module does, as a list of behaviours. Each puts out lines of text; all of them are the same in every setting of a
# session. Nothing here is called by a bare name but the module's own cmdlets: a setting may have taken any other name.
param([string] $SettingImport, [string] $SettingFolder)

. ([scriptblock]::Create($SettingImport))

$sure = @{ WhatIf = $false; Confirm = $false }
$file = [System.IO.Path]::Combine($SettingFolder, 'map.html')

# The error that a call ends with or writes, by its id, category and text.
$failure = {
    param([scriptblock] $Call)
    try { $lines = & $Call 2>&1 } catch { $lines = @($_) }
    foreach ($one in @($lines)) {
        if ($one -isnot [System.Management.Automation.ErrorRecord]) { 'no error: ' + $one; continue }
        $one.FullyQualifiedErrorId
        [string]$one.CategoryInfo.Category
        if ($null -ne $one.ErrorDetails) { $one.ErrorDetails.Message }
    }
}

$behaviours = [ordered]@{
    'create returns the reservation'            = {
        $made = New-PersistentUdpPortReservation 5000 20 @sure -WarningAction SilentlyContinue
        $made.PSObject.TypeNames[0]
        foreach ($property in $made.PSObject.Properties) {
            $text = if ($property.Name -eq 'Token') { [string]($property.Value -gt 0) } else { [string]$property.Value }
            $property.Name + ' ' + $property.Value.GetType().Name + ' ' + $text
        }
    }
    'lookup returns the same token each time'   = {
        $one = Get-PersistentUdpPortReservationToken 5000 20
        $other = Get-PersistentUdpPortReservationToken -startport 5000 -numberofports 20
        ($one.Token -eq $other.Token)
        [uint64]::Parse([string]$one.Token, [System.Globalization.CultureInfo]::InvariantCulture) -eq $one.Token
    }
    'test tells'                                = {
        Test-PersistentUdpPortReservation 5000 20
        Test-PersistentUdpPortReservation 5000 21
        Test-PersistentTcpPortReservation 5000 20
    }
    'a block that is not there'                 = { & $failure { Get-PersistentTcpPortReservationToken 1 1 -ErrorAction Continue } }
    'a block that is there'                     = { & $failure { New-PersistentUdpPortReservation 5000 20 @sure -ErrorAction Continue } }
    'a block past the last port'                = { & $failure { Get-PersistentUdpPortReservationToken 65530 20 -ErrorAction Continue } }
    'a port that is none'                       = { (& $failure { Get-PersistentUdpPortReservationToken 0 20 })[0] }
    'a text of a number is read the same'       = {
        (& $failure { Get-PersistentTcpPortReservationToken '5.000' '20' -ErrorAction Continue })[2]
        (& $failure { Get-PersistentTcpPortReservationToken '5 000' 20 })[0]
    }
    'what if creates nothing'                   = {
        New-PersistentUdpPortReservation 6000 2 -WhatIf
        Test-PersistentUdpPortReservation 6000 2
    }
    'what if removes nothing'                   = {
        Remove-PersistentUdpPortReservation 5000 20 -WhatIf
        Test-PersistentUdpPortReservation 5000 20
    }
    'an existing block is handed through'       = { (New-PersistentUdpPortReservation 5000 20 -PassThruExisting @sure).EndPort }
    'a pipeline of many keeps its order'        = {
        $blocks = foreach ($port in 1..600) { [pscustomobject]@{ StartPort = $port; NumberOfPorts = 1 } }
        $answers = $blocks | Test-PersistentTcpPortReservation
        [string]$answers.Count + ' ' + (@($answers) -contains $true)
        $made = $blocks[0..19] | New-PersistentTcpPortReservation @sure
        [string]$made.Count + ' ' + ($made.StartPort -join ',')
        $found = Get-PersistentTcpPortReservationToken -InputObject $made
        [string]$found.Count + ' ' + (($found.Token -join ' ') -ceq ($made.Token -join ' '))
        $found | Remove-PersistentTcpPortReservation @sure
        @($blocks | Test-PersistentTcpPortReservation) -contains $true
    }
    'objects survive serialization and pipe on' = {
        $made = New-PersistentUdpPortReservation 7000 3 @sure
        $xml = [System.Management.Automation.PSSerializer]::Serialize($made)
        $back = [System.Management.Automation.PSSerializer]::Deserialize($xml)
        $back.PSObject.TypeNames[0]
        $back.Token.GetType().Name + ' ' + ($back.Token -eq $made.Token)
        ($back | Get-PersistentUdpPortReservationToken).EndPort
        $back | Remove-PersistentUdpPortReservation @sure
        $back | Test-PersistentUdpPortReservation
    }
    'words are taken in any case'               = {
        $ranges = @(Get-ExcludedPortRange -Protocol UDP -AddressFamily ipv4 -Store active)
        [string]$ranges.Count + ' ' + $ranges[0].Protocol + ' ' + $ranges[0].AddressFamily + ' ' + $ranges[0].StartPort + '-' + $ranges[0].EndPort
        $dynamic = Get-DynamicPortRange -Protocol tcp -AddressFamily IPV6 -Store PERSISTENT
        $dynamic.AddressFamily + ' ' + $dynamic.StartPort + ' ' + $dynamic.NumberOfPorts
    }
    'a port is bound and judged'                = {
        $listener = [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0))
        try {
            $port = $listener.Client.LocalEndPoint.Port
            (Test-PortBinding -Port $port -Protocol Udp -Address 127.0.0.1).Verdict
            $use = Get-PortUse -Port $port -Protocol Udp -ProcessId $PID
            [string]$use.Address + ' ' + ($use.ProcessId -eq $PID)
        } finally {
            $listener.Dispose()
        }
    }
    'a free block is found and reserved'        = {
        foreach ($block in Find-FreePortBlock 20 -Protocol Udp -Minimum 20000 -Maximum 30000) {
            $made = $block | New-PersistentUdpPortReservation @sure
            $made.StartPort -eq $block.StartPort
            $made | Remove-PersistentUdpPortReservation @sure
            break
        }
    }
    'the port map is written'                   = {
        $written = Export-PortMap -Path $file @sure
        $written.Name + ' ' + [System.IO.File]::ReadAllText($file).StartsWith('<!doctype html>', [System.StringComparison]::OrdinalIgnoreCase)
    }
    'a path that is none'                       = { (& $failure { Export-PortMap -Path ($file + '/none/map.html') @sure -ErrorAction Continue })[0] }
    'the module tells whether it is whole'      = { (Test-PersistentPortReservationModule -PassThru).Status }
    'help is there'                             = {
        $help = Microsoft.PowerShell.Core\Get-Help Get-PersistentUdpPortReservationToken -Full
        $help.Synopsis
        @($help.examples.example).Count -ge 3
    }
    'remove takes it away'                      = {
        Remove-PersistentUdpPortReservation 5000 20 @sure
        Test-PersistentUdpPortReservation 5000 20
        (& $failure { Remove-PersistentUdpPortReservation 5000 20 @sure -ErrorAction Continue })[0]
    }
}

foreach ($name in $behaviours.Keys) {
    try {
        $lines = foreach ($line in & $behaviours[$name]) { [string]$line }
    } catch {
        $lines = 'stopped: ' + $_.FullyQualifiedErrorId + ': ' + $_.Exception.Message + ' ' + $_.ScriptStackTrace
    }
    [pscustomobject]@{ Name = $name; Lines = [string[]]@($lines) }
}
Microsoft.PowerShell.Core\Remove-Module -Name PersistentPortReservation @sure
