/** Shows and resets the state of the simulation, and restarts the simulated computer. Returns plain data. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DlletError } from '../../../definition/errors.js';
import { stateUnavailable } from '../../../simulation/state-errors.js';
import { openStateFile, withLockedStateFile } from '../../../simulation/state-file.js';
import { leftoversOf } from '../../../simulation/state-leftovers.js';
import { createStateReader } from '../../../simulation/state-reader.js';
import type { PastedTables } from '../netsh/pasted-tables.js';
import { portWords } from '../ports/range-words.js';
import { restartTable, withDynamicRange } from './exclusion-table.js';
import {
  blocksOverlap,
  compareBlocks,
  type PortBlock,
  poolOf,
  restartReservations,
  type TokenSource,
} from './port-reservation.js';
import { randomToken } from './random-token.js';
import {
  compareUses,
  EMPTY_STATE,
  type ReservationRecord,
  type SimulatedDynamicRanges,
  type SimulatedExclusion,
  type SimulatedUse,
  type SimulationState,
  STATE_FORMAT,
  toRecords,
} from './state-format.js';

/** The simulated computer. Without a state file it is new: no restarts, no reservations. */
export interface SimulationReport {
  readonly stateFile: string;
  readonly restarts: number;
  readonly reservations: readonly ReservationRecord[];
  /** Absent if only reservations are excluded. */
  readonly exclusions?: readonly SimulatedExclusion[] | undefined;
  /** Absent if both are Windows' default. */
  readonly dynamicRanges?: SimulatedDynamicRanges | undefined;
  /** Absent if no port is held. */
  readonly uses?: readonly SimulatedUse[] | undefined;
  /** Present while Windows NAT is stopped. */
  readonly isNatStopped?: true | undefined;
}

/** What a reset removed: nothing, a state, or a damaged file and what was wrong with it. */
export type ResetReport =
  | { readonly stateFile: string; readonly found: 'nothing' }
  | ({ readonly found: 'state' } & SimulationReport)
  | { readonly stateFile: string; readonly found: 'damaged'; readonly reason: string };

/** Returns the state as plain data. Creates no file. Rejects with DlletError if the file is damaged or unreadable. */
export async function showSimulation(stateFile: string): Promise<SimulationReport> {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return file.read((state) => reportOf(file.path, state));
}

/**
 * Resets the simulated computer: removes the state file, even a damaged one, and the leftovers of interrupted writes.
 * Rejects with DlletError `SimulationStateUnavailable` if the file cannot be locked, read or removed.
 */
export async function resetSimulation(stateFile: string): Promise<ResetReport> {
  const file = resolve(stateFile);
  if (!existsSync(dirname(file))) return { stateFile: file, found: 'nothing' };
  return withLockedStateFile(file, async (target) => {
    const reading = createStateReader(target, STATE_FORMAT).read();
    await removeWithLeftovers(file, target);
    switch (reading.kind) {
      case 'missing':
        return { stateFile: file, found: 'nothing' };
      case 'valid':
        return { found: 'state', ...reportOf(file, reading.state) };
      case 'damaged':
        return { stateFile: file, found: 'damaged', reason: reading.reason };
    }
  });
}

/**
 * Restarts the simulated computer: every reservation remains and gets another token; exclusions that are only in the
 * active store and ports in use are removed. Returns the new state. Rejects with DlletError if the file is damaged,
 * unreadable or not writable.
 */
export async function restartSimulation(
  stateFile: string,
  drawToken: TokenSource = randomToken,
): Promise<SimulationReport> {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return file.update((before) => {
    const state = {
      ...restartTable(before),
      restarts: before.restarts + 1,
      reservations: restartReservations(before.reservations, drawToken),
    };
    return { state, result: reportOf(file.path, state) };
  });
}

/**
 * Adds a range to the simulated computer's exclusion table. An administered range is one that `netsh interface ipv4 add
 * excludedportrange` adds. Returns the new state. Rejects with DlletError if the file is damaged, unreadable or not
 * writable, and with `PortRangeInUse` if the range overlaps one in the table.
 */
export function excludeInSimulation(stateFile: string, exclusion: SimulatedExclusion): Promise<SimulationReport> {
  return changed(stateFile, (before) => {
    const exclusions = before.exclusions ?? [];
    if (exclusions.some((one) => blocksOverlap(one, exclusion))) throw overlapping(exclusion);
    return { ...before, exclusions: [...exclusions, exclusion].sort(compareBlocks) };
  });
}

/**
 * Removes the exclusion of exactly this block, administered or not. Rejects with `ExclusionNotFound` if there is none.
 */
export function includeInSimulation(stateFile: string, block: PortBlock): Promise<SimulationReport> {
  return changed(stateFile, (before) => {
    const isMeant = (one: PortBlock) => compareBlocks(one, block) === 0;
    const { exclusions = [] } = before;
    if (!exclusions.some(isMeant))
      throw missing('ExclusionNotFound', `no exclusion of ${isOne(block) ? 'just' : 'exactly the'} ${words(block)}`);
    return { ...before, exclusions: exclusions.filter((one) => !isMeant(one)) };
  });
}

