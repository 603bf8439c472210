import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import { type FreeBlockQuery, findFreeBlocks } from '../../../../src/extensions/port-reservation/ports/free-blocks.js';
import type {
  AddressFamily,
  DynamicRange,
  ExcludedRange,
  PortUse,
  Protocol,
} from '../../../../src/extensions/port-reservation/ports/types.js';
import type { ReservedBlock } from '../../../../src/extensions/port-reservation/verdict/verdict.js';

const nothing = { exclusions: [], uses: [], dynamicRanges: [] };
const tcp = { protocols: ['Tcp'], ...nothing } as const;

function excluded(startPort: number, endPort: number, more: Partial<ExcludedRange> = {}): ExcludedRange {
  return { protocol: 'Tcp', addressFamily: 'IPv4', startPort, endPort, administered: false, ...more };
}

function used(port: number, more: Partial<PortUse> = {}): PortUse {
  return {
    protocol: 'Tcp',
    addressFamily: 'IPv4',
    address: '::',
    port,
    state: 'Listen',
    processId: 1,
    processName: null,
    ...more,
  };
}

describe('free blocks', () => {
  test('an empty machine has one gap from 1024 to 65535', () => {
    expect(findFreeBlocks({ ...tcp, numberOfPorts: 100 })).toEqual([
      { startPort: 1024, endPort: 1123, numberOfPorts: 100, gapStartPort: 1024, gapEndPort: 65_535 },
    ]);
  });

  test('the smallest gap that fits comes first; equal gaps by their first port', () => {
    const query = { ...tcp, numberOfPorts: 5, minimum: 2000, maximum: 2099 };
    const blocks = findFreeBlocks({ ...query, uses: [2010, 2016, 2022, 2027].map((port) => used(port)) });
    expect(blocks.map(({ startPort, endPort, gapEndPort }) => [startPort, endPort, gapEndPort])).toEqual([
      [2011, 2015, 2015],
      [2017, 2021, 2021],
      [2000, 2004, 2009],
      [2028, 2032, 2099],
    ]);
  });

  test('both address families and every named protocol count; others do not', () => {
    const facts = {
      exclusions: [excluded(2000, 2009, { addressFamily: 'IPv6', administered: true })],
      uses: [used(2010, { protocol: 'Udp' })],
      dynamicRanges: [],
      reservations: [
        { startPort: 2011, numberOfPorts: 1 },
        { protocol: 'Udp' as const, startPort: 2012, numberOfPorts: 1 },
      ],
      numberOfPorts: 1,
      minimum: 2000,
      maximum: 2015,
    };
    const first = (protocols: readonly Protocol[]) =>
      findFreeBlocks({ ...facts, protocols }).map((block) => block.startPort);
    expect(first(['Tcp'])).toEqual([2010, 2012]);
    expect(first(['Udp'])).toEqual([2013, 2000]);
    expect(first(['Tcp', 'Udp'])).toEqual([2013]);
  });

  test('the dynamic range is no room, unless asked for', () => {
    const query = {
      ...tcp,
      numberOfPorts: 1000,
      minimum: 49_000,
      dynamicRanges: [{ protocol: 'Tcp', addressFamily: 'IPv4', startPort: 49_152, numberOfPorts: 16_384 }],
    } as const;
    expect(findFreeBlocks(query)).toEqual([]);
    expect(findFreeBlocks({ ...query, includeDynamicRange: true })).toHaveLength(1);
  });

  test('near a port: the closest first, each as close as its gap allows', () => {
    const query = { ...tcp, numberOfPorts: 5, minimum: 2000, maximum: 2099, near: 2050 };
    const startsOf = (uses: readonly number[], near = 2050) =>
      findFreeBlocks({ ...query, near, uses: uses.map((port) => used(port)) }).map(({ startPort }) => startPort);
    expect(startsOf([])).toEqual([2050]);
    expect(startsOf([2040, 2052])).toEqual([2047, 2053, 2035]);
    expect(startsOf([2040, 2052], 2099)).toEqual([2095, 2047, 2035]);
    expect(startsOf([], 1)).toEqual([2000]);
    expect(() => findFreeBlocks({ ...query, near: 0 })).toThrow(/Near is 0/);
  });

  test('a port that refused a bind is no room', () => {
    const query = { ...tcp, numberOfPorts: 2, minimum: 2000, maximum: 2005 };
    expect(findFreeBlocks({ ...query, refused: [2002] }).map(({ startPort }) => startPort)).toEqual([2000, 2003]);
  });

  test('the last port and the first can be had', () => {
    expect(findFreeBlocks({ ...tcp, numberOfPorts: 1, minimum: 65_535 })).toMatchObject([{ endPort: 65_535 }]);
    expect(findFreeBlocks({ ...tcp, numberOfPorts: 65_535, minimum: 1 })).toMatchObject([{ startPort: 1 }]);
  });

  test.each<[string, Partial<FreeBlockQuery>, string, RegExp]>([
    ['no port', { numberOfPorts: 0 }, 'InvalidParameter', /NumberOfPorts is 0: .* 1 to 65535/],
    ['too many ports', { numberOfPorts: 65_536 }, 'InvalidParameter', /NumberOfPorts is 65536/],
    ['part of a port', { numberOfPorts: 1.5 }, 'InvalidParameter', /NumberOfPorts is 1.5/],
    ['no number', { numberOfPorts: Number.NaN }, 'InvalidParameter', /NumberOfPorts is NaN/],
    ['minimum 0', { minimum: 0 }, 'InvalidParameter', /Minimum is 0/],
    ['maximum 65536', { maximum: 65_536 }, 'InvalidParameter', /Maximum is 65536/],
    ['no protocol', { protocols: [] }, 'InvalidParameter', /Protocol/],
    [
      'limits the wrong way round',
      { minimum: 3000, maximum: 2000 },
      'InvalidPortRange',
      /3000, is above Maximum, 2000/,
    ],
    [
      'more than the limits hold',
      { numberOfPorts: 11, minimum: 2000, maximum: 2009 },
      'InvalidPortRange',
      /there are 10 ports/,
    ],
  ])('refuses %s', (_title, wrong, id, message) => {
    const error = thrownBy(() => findFreeBlocks({ ...tcp, numberOfPorts: 10, ...wrong }));
    expect(error).toMatchObject({ id, category: 'InvalidArgument' });
    expect(error.message).toMatch(message);
  });

  test('property: agrees with a search port by port', () => {
    const port = fc.integer({ min: 1990, max: 2110 });
    const protocol = fc.constantFrom<Protocol>('Tcp', 'Udp');
    const addressFamily = fc.constantFrom<AddressFamily>('IPv4', 'IPv6');
    const block = fc.record({
      protocol,
      addressFamily,
      startPort: port,
      numberOfPorts: fc.integer({ min: 1, max: 15 }),
    });
    const facts = fc.record({
      exclusions: fc.array(
        fc.tuple(block, fc.boolean()).map(
          ([{ numberOfPorts, ...rest }, administered]): ExcludedRange => ({
            ...rest,
            endPort: rest.startPort + numberOfPorts - 1,
            administered,
          }),
        ),
        { maxLength: 4 },
      ),
      uses: fc.array(
        fc.tuple(protocol, port).map(([of, at]) => used(at, { protocol: of })),
        { maxLength: 6 },
      ),
      dynamicRanges: fc.array(block, { maxLength: 2 }),
      reservations: fc.array(block, { maxLength: 2 }),
      protocols: fc.subarray<Protocol>(['Tcp', 'Udp'], { minLength: 1 }),
      includeDynamicRange: fc.boolean(),
      numberOfPorts: fc.integer({ min: 1, max: 20 }),
      minimum: fc.constant(2000),
      maximum: fc.integer({ min: 2020, max: 2100 }),
    });
    fc.assert(
      fc.property(facts, (query) => {
        expect(findFreeBlocks(query)).toEqual(searchPortByPort(query));
      }),
      { numRuns: 300 },
    );
  });
});

