/** The questions about ports, asked of the simulated computer and answered with the real sockets of this machine. */
import { hostname } from 'node:os';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  dynamicRanges,
  excludedRanges,
  findRoom,
  parsePorts,
  portMap,
  portUse,
  testBinding,
} from '../../../../src/extensions/port-reservation/ports/services.js';
import type { Protocol, RangeSource } from '../../../../src/extensions/port-reservation/ports/types.js';
import { type SimulatedComputer, simulatedComputer } from './simulated-computer.js';
import { closeAtEnd, holdTcp, holdUdp } from './use-support.js';

closeAtEnd();

const BOTH = ['Tcp', 'Udp'] as const;
let computer: SimulatedComputer;
/** The first of 100 ports that are free on this machine. */
let free = 0;

beforeAll(async () => {
  computer = await simulatedComputer();
  const [block] = await findRoom(computer.context, { numberOfPorts: 100, minimum: 20_000, maximum: 32_000 });
  free = block?.startPort ?? 0;
  for (const protocol of BOTH) {
    await computer.exclude(protocol, free + 10, 5, true);
    await computer.exclude(protocol, free + 20, 5, false);
    await computer.reserve(protocol, free + 30, 5);
  }
});

describe('excluded ranges', () => {
  it('are all there, of both protocols and families, in order', async () => {
    const rows = await excludedRanges(computer.context, {});
    expect(rows.map(({ protocol, addressFamily, startPort }) => [protocol, addressFamily, startPort - free])).toEqual(
      BOTH.flatMap((protocol) =>
        (['IPv4', 'IPv6'] as const).flatMap((family) => [10, 20, 30].map((offset) => [protocol, family, offset])),
      ),
    );
    expect(rows.slice(0, 3).map(({ endPort, administered }) => [endPort - free, administered])).toEqual([
      [14, true],
      [24, false],
      [34, false],
    ]);
  });

  it.each([
    [{ protocols: ['Udp'] }, 6, ['Udp'], ['IPv4', 'IPv6']],
    [{ addressFamilies: ['IPv6'] }, 6, ['Tcp', 'Udp'], ['IPv6']],
    [{ protocols: ['Udp', 'Tcp', 'Udp'], store: 'Persistent' }, 8, ['Tcp', 'Udp'], ['IPv4', 'IPv6']],
    [{ protocols: ['Tcp'], addressFamilies: ['IPv4'] }, 3, ['Tcp'], ['IPv4']],
  ] as const)('%o: %i rows', async (question, count, protocols, families) => {
    const rows = await excludedRanges(computer.context, question);
    expect(rows).toHaveLength(count);
    expect([...new Set(rows.map(({ protocol }) => protocol))]).toEqual(protocols);
    expect([...new Set(rows.map(({ addressFamily }) => addressFamily))]).toEqual(families);
  });
});

describe('dynamic ranges', () => {
  it('one of each protocol and family', async () => {
    const rows = await dynamicRanges(computer.context, {});
    expect(rows.map(({ protocol, addressFamily }) => `${protocol} ${addressFamily}`)).toEqual([
      'Tcp IPv4',
      'Tcp IPv6',
      'Udp IPv4',
      'Udp IPv6',
    ]);
    expect(rows.every((row) => row.startPort === 49_152 && row.numberOfPorts === 16_384)).toBe(true);
    expect(await dynamicRanges(computer.context, { protocols: ['Udp'], addressFamilies: ['IPv6'] })).toHaveLength(1);
  });
});

describe('ports in use', () => {
  it('are those of this machine, narrowed by port, process, protocol and family', async () => {
    const { port } = await holdUdp('127.0.0.1');
    const question = { ports: [port], processIds: [process.pid] };
    expect(await portUse(computer.context, question)).toMatchObject([
      { protocol: 'Udp', addressFamily: 'IPv4', address: '127.0.0.1', port, processId: process.pid },
    ]);
    for (const other of [
      { processIds: [process.pid + 1_000_000] },
      { ports: [] },
      { protocols: ['Tcp'] },
      { addressFamilies: ['IPv6'] },
    ] as const) {
      expect(await portUse(computer.context, { ...question, ...other })).toEqual([]);
    }
  });
});

