# Imports a module, shows the help of one of its cmdlets, and calls another many times. Writes milliseconds as JSON.
param([string] $Manifest, [string] $Node, [string] $Call, [int] $Calls)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$watch = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module -Name $Manifest -ArgumentList @{ NodePath = $Node }
$import = $watch.Elapsed.TotalMilliseconds
$watch.Restart()
$null = Get-Help -Name 'Open-PlainArchive' -Full | Out-String
$help = $watch.Elapsed.TotalMilliseconds
$work = [scriptblock]::Create($Call)
$returned = & $work
$watch.Restart()
foreach ($round in 1..$Calls) { $null = & $work }
$each = $watch.Elapsed.TotalMilliseconds / $Calls
@{ import = $import; help = $help; call = $each; returned = [string]$returned } | ConvertTo-Json
