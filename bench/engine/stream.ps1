# Looks up many blocks in one pipeline, of which nothing is kept. Prints the memory of the engine and of its program in MB, after the
# first of them and at the end.

param([string] $SettingsPath)

$ErrorActionPreference = 'Stop'
$settings = Microsoft.PowerShell.Utility\ConvertFrom-Json ([System.IO.File]::ReadAllText($SettingsPath))
Import-Module $settings.manifest -ArgumentList @{ LibraryPath = $settings.library; NodePath = $settings.node }
$null = New-PersistentUdpPortReservation -StartPort 5000 -NumberOfPorts 20 -Confirm:$false

$engine = [System.Diagnostics.Process]::GetCurrentProcess()
$program = Get-Process | Where-Object { $null -ne $_.Parent -and $_.Parent.Id -eq $PID }

function Write-Memory {
    [System.GC]::Collect()
    [System.GC]::WaitForPendingFinalizers()
    $engine.Refresh()
    $program.Refresh()
    [System.Console]::Out.WriteLine((ConvertTo-Json -Compress @{ engine = $engine.WorkingSet64 / 1MB; program = $program.WorkingSet64 / 1MB }))
}

$seen = 0
& { for ($index = 0; $index -lt $settings.records; $index++) { [pscustomobject]@{ StartPort = [uint16]5000; NumberOfPorts = [uint16]20 } } } |
    Get-PersistentUdpPortReservationToken | ForEach-Object { if (++$seen -eq $settings.early) { Write-Memory } }
if ($seen -ne $settings.records) { throw "$seen of $($settings.records) were answered" }
Write-Memory
