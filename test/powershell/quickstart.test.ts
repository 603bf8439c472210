/** The end of `npm run quickstart`: the cmdlets in whatever PowerShell there is, the bridge alone where there is none. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineExecutable, MODULE, makeModule } from '../support/powershell-module.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = /^Token +: [1-9][0-9]*$/m;

let directory = '';
let manifest = '';

/** A checkout in which nothing has been restored yet, and a module outside of it. */
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "dllet quickstart's "));
  for (const name of ['scripts', '.config'])
    cpSync(path.join(ROOT, name), path.join(directory, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'dist'), path.join(directory, 'dist'), 'junction');
  ({ manifest } = await makeModule(path.join(directory, 'made', MODULE)));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function firstToken(name: string, environment: NodeJS.ProcessEnv) {
  const { NODE_POWERSHELL: _, ...own } = process.env;
  const args = [path.join(directory, 'scripts', 'first-token.mjs'), path.join(directory, `${name}.json`), manifest];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...own, ...environment } });
}

describe.skipIf(process.platform === 'win32')('without a PowerShell on PATH', () => {
  /** A folder for PATH with these programs of this machine, and no others. */
  function programs(...names: string[]): string {
    const folder = mkdtempSync(path.join(directory, 'programs '));
    for (const name of names) {
      const found = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(realpathSync(found), path.join(folder, name));
    }
    return folder;
  }

  test('and without .NET it says what is missing, and asks the bridge', () => {
    const { status, stdout, stderr } = firstToken('alone', { PATH: programs() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('The .NET SDK 10 is missing');
    expect(stdout).toContain('$ node dist/cli.js call PersistentPortReservation LookupPersistentUdpPortReservation');
    expect(stdout).toMatch(/^\{"jsonrpc":"2.0","id":1,"result":\{"Token":"[1-9][0-9]*"\}\}$/m);
    expect(stdout).toContain('Use it:              node dist/cli.js ports find 20 --backend simulated\n');
    expect(stdout).toMatch(/\nWhat next:\n(?: {2}[A-Z].*\n){3}$/);
  });

  test('it is that of the tool manifest, restored for it', () => {
    const { status, stdout, stderr } = firstToken('tool', { PATH: programs('dotnet', 'node') });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('PS> Get-PersistentUdpPortReservationToken -StartPort 5000 -NumberOfPorts 20');
    expect(stdout).toMatch(TOKEN);
    expect(stdout).toContain('dotnet pwsh -NoExit -Command "Import-Module ');
  });
});

test('NODE_POWERSHELL goes before everything else', () => {
  const { status, stdout } = firstToken('named', { NODE_POWERSHELL: engineExecutable() });
  expect(status).toBe(0);
  expect(stdout).toContain(`In ${engineExecutable()}:`);
  expect(stdout).toMatch(TOKEN);
  const wrong = firstToken('wrong', { NODE_POWERSHELL: '/nowhere/pwsh' });
  expect(wrong.status).not.toBe(0);
  expect(wrong.stderr).toContain("NODE_POWERSHELL is '/nowhere/pwsh', which is not the absolute path of a file");
});
