# Measures inside one engine with all contenders loaded. Prints tab-separated lines: begin, sample, finished.

param([string] $SettingsPath)

$ErrorActionPreference = 'Stop'
$settings = Microsoft.PowerShell.Utility\ConvertFrom-Json ([System.IO.File]::ReadAllText($SettingsPath))
. ($PSScriptRoot + '/common.ps1')
. ($PSScriptRoot + '/contenders.ps1')
. ($PSScriptRoot + '/runspaces.ps1')

Assert-SameOutput
if ($settings.wanted -contains 'import') { Measure-ImportTime }
if ($settings.wanted -contains 'warm-first-token') { Measure-WarmFirstToken }
if ($settings.wanted -contains 'scalar') { Measure-Scalar }
if ($settings.wanted -contains 'pipeline') {
    Measure-Pipeline 'pipeline' $settings.repetitions.pipeline
    Measure-Pipeline 'long-pipeline' $settings.repetitions.longPipeline
}
Write-Row finished
