/** Shows and resets the state of the simulation, and restarts the simulated computer. Returns plain data. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DlletError } from '../../../definition/errors.js';
import { stateUnavailable } from '../../../simulation/state-errors.js';
import { openStateFile, withLockedStateFile } from '../../../simulation/state-file.js';
import { leftoversOf } from '../../../simulation/state-leftovers.js';
import { createStateReader } from '../../../simulation/state-reader.js';
import { blocksOverlap, compareBlocks, restartReservations, type TokenSource } from './port-reservation.js';
import { randomToken } from './random-token.js';
import {
  type ReservationRecord,
  type SimulatedExclusion,
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
  readonly exclusions?: readonly SimulatedExclusion[];
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
 * Restarts the simulated computer: every reservation remains and gets another token. Returns the new state. Rejects
 * with DlletError if the file is damaged, unreadable or not writable.
 */
export async function restartSimulation(
  stateFile: string,
  drawToken: TokenSource = randomToken,
): Promise<SimulationReport> {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return file.update((before) => {
    const state = {
      ...before,
      restarts: before.restarts + 1,
      reservations: restartReservations(before.reservations, drawToken),
    };
    return { state, result: reportOf(file.path, state) };
  });
}

/**
 * Adds a range to the simulated computer's exclusion table. An administered range is what `netsh interface ipv4 add
 * excludedportrange` adds. Returns the new state. Rejects with DlletError if the file is damaged, unreadable or not
 * writable, and with `PortRangeInUse` if the range overlaps one in the table.
 */
export async function excludeInSimulation(stateFile: string, exclusion: SimulatedExclusion): Promise<SimulationReport> {
  const file = openStateFile(stateFile, STATE_FORMAT);
  return file.update((before) => {
    const exclusions = before.exclusions ?? [];
    if (exclusions.some((one) => one.pool === exclusion.pool && blocksOverlap(one, exclusion)))
      throw overlapping(exclusion);
    const state = { ...before, exclusions: [...exclusions, exclusion].sort(compareBlocks) };
    return { state, result: reportOf(file.path, state) };
  });
}

function overlapping({ pool, startPort, numberOfPorts }: SimulatedExclusion): DlletError {
  return new DlletError({
    id: 'PortRangeInUse',
    category: 'ResourceExists',
    message: `The ${pool} ports ${startPort}-${startPort + numberOfPorts - 1} overlap a range that is excluded already.`,
    recommendedAction: 'See dllet simulation show for the ranges; choose another one.',
  });
}

function reportOf(stateFile: string, state: SimulationState): SimulationReport {
  return {
    stateFile,
    restarts: state.restarts,
    reservations: toRecords(state.reservations),
    ...(state.exclusions === undefined ? {} : { exclusions: state.exclusions }),
  };
}

/** Nobody else writes while the lock is held, so a file that looks half-written is a leftover. */
async function removeWithLeftovers(file: string, target: string): Promise<void> {
  try {
    for (const path of [target, ...leftoversOf(target)]) await rm(path, { force: true });
  } catch (error) {
    throw stateUnavailable(file, 'be removed', error);
  }
}