describe('testing a bind', () => {
  it.each(BOTH)('%s: held, reserved, excluded, administered, free, and port 0', async (protocol) => {
    const { port } = protocol === 'Udp' ? await holdUdp('0.0.0.0') : await holdTcp('0.0.0.0');
    const ports = [port, free + 32, free + 22, free + 12, free + 2, 0];
    const runs = await testBinding(computer.context, { ports, protocols: [protocol] });
    const at = (wanted: number) => runs.find(({ startPort }) => startPort === wanted);
    expect(runs.map(({ startPort }) => startPort)).toEqual(ports.toSorted((one, other) => one - other));
    expect(at(port)).toMatchObject({
      protocol,
      verdict: 'InUse',
      bindError: 'WSAEADDRINUSE (10048)',
      processes: [{ processId: process.pid, processName: expect.stringMatching(/./), address: '0.0.0.0' }],
      explanation: expect.stringContaining(`process ${process.pid}`),
    });
    const range = (offset: number, administered: boolean) => ({
      startPort: free + offset,
      endPort: free + offset + 4,
      administered,
    });
    expect(at(free + 32)).toMatchObject({
      verdict: 'Reserved',
      bindError: 'WSAEACCES (10013)',
      range: range(30, false),
    });
    expect(at(free + 32)?.nextStep).toContain(`New-Reserved${protocol}Socket -StartPort ${free + 30} -NumberOfPorts 5`);
    expect(at(free + 22)).toMatchObject({
      verdict: 'Excluded',
      bindError: 'WSAEACCES (10013)',
      range: range(20, false),
    });
    expect(at(free + 12)).toMatchObject({ verdict: 'Administered', bindError: null, range: range(10, true) });
    expect(at(free + 2)).toMatchObject({ verdict: 'Free', bindError: null, range: null, processes: [] });
    expect(at(0)).toMatchObject({ verdict: 'NotAvailable', bindError: 'WSAEINVAL (10022)', range: null });
  });

  it('a port that is held stays held inside an exclusion too', async () => {
    const own = await simulatedComputer();
    const { port } = await holdUdp('0.0.0.0');
    await own.exclude('Udp', port, 1, false);
    expect(await testBinding(own.context, { ports: [port], protocols: ['Udp'] })).toMatchObject([
      { verdict: 'InUse', range: { startPort: port, endPort: port }, processes: [{ processId: process.pid }] },
    ]);
  });

  it('neighbours of one fate are one run, repeated ports count once, protocols come in order', async () => {
    const ports = [...Array.from({ length: 40 }, (_, index) => free + 39 - index), free, free];
    const runs = await testBinding(computer.context, { ports });
    const words = (protocol: Protocol) =>
      [
        [0, 9, 'Free'],
        [10, 14, 'Administered'],
        [15, 19, 'Free'],
        [20, 24, 'Excluded'],
        [25, 29, 'Free'],
        [30, 34, 'Reserved'],
        [35, 39, 'Free'],
      ].map((run) => [protocol, ...run]);
    expect(
      runs.map(({ protocol, startPort, endPort, verdict }) => [protocol, startPort - free, endPort - free, verdict]),
    ).toEqual([...words('Tcp'), ...words('Udp')]);
  });

  it('an address that is not of this machine: the port is not the reason', async () => {
    const question = { ports: [free], protocols: ['Udp'], address: '192.0.2.1' } as const;
    expect(await testBinding(computer.context, question)).toMatchObject([
      {
        verdict: 'NotAvailable',
        bindError: 'WSAEADDRNOTAVAIL (10049)',
        explanation: expect.stringMatching(/does not have the address/),
      },
    ]);
  });

  it.each([
    ['an address that is none', { ports: [1], address: 'localhost' }],
    ['a port that is none', { ports: [65_536] }],
  ])('%s is refused', async (_name, question) => {
    await expect(testBinding(computer.context, question)).rejects.toMatchObject({ id: 'InvalidParameter' });
  });

  it('all UDP ports: each once, in order, in seconds', async () => {
    const { port } = await holdUdp('0.0.0.0');
    const ports = Array.from({ length: 65_536 }, (_, index) => index);
    const before = performance.now();
    const runs = await testBinding(computer.context, { ports, protocols: ['Udp'] });
    expect(performance.now() - before).toBeLessThan(15_000);
    let next = 0;
    for (const run of runs) {
      expect(run.startPort).toBe(next);
      expect(run.numberOfPorts).toBe(run.endPort - run.startPort + 1);
      next = run.endPort + 1;
    }
    expect(next).toBe(65_536);
    expect(runs.find(({ startPort, endPort }) => startPort <= port && port <= endPort)).toMatchObject({
      startPort: port,
      endPort: port,
      verdict: 'InUse',
    });
  });
});

