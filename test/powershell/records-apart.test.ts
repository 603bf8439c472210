/** Each record stands alone: it takes nothing from the one before, and what is wrong with one leaves the others as they are. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { toPlain } from '../../src/powershell/result.js';
import { ROOT } from '../support/cli.js';
import { quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();
const GET = 'Get-PersistentUdpPortReservationToken';
const ZLIB = path.join(ROOT, 'examples/zlib/definition.json');
const LIBC = {
  name: 'FewOfLibc',
  library: { linux: 'libc.so.6' },
  functions: ['int usleep(uint32_t useconds)', 'size_t strlen(const char *text)'],
  cmdlets: { 'Get-Sleep': 'usleep', 'Measure-Text': 'strlen' },
};

beforeAll(async () => {
  await bench.importSimulation('apart');
  await bench.run('$null = New-PersistentUdpPortReservation 5000 20');
});

describe('a value of an earlier record', () => {
  test('is not that of a later one without it: an operation', async () => {
    const script = `[pscustomobject]@{ Port = 45001; Protocol = 'Udp' }, [pscustomobject]@{ Port = 45002 } | Test-PortBinding |
      ForEach-Object { "$($_.Port) $($_.Protocol)" }`;
    expect(await bench.output(script)).toEqual(['45001 Udp', '45002 Tcp', '45002 Udp']);
  });

  test.runIf(process.platform === 'linux').each([
    ['by property', (records: string) => `${records} | Get-Crc32`],
    ['by -InputObject', (records: string) => `Get-Crc32 -InputObject @(${records})`],
  ])('is not that of a later one without it: a function, %s', async (_way, call) => {
    const line = bench.importLine({ NodePath: bench.node }, await bench.addModule(await loadDefinition(ZLIB)));
    const records = '[pscustomobject]@{ Bytes = $bytes; StartValue = 5 }, [pscustomobject]@{ Bytes = $bytes }';
    expect(await bench.output(`${line}; $bytes = [byte[]](49..57); ${call(records)}`)).toEqual([
      '2170780777',
      '3421780262',
    ]);
    // What a record bound before another of its values failed to.
    const failed = `[pscustomobject]@{ Bytes = 'x'; StartValue = 5 }, [pscustomobject]@{ Bytes = $bytes }`;
    const { output } = await bench.run(`${call(failed)}; $Error.Clear()`);
    expect(output.map(toPlain).map(String)).toEqual(['3421780262']);
  });
});

test('script blocks for parameters run for each record', async () => {
  const output = await bench.output(`
    $records = [pscustomobject]@{ p = 5000; n = 20 }, [pscustomobject]@{ p = 5000; n = 20 }
    @($records | ${GET} -StartPort { $_.p } -NumberOfPorts { $_.n }).Count
    $records[0] | Test-PersistentUdpPortReservation -StartPort { $_.p } -NumberOfPorts 20
    $records[0] | Test-PortBinding -Port { $_.p + 1 } -Protocol Udp | ForEach-Object Port
    $records[0] | Remove-PersistentUdpPortReservation -StartPort { $_.p } -NumberOfPorts { $_.n } -Confirm:$false
    @(Get-PersistentUdpPortReservation).Count`);
  expect(output).toEqual(['2', 'True', '5001', '0']);
});

test.runIf(process.platform === 'linux')('many slow calls are not held to the time of one', async () => {
  const file = path.join(bench.directory, 'FewOfLibc.definition.json');
  writeFileSync(file, JSON.stringify(LIBC));
  const line = bench.importLine(
    { NodePath: bench.node, TimeoutSeconds: 2 },
    await bench.addModule(await loadDefinition(file)),
  );
  expect(
    await bench.output(
      `${line}; @(1..150 | ForEach-Object { [pscustomobject]@{ useconds = 30000 } } | Get-Sleep).Count`,
    ),
  ).toEqual(['150']);
});

test.runIf(process.platform === 'linux')(
  'a record over the limit of a request is an error of its own, and the program goes on',
  async () => {
    const { output, errors } = await bench.run(
      `'a', ('y' * 5000000), 'bb' | Measure-Text; Measure-Text ('y' * 5000000); Measure-Text 'ccc'`,
    );
    expect(output.map(toPlain).map(String)).toEqual(['1', '2', '3']);
    expect(errors.map(({ message, terminating }) => [message, terminating])).toEqual(
      Array.from({ length: 2 }, () => [expect.stringMatching(/longer than 4194304 bytes/), false]),
    );
  },
);

test('the signal of Ctrl+C in a terminal does not end the program', async () => {
  await bench.importSimulation('signal');
  const starts = await bench.startsDuring(async () => {
    await bench.output(`$null = Get-PersistentUdpPortReservation -WarningAction SilentlyContinue
      Get-Process node | Where-Object { $_.Parent.Id -eq $PID } | ForEach-Object { /bin/kill -INT $_.Id }
      Start-Sleep -Milliseconds 300
      $null = Get-PersistentUdpPortReservation`);
  });
  expect(starts).toHaveLength(1);
});

test('a module that is removed while its program starts starts none', async () => {
  await bench.importSimulation('removed');
  const count = '@(Get-Process node -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $PID }).Count';
  const before = await bench.output(count);
  const { errors } = await bench.run(`Get-PersistentUdpPortReservation -Verbose 4>&1 | ForEach-Object {
    if ("$_" -like 'Starting*') { Remove-Module PersistentPortReservation } }`);
  expect(errors).toMatchObject([
    { fullyQualifiedErrorId: expect.stringMatching(/^BridgeExited,/), message: expect.stringContaining('was removed') },
  ]);
  expect(await bench.output(count)).toEqual(before);
});

test('an error after a file was written is not one of the file', async () => {
  await bench.importSimulation('map');
  const { errors } =
    await bench.run(`Export-PortMap ${quoted(path.join(bench.directory, 'map.html'))} | ForEach-Object {
    try { Get-Item /there-is-none -ErrorAction Stop } catch { throw $_.Exception } }`);
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('/there-is-none')]);
  expect(errors[0]?.fullyQualifiedErrorId).not.toContain('FileNotWritten');
});
