/** The simulated computer's exclusion table and dynamic range, as netsh reports them. */

import { openStateFile } from '../../../simulation/state-file.js';
import type { ExcludedRange, RangeSource } from '../ports/types.js';
import type { PortBlock } from './port-reservation.js';
import { STATE_FORMAT } from './state-format.js';

/** Windows' default since Vista and Server 2008. Source: Microsoft KB 929851. */
const DEFAULT_DYNAMIC_RANGE = { startPort: 49_152, numberOfPorts: 16_384 };

/**
 * Reads the ranges from a state file. Reservations are ranges without a star; the others are as they were added. Both
 * address families and both stores have the same ranges. Rejects with DlletError if the file is damaged or unreadable.
 */
export function createSimulatedRanges(stateFile: string): RangeSource {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return {
    async excludedRanges({ protocol, addressFamily }) {
      const pool = protocol.toLowerCase();
      const rows = await file.read(({ reservations, exclusions = [] }) => [
        ...reservations.map((block) => ({ ...block, administered: false })),
        ...exclusions,
      ]);
      return rows
        .filter((row) => row.pool === pool)
        .map((row) => rangeOf(row, row.administered, { protocol, addressFamily }))
        .sort((one, other) => one.startPort - other.startPort || one.endPort - other.endPort);
    },
    dynamicRange: async ({ protocol, addressFamily }) => ({ protocol, addressFamily, ...DEFAULT_DYNAMIC_RANGE }),
  };
}

function rangeOf(
  { startPort, numberOfPorts }: PortBlock,
  administered: boolean,
  query: Pick<ExcludedRange, 'protocol' | 'addressFamily'>,
): ExcludedRange {
  return { ...query, startPort, endPort: startPort + numberOfPorts - 1, administered };
}