describe('who holds a range', () => {
  it('is looked up only where a port was refused', async () => {
    let asked = 0;
    const httpUrls = async () => {
      asked += 1;
      return [
        {
          url: 'http://+:1/',
          port: free + 20,
          listening: true,
          processId: 5,
          processName: 'a.exe',
          service: null,
          queue: null,
        },
      ];
    };
    const own = await simulatedComputer();
    await own.exclude('Tcp', free + 20, 1, false);
    const context = { ...own.context, httpUrls };
    await testBinding(context, { ports: [free], protocols: ['Tcp'] });
    expect(asked).toBe(0);
    expect(await testBinding(context, { ports: [free + 20], protocols: ['Tcp'] })).toMatchObject([
      { verdict: 'Excluded', holder: { kind: 'Http' }, explanation: expect.stringContaining('a.exe (process 5)') },
    ]);
    expect(asked).toBe(1);
  });
});

describe('the work of a test', () => {
  /** A source whose rows count how often anything reads them. */
  function countingSource(rows: number): { readonly ranges: RangeSource; reads: () => number } {
    let reads = 0;
    const count = <Row extends object>(row: Row): Row =>
      new Proxy(row, {
        get(target, name) {
          reads += 1;
          return Reflect.get(target, name);
        },
      });
    const excludedRows = Array.from({ length: rows }, (_, index) => ({ startPort: 1024 + index * 20 }));
    const ranges: RangeSource = {
      excludedRanges: async ({ protocol, addressFamily }) =>
        excludedRows.map(({ startPort }) =>
          count({ protocol, addressFamily, startPort, endPort: startPort + 9, administered: false }),
        ),
      dynamicRange: async (query) => ({ ...query, startPort: 49_152, numberOfPorts: 16_384 }),
    };
    return { ranges, reads: () => reads };
  }

  it('reads each excluded range a few times, however many ports are tested', async () => {
    const readsFor = async (ports: number) => {
      const { ranges, reads } = countingSource(300);
      const question = { ports: Array.from({ length: ports }, (_, index) => 20_000 + index) };
      await testBinding({ ...computer.context, ranges }, { ...question, protocols: ['Udp'] });
      return reads();
    };
    const few = await readsFor(1);
    expect(few).toBeGreaterThan(300);
    expect(await readsFor(4000)).toBe(few);
  });
});

