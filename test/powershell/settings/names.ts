/** The names that a module uses, for a session to take them. */
import path from 'node:path';
import { type ModuleBench, quoted } from '../../support/powershell-module.js';

export interface Names {
  /** Commands that the module's scripts call or define, but those that it exports; and some that scripts usually call. */
  readonly commands: readonly string[];
  /** Variables of the module's scripts, but those that PowerShell gives a meaning. */
  readonly variables: readonly string[];
}

const USUAL = ['Get-Command', 'New-Object', 'Join-Path', 'Split-Path', 'Write-Output', 'Write-Warning', 'Write-Error'];

const MEANT = 'args input _ this PSItem PSCmdlet PSBoundParameters PSScriptRoot MyInvocation WarningPreference'.split(
  ' ',
);

export async function namesOf(bench: ModuleBench): Promise<Names> {
  const [facts] = await bench.output(`
    $trees = foreach ($file in [System.IO.Directory]::GetFiles(${quoted(path.dirname(bench.manifest))})) {
      if ($file -match '\\.psm?1$') { [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null) }
    }
    function Find-Node($Kind) { foreach ($tree in $trees) { $tree.FindAll({ param($node) $node.GetType().Name -eq $Kind }, $true) } }
    [pscustomobject]@{
      called = @(Find-Node 'CommandAst' | ForEach-Object { $_.GetCommandName() } | Where-Object { $_ })
      defined = @(Find-Node 'FunctionDefinitionAst' | ForEach-Object { $_.Name })
      used = @(Find-Node 'VariableExpressionAst' | ForEach-Object { $_.VariablePath.UserPath })
      given = @([powershell]::Create([initialsessionstate]::CreateDefault2()).AddScript('$ExecutionContext.InvokeProvider.ChildItem.Get("variable:", $false)').Invoke() | ForEach-Object { $_.Name })
      exported = @((Get-Module).Where({ $_.Name -eq 'PersistentPortReservation' }).ExportedFunctions.Keys)
    }`);
  const { called, defined, used, given, exported } = facts as Record<string, string[]>;
  const commands = [...(called ?? []), ...(defined ?? []), ...USUAL].map((name) => name.replace(/^.*[:\\]/, ''));
  const variables = (used ?? []).map((name) => name.replace(/^(script|global|env):/, ''));
  return { commands: without(commands, exported ?? []), variables: without(variables, [...(given ?? []), ...MEANT]) };
}

/** Each name once, whatever its case, without the excepted. */
function without(names: readonly string[], excepted: readonly string[]): string[] {
  const left = new Map(names.map((name) => [name.toLowerCase(), name]));
  for (const name of excepted) left.delete(name.toLowerCase());
  return [...left.values()];
}
