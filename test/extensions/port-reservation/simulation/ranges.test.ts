/** The output of netsh on the simulated computer: reservations without a star, exclusions as they were added. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSimulatedBackend } from '../../../../src/extensions/port-reservation/simulation/backend.js';
import { excludeInSimulation } from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { createSimulatedRanges } from '../../../../src/extensions/port-reservation/simulation/ranges.js';
import { freshStateFile } from '../../../simulation/support/fixtures.js';
import { simulatedOperation } from '../../../simulation/support/operations.js';

const QUERIES = (['Tcp', 'Udp'] as const).flatMap((protocol) =>
  (['IPv4', 'IPv6'] as const).flatMap((addressFamily) =>
    (['Active', 'Persistent'] as const).map((store) => ({ protocol, addressFamily, store })),
  ),
);

describe('the simulated computer', () => {
  it.each(QUERIES)('fresh, has no excluded range and the default dynamic range: %o', async (query) => {
    const ranges = createSimulatedRanges(freshStateFile());
    expect(await ranges.excludedRanges(query)).toEqual([]);
    const { protocol, addressFamily } = query;
    expect(await ranges.dynamicRange(query)).toEqual({
      protocol,
      addressFamily,
      startPort: 49_152,
      numberOfPorts: 16_384,
    });
  });

  it.each(QUERIES)(
    'lists reservations and exclusions by port, in both families; in the persistent store, only lasting ones: %o',
    async (query) => {
      const { protocol, addressFamily } = query;
      const stateFile = freshStateFile();
      const pool = protocol === 'Tcp' ? 'tcp' : 'udp';
      const backend = createSimulatedBackend({ stateFile });
      await excludeInSimulation(stateFile, { pool, startPort: 50_000, numberOfPorts: 60, administered: true });
      await backend.call(simulatedOperation('create', pool), { StartPort: 60_000, NumberOfPorts: 20 });
      await backend.call(simulatedOperation('create', pool), { StartPort: 65_535, NumberOfPorts: 1 });
      await excludeInSimulation(stateFile, { pool, startPort: 80, numberOfPorts: 1, administered: false });
      const row = (startPort: number, endPort: number, administered: boolean) => ({
        protocol,
        addressFamily,
        startPort,
        endPort,
        administered,
      });
      const ranges = createSimulatedRanges(stateFile);
      expect(await ranges.excludedRanges(query)).toEqual([
        ...(query.store === 'Active' ? [row(80, 80, false)] : []),
        row(50_000, 50_059, true),
        row(60_000, 60_019, false),
        row(65_535, 65_535, false),
      ]);
      const other = protocol === 'Tcp' ? 'Udp' : 'Tcp';
      expect(await ranges.excludedRanges({ ...query, protocol: other })).toEqual([]);
    },
  );

  it('is looked at anew by every question', async () => {
    const stateFile = freshStateFile();
    const ranges = createSimulatedRanges(stateFile);
    const query = { protocol: 'Udp', addressFamily: 'IPv4', store: 'Active' } as const;
    expect(await ranges.excludedRanges(query)).toEqual([]);
    await excludeInSimulation(stateFile, { pool: 'udp', startPort: 7, numberOfPorts: 1, administered: true });
    expect(await ranges.excludedRanges(query)).toHaveLength(1);
  });

  it('whose file is damaged answers with an error, never with "no range"', async () => {
    const stateFile = freshStateFile();
    mkdirSync(dirname(stateFile));
    writeFileSync(stateFile, '{');
    const ranges = createSimulatedRanges(stateFile);
    for (const query of QUERIES) {
      await expect(ranges.excludedRanges(query)).rejects.toMatchObject({ id: 'SimulationStateInvalid' });
    }
  });
});
