/** What can be done where the client was not built, for want of a .NET SDK, and what cannot. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT } from '../../src/generator/assemblies.js';
import { ROOT, runNode } from '../support/cli.js';
import { editedSample, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';

const IS_WINDOWS = process.platform === 'win32';
const WHAT_TO_DO = `${CLIENT} was not built: install the .NET SDK 10 and run "npm run build", or use the npm package, which has it\n`;

/** A PATH whose `dotnet` runs programs and has no SDK, as on a machine that only uses .NET. */
function withoutSdk(): NodeJS.ProcessEnv {
  const directory = temporaryDirectory();
  const dotnet = path.join(directory, IS_WINDOWS ? 'dotnet.cmd' : 'dotnet');
  writeFileSync(dotnet, IS_WINDOWS ? '@exit /b 0\r\n' : '#!/bin/sh\nexit 0\n');
  chmodSync(dotnet, 0o755);
  return { PATH: `${directory}${path.delimiter}${process.env.PATH ?? ''}` };
}

describe('a package to be published', () => {
  it('is not made: the build stops before it touches anything', async () => {
    const before = readdirSync(path.join(ROOT, 'dist'));
    const finished = await runNode([path.join(ROOT, 'scripts', 'build.mjs'), '--with-client'], {
      environment: withoutSdk(),
    });
    expect(finished).toMatchObject({ status: 1, stdout: '' });
    expect(finished.stderr).toMatch(/^The \.NET SDK 10 is missing .* the package must have it\. Install the SDK.*\n$/);
    expect(readdirSync(path.join(ROOT, 'dist'))).toEqual(before);
  });

  it('is not made by npm pack either', async () => {
    const destination = temporaryDirectory();
    const options = { cwd: ROOT, env: { ...process.env, ...withoutSdk() }, shell: IS_WINDOWS };
    const { error, stderr } = await new Promise<{ error: Error | null; stderr: string }>((resolve) => {
      execFile('npm', ['pack', '--pack-destination', destination], options, (failure, _stdout, words) =>
        resolve({ error: failure, stderr: words }),
      );
    });
    expect(error).not.toBeNull();
    expect(stderr).toContain('The .NET SDK 10 is missing');
    expect(readdirSync(destination)).toEqual([]);
  });
});

describe('the command line', () => {
  let home = '';

  // In the checkout, where node finds the packages.
  beforeAll(() => {
    mkdirSync(path.join(ROOT, 'build'), { recursive: true });
    home = mkdtempSync(path.join(ROOT, 'build', 'without-client-'));
    for (const one of ['dist', 'templates', 'package.json', 'LICENSE']) {
      cpSync(path.join(ROOT, one), path.join(home, one), { recursive: true });
    }
    rmSync(path.join(home, 'dist', CLIENT));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  async function run(command: string, ...more: string[]) {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'sample.json'), toText(editedSample()));
    const finished = await runNode([path.join(home, 'dist', 'cli.js'), command, 'sample.json', '--out', ...more], {
      cwd: directory,
    });
    return { directory, ...finished };
  }

  it('generates the module, and says in a line what it lacks', async () => {
    const { directory, status, stderr } = await run('generate', 'Sample');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `note: ${path.join('Sample', 'bin')} does not have the client, so PowerShell cannot import the module: ${WHAT_TO_DO}`,
    });
    expect(existsSync(path.join(directory, 'Sample', 'Sample.psd1'))).toBe(true);
    expect(readdirSync(path.join(directory, 'Sample', 'bin'))).toEqual(expect.arrayContaining(['program.cjs']));
    expect(readdirSync(path.join(directory, 'Sample', 'bin'))).not.toContain(CLIENT);
  });

  it('does not pack, says what to do, and writes nothing', async () => {
    const { directory, ...finished } = await run('pack', 'out', '--platform', `${process.platform}-${process.arch}`);
    expect(finished).toEqual({
      status: 1,
      stdout: '',
      stderr: `the module cannot be packed, because ${WHAT_TO_DO}`,
    });
    expect(readdirSync(directory)).toEqual(['sample.json']);
  });
});
