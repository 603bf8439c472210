/** What speaks against a block: the sentences, and how rarely the machine is asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBlockReviewer } from '../../../../src/extensions/port-reservation/ports/block-review.js';
import type { PortsContext } from '../../../../src/extensions/port-reservation/ports/context.js';
import type { ExcludedRange, PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';

function use(port: number, more: Partial<PortUse> = {}): PortUse {
  const protocol = 'Udp';
  return {
    protocol,
    addressFamily: 'IPv4',
    address: '0.0.0.0',
    port,
    state: null,
    processId: 0,
    processName: null,
    ...more,
  };
}

/** A machine with these uses and this dynamic range for both families. */
function machine(
  uses: readonly PortUse[],
  dynamic: readonly [startPort: number, numberOfPorts: number] = [49_152, 16_384],
  exclusions: readonly ExcludedRange[] = [],
) {
  const asked: string[] = [];
  const context: Pick<PortsContext, 'uses' | 'ranges'> = {
    uses: async ({ protocols }) => {
      asked.push(protocols.join());
      return [...uses];
    },
    ranges: {
      excludedRanges: async () => [...exclusions],
      dynamicRange: async (query) => ({ ...query, startPort: dynamic[0], numberOfPorts: dynamic[1] }),
    },
  };
  return { asked, context: context as PortsContext };
}

const review = (uses: readonly PortUse[], startPort: number, numberOfPorts: number) =>
  createBlockReviewer(machine(uses).context)({ protocol: 'Udp', startPort, numberOfPorts });

describe('ports in use', () => {
  it('are named with their holders, once each', async () => {
    const uses = [
      use(5000, { processId: 12, processName: 'node' }),
      use(5000, { addressFamily: 'IPv6', address: '::' }),
      use(5003),
      use(5004, { processId: 7 }),
      use(4999),
      use(5020),
    ];
    expect(await review(uses, 5000, 20)).toEqual([
      expect.stringContaining('Of UDP ports 5000-5019, 3 are in use: 5000 (node, process 12), 5003, 5004 (process 7).'),
    ]);
  });

  it('beyond the fifth are counted', async () => {
    const uses = Array.from({ length: 8 }, (_, index) => use(5000 + index));
    const [message] = await review(uses, 5000, 20);
    expect(message).toContain('8 are in use: 5000, 5001, 5002, 5003, 5004, 3 more.');
  });

  it('of the block alone', async () => {
    expect(await review([use(5000)], 5000, 1)).toEqual([expect.stringContaining('UDP port 5000 is in use. Windows')]);
    expect(await review([use(5000)], 5001, 20)).toEqual([]);
  });
});

describe('the dynamic range', () => {
  it.each([
    [49_151, 1, undefined],
    [49_151, 2, 'port 49152 lies in the dynamic range 49152-65535 (IPv4 and IPv6)'],
    [49_150, 4, 'ports 49152-49153 lie in'],
    [65_535, 1, 'UDP port 65535 lies in'],
    [1, 65_535, 'ports 49152-65535 lie in'],
  ])('a block of %i and %i ports', async (startPort, numberOfPorts, wanted) => {
    const found = await review([], startPort, numberOfPorts);
    expect(found).toEqual(wanted === undefined ? [] : [expect.stringContaining(wanted)]);
  });

  it('is told exactly when a port of the block lies in it', () => {
    const ports = fc.integer({ min: 1, max: 65_535 });
    return fc.assert(
      fc.asyncProperty(ports, ports, async (start, last) => {
        const [startPort, endPort] = start < last ? [start, last] : [last, start];
        const found = await review([], startPort, endPort - startPort + 1);
        expect(found.length).toBe(endPort >= 49_152 ? 1 : 0);
      }),
    );
  });
});

it('a range that leaves no room is a cause of its own, where the block lies in it', async () => {
  const { context } = machine([], [1024, 64_511]);
  const said = await createBlockReviewer(context)({ protocol: 'Udp', startPort: 5000, numberOfPorts: 2 });
  expect(said).toEqual([
    expect.stringContaining('5000-5001 lie in the dynamic range'),
    expect.stringContaining('Set-DynamicPortRange -Protocol Udp -Default'),
  ]);
  expect(await createBlockReviewer(context)({ protocol: 'Udp', startPort: 80, numberOfPorts: 1 })).toEqual([]);
});

describe('excluded ranges', () => {
  const range = (startPort: number, endPort: number, administered: boolean): ExcludedRange[] =>
    (['IPv4', 'IPv6'] as const).map((addressFamily) => ({
      protocol: 'Udp',
      addressFamily,
      startPort,
      endPort,
      administered,
    }));
  const reviewOf = (exclusions: ExcludedRange[], startPort: number) =>
    createBlockReviewer(machine([], undefined, exclusions).context)({ protocol: 'Udp', startPort, numberOfPorts: 20 });

  it('are told once for both families, with the tool for a service that binds by number', async () => {
    expect(await reviewOf(range(5010, 5010, true), 5000)).toEqual([
      expect.stringMatching(/UDP port 5010 is excluded by an administrator.*\(error 32\).*binds its port by number/),
    ]);
    expect(await reviewOf(range(4900, 5000, false), 5000)).toEqual([
      expect.stringMatching(/UDP ports 4900-5000 are excluded\..*Find-FreePortBlock/),
    ]);
  });

  it('beside the block, or the block itself, are nothing to tell', async () => {
    expect(await reviewOf([...range(4900, 4999, true), ...range(5020, 5021, false)], 5000)).toEqual([]);
    expect(await reviewOf(range(5000, 5019, false), 5000)).toEqual([]);
  });
});

describe('asking the machine', () => {
  it('is done once for the blocks of a second, for each protocol', async () => {
    const { asked, context } = machine([]);
    let now = 0;
    const reviewer = createBlockReviewer(context, () => now);
    for (let startPort = 1; startPort < 100; startPort += 1)
      await reviewer({ protocol: 'Udp', startPort, numberOfPorts: 1 });
    await reviewer({ protocol: 'Tcp', startPort: 1, numberOfPorts: 1 });
    expect(asked).toEqual(['Udp', 'Tcp']);
    now = 1500;
    await reviewer({ protocol: 'Udp', startPort: 1, numberOfPorts: 1 });
    expect(asked).toEqual(['Udp', 'Tcp', 'Udp']);
  });

  it('says nothing where nothing can be found out', async () => {
    const { context } = machine([]);
    const fail = () => Promise.reject(new Error('no'));
    const deaf = { ...context, uses: fail, ranges: { excludedRanges: fail, dynamicRange: fail } } as PortsContext;
    expect(await createBlockReviewer(deaf)({ protocol: 'Udp', startPort: 1, numberOfPorts: 65_535 })).toEqual([]);
  });
});
