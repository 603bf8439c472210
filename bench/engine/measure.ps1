# Measures inside one engine that has every contender loaded. Prints tab-separated lines: sample, fact, begin.
# Only commands of the engine itself: the test host has no others.

param([string] $SettingsPath)

$ErrorActionPreference = 'Stop'
$settings = Microsoft.PowerShell.Utility\ConvertFrom-Json ([System.IO.File]::ReadAllText($SettingsPath))
. ($PSScriptRoot + '/common.ps1')
. ($PSScriptRoot + '/contenders.ps1')
. ($PSScriptRoot + '/runspaces.ps1')

Write-Row fact engine ([string]$PSVersionTable.PSVersion)
Assert-SameOutput
if ($settings.wanted -contains 'import') { Measure-ImportTime }
if ($settings.wanted -contains 'warm-first-token') { Measure-WarmFirstToken }
if ($settings.wanted -contains 'scalar') { Measure-Scalar }
if ($settings.wanted -contains 'pipeline') {
    Measure-Pipeline 'pipeline' $settings.repetitions.pipeline
    Measure-Pipeline 'long-pipeline' $settings.repetitions.longPipeline
}
Write-Row fact finished yes
