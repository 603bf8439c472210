# Looks up many blocks in one pipeline, of which nothing is kept. Prints the memory of the engine, the objects that are alive in it,
# and the memory of its program, in MB, after the first of them and after the last.

param([string] $SettingsPath)

$ErrorActionPreference = 'Stop'
$settings = Microsoft.PowerShell.Utility\ConvertFrom-Json ([System.IO.File]::ReadAllText($SettingsPath))
Import-Module $settings.manifest -ArgumentList @{ LibraryPath = $settings.library; NodePath = $settings.node }
$null = New-PersistentUdpPortReservation -StartPort 5000 -NumberOfPorts 20 -Confirm:$false

$engine = [System.Diagnostics.Process]::GetCurrentProcess()
$program = Get-Process | Where-Object { $null -ne $_.Parent -and $_.Parent.Id -eq $PID }

function Write-Memory {
    # Also gives back what the collector keeps for later.
    [System.GC]::Collect(2, [System.GCCollectionMode]::Aggressive, $true, $true)
    [System.GC]::WaitForPendingFinalizers()
    $objects = [System.GC]::GetTotalMemory($true)
    $engine.Refresh()
    $program.Refresh()
    $memory = @{ engine = $engine.WorkingSet64; objects = $objects; program = $program.WorkingSet64 }
    foreach ($name in @($memory.Keys)) { $memory[$name] /= 1MB }
    [System.Console]::Out.WriteLine((ConvertTo-Json -Compress $memory))
}

$seen = 0
& { for ($index = 0; $index -lt $settings.records; $index++) { [pscustomobject]@{ StartPort = [uint16]5000; NumberOfPorts = [uint16]20 } } } |
    Get-PersistentUdpPortReservationToken | ForEach-Object { if (++$seen -in $settings.early, $settings.records) { Write-Memory } }
