/** The simulated computer's exclusion table and dynamic range, as netsh reports them. */

import { openStateFile } from '../../../simulation/state-file.js';
import type { ExcludedRange, RangeSource } from '../ports/types.js';
import { dynamicRangeOf, exclusionsInForce } from './exclusion-table.js';
import { type PortBlock, poolOf } from './port-reservation.js';
import { STATE_FORMAT } from './state-format.js';

/**
 * Reads the ranges from a state file. Reservations are ranges without a star; other ranges are as they were added. Both
 * address families have the same ranges. The persistent store has the reservations and the persistent exclusions of an
 * administrator; ranges that services such as Windows NAT take are in the active store only. Rejects with DlletError if
 * the file is damaged or unreadable.
 */
export function createSimulatedRanges(stateFile: string): RangeSource {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return {
    async excludedRanges({ protocol, addressFamily, store }) {
      const pool = poolOf(protocol);
      const rows = await file.read((state) => [
        ...state.reservations.map((block) => ({ ...block, administered: false })),
        ...exclusionsInForce(state).filter((one) => store === 'Active' || (one.administered && !one.activeOnly)),
      ]);
      return rows
        .filter((row) => row.pool === pool)
        .map((row) => rangeOf(row, row.administered, { protocol, addressFamily }))
        .sort((one, other) => one.startPort - other.startPort || one.endPort - other.endPort);
    },
    async dynamicRange({ protocol, addressFamily }) {
      const range = await file.read((state) => dynamicRangeOf(state, poolOf(protocol)));
      return { protocol, addressFamily, ...range };
    },
  };
}

function rangeOf(
  { startPort, numberOfPorts }: PortBlock,
  administered: boolean,
  query: Pick<ExcludedRange, 'protocol' | 'addressFamily'>,
): ExcludedRange {
  return { ...query, startPort, endPort: startPort + numberOfPorts - 1, administered };
}
