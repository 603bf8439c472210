/** The modules of examples/: their definitions, sessions and comparisons with C. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { ROOT } from './cli.js';
import type { ModuleBench } from './powershell-module.js';

export const EXAMPLES = path.join(ROOT, 'examples');

export interface Example {
  readonly name: string;
  /** The name of the generated module. */
  readonly module: string;
  /** The system whose library it describes. */
  readonly system: 'linux' | 'win32';
  /** The file name of its library on Linux, or of the DLL. */
  readonly library: string;
  /** True if its session uses the simulated backend. */
  readonly isSimulated: boolean;
  /** True if a C program makes the same calls. */
  readonly hasC: boolean;
}

export const fileOf = (example: string, file: string): string => path.join(EXAMPLES, example, file);

export const textOf = (example: string, file: string): string => readFileSync(fileOf(example, file), 'utf8');

export const ALL: readonly Example[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const { name: module, library, simulation } = JSON.parse(textOf(name, 'definition.json'));
    return {
      name,
      module,
      system: library.linux === undefined ? 'win32' : 'linux',
      library: library.linux ?? library,
      isSimulated: simulation !== undefined,
      hasC: existsSync(fileOf(name, 'same.c')),
    };
  });

/** Makes the module of an example and imports it. */
export async function importExample(bench: ModuleBench, example: Example, backend = 'Native'): Promise<void> {
  const manifest = await bench.addModule(await loadDefinition(fileOf(example.name, 'definition.json')));
  expect(await bench.output(bench.importLine({ NodePath: bench.node, Backend: backend }, manifest))).toEqual([]);
}

/** The commands of session.ps1, separated by blank lines, each with its output in a session with the module. */
export async function transcriptOf(bench: ModuleBench, example: Example): Promise<string> {
  const commands = textOf(example.name, 'session.ps1').trim().split(/\n\n+/);
  const shown = await bench.output(`${PROMPT}\n${commands.map(asShown).join('\n')}`);
  const options = example.isSimulated ? " -ArgumentList @{ Backend = 'Simulated' }" : '';
  const parts = [
    part(`Import-Module ${example.module}${options}`, ''),
    ...commands.map((command, at) => part(command, String(shown[at]))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Formats errors and warnings as at a prompt: without the position in a script. */
const PROMPT = `
  $PSStyle.OutputRendering = 'PlainText'
  function global:Show-AsPrompt {
    process {
      if ($_ -is [System.Management.Automation.ErrorRecord]) { "$($_.InvocationInfo.MyCommand): $_" }
      elseif ($_ -is [System.Management.Automation.WarningRecord]) { "WARNING: $_" }
      else { $_ }
    }
  }`;

/** The block makes errors visible as well; the dot keeps its variables. */
const asShown = (command: string): string => `. {\n${command}\n} 3>&1 2>&1 | Show-AsPrompt | Out-String -Width 110`;

function part(command: string, shown: string): string {
  const prompted = command.split('\n').map((line, at) => `${at === 0 ? 'PS>' : '>>'} ${line}`);
  const lines = shown.split('\n').map((line) => line.trimEnd());
  return [...prompted, ...lines].join('\n').trimEnd();
}

/** Returns the lines that same.ps1 prints. */
export async function linesOfModule(bench: ModuleBench, { name }: Example): Promise<string[]> {
  return (await bench.output(textOf(name, 'same.ps1'))).map(String);
}

/** Returns the libraries in the first line of same.c, with which it is linked. */
export function linkedWith({ name }: Example): string[] {
  const [, libraries = ''] = /^\/\/ (.*)\n/.exec(textOf(name, 'same.c')) ?? [];
  return libraries.split(' ');
}

const WARNINGS = ['-O1', '-std=gnu11', '-Wall', '-Wextra', '-Werror'];

/** Compiles a program. */
export function compile(compiler: string, source: string, program: string, more: readonly string[]): void {
  execFileSync(compiler, [...WARNINGS, '-o', program, source, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
}
