/** The module in Constrained Language Mode, where .NET processes and methods are refused: a program per call. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PowerShellError } from '../../src/powershell/result.js';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { isAlive, MODULE, type ModuleOptions, propertiesOf, quoted, useModule } from '../support/powershell-module.js';

const WARNING = 'This session uses the simulated backend: nothing is reserved on this computer.';
const GET = 'Get-PersistentUdpPortReservationToken';
const bench = useModule();
let state = '';

beforeAll(async () => {
  state = path.join(bench.directory, 'state.json');
  await openWith();
});

/** A new session with the module imported. */
async function openWith(options: ModuleOptions = {}): Promise<void> {
  await openConstrained(bench);
  const all = { Backend: 'Simulated', StatePath: state, NodePath: bench.node, ...options };
  expect(await runConstrained(bench, bench.importLine(all))).toMatchObject({ output: [], errors: [], warnings: [] });
}

const run = (script: string) => runConstrained(bench, script);

/** What a script emits, without a word on any other stream. */
async function output(script: string): Promise<unknown[]> {
  const { output: values, errors, warnings } = await run(script);
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  return values.map(toPlain);
}

async function failure(script: string): Promise<PowerShellError> {
  const { output: values, errors } = await run(script);
  expect(values.map(toPlain)).toEqual([]);
  expect(errors.map((error) => error.fullyQualifiedErrorId)).toHaveLength(1);
  return errors[0] as PowerShellError;
}

/** Makes it so that exactly these blocks are reserved. */
async function reserve(...blocks: [port: number, count: number][]): Promise<void> {
  rmSync(state, { force: true });
  for (const [port, count] of blocks) await run(`$null = New-PersistentUdpPortReservation ${port} ${count}`);
  expect(reservations()).toHaveLength(blocks.length);
}

function reservations(): { pool: string; startPort: number; token: string }[] {
  if (!existsSync(state)) return [];
  return JSON.parse(readFileSync(state, 'utf8')).reservations;
}

describe('the session', () => {
  test('is constrained, and refuses what the other way of working needs', async () => {
    expect(await output('[string]$ExecutionContext.SessionState.LanguageMode')).toEqual(['ConstrainedLanguage']);
    const { errors } = await run('[System.Diagnostics.Process]::GetCurrentProcess()');
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: 'MethodInvocationNotSupportedInConstrainedLanguage' }]);
  });

  test('is warned once, by its first call', async () => {
    await openWith();
    expect(await run('Test-PersistentUdpPortReservation 1 1')).toMatchObject({ errors: [], warnings: [WARNING] });
    expect(await output('Test-PersistentUdpPortReservation 1 1')).toEqual(['False']);
  });

  test('has the commands of full language', async () => {
    const list = `(Get-Command -Module ${MODULE}).Name`;
    await bench.import({ Backend: 'Simulated', StatePath: state });
    expect(await output(list)).toEqual(await bench.output(list));
  });

  test('has one program for all its calls, as in full language', async () => {
    const started = await bench.startsDuring(async () => {
      await openWith();
      await run('$null = Test-PersistentUdpPortReservation 1 1');
      await output(`$null = Test-PersistentUdpPortReservation 1 1; $null = ${GET} 1 1 -ErrorAction Ignore`);
    });
    expect(started).toHaveLength(1);
    expect(started.filter(isAlive)).toEqual(started);
  });

  test('keeps the node settings of the session away from the program, and in the session', async () => {
    const script = `$env:NODE_OPTIONS = '--require /nowhere/evil.js'
      try { Test-PersistentUdpPortReservation 1 1; $env:NODE_OPTIONS } finally { $env:NODE_OPTIONS = $null }`;
    expect(await output(script)).toEqual(['False', '--require /nowhere/evil.js']);
  });
});

