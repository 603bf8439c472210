/** The modules of examples/: their definitions, sessions and comparisons with C. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { ROOT } from './cli.js';
import type { ModuleBench } from './powershell-module.js';

export const EXAMPLES = path.join(ROOT, 'examples');

export const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export const fileOf = (example: string, name: string): string => path.join(EXAMPLES, example, name);

export const textOf = (example: string, name: string): string => readFileSync(fileOf(example, name), 'utf8');

export const definitionOf = (example: string) => fileOf(example, 'definition.json');

/** The examples with a library that the system has. */
export function examplesFor(system: 'linux' | 'win32'): string[] {
  const library = (name: string) => JSON.parse(textOf(name, 'definition.json')).library;
  const isLinux = (name: string) => library(name).linux !== undefined;
  return NAMES.filter((name) => isLinux(name) === (system === 'linux'));
}

/** Makes the module of an example and imports it. */
export async function importExample(bench: ModuleBench, example: string): Promise<void> {
  const manifest = await bench.addModule(await loadDefinition(definitionOf(example)));
  const { errors } = await bench.run(bench.importLine({ NodePath: bench.node }, manifest));
  expect(errors).toEqual([]);
}

/** Runs the commands of session.ps1, which blank lines divide, and returns them with what they show. */
export async function transcriptOf(bench: ModuleBench, example: string): Promise<string> {
  await bench.output(PROMPT);
  const parts: string[] = [];
  for (const command of textOf(example, 'session.ps1').trim().split(/\n\n+/)) {
    const [shown] = await bench.output(`. {\n${command}\n} 2>&1 | Show-AsPrompt | Out-String -Width 110`);
    const prompted = command.split('\n').map((line, at) => `${at === 0 ? 'PS>' : '>> '} ${line}`);
    const lines = String(shown).split('\n');
    parts.push([...prompted, ...lines.map((line) => line.trimEnd()), ''].join('\n'));
  }
  return `${parts.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

/** An error is shown as at a prompt: without the place in a script. */
const PROMPT = `
  $PSStyle.OutputRendering = 'PlainText'
  function global:Show-AsPrompt {
    process {
      if ($_ -isnot [System.Management.Automation.ErrorRecord]) { return $_ }
      "$($_.InvocationInfo.MyCommand): $_"
    }
  }`;

/** The lines that same.ps1 shows. */
export async function linesOfModule(bench: ModuleBench, example: string): Promise<string[]> {
  return (await bench.output(textOf(example, 'same.ps1'))).map(String);
}

/** Compiles same.c, whose first line says what it is linked with, and returns the program. */
export function compileSame(compiler: string, example: string, directory: string, ending = ''): string {
  const [, libraries = ''] = /^\/\/ (.*)\n/.exec(textOf(example, 'same.c')) ?? [];
  const program = path.join(directory, `${example}${ending}`);
  const flags = ['-O1', '-std=gnu11', '-Wall', '-Wextra', '-Werror', '-D__USE_MINGW_ANSI_STDIO=1', '-o', program];
  execFileSync(compiler, [...flags, fileOf(example, 'same.c'), ...libraries.split(' ').filter(Boolean)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return program;
}
