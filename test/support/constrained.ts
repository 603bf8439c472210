/** A session in Constrained Language Mode: an inner runspace, for the engine's own session is needed to look at it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PowerShellResult } from '../../src/powershell/result.js';
import { type ModuleBench, quoted } from './powershell-module.js';

/** Commands that a full PowerShell brings along, and that the test host has for such a session alone. */
const MODULES = ['Microsoft.PowerShell.Utility', 'Microsoft.PowerShell.Management'];

/** Opens the session anew. */
export async function openConstrained(bench: ModuleBench): Promise<void> {
  const folder = path.join(path.dirname(bench.session.executable), 'ConstrainedModules');
  const modules = existsSync(folder) ? MODULES.map((name) => path.join(folder, name, `${name}.psd1`)) : [];
  await bench.output(`
    $state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = 'ConstrainedLanguage'
    $state.ImportPSModule([string[]]@(${modules.map(quoted).join(', ')}))
    if ($null -ne $ExecutionContext.SessionState.PSVariable.Get('constrained')) { $constrained.Runspace.Dispose(); $constrained.Dispose() }
    $constrained = [powershell]::Create()
    $constrained.Runspace = [runspacefactory]::CreateRunspace($state)
    $constrained.Runspace.Open()`);
}

/** Runs a script there: its output, errors and warnings. A terminating error is among the errors. */
export function runConstrained(bench: ModuleBench, script: string): Promise<PowerShellResult> {
  return bench.run(`
    $constrained.Commands.Clear()
    $constrained.Streams.ClearStreams()
    $null = $constrained.AddScript(${quoted(script)})
    try { $constrained.Invoke() } catch { $_.Exception.InnerException.ErrorRecord }
    $constrained.Streams.Warning
    $constrained.Streams.Error`);
}