describe('finding room', () => {
  it('gives blocks outside of everything, which can be reserved', async () => {
    const own = await simulatedComputer();
    await own.exclude('Tcp', free + 10, 5, true);
    await own.reserve('Udp', free + 40, 5);
    const limits = { minimum: free, maximum: free + 59 };
    const blocks = await findRoom(own.context, { numberOfPorts: 5, ...limits });
    expect(blocks.map(({ gapStartPort, gapEndPort }) => [gapStartPort - free, gapEndPort - free])).toEqual([
      [0, 9],
      [45, 59],
      [15, 39],
    ]);
    for (const { startPort, numberOfPorts } of blocks) {
      for (const protocol of BOTH) expect(await own.reserve(protocol, startPort, numberOfPorts)).toBe(0);
    }
    const later = await findRoom(own.context, { numberOfPorts: 5, ...limits });
    expect(later.map(({ startPort }) => startPort - free)).toEqual([5, 50, 20]);
    for (const { startPort, endPort } of later) {
      const inTheWay = (await excludedRanges(own.context, {})).filter(
        (range) => range.startPort <= endPort && startPort <= range.endPort,
      );
      expect(inTheWay).toEqual([]);
    }
  });

  it('for one protocol minds nothing of the other', async () => {
    const own = await simulatedComputer();
    await own.exclude('Tcp', free, 60, false);
    const question = { numberOfPorts: 60, minimum: free, maximum: free + 59 };
    expect(await findRoom(own.context, { ...question, protocols: ['Tcp'] })).toEqual([]);
    expect(await findRoom(own.context, question)).toEqual([]);
    expect(await findRoom(own.context, { ...question, protocols: ['Udp'] })).toMatchObject([{ startPort: free }]);
  });

  it('leaves out ports in use, and the dynamic range unless asked for', async () => {
    const { port } = await holdUdp('127.0.0.1');
    const around = { numberOfPorts: 1, minimum: port, maximum: port };
    expect(await findRoom(computer.context, { ...around, includeDynamicRange: true })).toEqual([]);
    const inside = { numberOfPorts: 1, minimum: 65_000, maximum: 65_535 };
    expect(await findRoom(computer.context, inside)).toEqual([]);
    expect(await findRoom(computer.context, { ...inside, includeDynamicRange: true })).not.toEqual([]);
  });

  it('says why there is none', async () => {
    const heard: string[] = [];
    const question = { numberOfPorts: 5, minimum: 65_000 };
    expect(await findRoom(computer.context, question, (message) => heard.push(message))).toEqual([]);
    expect(heard).toEqual([expect.stringMatching(/^There is no block of 5 ports .* -IncludeDynamicRange also finds/)]);
    heard.length = 0;
    await findRoom(computer.context, { ...question, includeDynamicRange: true }, (message) => heard.push(message));
    expect(heard).toEqual([]);
  });

  it('verified: passes over a port that no table shows', async () => {
    const { port } = await holdUdp('0.0.0.0');
    const blind = { ...computer.context, uses: async () => [] };
    const question = {
      numberOfPorts: 3,
      protocols: ['Udp'],
      minimum: port - 3,
      maximum: port + 3,
      includeDynamicRange: true,
    } as const;
    const startsOf = async (verify: boolean) =>
      (await findRoom(blind, { ...question, verify })).map(({ startPort }) => startPort - port);
    expect(await startsOf(false)).toEqual([-3]);
    expect(await startsOf(true)).not.toContain(-2);
    expect((await startsOf(true)).every((start) => start > 0 || start + 2 < 0)).toBe(true);
  });

  it.each([
    [{ numberOfPorts: 0 }, 'InvalidParameter'],
    [{ numberOfPorts: 5, minimum: 10, maximum: 9 }, 'InvalidPortRange'],
    [{ numberOfPorts: 5, minimum: 10, maximum: 12 }, 'InvalidPortRange'],
    [{ numberOfPorts: 5, protocols: [] }, 'InvalidParameter'],
  ])('%o is refused', async (question, id) => {
    await expect(findRoom(computer.context, question)).rejects.toMatchObject({ id, category: 'InvalidArgument' });
  });
});

