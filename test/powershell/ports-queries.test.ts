/** Which ports are excluded, in use or free: the objects, their types, and every way of asking. */
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { closeAtEnd, holdTcp, holdUdp } from '../extensions/port-reservation/ports/use-support.js';
import { dllet } from '../support/cli.js';
import { quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

closeAtEnd();

const bench = useModule();
/** The first of 50 ports that are free on this machine. */
let free = 0;

type Properties = Record<string, { readonly type: string; readonly value: unknown }>;

beforeAll(async () => {
  const state = await bench.importSimulation('queries');
  free = Number(
    (
      (await bench.run('(Find-FreePortBlock 50 -Minimum 20000 -Maximum 32000)[0].StartPort')).output[0] as {
        readonly value: string;
      }
    ).value,
  );
  const exclude = ['simulation', 'exclude', '--state', state, '--protocol', 'udp', '--ports'];
  await dllet([...exclude, `${free + 10}-${free + 14}`]);
  await dllet([...exclude, `${free + 20}-${free + 24}`, '--administered']);
  await bench.run(`$null = New-PersistentUdpPortReservation ${free + 30} 5`);
});

/** The names, types and values of the one object that a script emits. */
async function propertiesOf(script: string): Promise<{ typeName: string; rows: unknown[][] }> {
  const { output, errors } = await bench.run(script);
  expect(errors).toEqual([]);
  expect(output).toHaveLength(1);
  const { properties } = (output[0] as { readonly value: unknown }).value as { properties: Properties };
  const rows = Object.entries(properties).map(([name, { type, value }]) => [name, type, value]);
  return { typeName: output[0]?.typeNames[0] ?? '', rows };
}

const TEXT = 'System.String';
const SMALL = 'System.UInt16';
const WHOLE = 'System.Int32';
const ID = 'System.UInt32';
const FLAG = 'System.Boolean';

describe('the objects', () => {
  test('of Get-ExcludedPortRange', async () => {
    const wanted = `Get-ExcludedPortRange -Protocol udp -AddressFamily IPV6 -Store active | Where-Object StartPort -eq ${free + 20}`;
    expect(await propertiesOf(wanted)).toEqual({
      typeName: 'Dllet.ExcludedPortRange',
      rows: [
        ['Protocol', TEXT, 'Udp'],
        ['AddressFamily', TEXT, 'IPv6'],
        ['StartPort', SMALL, String(free + 20)],
        ['EndPort', SMALL, String(free + 24)],
        ['NumberOfPorts', WHOLE, '5'],
        ['Administered', FLAG, 'True'],
      ],
    });
  });

  test('of Get-DynamicPortRange', async () => {
    expect(await propertiesOf('Get-DynamicPortRange Tcp IPv4 Persistent')).toEqual({
      typeName: 'Dllet.DynamicPortRange',
      rows: [
        ['Protocol', TEXT, 'Tcp'],
        ['AddressFamily', TEXT, 'IPv4'],
        ['StartPort', SMALL, '49152'],
        ['EndPort', SMALL, '65535'],
        ['NumberOfPorts', WHOLE, '16384'],
        ['PortsInUse', WHOLE, expect.stringMatching(/^\d+$/)],
        ['FreeBlocksOf64', WHOLE, expect.stringMatching(/^\d+$/)],
      ],
    });
  });

  test('of Get-PortUse: null where there is nothing', async () => {
    const { port } = await holdUdp('127.0.0.1');
    expect(await propertiesOf(`Get-PortUse ${port} -ProcessId ${process.pid}`)).toEqual({
      typeName: 'Dllet.PortUse',
      rows: [
        ['Protocol', TEXT, 'Udp'],
        ['AddressFamily', TEXT, 'IPv4'],
        ['Address', TEXT, '127.0.0.1'],
        ['Port', SMALL, String(port)],
        ['State', expect.any(String), null],
        ['ProcessId', ID, String(process.pid)],
        ['ProcessName', TEXT, expect.any(String)],
      ],
    });
  });

  test('of Test-PortBinding, with everything', async () => {
    expect(await propertiesOf(`Test-PortBinding ${free + 12} udp`)).toEqual({
      typeName: 'Dllet.PortBinding',
      rows: [
        ['Protocol', TEXT, 'Udp'],
        ['Port', SMALL, String(free + 12)],
        ['Verdict', TEXT, 'Excluded'],
        ['BindError', TEXT, 'WSAEACCES (10013)'],
        ['RangeStartPort', SMALL, String(free + 10)],
        ['RangeEndPort', SMALL, String(free + 14)],
        ['Administered', FLAG, 'False'],
        ['ProcessId', expect.any(String), null],
        ['ProcessName', expect.any(String), null],
        ['Explanation', TEXT, expect.stringContaining(`in the excluded range ${free + 10}-${free + 14}`)],
        ['NextStep', TEXT, expect.stringContaining('Choose a port outside')],
      ],
    });
  });

  test('of Find-FreePortBlock', async () => {
    expect(await propertiesOf(`Find-FreePortBlock 5 Udp -Minimum ${free} -Maximum ${free + 9}`)).toEqual({
      typeName: 'Dllet.FreePortBlock',
      rows: [
        ['StartPort', SMALL, String(free)],
        ['NumberOfPorts', SMALL, '5'],
        ['EndPort', SMALL, String(free + 4)],
        ['GapStartPort', SMALL, String(free)],
        ['GapEndPort', SMALL, String(free + 9)],
      ],
    });
  });
});

describe('asking', () => {
  test.each([
    ['Get-ExcludedPortRange', '6'],
    ['Get-ExcludedPortRange -AddressFamily IPv4', '3'],
    ['Get-ExcludedPortRange -Protocol Udp, TCP -AddressFamily IPv4, ipv6', '6'],
    ['Get-ExcludedPortRange Tcp', '0'],
    ['Get-DynamicPortRange', '4'],
    ['Get-DynamicPortRange -Protocol udp', '2'],
    ['Get-PortUse -Port 1 -ProcessId 2147483647', '0'],
  ])('%s: %s objects', async (script, count) => {
    expect(await bench.output(`@(${script}).Count`)).toEqual([count]);
  });

  test('the verdicts on ports in ranges', async () => {
    const offsets = [2, 12, 22, 32];
    const script = `(Test-PortBinding -Port ${offsets.map((one) => free + one).join(', ')} -Protocol Udp).Verdict`;
    expect(await bench.output(script)).toEqual(['Free', 'Excluded', 'Administered', 'Reserved']);
  });

  test('one port gives one object for each protocol', async () => {
    const script = `Test-PortBinding ${free} | ForEach-Object { $_.Protocol + ' ' + $_.Port + ' ' + $_.Verdict }`;
    expect(await bench.output(script)).toEqual([`Tcp ${free} Free`, `Udp ${free} Free`]);
  });

  test.each([
    ['a range', () => `Test-PortBinding -Port (${free}..${free + 39}) -Protocol Udp`],
    ['a pipeline of numbers', () => `${free}..${free + 39} | Test-PortBinding -Protocol Udp`],
    [
      'a pipeline of objects',
      () =>
        `${free}..${free + 39} | ForEach-Object { [pscustomobject]@{ Port = $_ } } | Test-PortBinding -Protocol Udp`,
    ],
    [
      'arrays in a pipeline',
      () => `@(, (${free}..${free + 19})) + @(, (${free + 20}..${free + 39})) | Test-PortBinding -Protocol Udp`,
    ],
    ['a range as text', () => `Test-PortBinding ${free}-${free + 39} Udp`],
    [
      'ranges and ports as text',
      () => `Test-PortBinding -Port ${free}..${free + 19}, ${free + 20}-${free + 38}, ${free + 39} -Protocol Udp`,
    ],
    [
      'a pipeline of ranges',
      () => `'${free}-${free + 19}', '${free + 20}..${free + 39}' | Test-PortBinding -Protocol Udp`,
    ],
    [
      'a pipeline of blocks',
      () =>
        `[pscustomobject]@{ StartPort = ${free}; EndPort = ${free + 9} }, [pscustomobject]@{ StartPort = ${free + 10}; EndPort = ${free + 39} } | Test-PortBinding -Protocol Udp`,
    ],
  ])('%s gives one object a port', async (_name, script) => {
    const ports = Array.from({ length: 40 }, (_, index) => String(free + index));
    expect(await bench.output(`(${script()}).Port`)).toEqual(ports);
  });

  test('ports in use, tested: the pipeline takes the property Port', async () => {
    const { port } = await holdTcp('0.0.0.0');
    const script = `(Get-PortUse ${port} -Protocol Tcp | Test-PortBinding -Protocol tcp)`;
    expect(await bench.output(`${script} | ForEach-Object { $_.Verdict + ' ' + $_.ProcessId }`)).toEqual([
      `InUse ${process.pid}`,
    ]);
  });

  test.each([
    [
      'free blocks',
      () => `Find-FreePortBlock 2 Udp -Near ${free} -Maximum ${free + 9} | Select-Object -First 1`,
      [0, 1],
    ],
    ['excluded ranges', () => `Get-ExcludedPortRange Udp IPv4 | Where-Object Administered`, [20, 21, 22, 23, 24]],
    ['reservations', () => `Get-PersistentUdpPortReservation -Port ${free + 30}-${free + 40}`, [30, 31, 32, 33, 34]],
  ])('%s, tested: the pipeline takes blocks', async (_name, script, offsets) => {
    const found = await bench.output(`(${script()} | Test-PortBinding -Protocol Udp).Port`);
    expect(found).toEqual(offsets.map((offset) => String(free + offset)));
  });

  test('no room is said, with what makes some', async () => {
    const { output, warnings } = await bench.run('Find-FreePortBlock 1 -Minimum 65000');
    expect(output).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('-IncludeDynamicRange also finds blocks in the dynamic port range.'),
    ]);
  });

  test('a removal of what is an exclusion is warned of, and fails', async () => {
    const { errors, warnings } = await bench.run(`Remove-PersistentUdpPortReservation ${free + 20} 5 -Confirm:$false`);
    expect(errors).toMatchObject([
      { fullyQualifiedErrorId: 'ReservationNotFound,Remove-PersistentUdpPortReservation' },
    ]);
    expect(warnings).toEqual([
      expect.stringContaining(`Remove-ExcludedPortRange -Protocol Udp -StartPort ${free + 20}`),
    ]);
  });

  test('an empty pipeline asks nothing', async () => {
    const { output, errors } = await bench.run('@() | Test-PortBinding');
    expect({ output, errors: errors.map(({ message }) => message) }).toEqual({ output: [], errors: [] });
  });

  test('a socket of the engine itself is found, with its process', async () => {
    const script = `
      $socket = [System.Net.Sockets.UdpClient]::new(0, [System.Net.Sockets.AddressFamily]::InterNetwork)
      try {
        $port = $socket.Client.LocalEndPoint.Port
        $found = Test-PortBinding -Port $port -Protocol Udp
        $found.Verdict, ($found.ProcessId -eq $PID), ($found.Port -eq $port)
        @(Get-PortUse -Port $port -Protocol Udp -ProcessId $PID).Count
      } finally { $socket.Dispose() }
      (Test-PortBinding -Port $port -Protocol Udp).Verdict`;
    expect(await bench.output(script)).toEqual(['InUse', 'True', 'True', '1', 'Free']);
  });

  test('all ports at once take seconds', async () => {
    const before = performance.now();
    const script =
      '$all = Test-PortBinding -Port (0..65535) -Protocol Udp; $all.Count; $all[0].Verdict; $all[65535].Port';
    expect(await bench.output(script)).toEqual(['65536', 'NotAvailable', '65535']);
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});

describe('what is refused', () => {
  test.each([
    ['Get-ExcludedPortRange -Protocol Sctp', 'ParameterArgumentValidationError,Get-ExcludedPortRange'],
    ['Get-ExcludedPortRange -AddressFamily 4', 'ParameterArgumentValidationError,Get-ExcludedPortRange'],
    ['Get-DynamicPortRange -Store Both', 'ParameterArgumentValidationError,Get-DynamicPortRange'],
    ['Get-PortUse -Port 65536', 'InvalidParameter,Get-PortUse'],
    ['Get-PortUse -Port -1', 'InvalidParameter,Get-PortUse'],
    ['Get-PortUse -Port 20-10', 'InvalidParameter,Get-PortUse'],
    ['Get-PortUse -ProcessId -1', 'ParameterArgumentValidationError,Get-PortUse'],
    ['Test-PortBinding -Port 70000', 'InvalidParameter,Test-PortBinding'],
    ['Test-PortBinding -Port 80, 70000', 'InvalidParameter,Test-PortBinding'],
    ['Test-PortBinding -Port http', 'InvalidParameter,Test-PortBinding'],
    ['Get-Date | Select-Object Day | Test-PortBinding', 'InvalidParameter,Test-PortBinding'],
    ['Find-FreePortBlock 1 -Near 0', 'ParameterArgumentValidationError,Find-FreePortBlock'],
    ['Test-PortBinding', 'MissingMandatoryParameter,Test-PortBinding'],
    ['Find-FreePortBlock 0', 'ParameterArgumentValidationError,Find-FreePortBlock'],
    ['Find-FreePortBlock 65536', 'ParameterArgumentValidationError,Find-FreePortBlock'],
    ['Find-FreePortBlock 1 -Minimum 0', 'ParameterArgumentValidationError,Find-FreePortBlock'],
    ['Find-FreePortBlock 1 -Maximum 65536', 'ParameterArgumentValidationError,Find-FreePortBlock'],
    ['Find-FreePortBlock', 'MissingMandatoryParameter,Find-FreePortBlock'],
    ['Find-FreePortBlock 5 -Minimum 10 -Maximum 9', 'InvalidPortRange,Find-FreePortBlock'],
    ['Find-FreePortBlock 5 -Minimum 10 -Maximum 12', 'InvalidPortRange,Find-FreePortBlock'],
    ['Test-PortBinding 80 -Address here', 'InvalidParameter,Test-PortBinding'],
  ])('%s: %s', async (script, id) => {
    const error = await bench.failure(script);
    expect(error.fullyQualifiedErrorId).toBe(id);
    expect(error.category).toMatch(/^Invalid(?:Argument|Data)/);
    if (id.startsWith('Invalid')) expect(error.recommendedAction).not.toBe('');
  });

  test('a wrong address does not end the script: the error is not terminating', async () => {
    const { output, errors } = await bench.run("Test-PortBinding 80 -Address here; 'after'");
    expect(output.map(toPlain)).toEqual(['after']);
    expect(errors).toMatchObject([{ terminating: false }]);
  });
});

describe.skipIf(process.platform === 'win32')('without a simulation, on a system that has no netsh', () => {
  beforeAll(() => bench.import());

  test.each(['Get-ExcludedPortRange', 'Get-DynamicPortRange'])('%s is not supported', async (cmdlet) => {
    const error = await bench.failure(cmdlet);
    expect(error).toMatchObject({
      fullyQualifiedErrorId: `PlatformNotSupported,${cmdlet}`,
      category: 'NotImplemented',
    });
    expect(error.recommendedAction).toContain("Backend = 'Simulated'");
  });

  test('the others work', async () => {
    const { port } = await holdUdp('0.0.0.0');
    const script = `(Get-PortUse ${port} Udp).ProcessId; (Get-PortUse Udp -Port ${port}).ProcessId; @(Get-PortUse Udp).Port -contains ${port}; (Test-PortBinding ${port} Udp).Verdict; (Find-FreePortBlock 5)[0].NumberOfPorts`;
    expect(await bench.output(script)).toEqual([String(process.pid), String(process.pid), 'True', 'InUse', '5']);
  });
});

describe('what is changed', () => {
  let state = '';
  beforeAll(async () => {
    state = await bench.importSimulation('changes');
    await dllet(['simulation', 'exclude', '--state', state, '--protocol', 'udp', '--ports', '50000-50009']);
  });

  test('exclusions: made, found again, and each removed once from a list that has it for both families', async () => {
    const script = `
      $made = New-ExcludedPortRange 7100 20 Tcp -Reason 'ticket 7'
      $again = New-ExcludedPortRange 7100 20 Tcp -PassThruExisting
      $csv = [pscustomobject]@{ StartPort = 7200; NumberOfPorts = 2; Protocol = 'Tcp' }, [pscustomobject]@{ StartPort = 7300; NumberOfPorts = 1; Protocol = 'Tcp' }
      $piped = $csv | New-ExcludedPortRange -Store Active
      @($made).Count, @($again).Count, @($piped).Count -join ' '
      New-ExcludedPortRange 7400 1 Tcp -WhatIf
      (Get-ExcludedPortRange -Protocol Tcp -Store Persistent).StartPort -join ' '
      Get-ExcludedPortRange -Protocol Tcp | Remove-ExcludedPortRange -Force
      @(Get-ExcludedPortRange -Protocol Tcp).Count`;
    const { output, errors } = await bench.run(script);
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual(['2 2 4', '7100 7100', '0']);
  });

  test('errors say what is the case: there already, not there, not administered', async () => {
    const { errors } = await bench.run(`
      $null = New-ExcludedPortRange 7500 1 Tcp
      New-ExcludedPortRange 7500 1 Tcp
      Remove-ExcludedPortRange 7501 1 Tcp -Force
      Remove-ExcludedPortRange 50000 10 Udp -Force
      New-ExcludedPortRange 65000 1000 Tcp
      Remove-ExcludedPortRange 7500 1 Tcp`);
    expect(errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
      'PortRangeInUse,New-ExcludedPortRange',
      'ExclusionNotFound,Remove-ExcludedPortRange',
      'ExclusionNotAdministered,Remove-ExcludedPortRange',
      'InvalidPortRange,New-ExcludedPortRange',
      'ConfirmationNotAvailable,Remove-ExcludedPortRange',
    ]);
  });

  test('the dynamic range moves and comes back, and a port of Windows NAT is taken back', async () => {
    const { output, errors } = await bench.run(`
      (Set-DynamicPortRange -Protocol Udp -StartPort 40000 -NumberOfPorts 20000).StartPort -join ' '
      (Get-DynamicPortRange -Protocol Udp -AddressFamily IPv4 | Set-DynamicPortRange -Default).StartPort -join ' '`);
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual(['40000 40000', '49152 49152']);
    await dllet(['simulation', 'exclude', '--state', state, '--protocol', 'tcp', '--ports', '55600-55699']);
    const repaired = await bench.output(`
      Repair-PortExclusion 55679 Tcp -Force | ForEach-Object { "$($_.Step) $($_.Result)" }
      (Get-ExcludedPortRange -Protocol Tcp -AddressFamily IPv4 | Where-Object StartPort -GT 55000).StartPort`);
    expect(repaired).toEqual(['StopService Done', 'Exclude Done', 'StartService Done', '55679']);
  });

  test('Ctrl+C in the middle of Repair-PortExclusion takes effect when Windows NAT runs again', async () => {
    await dllet(['simulation', 'exclude', '--state', state, '--protocol', 'tcp', '--ports', '56000-56099']);
    // Whoever has the lock of the state lets the repair wait for it.
    const lock = quoted(`${state}.lock`);
    const output = await bench.output(`${SHELL_FUNCTIONS}
      $shell = New-Shell
      $null = $shell.AddScript(${quoted(`${bench.importLine({ Backend: 'Simulated', StatePath: state })} 3>$null; $null = Get-ExcludedPortRange`)})
      $null = $shell.Invoke()
      $null = New-Item -ItemType Directory ${lock}
      $shell.Commands.Clear()
      $null = $shell.AddScript('Repair-PortExclusion 56079 Tcp -Force; $global:went_on = $true')
      $under = $shell.BeginInvoke()
      [System.Threading.Thread]::Sleep(500)
      $stop = $shell.BeginStop($null, $null)
      [System.Threading.Thread]::Sleep(300)
      $under.IsCompleted
      Remove-Item ${lock}
      $shell.EndStop($stop)
      $shell.InvocationStateInfo.State
      $shell.Commands.Clear(); $null = $shell.AddScript('[string]$went_on'); $shell.Invoke()
      Remove-Shell $shell
      (Test-PortBinding 56079 Tcp).Verdict`);
    expect(output).toEqual(['False', 'Stopped', '', 'Administered']);
    const { exclusions, isNatStopped } = JSON.parse(
      (await dllet(['simulation', 'show', '--state', state, '--json'])).stdout,
    );
    expect(isNatStopped).toBeUndefined();
    expect(exclusions).toContainEqual({ pool: 'tcp', startPort: 49_152, numberOfPorts: 100, administered: false });
  });
});