describe('looking up', () => {
  test('a reservation: the same object as in full language', async () => {
    await reserve([5000, 20]);
    const { output: objects, errors } = await run(`${GET} 5000 20`);
    expect(errors).toEqual([]);
    await bench.import({ Backend: 'Simulated', StatePath: state });
    const { output: others } = await bench.run(`${GET} 5000 20`);
    expect(objects[0]?.type).toBe('Dllet.PersistentPortReservation');
    expect(propertiesOf(objects[0])).toEqual(propertiesOf(others[0]));
    expect(propertiesOf(objects[0]).Token).toMatchObject({ type: 'System.UInt64', value: reservations()[0]?.token });
  });

  test('a block that is not there: the error of full language, and no exception data', async () => {
    expect(await failure(`${GET} 5000 19`)).toMatchObject({
      fullyQualifiedErrorId: `ReservationNotFound,${GET}`,
      category: 'ObjectNotFound',
      targetObject: { value: { properties: { StartPort: { value: '5000' }, NumberOfPorts: { value: '19' } } } },
      recommendedAction: expect.stringMatching(/^[A-Z]/),
      terminating: false,
    });
  });

  test('a block beyond the last port', async () => {
    expect(await failure(`${GET} 65530 20`)).toMatchObject({
      fullyQualifiedErrorId: `InvalidPortRange,${GET}`,
      category: 'InvalidArgument',
    });
  });

  test('a port that is none', async () => {
    expect(await failure(`${GET} 0 20`)).toMatchObject({ category: 'InvalidData' });
  });

  test('blocks by pipeline, one of them absent: results and the error in order', async () => {
    await reserve([5000, 20], [5100, 5]);
    const blocks = '5000,20;5050,1;5100,5'
      .split(';')
      .map((block) => block.split(','))
      .map(([port, count]) => `(New-Object psobject -Property @{ StartPort = ${port}; NumberOfPorts = ${count} })`);
    const { output: found, errors } = await run(`@(${blocks.join(', ')}) | ${GET} | ForEach-Object EndPort`);
    expect(found.map(toPlain)).toEqual(['5019', '5104']);
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `ReservationNotFound,${GET}` }]);
    const array = `$blocks = @(${blocks.join(', ')}); Test-PersistentUdpPortReservation -InputObject $blocks`;
    expect(await output(array)).toEqual(['True', 'False', 'True']);
  });

  test('-ErrorAction Stop ends the script', async () => {
    expect(await failure(`${GET} 1 1 -ErrorAction Stop; 'not here'`)).toMatchObject({ category: 'ObjectNotFound' });
  });
});

describe('changing', () => {
  test('an array of blocks is worked on with the switches that were given', async () => {
    await reserve([5000, 20], [5100, 5]);
    const block = (port: number, count: number) =>
      `(New-Object psobject -Property @{ StartPort = ${port}; NumberOfPorts = ${count} })`;
    const blocks = `$blocks = @(${block(5000, 20)}, ${block(5100, 5)})`;
    const existing = `${blocks}; @(New-PersistentUdpPortReservation -InputObject $blocks -PassThruExisting).Count`;
    expect(await output(existing)).toEqual(['2']);
    expect(await output(`${blocks}; Remove-PersistentUdpPortReservation -InputObject $blocks -Force`)).toEqual([]);
    expect(reservations()).toEqual([]);
  });

  test('New- reserves and returns the reservation', async () => {
    await reserve();
    expect(await output('(New-PersistentTcpPortReservation 6000 3).EndPort')).toEqual(['6002']);
    expect(reservations()).toMatchObject([{ pool: 'tcp', startPort: 6000 }]);
  });

  test('New- of what is there already is an error, or with -PassThruExisting the reservation', async () => {
    await reserve([5000, 20]);
    expect(await failure('New-PersistentUdpPortReservation 5000 20')).toMatchObject({
      fullyQualifiedErrorId: 'PortRangeInUse,New-PersistentUdpPortReservation',
    });
    const [token] = await output('(New-PersistentUdpPortReservation 5000 20 -PassThruExisting).Token');
    expect(token).toBe(reservations()[0]?.token);
    expect(await failure('New-PersistentUdpPortReservation 5010 20 -PassThruExisting')).toMatchObject({
      fullyQualifiedErrorId: 'PortRangeInUse,New-PersistentUdpPortReservation',
    });
  });

  test.each([
    ['New-PersistentUdpPortReservation 7000 2 -WhatIf'],
    ['Remove-PersistentUdpPortReservation 5000 20 -WhatIf'],
    ['Remove-PersistentUdpPortReservation 5000 20 -WhatIf -Confirm:$false'],
    ['Remove-PersistentUdpPortReservation 5000 20 -Force -WhatIf'],
    ['$WhatIfPreference = $true; New-PersistentUdpPortReservation 7000 2'],
  ])('%s only says what it would do', async (script) => {
    await reserve([5000, 20]);
    const started = await bench.startsDuring(async () => {
      expect(await run(script)).toMatchObject({
        output: [],
        errors: [],
        warnings: [],
      });
    });
    // Only what warns has to look at the ports first.
    if (!script.includes('New-')) expect(started).toEqual([]);
    expect(reservations()).toHaveLength(1);
    await run('$WhatIfPreference = $false');
  });

  test.each([
    ['Remove-PersistentUdpPortReservation 5000 20', 'ConfirmationNotAvailable'],
    ['Remove-PersistentUdpPortReservation 5000 20 -Confirm', 'ConfirmationNotAvailable'],
    ['New-PersistentUdpPortReservation 7000 2 -Confirm', 'ConfirmationNotAvailable'],
  ])('%s: nobody can be asked, so nothing is done', async (script, id) => {
    await reserve([5000, 20]);
    const error = await failure(script);
    expect(error.fullyQualifiedErrorId).toMatch(new RegExp(`^${id}`));
    expect(error).toMatchObject({ recommendedAction: expect.stringContaining('-Confirm:$false') });
    expect(reservations()).toHaveLength(1);
  });

  test.each([
    ['Remove-PersistentUdpPortReservation 5000 20 -Confirm:$false'],
    ['Remove-PersistentUdpPortReservation 5000 20 -Force'],
    ["$ConfirmPreference = 'None'; Remove-PersistentUdpPortReservation 5000 20; $ConfirmPreference = 'High'"],
  ])('%s removes', async (script) => {
    await reserve([5000, 20]);
    expect(await output(script)).toEqual([]);
    expect(reservations()).toEqual([]);
  });

  test('without rights', async () => {
    await openWith({ SimulateUnelevated: true });
    expect(await failure('New-PersistentUdpPortReservation 5000 20')).toMatchObject({
      fullyQualifiedErrorId: 'AccessDenied,New-PersistentUdpPortReservation',
      category: 'PermissionDenied',
      recommendedAction: expect.stringContaining('elevated'),
    });
    await openWith();
    await run('Test-PersistentUdpPortReservation 1 1');
  });
});