describe('the map', () => {
  it('shows every layer, the time and the computer, whatever its name', async () => {
    const { port } = await holdUdp('0.0.0.0');
    const page = await portMap(computer.context, '<b>"PC"', new Date('2025-06-30T12:00:00.789Z'));
    expect(page.startsWith('<!DOCTYPE html>\n<html lang="en">')).toBe(true);
    expect(page.endsWith('</html>\n')).toBe(true);
    expect(page).toContain('<title>Ports of &#60;b&#62;&#34;PC&#34; (simulated)</title>');
    expect(page).toContain('2025-06-30T12:00:00Z');
    expect(page).not.toContain('<b>"PC"');
    const rows = [...page.matchAll(/<tr role="row"[^>]*>(.*?)<\/tr>/gs)].map((match) =>
      (match[1] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    );
    const has = (...words: (string | number)[]) =>
      rows.some((row) => words.every((word) => ` ${row} `.includes(` ${word} `)));
    for (const protocol of BOTH) {
      expect(has(protocol, free + 10, free + 14, 'Administered exclusion')).toBe(true);
      expect(has(protocol, free + 20, free + 24, 'Excluded')).toBe(true);
      expect(has(protocol, free + 30, free + 34, 'Reserved')).toBe(true);
      expect(has(protocol, 49_152, 65_535, 'Dynamic range')).toBe(true);
    }
    expect(has('Udp', port, 'In use', `${process.pid}):`)).toBe(true);
    expect(page).not.toContain(`Ports of ${hostname()}<`);
  });
});

describe('a list of ports', () => {
  it.each<[string, readonly number[]]>([
    ['80', [80]],
    ['0', [0]],
    ['65535', [65_535]],
    ['80,443', [80, 443]],
    [' 80 , 443 ', [80, 443]],
    ['5000-5003', [5000, 5001, 5002, 5003]],
    ['5000..5002', [5000, 5001, 5002]],
    ['5000 - 5001', [5000, 5001]],
    ['7-7', [7]],
    ['00080', [80]],
    ['9,1-3,2', [9, 1, 2, 3, 2]],
  ])('%j', (text, wanted) => {
    expect(parsePorts(text)).toEqual(wanted);
  });

  it.each([
    '',
    ' ',
    ',',
    '80,',
    ',80',
    'a',
    '-1',
    '1-',
    '-',
    '65536',
    '1-65536',
    '3-1',
    '1.5',
    '1e3',
    '0x50',
    '80 443',
    '1-2-3',
    '1...3',
    '000080',
    '\u0663',
    '80;443',
  ])('%j is refused', (text) => {
    expect(() => parsePorts(text)).toThrow(
      expect.objectContaining({ id: 'InvalidParameter', recommendedAction: expect.stringContaining('80,443') }),
    );
  });

  it('holds every port that was written, in its order, and nothing else', () => {
    const port = fc.nat(65_535);
    const span = fc.tuple(port, fc.nat(40)).map(([first, more]) => [first, Math.min(first + more, 65_535)] as const);
    const blanks = fc.constantFrom('', ' ', '\t');
    const part = fc.tuple(span, fc.constantFrom('-', '..'), blanks, fc.boolean());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const text = parts.map(([[first, last], dash, blank, isShort]) =>
          first === last && isShort ? `${blank}${first}` : `${first}${blank}${dash}${last}${blank}`,
        );
        const wanted = parts.flatMap(([[first, last]]) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
        expect(parsePorts(text.join(','))).toEqual(wanted);
      }),
    );
  });

  it('is never anything but ports, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-,. '), maxLength: 12 }), (text) => {
        let ports: number[];
        try {
          ports = parsePorts(text);
        } catch (error) {
          expect(error).toMatchObject({ id: 'InvalidParameter' });
          return;
        }
        expect(ports.length).toBeGreaterThan(0);
        expect(ports.every((port) => Number.isInteger(port) && port >= 0 && port <= 65_535)).toBe(true);
      }),
    );
  });
});