type Query = Required<Omit<FreeBlockQuery, 'near' | 'refused'>> & { readonly reservations: readonly ReservedBlock[] };

function searchPortByPort(query: Query) {
  const gaps: number[][] = [];
  for (let port = query.minimum; port <= query.maximum; port += 1) {
    if (!query.protocols.every((protocol) => isFree(port, protocol, query))) continue;
    const gap = gaps.at(-1);
    if (gap?.at(-1) === port - 1) gap.push(port);
    else gaps.push([port]);
  }
  return gaps
    .filter((gap) => gap.length >= query.numberOfPorts)
    .sort((one, other) => one.length - other.length || (one[0] ?? 0) - (other[0] ?? 0))
    .map((gap) => ({
      startPort: gap[0],
      endPort: gap[query.numberOfPorts - 1],
      numberOfPorts: query.numberOfPorts,
      gapStartPort: gap[0],
      gapEndPort: gap.at(-1),
    }));
}

function isFree(port: number, protocol: Protocol, query: Query): boolean {
  const inBlock = (block: DynamicRange | ReservedBlock) =>
    block.protocol === protocol && port >= block.startPort && port < block.startPort + block.numberOfPorts;
  return !(
    query.exclusions.some((row) => row.protocol === protocol && port >= row.startPort && port <= row.endPort) ||
    query.uses.some((use) => use.protocol === protocol && use.port === port) ||
    query.reservations.some(inBlock) ||
    (!query.includeDynamicRange && query.dynamicRanges.some(inBlock))
  );
}

function thrownBy(action: () => unknown): DlletError {
  try {
    action();
  } catch (error) {
    if (error instanceof DlletError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
