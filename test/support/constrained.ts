/**
 * A session in Constrained Language Mode. It is an inner runspace, because the engine's own session must be able to
 * inspect it.
 */
import type { PowerShellResult } from '../../src/powershell/result.js';
import { type ModuleBench, quoted } from './powershell-module.js';

/** Opens a new session, and closes the previous one. */
export async function openConstrained(bench: ModuleBench): Promise<void> {
  await bench.output(`
    $state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = 'ConstrainedLanguage'
    if ($null -ne $ExecutionContext.SessionState.PSVariable.Get('constrained')) { $constrained.Runspace.Dispose(); $constrained.Dispose() }
    $constrained = [powershell]::Create()
    $constrained.Runspace = [runspacefactory]::CreateRunspace($state)
    $constrained.Runspace.Open()`);
}

/** Runs a script in it and returns its output, errors and warnings. A terminating error is one of the errors. */
export function runConstrained(bench: ModuleBench, script: string): Promise<PowerShellResult> {
  return bench.run(`
    $constrained.Commands.Clear()
    $constrained.Streams.ClearStreams()
    $null = $constrained.AddScript(${quoted(script)})
    try { $constrained.Invoke() } catch { $_.Exception.InnerException.ErrorRecord }
    $constrained.Streams.Warning
    $constrained.Streams.Error`);
}
