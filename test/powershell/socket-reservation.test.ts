/** Sockets on a reservation: the bytes that Winsock is given, what its errors mean, and that no socket is left over. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PowerShellError } from '../../src/powershell/result.js';
import { MODULE, useModule } from '../support/powershell-module.js';

const bench = useModule();
const isWindows = process.platform === 'win32';

beforeAll(async () => {
  await bench.importStandIn('sockets', { state: 'udp 5000 20 77\ntcp 5000 20 78\nudp 1 65535 79\n' });
});

/** Runs a script inside the module, where its private functions are. */
const inside = (script: string) => `& (Get-Module ${MODULE}) { . $script:OnDemand; ${script} }`;

describe('the control code and its input', () => {
  /** What Socket.IOControl would be given for these tokens: code, bytes, output. */
  async function controls(tokens: readonly string[]): Promise<unknown[]> {
    return bench.output(
      inside(`
      foreach ($token in ${tokens.map((token) => `'${token}'`).join(', ')}) {
        $fake = [pscustomobject]@{ Calls = [System.Collections.Generic.List[string]]::new() }
        $fake = Add-IOControl $fake
        Join-PortReservation $fake ([uint64]::Parse($token))
        $fake.Calls -join ';'
      }`).replace(
        'foreach',
        `function Add-IOControl { param($Object)
          $Object.PSObject.Methods.Add([System.Management.Automation.PSScriptMethod]::new('IOControl', {
            param($Code, $In, $Out)
            $this.Calls.Add($Code.GetType().Name + ' ' + $Code + ' ' + $In.GetType().Name + ' ' + [System.BitConverter]::ToString($In) + ' ' + ($null -eq $Out))
            return 0
          })); $Object }
        foreach`,
      ),
    );
  }

  /** Source of the code: mstcpip.h, SIO_ASSOCIATE_PORT_RESERVATION = _WSAIOW(IOC_VENDOR, 102). */
  const CODE = 0x80000000 | 0x18000000 | 102;

  const expected = (token: string) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(token));
    const pairs = bytes.toString('hex').toUpperCase().match(/../g) ?? [];
    return `Int32 ${CODE} Byte[] ${pairs.join('-')} True`;
  };

  const TOKENS = [0n, 1n, 0x1122334455667788n, 2n ** 53n + 1n, 2n ** 63n, 0xfffffffffffffffen, 2n ** 64n - 1n].map(
    String,
  );

  test('are 0x98000066 and the token in eight bytes, the lowest first', async () => {
    expect(CODE).toBe(-1744830362);
    expect(CODE >>> 0).toBe(0x98000066);
    expect(expected(String(0x1122334455667788n))).toBe('Int32 -1744830362 Byte[] 88-77-66-55-44-33-22-11 True');
    expect(await controls(TOKENS)).toEqual(TOKENS.map(expected));
  });

  test('whatever the token', async () => {
    const tokens = fc.sample(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { numRuns: 50, seed: 7 }).map(String);
    expect(await controls(tokens)).toEqual(tokens.map(expected));
  });
});

describe('what goes wrong', () => {
  const TARGET = '([pscustomobject]@{ StartPort = [uint16]5000; NumberOfPorts = [uint16]20 })';

  /** The record that an exception becomes. */
  async function recordOf(exception: string, transport = 'Udp'): Promise<PowerShellError> {
    const step = "'be given the reservation (SIO_ASSOCIATE_PORT_RESERVATION)'";
    const { errors } = await bench.run(
      inside(
        `ConvertTo-SocketErrorRecord -Cause (${exception}) -Transport ${transport} -Step ${step} -Target ${TARGET}`,
      ),
    );
    expect(errors).toHaveLength(1);
    return errors[0] as PowerShellError;
  }

  const CODES = [10013, 10022, 10045, 10047, 10048, 10050];

  test('every code of the definition is tested here', () => {
    expect(bench.definition.socketErrors.map(({ code }) => code).sort((one, other) => one - other)).toEqual(CODES);
  });

  test.each(CODES)('Winsock error %i has its id, category and advice', async (code) => {
    const wanted = bench.definition.socketErrors.find((one) => one.code === code);
    const error = await recordOf(`[System.Net.Sockets.SocketException]::new(${code})`);
    expect(error).toMatchObject({
      fullyQualifiedErrorId: wanted?.id,
      category: wanted?.category,
      recommendedAction: wanted?.recommendedAction,
      innerExceptionType: 'System.Net.Sockets.SocketException',
      exceptionData: { socketError: { value: String(code) }, step: { type: 'System.String' } },
      targetObject: { value: { properties: { StartPort: { value: '5000' } } } },
    });
    expect(error.message).toBe(
      `The UDP socket for the ports 5000-5019 could not be given the reservation (SIO_ASSOCIATE_PORT_RESERVATION). ${wanted?.message}`,
    );
  });

  test.each([10038, 995, 10004])(
    'Winsock error %i, which the definition does not know, keeps its number',
    async (code) => {
      const error = await recordOf(`[System.Net.Sockets.SocketException]::new(${code})`, 'Tcp');
      expect(error).toMatchObject({ fullyQualifiedErrorId: 'Win32Error', category: 'NotSpecified' });
      expect(error.message).toContain('The TCP socket');
      expect(error.message).toContain(`Winsock error ${code}: `);
      expect(error.recommendedAction).toContain(String(code));
    },
  );

  test('another platform', async () => {
    expect(await recordOf('[System.PlatformNotSupportedException]::new()')).toMatchObject({
      fullyQualifiedErrorId: 'PlatformNotSupported',
      category: 'NotImplemented',
      recommendedAction: expect.stringContaining('Windows'),
    });
  });

  test('anything else keeps its words', async () => {
    const error = await recordOf("[System.InvalidOperationException]::new('It is Monday.')");
    expect(error.message).toMatch(/could not .* It is Monday\.$/);
    expect(error.recommendedAction).not.toBe('');
  });
});

