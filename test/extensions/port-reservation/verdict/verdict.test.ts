import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  BindProbe,
  DynamicRange,
  ExcludedRange,
  HttpUrl,
} from '../../../../src/extensions/port-reservation/ports/types.js';
import {
  judgePort,
  judgePorts,
  type PortQuestion,
  summarizeVerdicts,
  type Verdict,
} from '../../../../src/extensions/port-reservation/verdict/verdict.js';
import { growth } from '../../../support/growth.js';
import { used } from '../port-map/port-map-model.js';

function row(
  startPort: number,
  endPort: number,
  administered = false,
  more: Partial<ExcludedRange> = {},
): ExcludedRange {
  return { protocol: 'Tcp', addressFamily: 'IPv4', startPort, endPort, administered, ...more };
}

function url(port: number, more: Partial<HttpUrl> = {}): HttpUrl {
  return {
    url: `http://+:${port}/`,
    port,
    listening: false,
    processId: null,
    processName: null,
    service: null,
    queue: null,
    ...more,
  };
}

function dynamic(startPort: number, numberOfPorts: number): DynamicRange {
  return { protocol: 'Tcp', addressFamily: 'IPv4', startPort, numberOfPorts };
}

interface Row {
  readonly title: string;
  readonly port?: number;
  /** Null: the bind succeeded. */
  readonly code: string | null;
  readonly given?: Partial<PortQuestion>;
  readonly verdict: Verdict;
  readonly range?: readonly [number, number, boolean];
  readonly processIds?: readonly number[];
  readonly says: RegExp;
  readonly advises: RegExp;
}

const starred = { exclusions: [row(50_000, 50_059, true)] };
const unstarred = { exclusions: [row(49_990, 50_089)] };
const reserved = { reservations: [{ startPort: 50_000, numberOfPorts: 20 }] };
const listening = { uses: [used(50_010)] };
const linux = { platform: 'linux' } as const;

