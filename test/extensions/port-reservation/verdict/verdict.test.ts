import { describe, expect, test } from 'vitest';
import type { BindProbe, ExcludedRange } from '../../../../src/extensions/port-reservation/ports/types.js';
import {
  judgePort,
  judgePorts,
  type PortQuestion,
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
    advises: /Nothing to do/,
  },
  {
    title: 'bound although another address is listened on',
    code: null,
    given: { uses: [used(50_010, { address: '127.0.0.1' })] },
    verdict: 'Free',
    processIds: [4711],
    says: /succeeded, although nginx \(process 4711\) uses it/,
    advises: /choose another port if it must not share/,
  },
  {
    title: 'bound in a row without a star',
    code: null,
    given: unstarred,
    verdict: 'Free',
    range: [49_990, 50_089, false],
    says: /succeeded, although the exclusion table lists 49990-50089 without a star/,
    advises: /choose outside 49990-50089/,
  },
  {
    title: 'bound in a starred row',
    code: null,
    given: starred,
    verdict: 'Administered',
    range: [50_000, 50_059, true],
    says: /administered exclusion 50000-50059.*explicit bind/,
    advises: /by number.*port 0/,
  },
  {
    title: 'bound in a starred row inside one without a star',
    code: null,
    given: { exclusions: [...starred.exclusions, ...unstarred.exclusions] },
    verdict: 'Free',
    range: [49_990, 50_089, false],
    says: /without a star/,
    advises: /outside 49990-50089/,
  },
  {
    title: 'bound in a known reservation (simulated backend)',
    code: null,
    given: reserved,
    verdict: 'Reserved',
    range: [50_000, 50_019, false],
    says: /belongs to the reservation 50000-50019, although/,
    advises: /New-ReservedTcpSocket -StartPort 50000 -NumberOfPorts 20/,
  },
  {
    title: 'refused in a known reservation',
    code: 'EACCES',
    given: { ...reserved, ...unstarred },
    verdict: 'Reserved',
    range: [50_000, 50_019, false],
    says: /reservation 50000-50019, and a bind without its token fails \(EACCES\)/,
    advises: /token if the reservation is yours/,
  },
  {
    title: 'refused in a row without a star',
    code: 'EACCES',
    given: unstarred,
    verdict: 'Excluded',
    range: [49_990, 50_089, false],
    says: /range 49990-50089, excluded without a star \(a block of WinNAT or HNS, or a reservation\)/,
    advises: /outside 49990-50089.*net stop winnat.*New-ReservedTcpSocket/,
  },
  {
    title: 'refused in a row of the other address family',
    code: 'WSAEACCES',
    given: { exclusions: [row(50_000, 50_099, false, { addressFamily: 'IPv6' })] },
    verdict: 'Excluded',
    range: [50_000, 50_099, false],
    says: /\(WSAEACCES\)/,
    advises: /winnat/,
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
    says: /in use by System \(process 4\) \(Listen on ::\), and it lies in the excluded or reserved range 80-80/,
    advises: /netsh http show servicestate/,
  },
  {
    title: 'refused in a row without a star; a mere connection does not hold the port',
    code: 'EACCES',
    given: { ...unstarred, uses: [used(50_010, { state: 'Established' })] },
    verdict: 'Excluded',
    range: [49_990, 50_089, false],
    processIds: [4711],
    says: /without a star/,
    advises: /winnat/,
  },
  {
    title: 'refused in a starred row: not by that row',
    code: 'EACCES',
    given: starred,
    verdict: 'AccessDenied',
    range: [50_000, 50_059, true],
    says: /but not by the administered exclusion 50000-50059, which allows an explicit bind/,
    advises: /exclusive use/,
  },
  {
    title: 'refused by an owner with exclusive use (Windows)',
    code: 'EACCES',
    given: listening,
    verdict: 'InUse',
    processIds: [4711],
    says: /in use by nginx \(process 4711\).*\(EACCES\)/,
    advises: /Stop nginx/,
  },
  {
    title: 'refused without any reason (Windows)',
    code: 'EACCES',
    verdict: 'AccessDenied',
    says: /refused \(EACCES\), and no excluded range and no owner/,
    advises: /elevated/,
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
    advises: /from 1024 on.*CAP_NET_BIND_SERVICE/,
  },
  {
    title: 'privileged port with a listener (Unix): the right is asked for first',
    port: 80,
    code: 'EACCES',
    given: { ...linux, uses: [used(80)] },
    verdict: 'AccessDenied',
    processIds: [4711],
    says: /privileges.*nginx \(process 4711\) uses it/,
    advises: /from 1024 on/,
  },
  {
    title: 'refused above 1024 (Unix)',
    code: 'EPERM',
    given: linux,
    verdict: 'AccessDenied',
    says: /refused \(EPERM\)/,
    advises: /SELinux/,
  },
  {
    title: 'in use by a listener',
    code: 'EADDRINUSE',
    given: listening,
    verdict: 'InUse',
    processIds: [4711],
    says: /^TCP port 50010 is in use by nginx \(process 4711\) \(Listen on 0\.0\.0\.0\); the bind failed \(EADDRINUSE\)\.$/,
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
    says: /a process that the system does not name \(TimeWait on/,
    advises: /Wait until/,
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
    says: /no table shows by whom, and it lies in the excluded or reserved range 50000-50019/,
    advises: /another port/,
  },
  {
    title: 'in use without a visible owner (Windows: WSL mirrored networking answers 10048)',
    code: '10048',
    verdict: 'InUse',
    says: /no table shows by whom; the bind failed \(10048\)/,
    advises: /WSL with mirrored networking/,
  },
  {
    title: 'in use without a visible owner (Unix)',
    code: 'EADDRINUSE',
    given: linux,
    verdict: 'InUse',
    says: /no table shows by whom/,
    advises: /sudo ss/,
  },
  {
    title: 'in use: an owner of the other protocol is no owner',
    code: 'EADDRINUSE',
    given: { uses: [used(50_010, { protocol: 'Udp' })], exclusions: [row(50_000, 50_059, false, { protocol: 'Udp' })] },
    verdict: 'InUse',
    says: /no table shows by whom; /,
    advises: /another port/,
  },
  {
    title: 'an address that this machine does not have',
    code: 'EADDRNOTAVAIL',
    verdict: 'NotAvailable',
    says: /not one of this machine \(EADDRNOTAVAIL\)/,
    advises: /0\.0\.0\.0 or ::/,
  },
  {
    title: 'no IPv6',
    code: 'EAFNOSUPPORT',
    verdict: 'NotAvailable',
    says: /address family \(EAFNOSUPPORT\)/,
    advises: /other family/,
  },
  {
    title: 'an error that is not about the port',
    code: 'EMFILE',
    verdict: 'NotAvailable',
    says: /failed with EMFILE, which says nothing about the port itself/,
    advises: /Remove the cause of EMFILE/,
  },
  ...['EINVAL', 'EADDRNOTAVAIL', 'EACCES', null].map(
    (code): Row => ({
      title: `port 0 (${code ?? 'bound'})`,
      port: 0,
      code,
      given: unstarred,
      verdict: 'NotAvailable',
      says: /^Port 0 means any port/,
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
    expect(verdict).toMatchObject({ port, protocol: 'Tcp', bindError: code });
    expect(verdict.range).toEqual(
      range === undefined ? null : { startPort: range[0], endPort: range[1], administered: range[2] },
    );
    expect(verdict.processes.map(({ processId }) => processId)).toEqual(processIds);
    expect(verdict.explanation).toMatch(expected.says);
    expect(verdict.nextStep).toMatch(expected.advises);
    expect(`${verdict.explanation} ${verdict.nextStep}`).not.toMatch(/null|undefined|\.\.|\(\)| {2}/);
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