describe('operations', () => {
  test('excluded ranges', async () => {
    await reserve([5000, 20]);
    const found = await output(
      `Get-ExcludedPortRange -Protocol Udp -AddressFamily IPv4 | Where-Object StartPort -eq 5000`,
    );
    expect(found).toMatchObject([{ StartPort: '5000', EndPort: '5019', Protocol: 'Udp' }]);
  });

  test('a test of ports by pipeline', async () => {
    const found = await output('5000, 5001 | Test-PortBinding -Protocol Udp -Address 127.0.0.1 | ForEach-Object Port');
    expect(found).toEqual(['5000', '5001']);
  });

  test('a free block', async () => {
    const [count] = await output('(Find-FreePortBlock -NumberOfPorts 4 | ForEach-Object NumberOfPorts)');
    expect(Number(count)).toBeGreaterThanOrEqual(4);
  });

  test('a socket: Linux has no reservations for it', async () => {
    await reserve([5000, 20]);
    expect(await failure('New-ReservedUdpSocket 5000 20')).toMatchObject({
      fullyQualifiedErrorId: 'PlatformNotSupported,New-ReservedUdpSocket',
    });
  });

  test('a file', async () => {
    const file = path.join(bench.directory, 'map.html');
    expect(await output(`(Export-PortMap -Path ${quoted(bench.native(file))}).Name`)).toEqual(['map.html']);
    expect(readFileSync(file, 'utf8')).toContain('<html');
  });

  test('the files of the module', async () => {
    expect(await output(`Test-${MODULE}Module`)).toEqual(['False']);
  });
});

describe.skipIf(process.platform === 'win32')('node', () => {
  test('is missing', async () => {
    await openWith({ NodePath: path.join(bench.directory, 'missing') });
    const error = await failure(`${GET} 5000 20`);
    expect(error).toMatchObject({
      fullyQualifiedErrorId: `BridgeNotFound,${GET}`,
      message: expect.stringMatching(/^Node\.js was not found at NodePath/),
      recommendedAction: expect.stringContaining("NodePath = '"),
    });
  });

  test('is found in a folder of PATH', async () => {
    await openConstrained(bench);
    await run(
      `Import-Module ${quoted(bench.manifest)} -ArgumentList @{ Backend = 'Simulated'; StatePath = ${quoted(state)} }`,
    );
    expect((await run('Test-PersistentUdpPortReservation 1 1')).output.map(toPlain)).toEqual(['False']);
  });

  test('is too old', async () => {
    const node = bench.script('old', '[ "$1" = --version ] && echo v18.20.8; exit 1');
    await openWith({ NodePath: node });
    expect(await failure(`${GET} 5000 20`)).toMatchObject({
      fullyQualifiedErrorId: `BridgeNotFound,${GET}`,
      message: `The module needs Node.js 20.19 or later, but '${node}' is version 18.20.8.`,
      category: 'NotInstalled',
    });
  });

  test('is named by -Verbose, and where it comes from', async () => {
    await openWith();
    const { output: said } = await run('Test-PersistentUdpPortReservation 1 1 -Verbose 4>&1 | ForEach-Object { "$_" }');
    expect(said.map(toPlain)[0]).toContain(`the Node.js of NodePath: ${bench.node} `);
  });

  test.each([
    ['ends without an answer', 'exit 3', 'BridgeExited', 'exit status 3', 'ResourceUnavailable'],
    ['says something else', 'echo Hello', 'BridgeProtocolError', 'no reply', 'ProtocolError'],
    ['answers with another kind of JSON', "echo '[1]'", 'BridgeProtocolError', 'no reply', 'ProtocolError'],
  ])('%s', async (name, lines, id, words, category) => {
    await openWith({ NodePath: bench.script(name, lines) });
    expect(await failure(`${GET} 5000 20`)).toMatchObject({
      fullyQualifiedErrorId: `${id},${GET}`,
      message: expect.stringContaining(words),
      category,
    });
  });
});
