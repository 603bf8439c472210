/**
 * The PowerShell side of a session: a dynamic module that converts the output of a script to one ASCII JSON document.
 *
 * It uses only the engine's own commands and .NET Framework 4.7.2, and is the same text in 5.1 and 7. It writes the
 * JSON itself, because ConvertTo-Json differs between the two and easily makes numbers inexact.
 */

const NAME = 'DlletSession';

const MODULE = String.raw`
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$invariant = [System.Globalization.CultureInfo]::InvariantCulture
$escape = [System.Text.RegularExpressions.MatchEvaluator] { param($match) '\u{0:x4}' -f [int][char]$match.Value }

function Clear-Record {
    $script:records = @{}
    foreach ($stream in 'output', 'errors', 'warnings', 'verbose', 'debug', 'information') {
        $script:records[$stream] = [System.Collections.Generic.List[string]]::new()
    }
    $script:failed = 'false'
}

function Format-Text([string]$Text) {
    '"' + [regex]::Replace($Text, '[^ !#-\[\]-~]', $script:escape) + '"'
}

function Format-Member([string]$Name, [string]$Json) {
    (Format-Text $Name) + ':' + $Json
}

function Test-Scalar($Base) {
    $Base -is [string] -or $Base -is [bool] -or $Base -is [char] -or $Base -is [System.IFormattable] -or
    $Base -is [uri] -or $Base -is [version] -or $Base -is [type] -or $Base -is [scriptblock] -or
    $Base -is [switch] -or $Base -is [System.Net.IPAddress]
}

function Get-ScalarText($Base) {
    if ($Base -is [datetime] -or $Base -is [System.DateTimeOffset]) { return $Base.ToString('o', $script:invariant) }
    if ($Base -is [double] -or $Base -is [single]) { return $Base.ToString('R', $script:invariant) }
    if ($Base -is [type]) { return $Base.FullName }
    try { [System.Convert]::ToString($Base, $script:invariant) } catch { '' }
}

# Levels says how many levels of collections and properties are still written out; below them a value is its text.
function Format-Value($Value, [int]$Levels) {
    if ($null -eq $Value) { return '{"type":"null","typeNames":[],"value":null}' }
    $base = $Value.PSObject.BaseObject
    $names = [string[]]@($Value.PSObject.TypeNames)
    $parts = foreach ($name in $names) { Format-Text $name }
    $head = '{"type":' + (Format-Text $names[0]) + ',"typeNames":[' + ($parts -join ',') + '],"value":'
    if ($Levels -le 0 -or (Test-Scalar $base)) { return $head + (Format-Text (Get-ScalarText $base)) + '}' }
    $isData = $base -is [System.Management.Automation.PSCustomObject] -or $base -is [System.Collections.IEnumerable]
    # Objects of the system lead from one to the next: only their own properties are of interest.
    $below = if ($isData) { $Levels - 1 } else { 0 }
    if ($base -is [System.Collections.IDictionary]) { return $head + (Format-Dictionary $base $below) + '}' }
    if ($base -is [System.Collections.IEnumerable]) {
        $items = foreach ($item in $base) { Format-Value $item $below }
        return $head + '{"items":[' + ($items -join ',') + ']}}'
    }
    $members = foreach ($property in $Value.PSObject.Properties) {
        try { $content = $property.Value } catch { $content = $null }
        Format-Member $property.Name (Format-Value $content $below)
    }
    $head + '{"properties":{' + ($members -join ',') + '}}}'
}

function Format-Dictionary($Dictionary, [int]$Levels) {
    $members = foreach ($entry in $Dictionary.GetEnumerator()) {
        Format-Member (Get-ScalarText $entry.Key) (Format-Value $entry.Value $Levels)
    }
    '{"properties":{' + ($members -join ',') + '}}'
}

function Format-DataOf($Exception) {
    # The engine keeps notes of its own here, under keys that are no text.
    $members = foreach ($entry in $Exception.Data.GetEnumerator()) {
        if ($entry.Key -is [string]) { Format-Member $entry.Key (Format-Value $entry.Value 1) }
    }
    '{' + ($members -join ',') + '}'
}

function Format-Failure($Record, [string]$Terminating) {
    $details = $Record.ErrorDetails
    $message = if ($null -ne $details -and $details.Message) { $details.Message } else { $Record.Exception.Message }
    $action = if ($null -ne $details) { $details.RecommendedAction } else { '' }
    $inner = $Record.Exception.InnerException
    $innerType = if ($null -ne $inner) { Format-Text $inner.GetType().FullName } else { 'null' }
    $members = @(
        Format-Member 'fullyQualifiedErrorId' (Format-Text $Record.FullyQualifiedErrorId)
        Format-Member 'category' (Format-Text $Record.CategoryInfo.Category.ToString())
        Format-Member 'message' (Format-Text $message)
        Format-Member 'targetObject' (Format-Value $Record.TargetObject 3)
        Format-Member 'exceptionType' (Format-Text $Record.Exception.GetType().FullName)
        Format-Member 'innerExceptionType' $innerType
        Format-Member 'exceptionMessage' (Format-Text $Record.Exception.Message)
        Format-Member 'exceptionData' (Format-DataOf $Record.Exception)
        Format-Member 'recommendedAction' (Format-Text $action)
        Format-Member 'terminating' $Terminating
    )
    '{' + ($members -join ',') + '}'
}

function Add-Record($Record) {
    if ($Record -is [System.Management.Automation.ErrorRecord]) {
        $script:records.errors.Add((Format-Failure $Record 'false'))
    } elseif ($Record -is [System.Management.Automation.WarningRecord]) {
        $script:records.warnings.Add((Format-Text $Record.Message))
    } elseif ($Record -is [System.Management.Automation.VerboseRecord]) {
        $script:records.verbose.Add((Format-Text $Record.Message))
    } elseif ($Record -is [System.Management.Automation.DebugRecord]) {
        $script:records.debug.Add((Format-Text $Record.Message))
    } elseif ($Record -is [System.Management.Automation.InformationRecord]) {
        $script:records.information.Add((Format-Text ([string]$Record.MessageData)))
    } else {
        $script:records.output.Add((Format-Value $Record 8))
    }
}

function Add-SessionRecord {
    process { Add-Record $_ }
}

function Add-SessionFailure($Record) {
    $script:failed = 'true'
    # A script that cannot be parsed fails inside a method call: the parser's own record says more.
    $inner = $Record.Exception.InnerException
    if ($inner -is [System.Management.Automation.ParseException]) { $Record = $inner.ErrorRecord }
    $script:records.errors.Add((Format-Failure $Record 'true'))
}

function Write-SessionDocument([string]$Marker) {
    $members = foreach ($stream in $script:records.Keys) {
        Format-Member $stream ('[' + ($script:records[$stream] -join ',') + ']')
    }
    $json = '{' + ($members -join ',') + ',"hadTerminatingError":' + $script:failed + '}'
    Clear-Record
    Set-LineEnd
    [Console]::Out.Write($Marker + $json + $Marker)
}

# node-powershell ends a command with a line of its own on both streams. It overlooks that line if it ends in CR LF and
# arrives in one piece with the line before the command. Set each time: a script can replace the writers.
function Set-LineEnd {
    [Console]::Out.NewLine = [Console]::Error.NewLine = "${'`n'}"
}

Clear-Record
Set-LineEnd
Microsoft.PowerShell.Core\Export-ModuleMember -Function Add-SessionRecord, Add-SessionFailure, Write-SessionDocument
`;

/** One line that defines the module in the session. */
export function installLine(): string {
  return `Microsoft.PowerShell.Core\\New-Module -Name ${NAME} -ScriptBlock ${scriptBlock(MODULE)} | Microsoft.PowerShell.Core\\Import-Module`;
}

/**
 * One line that runs the script in the global scope and writes its document between two markers. The streams are
 * merged, in order; a terminating error, a syntax error and a stray `break` still produce a document.
 */
export function runLine(script: string, marker: string): string {
  return (
    `try{. ${scriptBlock(script)} *>&1|${NAME}\\Add-SessionRecord}` +
    `catch{${NAME}\\Add-SessionFailure $_}` +
    `finally{${NAME}\\Write-SessionDocument '${marker}'}`
  );
}

// Base64 makes any script one line of ASCII, which avoids quoting, code pages and rules about blank lines.
function scriptBlock(script: string): string {
  const base64 = Buffer.from(script, 'utf8').toString('base64');
  return `([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${base64}'))))`;
}