/**
 * Sets the dynamic range of a pool. Accepts any range, because pasted tables may have ranges that Windows rejects
 * today.
 */
export function setSimulatedDynamicRange(stateFile: string, block: PortBlock): Promise<SimulationReport> {
  const { pool, startPort, numberOfPorts } = block;
  return changed(stateFile, (before) => withDynamicRange(before, pool, { startPort, numberOfPorts }));
}

/** Marks every port of a block as held by a process. Rejects with `PortRangeInUse` if one of them is already held. */
export function holdInSimulation(
  stateFile: string,
  block: PortBlock,
  process: Pick<SimulatedUse, 'processName' | 'processId'>,
): Promise<SimulationReport> {
  return changed(stateFile, (before) => {
    const { uses = [] } = before;
    const held = uses.find((one) => isIn(one, block));
    if (held) throw busy(`${held.pool.toUpperCase()} port ${held.port} is already held by ${held.processName}`);
    const { pool, startPort, numberOfPorts } = block;
    const added = Array.from({ length: numberOfPorts }, (_, index) => ({ pool, port: startPort + index, ...process }));
    return { ...before, uses: [...uses, ...added].sort(compareUses) };
  });
}

/** Releases the ports of a block. Rejects with `PortUseNotFound` if none of them is held. */
export function releaseInSimulation(stateFile: string, block: PortBlock): Promise<SimulationReport> {
  return changed(stateFile, (before) => {
    const { uses = [] } = before;
    const left = uses.filter((one) => !isIn(one, block));
    if (left.length === uses.length)
      throw missing('PortUseNotFound', `no process that holds ${isOne(block) ? '' : 'one of '}${words(block)}`);
    return { ...before, uses: left.length === 0 ? undefined : left };
  });
}

/**
 * Replaces the state of the simulated computer with the pasted tables of a real one. The simulation does not
 * distinguish address families: a row of one family applies to both.
 */
export function loadSimulation(stateFile: string, tables: PastedTables): Promise<SimulationReport> {
  const exclusions = new Map<string, SimulatedExclusion>();
  for (const { protocol, startPort, endPort, administered } of tables.exclusions) {
    const block = { pool: poolOf(protocol), startPort, numberOfPorts: endPort - startPort + 1 };
    const key = JSON.stringify(block);
    const before = exclusions.get(key);
    exclusions.set(key, { ...block, administered: administered && before?.administered !== false });
  }
  return changed(stateFile, () => {
    const empty: SimulationState = { ...EMPTY_STATE, exclusions: [...exclusions.values()].sort(compareBlocks) };
    return tables.dynamicRanges.reduce((state, { protocol, ...range }) => {
      const { startPort, numberOfPorts } = range;
      return withDynamicRange(state, poolOf(protocol), { startPort, numberOfPorts });
    }, empty);
  });
}

async function changed(
  stateFile: string,
  change: (before: SimulationState) => SimulationState,
): Promise<SimulationReport> {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return file.update((before) => {
    const state = change(before);
    return { state, result: reportOf(file.path, state) };
  });
}

function isIn({ pool, port }: SimulatedUse, block: PortBlock): boolean {
  return blocksOverlap({ pool, startPort: port, numberOfPorts: 1 }, block);
}

const isOne = ({ numberOfPorts }: PortBlock): boolean => numberOfPorts === 1;

function words({ pool, startPort, numberOfPorts }: PortBlock): string {
  return `${pool.toUpperCase()} ${portWords(startPort, startPort + numberOfPorts - 1)}`;
}

function missing(id: string, what: string): DlletError {
  return new DlletError({
    id,
    category: 'ObjectNotFound',
    message: `The simulated computer has ${what}.`,
    recommendedAction: 'To see what it has, run dllet simulation show.',
  });
}

function busy(reason: string): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceBusy',
    message: `On the simulated computer, ${reason}.`,
    recommendedAction: 'Run dllet simulation show to see who holds a port, and dllet simulation release to free it.',
  });
}

function overlapping(exclusion: SimulatedExclusion): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceExists',
    message: `${words(exclusion)} ${isOne(exclusion) ? 'overlaps' : 'overlap'} a range that is already excluded.`,
    recommendedAction: 'Choose another range. To see the excluded ranges, run dllet simulation show.',
  });
}

function reportOf(stateFile: string, state: SimulationState): SimulationReport {
  return {
    stateFile,
    restarts: state.restarts,
    reservations: toRecords(state.reservations),
    ...ifThere('exclusions', state.exclusions),
    ...ifThere('dynamicRanges', state.dynamicRanges),
    ...ifThere('uses', state.uses),
    ...ifThere('isNatStopped', state.isNatStopped),
  };
}

function ifThere<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: T });
}

/** No other process writes while the lock is held, so a file that looks half-written is a leftover. */
async function removeWithLeftovers(file: string, target: string): Promise<void> {
  try {
    for (const path of [target, ...leftoversOf(target)]) await rm(path, { force: true });
  } catch (error) {
    throw stateUnavailable(file, 'be removed', error);
  }
}
