/** The packed module with its own node.exe, on a path with blanks and non-ASCII letters, without any other node. */
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { packModule } from '../../src/package/pack.js';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { MODULE, quoted } from '../support/powershell-module.js';
import { PLANTED } from './compile.js';
import { nodeExe } from './packages.js';
import { openWindowsPowerShell } from './powershell/engine.js';
import { copyStandIn } from './powershell/standin-build.js';
import { BUILD, windowsPath } from './wine.js';

const GET = 'Get-PersistentUdpPortReservationToken';

let directory = '';
let folder = '';
let session: PowerShellSession;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet packed '));
  const packed = await packModule({
    definition: await loadDefinition(MODULE),
    out: path.join(directory, 'made'),
    platforms: ['win32-x64'],
    nodeFile: nodeExe(22),
    cacheDirectory: path.join(BUILD, 'packages', 'cache'),
  });
  folder = path.join(
    directory,
    "M\u00f6dules d'\u00e9t\u00e9 \u65e5\u672c, (1)",
    MODULE,
    path.basename(packed.directory),
  );
  cpSync(packed.directory, folder, { recursive: true });
  rmSync(path.join(directory, 'made'), { recursive: true });
  session = await openWindowsPowerShell();
  // All but the one in which PowerShell stores its -ExecutionPolicy.
  const { output } = await session.run(`
    foreach ($name in @([System.Environment]::GetEnvironmentVariables().Keys -ne 'PSExecutionPolicyPreference')) { [System.Environment]::SetEnvironmentVariable($name, [NullString]::Value) }
    [System.Environment]::GetEnvironmentVariables().Keys`);
  expect(output.map(toPlain)).toEqual(['PSExecutionPolicyPreference']);
});

afterAll(async () => {
  await session?.close();
  rmSync(directory, { recursive: true, force: true });
});

const importLine = (options: string) =>
  `Import-Module ${quoted(windowsPath(path.join(folder, `${MODULE}.psd1`)))} -Force -ArgumentList @{ ${options} }`;

test(`${GET} answers without a node on PATH and without a single variable`, async () => {
  const library = copyStandIn(path.join(directory, 'standin'), { state: 'udp 5000 20 1234605616436508552\n' });
  const { output, errors, verbose } = await session.run(
    `${importLine(`LibraryPath = ${quoted(windowsPath(library))}`)}; (${GET} 5000 20 -Verbose).Token`,
  );
  expect(errors).toEqual([]);
  expect(output).toMatchObject([{ type: 'System.UInt64', value: '1234605616436508552' }]);
  expect(verbose[0]).toContain(`the Node.js of the module: ${windowsPath(path.join(folder, 'bin', 'node.exe'))} `);
});

test('the library of the system is found as well', async () => {
  const { errors } = await session.run(`${importLine('')}; ${GET} 5000 20`);
  expect(errors).toMatchObject([{ fullyQualifiedErrorId: `FunctionNotFound,${GET}` }]);
  expect(errors[0]?.message).toContain('C:\\windows\\system32\\Iphlpapi.dll');
});

// Windows loads node.exe's own dependencies from the folder of node.exe first. A user who can write there can change
// the module as well.
test('a library that was put beside its node.exe is named', async () => {
  const planted = path.join(folder, 'bin', 'Iphlpapi.dll');
  copyFileSync(PLANTED, planted);
  const script = `${importLine('')}; Test-${MODULE}Module -PassThru | ForEach-Object { $_.Status + ' ' + $_.Path }`;
  expect((await session.run(script)).output.map(toPlain)).toEqual(['Extra bin/Iphlpapi.dll']);
  rmSync(planted);
  expect((await session.run(script)).output).toEqual([]);
});
