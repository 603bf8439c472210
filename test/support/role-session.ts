/**
 * A session that a JEA endpoint would make from a role capability file: no language, the role's module imported, only
 * the role's commands visible, no programs, no scripts. The file is the module's own and is read here with PowerShell's
 * data reader.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PowerShellResult } from '../../src/powershell/result.js';
import { MODULE, type ModuleBench, quoted } from './powershell-module.js';

/** What a user of the session calls: one command with parameters, because there is no language. */
export interface RoleCall {
  readonly command: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

/** Opens a new session. The role's module is a copy with these options as its defaults, because a role passes none. */
export async function openRole(bench: ModuleBench, role: string, options: string): Promise<void> {
  const modules = path.join(bench.directory, `modules of ${role}`);
  const folder = path.join(modules, MODULE);
  cpSync(path.dirname(bench.manifest), folder, { recursive: true });
  const script = path.join(folder, `${MODULE}.psm1`);
  const text = readFileSync(script, 'utf8');
  writeFileSync(script, text.replace('param([object] $Options)', `param([object] $Options = ${options})`));
  await bench.output(`
    $file = ${quoted(path.join(folder, 'RoleCapabilities', `${role}.psrc`))}
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$null)
    $data = $tree.EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue()
    $state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = 'NoLanguage'
    $paths = $env:PSModulePath
    $env:PSModulePath = ${quoted(modules)} + [System.IO.Path]::PathSeparator + $paths
    $state.ImportPSModule([string[]]@($data.ModulesToImport))
    if ($null -ne $ExecutionContext.SessionState.PSVariable.Get('endpoint')) { $endpoint.Runspace.Dispose(); $endpoint.Dispose() }
    $endpoint = [powershell]::Create()
    $endpoint.Runspace = [runspacefactory]::CreateRunspace($state)
    $endpoint.Runspace.Open()
    $env:PSModulePath = $paths
    $proxy = $endpoint.Runspace.SessionStateProxy
    foreach ($command in @($proxy.InvokeCommand.GetCommands('*', 'Alias, Function, Cmdlet', $true))) {
      $isVisible = @($data.VisibleFunctions) -contains ($command.ModuleName + '\\' + $command.Name)
      $command.Visibility = if ($isVisible) { 'Public' } else { 'Private' }
    }
    # What the pipeline of a session itself needs is visible in every endpoint.
    $proxy.InvokeCommand.GetCommand('Get-Command', 'Cmdlet').Visibility = 'Public'
    $proxy.Applications.Clear()
    $proxy.Scripts.Clear()
    $proxy.LanguageMode = 'NoLanguage'`);
}

/**
 * Runs a pipeline of commands in it and returns its output, errors and warnings. A terminating error is one of the
 * errors.
 */
export function runInRole(bench: ModuleBench, ...calls: readonly RoleCall[]): Promise<PowerShellResult> {
  const added = calls.map(({ command, parameters = {} }) =>
    [
      `$null = $endpoint.AddCommand(${quoted(command)})`,
      ...Object.entries(parameters).map(
        ([name, value]) =>
          `$null = $endpoint.AddParameter(${quoted(name)}, ${typeof value === 'string' ? quoted(value) : typeof value === 'boolean' ? `$${value}` : value})`,
      ),
    ].join('\n'),
  );
  return runEndpoint(bench, added.join('\n'));
}

/** Runs a text in it, as if a user typed it. */
export function typeInRole(bench: ModuleBench, text: string): Promise<PowerShellResult> {
  return runEndpoint(bench, `$null = $endpoint.AddScript(${quoted(text)})`);
}

function runEndpoint(bench: ModuleBench, added: string): Promise<PowerShellResult> {
  return bench.run(`
    $endpoint.Commands.Clear()
    $endpoint.Streams.ClearStreams()
    ${added}
    try { $endpoint.Invoke() } catch { $_.Exception.InnerException.ErrorRecord }
    $endpoint.Streams.Warning
    $endpoint.Streams.Error`);
}
