/** A failed call in a script: id, category, target, codes, and the usual ways to handle it. */
import { rmSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { steerStandIn } from '../standin/build.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
let library = '';

beforeAll(async () => {
  library = await bench.importStandIn('library', { state: '' });
});

beforeEach(() => {
  for (const suffix of ['fail', 'unelevated']) rmSync(`${library}.${suffix}`, { force: true });
  steerStandIn(library, { state: 'udp 5000 20 77\n' });
});

const CODES = [
  ['Get-PersistentUdpPortReservationToken 6000 2', {}, 1168, 'ReservationNotFound', 'ObjectNotFound'],
  ['Remove-PersistentUdpPortReservation 6000 2 -Force', {}, 1168, 'ReservationNotFound', 'ObjectNotFound'],
  ['New-PersistentUdpPortReservation 5010 2', {}, 32, 'PortRangeInUse', 'ResourceExists'],
  ['New-PersistentUdpPortReservation 6000 2', { unelevated: true }, 5, 'AccessDenied', 'PermissionDenied'],
  ['Remove-PersistentTcpPortReservation 6000 2 -Force', { unelevated: true }, 5, 'AccessDenied', 'PermissionDenied'],
  ['Get-PersistentTcpPortReservationToken 6000 2', { fail: 87 }, 87, 'InvalidParameter', 'InvalidArgument'],
  ['Get-PersistentTcpPortReservationToken 6000 2', { fail: 50 }, 50, 'PlatformNotSupported', 'NotImplemented'],
  ['Get-PersistentTcpPortReservationToken 6000 2', { fail: 1234 }, 1234, 'Win32Error', 'NotSpecified'],
  ['Test-PersistentTcpPortReservation 6000 2', { fail: 1234 }, 1234, 'Win32Error', 'NotSpecified'],
  ['Test-PersistentTcpPortReservation 6000 2', { fail: 5 }, 5, 'AccessDenied', 'PermissionDenied'],
  ['New-PersistentTcpPortReservation 6000 2', { fail: 4294967295 }, 4294967295, 'Win32Error', 'NotSpecified'],
] as const;

test.each(CODES)('%s with %o: %i is %s', async (call, steering, code, id, category) => {
  steerStandIn(library, steering);
  const cmdlet = call.split(' ')[0];
  const port = /\d+/.exec(call.slice(call.indexOf(' ')))?.[0];
  const result = await bench.run(`${call}; 'and on'`);
  expect(result.output).toMatchObject([{ value: 'and on' }]);
  expect(result.errors).toMatchObject([
    {
      fullyQualifiedErrorId: `${id},${cmdlet}`,
      category,
      terminating: false,
      targetObject: { value: { properties: { StartPort: { value: port }, NumberOfPorts: { value: '2' } } } },
      exceptionType: 'System.ComponentModel.Win32Exception',
      exceptionData: {
        NativeErrorCode: { type: 'System.UInt32', value: String(code) },
        win32: { value: String(code) },
        function: { value: expect.stringMatching(/^(Create|Delete|Lookup)Persistent(Udp|Tcp)PortReservation$/) },
      },
    },
  ]);
  const [error] = result.errors;
  expect(error?.message).toContain(
    id === 'Win32Error' ? `Win32 error ${code}` : cmdlet?.includes('Udp') ? 'UDP' : 'TCP',
  );
  expect(error?.message).not.toContain('{');
  expect(error?.recommendedAction).toMatch(/^[A-Z].*\.$/);
});

test('Create twice: the second time the block is in use', async () => {
  const twice = '$null = New-PersistentTcpPortReservation 7000 3; New-PersistentTcpPortReservation 7000 3';
  expect(await bench.failure(twice)).toMatchObject({
    fullyQualifiedErrorId: 'PortRangeInUse,New-PersistentTcpPortReservation',
    message: expect.stringContaining('7000-7002'),
  });
});

describe('a script', () => {
  const absent = 'Get-PersistentUdpPortReservationToken 6000 2';

  test('reads the native code from the exception', async () => {
    steerStandIn(library, { fail: 4294967295 });
    expect(await bench.output(`try { ${absent} -ErrorAction Stop } catch { $_.Exception.NativeErrorCode }`)).toEqual([
      '-1',
    ]);
    rmSync(`${library}.fail`);
    expect(await bench.output(`try { ${absent} -ErrorAction Stop } catch { $_.Exception.NativeErrorCode }`)).toEqual([
      '1168',
    ]);
  });

  test.each([
    ['-ErrorAction Stop', `try { ${absent} -ErrorAction Stop; 'not here' } catch { $_.FullyQualifiedErrorId }`],
    [
      '$ErrorActionPreference',
      `$ErrorActionPreference = 'Stop'; try { ${absent}; 'not here' } catch { $_.FullyQualifiedErrorId } finally { $ErrorActionPreference = 'Continue' }`,
    ],
    [
      'catch by type',
      `try { ${absent} -ErrorAction Stop } catch [System.ComponentModel.Win32Exception] { $_.FullyQualifiedErrorId }`,
    ],
  ])('stops at it with %s', async (_name, script) => {
    expect(await bench.output(script)).toEqual(['ReservationNotFound,Get-PersistentUdpPortReservationToken']);
  });

  test('collects it with -ErrorVariable', async () => {
    const script = `$found = ${absent} -ErrorVariable problems -ErrorAction SilentlyContinue; $null -eq $found; $problems.Count; $problems[0].CategoryInfo.Category`;
    expect(await bench.output(script)).toEqual(['True', '1', 'ObjectNotFound']);
  });

  test('finds it in $Error, and $? is false', async () => {
    const script = `$Error.Clear(); ${absent} 2>$null; $?; $Error.Count; $Error[0].FullyQualifiedErrorId`;
    expect(await bench.output(script)).toEqual([
      'False',
      '1',
      'ReservationNotFound,Get-PersistentUdpPortReservationToken',
    ]);
  });

  test('is not told of it with -ErrorAction Ignore', async () => {
    expect(await bench.output(`$Error.Clear(); ${absent} -ErrorAction Ignore; $Error.Count`)).toEqual(['0']);
  });

  test('sees where it happened', async () => {
    const script = `try { ${absent} -ErrorAction Stop } catch { $_.InvocationInfo.MyCommand.Name; $_.CategoryInfo.Activity }`;
    const name = 'Get-PersistentUdpPortReservationToken';
    expect(await bench.output(script)).toEqual([name, name]);
  });
});

test('Test- answers $true and $false', async () => {
  const script =
    'Test-PersistentUdpPortReservation 5000 20; Test-PersistentUdpPortReservation 5000 19; Test-PersistentTcpPortReservation 5000 20';
  const { output, errors } = await bench.run(script);
  expect(errors).toEqual([]);
  expect(output).toMatchObject(['True', 'False', 'False'].map((value) => ({ type: 'System.Boolean', value })));
});

test('Test- fails for anything but an absent block, and never says $false then', async () => {
  steerStandIn(library, { fail: 5 });
  const { output, errors } = await bench.run(
    'if (-not (Test-PersistentUdpPortReservation 5000 20)) { "absent, or unknown" }',
  );
  expect(errors).toHaveLength(1);
  expect(output.map((one) => one.value)).toEqual(['absent, or unknown']);
  const stopped = await bench.run(
    'if (-not (Test-PersistentUdpPortReservation 5000 20 -ErrorAction Stop)) { "absent" }',
  );
  expect(stopped).toMatchObject({ output: [], errors: [{ category: 'PermissionDenied' }] });
});
