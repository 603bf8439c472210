import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dotnet, hasDotnetSdk } from '../../../scripts/dotnet.mjs';
import { openWinmd } from '../../../src/winmd/open-winmd.js';
import { ROOT } from '../../support/cli.js';
import { buildDotnetProject } from '../../support/dotnet-project.js';
import { factsOf } from '../../support/winmd-facts.js';
import { smallWinmd } from '../../support/winmd-small.js';

const hasSdk = hasDotnetSdk();
if (!hasSdk) process.stderr.write('LEFT OUT: the comparison of metadata with what .NET reads needs the .NET SDK 10\n');

function build(name: 'fixture' | 'reader'): string {
  return buildDotnetProject({
    title: `the ${name} of metadata`,
    source: fileURLToPath(new URL(`dotnet/${name}`, import.meta.url)),
    build: path.join(ROOT, 'build', `winmd-${name}`),
    assembly: `winmd-${name}`,
  });
}

/** Some of .NET's own assemblies: thousands of types, generics everywhere, enums of other files, Visual Basic. */
function frameworkFiles(): string[] {
  const [, version = '', folder = ''] =
    /Microsoft\.NETCore\.App (10\.\S+) \[(.+)\]/.exec(dotnet(['--list-runtimes'])) ?? [];
  const names = ['System.Private.Xml', 'System.Linq.Expressions', 'System.Net.Sockets', 'Microsoft.VisualBasic.Core'];
  return names.map((name) => path.join(folder, version, `${name}.dll`));
}

/** The file that other tests write themselves, so that .NET says that it is a right one. */
function writtenFile(): string {
  const file = path.join(ROOT, 'build', 'winmd-reader', 'small.winmd');
  writeFileSync(file, smallWinmd());
  return file;
}

/** The assembly beside a program. */
const assemblyOf = (program: string) => `${program.replace(/\.exe$/, '')}.dll`;

describe.skipIf(!hasSdk)('assemblies, compared with what .NET reads in them', () => {
  const programs = hasSdk ? [build('fixture'), build('reader')] : [];
  const files = [...programs.map(assemblyOf), ...(hasSdk ? [writtenFile(), ...frameworkFiles()] : [])];
  const { stdout, stderr, status } = spawnSync(programs[1] ?? 'none', files, { encoding: 'utf8', maxBuffer: 2 ** 28 });

  it('.NET reads them', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it.each(files.map((file, index) => [path.basename(file), file, index] as const))('%s', (_name, file, index) => {
    const winmd = openWinmd(file);
    expect(factsOf(winmd)).toEqual(JSON.parse(stdout.split('\n')[index] ?? ''));
    winmd.close();
  });
});
