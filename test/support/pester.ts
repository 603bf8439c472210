/** Pester, from its NuGet package, and a run of the tests that a module contains. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dotnet, packageFolder } from '../../scripts/dotnet.mjs';
import { engineExecutable, quoted } from './powershell-module.js';

const PROJECT = fileURLToPath(new URL('../powershell/pester/pester.csproj', import.meta.url));

/** The result of one Pester test. */
export interface PesterTest {
  /** The names of its blocks and its own name. */
  readonly name: string;
  readonly result: 'Passed' | 'Failed' | 'Skipped' | 'NotRun' | 'Inconclusive';
  /** The error; empty if it passed. */
  readonly error: string;
}

/** Returns the path of Pester.psd1, and restores it if necessary. Throws if there is no .NET SDK, or no registry. */
export function restorePester(): string {
  const [, version] = /Include="Pester" Version="\[(.+)\]"/.exec(readFileSync(PROJECT, 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${PROJECT} names no version of Pester.`);
  const manifest = path.join(packageFolder('pester', version), 'tools', 'Pester.psd1');
  if (!existsSync(manifest)) dotnet(['restore', PROJECT]);
  return manifest;
}

/** Runs all tests of a file in a separate PowerShell, as users do, with this node for the module. */
export function runPester(file: string): PesterTest[] {
  const results = `${file}.json`;
  const script = `
    $ErrorActionPreference = 'Stop'
    Import-Module ${quoted(restorePester())}
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path ${quoted(file)} -Data @{ NodePath = ${quoted(process.execPath)} }
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $run = Invoke-Pester -Configuration $configuration
    # A block that breaks is no test that fails.
    foreach ($one in @($run.FailedBlocks) + @($run.FailedContainers)) { throw $one.ErrorRecord[0] }
    $run.Tests | ForEach-Object {
      @{ name = $_.ExpandedPath; result = [string]$_.Result; error = ($_.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join ' ' }
    } | ConvertTo-Json -AsArray | Set-Content -LiteralPath ${quoted(results)}`;
  const command = ['-NoProfile', '-NonInteractive', '-Command', script];
  const { status, stdout, stderr } = spawnSync(engineExecutable(), command, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Pester could not run ${file}:\n${stdout}${stderr}`);
  return JSON.parse(readFileSync(results, 'utf8'));
}
