import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mergePortLayers,
  PORT_STATES,
  type ProtocolPorts,
} from '../../../../src/extensions/port-reservation/port-map/port-map-layers.js';
import type { AddressFamily, Protocol } from '../../../../src/extensions/port-reservation/ports/types.js';
import { growth } from '../../../support/growth.js';
import { excluded, used } from './port-map-model.js';

const nothing: ProtocolPorts = { protocol: 'Tcp', exclusions: [], uses: [], reservations: [], dynamicRanges: [] };

function brief(ports: Partial<ProtocolPorts>) {
  return mergePortLayers({ ...nothing, ...ports }).map(({ startPort, endPort, state }) => [startPort, endPort, state]);
}

describe('the layers of a port map', () => {
  test('nothing known: one free run of all ports', () => {
    expect(mergePortLayers(nothing)).toEqual([
      { startPort: 0, endPort: 65_535, numberOfPorts: 65_536, state: 'Free', evidence: [] },
    ]);
  });

  test('in use over reserved over excluded over administered over dynamic over free', () => {
    const runs = mergePortLayers({
      ...nothing,
      dynamicRanges: [{ protocol: 'Tcp', addressFamily: 'IPv4', startPort: 100, numberOfPorts: 65_000 }],
      exclusions: [excluded(200, 1000, true), excluded(300, 900)],
      reservations: [{ startPort: 400, numberOfPorts: 100 }],
      uses: [used(450)],
    });
    expect(runs.map(({ startPort, state }) => [startPort, state])).toEqual([
      [0, 'Free'],
      [100, 'Dynamic'],
      [200, 'Administered'],
      [300, 'Excluded'],
      [400, 'Reserved'],
      [450, 'InUse'],
      [451, 'Reserved'],
      [500, 'Excluded'],
      [901, 'Administered'],
      [1001, 'Dynamic'],
      [65_100, 'Free'],
    ]);
    expect(runs[5]?.evidence).toEqual([
      {
        kind: 'InUse',
        processId: 4711,
        processName: 'nginx',
        places: [{ state: 'Listen', addresses: ['0.0.0.0'] }],
      },
      { kind: 'Reserved', startPort: 400, endPort: 499, addressFamilies: [] },
      { kind: 'Excluded', startPort: 300, endPort: 900, addressFamilies: ['IPv4'] },
      { kind: 'Administered', startPort: 200, endPort: 1000, addressFamilies: ['IPv4'] },
      { kind: 'Dynamic', startPort: 100, endPort: 65_099, addressFamilies: ['IPv4'] },
    ]);
  });

  test('the same row of both address families is one piece of evidence; rows side by side stay two runs', () => {
    const runs = mergePortLayers({
      ...nothing,
      exclusions: [{ ...excluded(100, 199), addressFamily: 'IPv6' }, excluded(100, 199), excluded(200, 299)],
    });
    expect(runs.map(({ startPort }) => startPort)).toEqual([0, 100, 200, 300]);
    expect(runs[1]?.evidence).toEqual([
      { kind: 'Excluded', startPort: 100, endPort: 199, addressFamilies: ['IPv4', 'IPv6'] },
    ]);
  });

  test('neighbouring ports of one process in the same use are one run; another address ends it', () => {
    expect(brief({ uses: [used(12), used(10), used(11), used(11), used(13, { address: '::1' })] })).toEqual([
      [0, 9, 'Free'],
      [10, 12, 'InUse'],
      [13, 13, 'InUse'],
      [14, 65_535, 'Free'],
    ]);
  });

  test('all uses of a port are kept: by process, state and address', () => {
    const runs = mergePortLayers({
      ...nothing,
      uses: [
        used(443, { state: 'Established', address: '10.0.0.1' }),
        used(443, { state: 'Established', address: '10.0.0.1' }),
        used(443, { address: '::' }),
        used(443),
        used(443, { processId: 0, processName: null, state: 'TimeWait', address: '10.0.0.1' }),
      ],
    });
    expect(runs[1]?.evidence).toEqual([
      { kind: 'InUse', processId: 0, processName: null, places: [{ state: 'TimeWait', addresses: ['10.0.0.1'] }] },
      {
        kind: 'InUse',
        processId: 4711,
        processName: 'nginx',
        places: [
          { state: 'Established', addresses: ['10.0.0.1'] },
          { state: 'Listen', addresses: ['0.0.0.0', '::'] },
        ],
      },
    ]);
  });

  test('first and last port, the other protocol, and ranges that pass the end', () => {
    expect(
      brief({
        exclusions: [excluded(65_000, 65_535), { ...excluded(5, 9), protocol: 'Udp' }],
        uses: [used(0), used(1, { protocol: 'Udp' })],
        dynamicRanges: [{ protocol: 'Tcp', addressFamily: 'IPv4', startPort: 64_000, numberOfPorts: 9000 }],
        reservations: [{ protocol: 'Udp', startPort: 1, numberOfPorts: 1 }],
      }),
    ).toEqual([
      [0, 0, 'InUse'],
      [1, 63_999, 'Free'],
      [64_000, 64_999, 'Dynamic'],
      [65_000, 65_535, 'Excluded'],
    ]);
  });

  test('the time grows as the number of connections on one port, and of ports, does', () => {
    const merge = (size: number) => {
      const uses = [
        ...Array.from({ length: size }, () => used(443, { state: 'Established' })),
        ...Array.from({ length: size }, (_, index) => used(20_000 + 2 * index)),
      ];
      expect(mergePortLayers({ ...nothing, uses })).toHaveLength(2 * size + 3);
    };
    expect(growth(merge, 5_000, 20_000)).toBeLessThan(12);
  });

  test('property: every port has the state that a search of the tables gives; runs are maximal; order does not matter', () => {
    const port = fc.integer({ min: 0, max: 60 });
    const protocol = fc.constantFrom<Protocol>('Tcp', 'Tcp', 'Udp');
    const addressFamily = fc.constantFrom<AddressFamily>('IPv4', 'IPv6');
    const block = fc.record({
      protocol,
      addressFamily,
      startPort: port,
      numberOfPorts: fc.integer({ min: 1, max: 20 }),
    });
    const machine = fc.record({
      protocol: fc.constant<Protocol>('Tcp'),
      exclusions: fc.array(
        fc.tuple(block, fc.boolean()).map(([{ numberOfPorts, ...range }, administered]) => ({
          ...range,
          endPort: range.startPort + numberOfPorts - 1,
          administered,
        })),
        { maxLength: 5 },
      ),
      uses: fc.array(
        fc
          .record({ at: port, protocol, processId: fc.integer({ min: 1, max: 2 }) })
          .map(({ at, ...use }) => used(at, use)),
        { maxLength: 12 },
      ),
      reservations: fc.array(block, { maxLength: 3 }),
      dynamicRanges: fc.array(block, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(machine, (ports) => {
        const runs = mergePortLayers(ports);
        expect(runs.reduce((sum, { numberOfPorts }) => sum + numberOfPorts, 0)).toBe(65_536);
        for (const [index, run] of runs.entries()) {
          expect(run.startPort).toBe((runs[index - 1]?.endPort ?? -1) + 1);
          expect(JSON.stringify(run.evidence)).not.toBe(JSON.stringify(runs[index + 1]?.evidence));
          for (let at = run.startPort; at <= Math.min(run.endPort, 100); at += 1) {
            expect(run.state).toBe(stateOf(at, ports));
          }
        }
        const reversed = { ...ports, exclusions: ports.exclusions.toReversed(), uses: ports.uses.toReversed() };
        expect(mergePortLayers(reversed)).toEqual(runs);
      }),
      { numRuns: 80 },
    );
  });
});

function stateOf(port: number, { exclusions, uses, reservations, dynamicRanges }: ProtocolPorts) {
  const holds = (block: { protocol?: Protocol; startPort: number; numberOfPorts: number }) =>
    block.protocol === 'Tcp' && port >= block.startPort && port < block.startPort + block.numberOfPorts;
  const rows = exclusions.filter((row) => row.protocol === 'Tcp' && port >= row.startPort && port <= row.endPort);
  const answers = {
    InUse: uses.some((use) => use.protocol === 'Tcp' && use.port === port),
    Reserved: reservations.some(holds),
    Excluded: rows.some(({ administered }) => !administered),
    Administered: rows.some(({ administered }) => administered),
    Dynamic: dynamicRanges.some(holds),
    Free: true,
  };
  return PORT_STATES.find((state) => answers[state]);
}