describe('the port of the socket', () => {
  /** Opens a socket with the association left out, so that the system chooses any port. */
  const open = (transport: string, family: string, first: number, count: number) =>
    inside(`
      $real = \${function:Join-PortReservation}
      function script:Join-PortReservation { param($Socket, $Token) $null = $Socket, $Token }
      function Open-Test { [CmdletBinding()] param() Open-ReservedSocket -Cmdlet $PSCmdlet -Transport ${transport} -AddressFamily ${family} -Token '77' -Target ([pscustomobject]@{ StartPort = ${first}; NumberOfPorts = ${count} }) }
      try { Open-Test } finally { \${function:script:Join-PortReservation} = $real }`);

  test.each([
    ['Udp', 'IPv4', 'Dgram', 'InterNetwork', '0.0.0.0'],
    ['Tcp', 'IPv4', 'Stream', 'InterNetwork', '0.0.0.0'],
    ['Udp', 'IPv6', 'Dgram', 'InterNetworkV6', '::'],
    ['Tcp', 'IPv6', 'Stream', 'InterNetworkV6', '::'],
  ])(
    '%s over %s: bound to a port of the block, ready to use',
    async (transport, family, type, addressFamily, address) => {
      const script = `
      $socket = ${open(transport, family, 1, 65535)}
      try {
        $socket.GetType().FullName; [string]$socket.SocketType; [string]$socket.ProtocolType; [string]$socket.AddressFamily
        $socket.IsBound; [string]$socket.LocalEndPoint.Address; ($socket.LocalEndPoint.Port -gt 0)
      } finally { $socket.Dispose() }`;
      expect(await bench.output(script)).toEqual([
        'System.Net.Sockets.Socket',
        type,
        transport,
        addressFamily,
        'True',
        address,
        'True',
      ]);
    },
  );

  test.each(['Udp', 'Tcp'])('%s: a port outside the block is reported, and the socket is gone', async (transport) => {
    const error = await bench.failure(open(transport, 'IPv4', 1, 20));
    expect(error.fullyQualifiedErrorId).toMatch(/^Win32Error/);
    expect(error.message).toMatch(/ports 1-20 could not be trusted: .* port [0-9]+, which is outside the block/);
    const port = /port ([0-9]+), which/.exec(error.message)?.[1];
    expect(await bench.output(`@(Get-PortUse ${port} ${transport} -ProcessId $PID).Count`)).toEqual(['0']);
  });
});

describe('a block that is not reserved', () => {
  test.each(['Udp', 'Tcp'])('New-Reserved%sSocket: the reservation is not found', async (protocol) => {
    const error = await bench.failure(`New-Reserved${protocol}Socket 6000 20`);
    expect(error).toMatchObject({
      fullyQualifiedErrorId: `ReservationNotFound,New-Reserved${protocol}Socket`,
      category: 'ObjectNotFound',
    });
  });

  test.each([
    ['New-ReservedUdpSocket 0 1', 'ParameterArgumentValidationError'],
    ['New-ReservedUdpSocket 65535 2', 'InvalidPortRange'],
    ['New-ReservedTcpSocket 5000 20 -AddressFamily IPX', 'ParameterArgumentValidationError'],
    ['New-ReservedTcpSocket 5000', 'MissingMandatoryParameter'],
  ])('%s is refused', async (script, id) => {
    expect((await bench.failure(script)).fullyQualifiedErrorId.split(',')[0]).toBe(id);
  });
});

describe.skipIf(isWindows)('a system whose sockets know no reservations', () => {
  test.each([
    ['Udp', 'IPv4'],
    ['Tcp', 'IPv4'],
    ['Udp', 'ipv6'],
    ['Tcp', 'IPv6'],
  ])('%s over %s: says so, not terminating, with the step that failed', async (protocol, family) => {
    const error = await bench.failure(`New-Reserved${protocol}Socket 5000 20 -AddressFamily ${family}`);
    expect(error).toMatchObject({
      fullyQualifiedErrorId: `PlatformNotSupported,New-Reserved${protocol}Socket`,
      category: 'NotImplemented',
      terminating: false,
      exceptionData: { step: { value: expect.stringContaining('SIO_ASSOCIATE_PORT_RESERVATION') } },
    });
    expect(error.message).toContain(`The ${protocol.toUpperCase()} socket for the ports 5000-5019 could not`);
  });

  test.skipIf(process.platform !== 'linux')(
    'leaves no socket behind, in 50 attempts, also when the error ends the script',
    async () => {
      const sockets = `@([System.IO.Directory]::GetFiles('/proc/self/fd') | Where-Object {
      try { ([System.IO.FileInfo]::new($_)).LinkTarget -like 'socket:*' } catch { $false } }).Count`;
      const script = `
      $before = ${sockets}
      foreach ($attempt in 1..25) {
        New-ReservedUdpSocket 5000 20 -ErrorAction Ignore
        try { New-ReservedTcpSocket 5000 20 -AddressFamily IPv6 -ErrorAction Stop } catch { $null = $_ }
      }
      $before, ${sockets}`;
      const [before, after] = await bench.output(script);
      expect(after).toBe(before);
      // The count does see sockets.
      const seen = `$one = [System.Net.Sockets.UdpClient]::new(0); ${sockets}; $one.Dispose()`;
      expect(await bench.output(seen)).toEqual([String(Number(before) + 1)]);
    },
  );
});
