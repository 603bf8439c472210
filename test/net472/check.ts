/** The check of PowerShell text against Windows PowerShell 5.1: a C# program, see README.md. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDotnetProject } from '../support/dotnet-project.js';

const SOURCE = path.dirname(fileURLToPath(import.meta.url));

/** Something that Windows PowerShell 5.1 does not have, and where it stands; line and column count from 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: 'parse' | 'syntax' | 'data' | 'type' | 'member' | 'variable' | 'command';
  readonly message: string;
}

/** Checks files that belong together, as those of a module do; with `apart`, each for itself. */
export function checkFiles(files: readonly string[], { apart = false } = {}): readonly Finding[] {
  const program = buildDotnetProject({
    title: 'the check against Windows PowerShell 5.1',
    source: SOURCE,
    build: path.resolve(SOURCE, '..', '..', 'build', 'net472'),
    assembly: 'dllet-net472-check',
  });
  const result = spawnSync(program, [...(apart ? ['--apart'] : []), ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`the check ended with ${result.status}:\n${result.stderr}`);
  return (JSON.parse(result.stdout) as { findings: Finding[] }).findings;
}