const rows: readonly Row[] = [
  {
    title: 'nothing known, bound',
    code: null,
    verdict: 'Free',
    says: /^TCP port 50010 is free: a bind succeeded\.$/,
    advises: /nothing to do/,
  },
  {
    title: 'bound although another address is listened on',
    code: null,
    given: { uses: [used(50_010, { address: '127.0.0.1' })] },
    verdict: 'Free',
    processIds: [4711],
    says: /succeeded, although nginx \(process 4711\) uses it/,
    advises: /must not share a port, choose another/,
  },
  {
    title: 'bound in a row without a star',
    code: null,
    given: unstarred,
    verdict: 'Free',
    range: [49_990, 50_089, false],
    says: /succeeded, although the range 49990-50089 is excluded and not administered/,
    advises: /choose a port outside 49990-50089/,
  },
  {
    title: 'bound in a starred row',
    code: null,
    given: starred,
    verdict: 'Administered',
    range: [50_000, 50_059, true],
    says: /administered exclusion 50000-50059.*a bind by number succeeded/,
    advises: /Bind it by number/,
  },
  {
    title: 'bound in a starred row inside one without a star',
    code: null,
    given: { exclusions: [...starred.exclusions, ...unstarred.exclusions] },
    verdict: 'Free',
    range: [49_990, 50_089, false],
    says: /not administered/,
    advises: /outside 49990-50089/,
  },
  {
    title: 'bound in a known reservation (simulated backend)',
    code: null,
    given: reserved,
    verdict: 'Reserved',
    range: [50_000, 50_019, false],
    says: /belongs to the reservation 50000-50019, although a bind without the token succeeded/,
    advises: /New-ReservedTcpSocket -StartPort 50000 -NumberOfPorts 20/,
  },
  {
    title: 'refused in a known reservation',
    code: 'EACCES',
    given: { ...reserved, ...unstarred },
    verdict: 'Reserved',
    range: [50_000, 50_019, false],
    says: /reservation 50000-50019, and a bind without the token fails with WSAEACCES \(10013\)/,
    advises: /If the reservation is yours, use its token/,
  },
  {
    title: 'refused in a row without a star',
    code: 'EACCES',
    given: unstarred,
    verdict: 'Excluded',
    range: [49_990, 50_089, false],
    says: /lies in the excluded range 49990-50089, which is not administered, .* WSAEACCES \(10013\)\. Windows does not say/,
    advises:
      /outside 49990-50089, or run Repair-PortExclusion -Port 50010 -Protocol Tcp in an elevated session if WinNAT holds/,
  },
  {
    title: 'refused in a row of the other address family',
    code: 'WSAEACCES',
    given: { exclusions: [row(50_000, 50_099, false, { addressFamily: 'IPv6' })] },
    verdict: 'Excluded',
    range: [50_000, 50_099, false],
    says: /with WSAEACCES \(10013\)/,
    advises: /WinNAT/,
  },
  {
    title: 'refused where overlapping rows differ: the narrowest is named',
    code: 'EACCES',
    given: { exclusions: [row(50_005, 50_015), row(49_000, 51_000), row(50_000, 50_059, true)] },
    verdict: 'Excluded',
    range: [50_005, 50_015, false],
    says: /50005-50015/,
    advises: /50005-50015/,
  },
  {
    title: 'refused in a row without a star, with a listener in it (http.sys)',
    port: 80,
    code: 'EACCES',
    given: { exclusions: [row(80, 80)], uses: [used(80, { processId: 4, processName: 'System', address: '::' })] },
    verdict: 'InUse',
    range: [80, 80, false],
    processIds: [4],
    says: /in use by System \(process 4\) \(Listen on ::\), and it is excluded or reserved by itself/,
    advises: /netsh http show servicestate/,
  },
  {
    title: 'refused in a row without a star; a mere connection does not hold the port',
    code: 'EACCES',
    given: { ...unstarred, uses: [used(50_010, { state: 'Established' })] },
    verdict: 'Excluded',
    range: [49_990, 50_089, false],
    processIds: [4711],
    says: /not administered/,
    advises: /WinNAT/,
  },
  {
    title: 'refused in a starred row: not by that row',
    code: 'EACCES',
    given: starred,
    verdict: 'AccessDenied',
    range: [50_000, 50_059, true],
    says: /but not because of the administered exclusion 50000-50059, which allows a bind by number/,
    advises: /exclusive use/,
  },
  {
    title: 'refused by an owner with exclusive use (Windows)',
    code: 'EACCES',
    given: listening,
    verdict: 'InUse',
    processIds: [4711],
    says: /in use by nginx \(process 4711\).*with WSAEACCES \(10013\)/,
    advises: /Stop nginx/,
  },
  {
    title: 'refused without any reason (Windows)',
    code: 'EACCES',
    verdict: 'AccessDenied',
    says: /failed with WSAEACCES \(10013\), and no excluded range or process explains it/,
    advises: /elevated.*netstat -ano\)\. .*WSL with mirrored networking/,
  },
  {
    title: 'refused below 1024 (Windows): no privileged ports there',
    port: 445,
    code: 'EACCES',
    verdict: 'AccessDenied',
    says: /no excluded range/,
    advises: /elevated/,
  },
  {
    title: 'privileged port (Unix)',
    port: 80,
    code: 'EACCES',
    given: linux,
    verdict: 'AccessDenied',
    says: /TCP port 80 needs privileges \(EACCES\)/,
    advises: /port 1024 or higher.*CAP_NET_BIND_SERVICE/,
  },
  {
    title: 'privileged port with a listener (Unix): the right is asked for first',
    port: 80,
    code: 'EACCES',
    given: { ...linux, uses: [used(80)] },
    verdict: 'AccessDenied',
    processIds: [4711],
    says: /privileges.*nginx \(process 4711\) uses it/,
    advises: /port 1024 or higher/,
  },
  {
    title: 'refused above 1024 (Unix)',
    code: 'EPERM',
    given: linux,
    verdict: 'AccessDenied',
    says: /failed with EPERM/,
    advises: /SELinux/,
  },
  {
    title: 'in use by a listener',
    code: 'EADDRINUSE',
    given: listening,
    verdict: 'InUse',
    processIds: [4711],
    says: /^TCP port 50010 is in use by nginx \(process 4711\) \(Listen on 0\.0\.0\.0\); the bind failed with WSAEADDRINUSE \(10048\)\.$/,
    advises: /^Stop nginx \(process 4711\), or choose another port\.$/,
  },
  {
    title: 'in use: both families, the same twice, of one process',
    code: 'EADDRINUSE',
    given: { uses: [used(50_010, { address: '::', addressFamily: 'IPv6' }), used(50_010), used(50_010)] },
    verdict: 'InUse',
    processIds: [4711, 4711],
    says: /in use by nginx \(process 4711\); the bind/,
    advises: /Stop nginx/,
  },
  {
    title: 'in use by many: three are named',
    code: 'EADDRINUSE',
    given: { uses: [1, 2, 3, 44, 55].map((id) => used(50_010, { processId: id, processName: null })) },
    verdict: 'InUse',
    processIds: [1, 2, 3, 44, 55],
    says: /in use by process 1, process 2, process 3 and 2 more;/,
    advises: /Stop process 1/,
  },
  {
    title: 'in use by closed connections',
    code: 'EADDRINUSE',
    given: { uses: [used(50_010, { state: 'TimeWait', processId: 0, processName: null })] },
    verdict: 'InUse',
    processIds: [0],
    says: /an unknown process \(TimeWait on/,
    advises: /Wait until/,
  },
  {
    title: 'in use by a process that is not known',
    code: 'EADDRINUSE',
    given: { uses: [used(50_010, { processId: 0, processName: null })] },
    verdict: 'InUse',
    processIds: [0],
    says: /in use by an unknown process \(/,
    advises: /^Choose another port, or look for the process that uses it \(/,
  },
  {
    title: 'in use inside a starred row',
    code: 'EADDRINUSE',
    given: { ...starred, ...listening },
    verdict: 'InUse',
    range: [50_000, 50_059, true],
    processIds: [4711],
    says: /lies in the administered exclusion 50000-50059/,
    advises: /Stop nginx/,
  },
  {
    title: 'in use inside a reservation, without a visible owner',
    code: 'EADDRINUSE',
    given: reserved,
    verdict: 'InUse',
    range: [50_000, 50_019, false],
    says: /no table shows which process uses it, and it lies in the excluded or reserved range 50000-50019/,
    advises: /another port/,
  },
  {
    title: 'in use without a visible owner (Windows: WSL mirrored networking answers 10048)',
    code: '10048',
    verdict: 'InUse',
    says: /no table shows which process uses it; the bind failed with WSAEADDRINUSE \(10048\)/,
    advises: /WSL with mirrored networking/,
  },
  {
    title: 'in use without a visible owner (Unix)',
    code: 'EADDRINUSE',
    given: linux,
    verdict: 'InUse',
    says: /no table shows which process uses it/,
    advises: /sudo ss/,
  },
  {
    title: 'in use: an owner of the other protocol is no owner',
    code: 'EADDRINUSE',
    given: { uses: [used(50_010, { protocol: 'Udp' })], exclusions: [row(50_000, 50_059, false, { protocol: 'Udp' })] },
    verdict: 'InUse',
    says: /no table shows which process uses it; /,
    advises: /another port/,
  },
  {
    title: 'an address that this machine does not have',
    code: 'EADDRNOTAVAIL',
    verdict: 'NotAvailable',
    says: /failed with WSAEADDRNOTAVAIL \(10049\): this computer does not have the address/,
    advises: /0\.0\.0\.0 or ::/,
  },
  {
    title: 'no IPv6',
    code: 'EAFNOSUPPORT',
    verdict: 'NotAvailable',
    says: /with WSAEAFNOSUPPORT \(10047\): .* address family/,
    advises: /other family/,
  },
  {
    title: 'an error that is not about the port',
    code: 'EMFILE',
    verdict: 'NotAvailable',
    says: /failed with WSAEMFILE \(10024\). The cause is not the port/,
    advises: /Fix the cause of WSAEMFILE/,
  },
  {
    title: 'refused in a range of one port (HTTP.sys listens)',
    port: 5357,
    code: 'EACCES',
    given: {
      exclusions: [row(5357, 5357)],
      httpUrls: [url(5357, { listening: true, processId: 12, processName: 'a.exe' })],
    },
    verdict: 'Excluded',
    range: [5357, 5357, false],
    says: /^TCP port 5357 is excluded as a single port .* HTTP\.sys holds it\. It listens for http:\/\/\+:5357\/ of a\.exe \(process 12\)\.$/,
    advises: /^Choose another port, or stop the program or service that uses the URL/,
  },
  {
    title: 'refused in a range of one port (a service listens, and a pool of IIS without a process)',
    port: 5985,
    code: 'EACCES',
    given: {
      exclusions: [row(5985, 5985)],
      httpUrls: [
        url(5985, { listening: true, processId: 12, processName: 'svchost.exe', service: 'WinRM' }),
        url(5985, { url: 'http://+:5985/a', listening: true, queue: 'DefaultAppPool' }),
      ],
    },
    verdict: 'Excluded',
    range: [5985, 5985, false],
    says: /listens for \S+ of the service WinRM \(process 12\) and \S+ of the request queue DefaultAppPool\.$/,
    advises: /^Choose another port, or stop the program or service that uses the URL/,
  },
  {
    title: 'refused in a range of one port (a URL reservation of HTTP.sys): a guess',
    port: 2869,
    code: 'EACCES',
    given: { exclusions: [row(2869, 2869)], httpUrls: [url(2869), url(80, { listening: true })] },
    verdict: 'Excluded',
    range: [2869, 2869, false],
    says: /Likely HTTP\.sys holds it. It has the reserved URL http:\/\/\+:2869\/\.$/,
    advises: /uses the URL/,
  },
  {
    title: 'refused in a range of one port without a URL: a guess',
    port: 8080,
    code: 'EACCES',
    given: { exclusions: [row(8080, 8080)] },
    verdict: 'Excluded',
    range: [8080, 8080, false],
    says: /Likely HTTP\.sys holds it for a URL, or a container publishes it\.$/,
    advises: /container.*netsh http show servicestate view=requestq/,
  },
  {
    title: 'refused in a block of 100 in the dynamic range: WinNAT or HNS, a guess',
    port: 55_679,
    code: 'EACCES',
    given: { exclusions: [row(55_600, 55_699)], dynamicRanges: [dynamic(49_152, 16_384)] },
    verdict: 'Excluded',
    range: [55_600, 55_699, false],
    says: /Likely WinNAT or HNS .* holds it/,
    advises:
      /run Repair-PortExclusion -Port 55679 -Protocol Tcp in an elevated session\. It stops WinNAT, excludes it for your own use, and starts WinNAT again\.$/,
  },
  {
    title: 'refused in such a block where the dynamic range begins at 1024: the range is a cause',
    port: 1433,
    code: 'EACCES',
    given: { exclusions: [row(1400, 1463)], dynamicRanges: [dynamic(1024, 64_511)] },
    verdict: 'Excluded',
    range: [1400, 1463, false],
    says: /WinNAT or HNS/,
    advises: /starts below the default, 49152.*Set-DynamicPortRange -Protocol Tcp -Default/,
  },
  {
    title: 'refused in a block of another size, or outside the dynamic range: no guess',
    code: 'EACCES',
    given: { exclusions: [row(50_000, 50_050)], dynamicRanges: [dynamic(49_152, 16_384)] },
    verdict: 'Excluded',
    range: [50_000, 50_050, false],
    says: /does not say what holds it/,
    advises: /if WinNAT holds the range/,
  },
  {
    title: 'bound in the administered exclusion of HNS',
    code: null,
    given: starred,
    verdict: 'Administered',
    range: [50_000, 50_059, true],
    says: /50000-50059 \(likely the one that HNS makes by default\), so/,
    advises:
      /HTTP\.sys \(IIS, HttpListener\) fails here with error 32.*Remove-ExcludedPortRange -Protocol Tcp -StartPort 50000 -NumberOfPorts 60/,
  },
  {
    title: 'bound in an administered exclusion of UDP: QUIC is refused there',
    code: null,
    given: { protocol: 'Udp', exclusions: [row(50_010, 50_010, true, { protocol: 'Udp' })] },
    verdict: 'Administered',
    range: [50_010, 50_010, true],
    says: /^UDP port 50010 is an administered exclusion, so Windows does not assign it/,
    advises: /QUIC listener fails here with "address in use".*-Protocol Udp -StartPort 50010 -NumberOfPorts 1/,
  },
  {
    title: 'in use by the kernel for a URL, without an excluded range',
    port: 80,
    code: 'EADDRINUSE',
    given: {
      uses: [used(80, { processId: 4, processName: 'System' })],
      httpUrls: [url(80, { listening: true, processId: 7 }), url(80, { listening: true, processId: 7 })],
    },
    verdict: 'InUse',
    processIds: [4],
    says: /HTTP\.sys listens for http:\/\/\+:80\/ of process 7\.$/,
    advises: /stop the program or service that uses the URL/,
  },
  {
    title: 'free in a range of one port without a star',
    code: null,
    given: { exclusions: [row(50_010, 50_010)] },
    verdict: 'Free',
    range: [50_010, 50_010, false],
    says: /although it is excluded and not administered/,
    advises: /For permanent use, choose another port/,
  },
  {
    title: 'refused in a reservation of one port',
    code: 'EACCES',
    given: { reservations: [{ startPort: 50_010, numberOfPorts: 1 }] },
    verdict: 'Reserved',
    range: [50_010, 50_010, false],
    says: /^TCP port 50010 is reserved, and a bind/,
    advises: /use its token .*-StartPort 50010 -NumberOfPorts 1\)\. Otherwise choose another port\.$/,
  },
  {
    title: 'refused in an administered exclusion of one port',
    code: 'EACCES',
    given: { exclusions: [row(50_010, 50_010, true)] },
    verdict: 'AccessDenied',
    range: [50_010, 50_010, true],
    says: /but not because of its administered exclusion/,
    advises: /exclusive use/,
  },
  ...['EINVAL', 'EADDRNOTAVAIL', 'EACCES', null].map(
    (code): Row => ({
      title: `port 0 (${code ?? 'bound'})`,
      port: 0,
      code,
      given: unstarred,
      verdict: 'NotAvailable',
      says: /^Port 0 cannot be tested/,
      advises: /1 to 65535/,
    }),
  ),
];

describe('the verdict about a port', () => {
  test.each(rows)('$title: $verdict', ({ port = 50_010, code, given = {}, range, processIds = [], ...expected }) => {
    const verdict = judgePort({
      port,
      protocol: 'Tcp',
      probe: probe(port, code),
      exclusions: [],
      uses: [],
      platform: 'win32',
      ...given,
    });
    expect(verdict.verdict).toBe(expected.verdict);
    expect(verdict).toMatchObject({ port, protocol: given.protocol ?? 'Tcp' });
    expect(verdict.bindError === null).toBe(code === null);
    expect(verdict.range).toEqual(
      range === undefined ? null : { startPort: range[0], endPort: range[1], administered: range[2] },
    );
    expect(verdict.processes.map(({ processId }) => processId)).toEqual(processIds);
    expect(verdict.explanation).toMatch(expected.says);
    expect(verdict.nextStep).toMatch(expected.advises);
    expect(`${verdict.explanation} ${verdict.nextStep}`).not.toMatch(/null|undefined|\.\.|\(\)| {2}/);
  });

  test.each(rows.filter(({ verdict }) => verdict !== 'Reserved'))(
    '$title: no token of a reservation that is not there',
    ({ port = 50_010, code, given = {} }) => {
      const question = { port, protocol: 'Tcp', probe: probe(port, code), exclusions: [], uses: [], ...given } as const;
      expect(judgePort({ ...question, platform: 'win32' }).nextStep).not.toMatch(/token|New-Reserved/);
    },
  );

  test('property: one port is a single port in every sentence, and every sentence is whole', () => {
    const port = fc.constantFrom(80, 1023, 5357, 50_010);
    const size = fc.constantFrom(1, 2, 10, 64, 100);
    const code = fc.constantFrom(null, 'EACCES', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPERM', 'EMFILE');
    const facts = fc.record({
      protocol: fc.constantFrom('Tcp' as const, 'Udp' as const),
      platform: fc.constantFrom('win32' as const, 'linux' as const),
      processIds: fc.array(fc.constantFrom(0, 4, 77, 78, 79, 80), { maxLength: 5 }),
      state: fc.constantFrom('Listen', 'TimeWait'),
      exclusions: fc.array(fc.tuple(size, fc.boolean()), { maxLength: 2 }),
      reserved: fc.option(size),
      urls: fc.array(fc.boolean(), { maxLength: 2 }),
      dynamicStart: fc.constantFrom(1024, 49_152),
    });
    fc.assert(
      fc.property(port, size, code, facts, (first, count, bindError, given) => {
        const { protocol, platform } = given;
        const probes = Array.from({ length: count }, (_, index) => probe(first + index, bindError));
        const runs = summarizeVerdicts(
          judgePorts({
            protocol,
            platform,
            probes,
            uses: given.processIds.map((processId) =>
              used(first, { protocol, processId, processName: null, state: given.state }),
            ),
            exclusions: given.exclusions.map(([length, star]) => row(first, first + length - 1, star, { protocol })),
            reservations: given.reserved === null ? [] : [{ startPort: first, numberOfPorts: given.reserved }],
            dynamicRanges: [{ ...dynamic(given.dynamicStart, 10_000), protocol }],
            httpUrls: given.urls.map((listening) => url(first, { listening, processId: listening ? 9 : null })),
          }),
          { platform },
        );
        for (const { startPort, endPort, explanation, nextStep } of runs) {
          const text = `${explanation} ${nextStep}`;
          expect(text).not.toMatch(/\(1 ports\)|\b1 ports|\b(\d+)-\1\b|null|undefined|\.\.|\(\)| {2}|\)\)\)/);
          expect(text).not.toMatch(/elevated\)?: netstat|netstat -ano, elevated/);
          if (startPort === endPort) expect(text).not.toMatch(/\b(?:they|them|ports \d)/);
          expect(explanation).toMatch(/\.$/);
          expect(nextStep).toMatch(/\.$/);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a reservation counts for its own protocol only, or for all where it names none', () => {
    const question = { port: 5000, protocol: 'Udp', probe: probe(5000, null), exclusions: [], uses: [] } as const;
    const verdictWith = (block: object) =>
      judgePort({ ...question, reservations: [{ startPort: 5000, numberOfPorts: 1, ...block }] }).verdict;
    expect([verdictWith({}), verdictWith({ protocol: 'Udp' }), verdictWith({ protocol: 'Tcp' })]).toEqual([
      'Reserved',
      'Reserved',
      'Free',
    ]);
  });

  test('the order of the tables does not matter', () => {
    const uses = [used(5000, { processId: 9 }), used(5000, { address: '::1' }), used(5000)];
    const exclusions = [row(4000, 6000), row(4900, 5900), row(4900, 5900, true)];
    const question = { protocol: 'Tcp', probes: [probe(5000, 'EADDRINUSE')] } as const;
    expect(judgePorts({ ...question, uses, exclusions })).toEqual(
      judgePorts({ ...question, uses: uses.toReversed(), exclusions: exclusions.toReversed() }),
    );
  });

  test('65,536 ports with hundreds of ranges and thousands of uses', () => {
    const exclusions = Array.from({ length: 600 }, (_, index) => row(index * 100, index * 100 + 99, index % 2 === 0));
    const uses = Array.from({ length: 5000 }, (_, index) => used((index * 13) % 65_536, { processId: index }));
    const probes = Array.from({ length: 65_536 }, (_, port) => probe(port, port % 3 === 0 ? 'EACCES' : null));
    const verdicts = judgePorts({ protocol: 'Tcp', probes, exclusions, uses });
    expect(verdicts).toHaveLength(65_536);
    expect(verdicts[50_001]).toMatchObject({ port: 50_001, range: { startPort: 50_000, endPort: 50_099 } });
  });

  test('the time grows as the number of ports, ranges and uses does', () => {
    const judge = (size: number) => {
      const exclusions = Array.from({ length: size / 100 }, (_, index) => row(index * 100, index * 100 + 99));
      const uses = Array.from({ length: size / 10 }, (_, index) => used((index * 13) % size, { processId: index }));
      const probes = Array.from({ length: size }, (_, port) => probe(port, port % 3 === 0 ? 'EACCES' : null));
      judgePorts({ protocol: 'Tcp', probes, exclusions, uses });
    };
    expect(growth(judge, 15_000, 60_000)).toBeLessThan(12);
  });
});

function probe(port: number, code: string | null): BindProbe {
  return code === null ? { port, outcome: 'bound' } : { port, outcome: 'failed', code };
}
