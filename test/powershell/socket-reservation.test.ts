/** Sockets on a reservation: the facts for the client, the reasons for refusal, and that no socket is left open. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExpandedCmdlet } from '../../src/definition/types.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
const isWindows = process.platform === 'win32';

beforeAll(async () => {
  await bench.importStandIn('sockets', { state: 'udp 5000 20 77\ntcp 5000 20 78\nudp 1 65535 79\n' });
});

describe.each(['Udp', 'Tcp'])('the facts of New-Reserved%sSocket', (transport) => {
  const facts = () =>
    JSON.parse(readFileSync(path.join(path.dirname(bench.manifest), 'facts.json'), 'utf8')).cmdlets[
      `New-Reserved${transport}Socket`
    ].output;

  test('name the class that makes it, in the assembly of the extension', () => {
    expect(facts()).toMatchObject({
      kind: 'socket',
      assembly: expect.stringMatching(/^Dllet\.PortReservation\.\d/),
      type: 'Dllet.PortReservation.SocketOutput',
      transport,
    });
  });

  test('have every error of the definition, with id, category, words and advice', () => {
    const codes = [10013, 10022, 10045, 10047, 10048, 10050];
    const { output } = bench.definition.cmdlets.find(({ name }) => name === 'New-ReservedUdpSocket') as ExpandedCmdlet;
    const socketErrors = output.kind === 'socket' ? (output.errors ?? []) : [];
    expect(socketErrors.map(({ code }) => code).sort((one, other) => one - other)).toEqual(codes);
    expect(facts().errors).toEqual(
      socketErrors.map(({ code, id, category, message, recommendedAction }) => ({
        code,
        id,
        category,
        message,
        recommendedAction,
      })),
    );
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
    expect(error.message).toContain(`The ${protocol.toUpperCase()} socket for ports 5000-5019 could not`);
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
