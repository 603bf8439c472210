/**
 * The excluded ranges of the simulated computer: which are in force, and which ones Windows NAT takes and releases.
 * Pure.
 */
import { DEFAULT_DYNAMIC_RANGE } from '../ports/default-dynamic-range.js';
import {
  blocksOverlap,
  compareBlocks,
  lastPort,
  PORT_POOLS,
  type PortBlock,
  type PortPool,
} from './port-reservation.js';
import type { SimulatedDynamicRange, SimulatedExclusion, SimulationState } from './state-format.js';

export function dynamicRangeOf({ dynamicRanges }: SimulationState, pool: PortPool): SimulatedDynamicRange {
  return dynamicRanges?.[pool] ?? DEFAULT_DYNAMIC_RANGE;
}

/** The exclusions in force: while Windows NAT is stopped, without its ranges. */
export function exclusionsInForce(state: SimulationState): readonly SimulatedExclusion[] {
  const { exclusions = [], isNatStopped } = state;
  return isNatStopped ? exclusions.filter((one) => !isOfNat(state, one)) : exclusions;
}

/** The blocks that no reservation may overlap: excluded ranges and ports in use. */
export function obstaclesOf(state: SimulationState): PortBlock[] {
  const used = (state.uses ?? []).map(({ pool, port }) => ({ pool, startPort: port, numberOfPorts: 1 }));
  return [...exclusionsInForce(state), ...used];
}

/** The blocks that no exclusion may overlap. */
export function takenBlocks(state: SimulationState): PortBlock[] {
  return [...state.reservations, ...obstaclesOf(state)];
}

/**
 * Starts Windows NAT, which takes its ranges again: each at its former place, or at the first free place of the dynamic
 * range if that is taken. A range that fits nowhere is removed.
 */
export function startNat(stopped: SimulationState): SimulationState {
  const { exclusions = [], isNatStopped, ...rest } = stopped;
  if (!isNatStopped) return stopped;
  const others = exclusions.filter((one) => !isOfNat(stopped, one));
  let state: SimulationState = { ...rest, exclusions: others };
  for (const range of exclusions.filter((one) => isOfNat(stopped, one))) {
    const placed = placeFor(range, state);
    if (placed) state = { ...state, exclusions: [...(state.exclusions ?? []), placed].sort(compareBlocks) };
  }
  return state;
}

/** True for a range of Windows NAT: unstarred, several ports, in the dynamic range. Single ports belong to HTTP.sys. */
function isOfNat(
  state: SimulationState,
  { pool, startPort, numberOfPorts, administered }: SimulatedExclusion,
): boolean {
  const range = dynamicRangeOf(state, pool);
  const isInside = range.startPort <= startPort && startPort + numberOfPorts <= range.startPort + range.numberOfPorts;
  return !administered && numberOfPorts > 1 && isInside;
}

function placeFor(range: SimulatedExclusion, state: SimulationState): SimulatedExclusion | undefined {
  const dynamic = dynamicRangeOf(state, range.pool);
  const end = dynamic.startPort + dynamic.numberOfPorts;
  const taken = takenBlocks(state);
  let candidate: PortBlock = range;
  while (true) {
    const obstacle = taken.find((one) => blocksOverlap(one, candidate));
    if (!obstacle) return { ...range, startPort: candidate.startPort };
    const isFirst = candidate === range;
    const startPort = isFirst ? dynamic.startPort : lastPort(obstacle) + 1;
    if (startPort + range.numberOfPorts > end) return undefined;
    candidate = { pool: range.pool, startPort, numberOfPorts: range.numberOfPorts };
  }
}

/** Simulates a restart: removes what is only in the active store and all ports in use, and starts Windows NAT. */
export function restartTable(state: SimulationState): SimulationState {
  const exclusions = state.exclusions?.filter(({ activeOnly }) => !activeOnly);
  return startNat({ ...state, exclusions, uses: undefined });
}

/** The pools whose range is not the default. */
export function withDynamicRange(
  state: SimulationState,
  pool: PortPool,
  range: SimulatedDynamicRange,
): SimulationState {
  const isDefault =
    range.startPort === DEFAULT_DYNAMIC_RANGE.startPort && range.numberOfPorts === DEFAULT_DYNAMIC_RANGE.numberOfPorts;
  const dynamicRanges = { ...state.dynamicRanges, [pool]: isDefault ? undefined : range };
  const isEmpty = PORT_POOLS.every((one) => dynamicRanges[one] === undefined);
  return { ...state, dynamicRanges: isEmpty ? undefined : dynamicRanges };
}
