/** The state file of the simulated backend, safely shared by any number of processes. */
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDirectory } from '../definition/directories.js';
import { isPassing, stateInvalid, stateUnavailable } from './state-errors.js';
import type { StateFormat } from './state-format.js';
import { removeAbandoned } from './state-leftovers.js';
import { type HeldLock, withStateLock } from './state-lock.js';
import { createStateReader, type Reading } from './state-reader.js';

/** Returns the new state. If it returns the same object, nothing is written. */
export interface Change<State, Result> {
  readonly state: State;
  readonly result: Result;
}

export interface StateFile<State> {
  readonly path: string;
  /**
   * Reads the state without a lock: synchronously, or after this object's earlier updates. Throws (or rejects with)
   * DlletError `SimulationStateInvalid` or `SimulationStateUnavailable`.
   */
  read<Result>(look: (state: State) => Result): Result | Promise<Result>;
  /**
   * Replaces the state with the result of `change`, atomically across processes. `change` may run more than once, so it
   * must have no side effects; only its last result counts. A change that changes nothing takes no lock and writes
   * nothing. Updates of one object run in the order of the calls. Rejects like `read`, and with the errors of `change`.
   */
  update<Result>(change: (state: State) => Change<State, Result>): Promise<Result>;
}

/** Opens the state file at `path` without touching it. It need not exist: a missing file is the empty state. */
export function openStateFile<State>(path: string, format: StateFormat<State>): StateFile<State> {
  const file = resolve(path);
  const reader = createStateReader(file, format);
  let pending = 0;
  let isTidied = false;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <Result>(action: () => Result | Promise<Result>): Promise<Result> => {
    pending += 1;
    const turn = last.then(action).finally(() => {
      pending -= 1;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const stateOf = (reading: Reading<State>): State => {
    if (reading.kind === 'damaged') throw stateInvalid(file, reading.reason);
    return reading.kind === 'missing' ? format.empty : reading.state;
  };
  const current = (): State => stateOf(reader.read());

  return {
    path: file,
    read: (look) => (pending === 0 ? look(current()) : inTurn(() => look(current()))),
    update: (change) =>
      inTurn(async () => {
        const unlocked = current();
        const attempt = change(unlocked);
        if (attempt.state === unlocked) return attempt.result;

        createDirectory(file);
        const target = withoutLinks(file);
        for (let count = 1; ; count += 1) {
          const written = await withStateLock(target, async (lock) => {
            const reading = reader.read();
            const before = stateOf(reading);
            const after = change(before);
            if (after.state === before) return after;
            // Both are true unless the lock was lost meanwhile; then nothing may be written.
            if (!lock.isStillHeld() || reader.stamp() !== reading.stamp) return undefined;
            await writeState(target, format.serialize(after.state), reading.kind === 'missing');
            if (!isTidied) removeAbandoned(target);
            isTidied = true;
            return after;
          });
          if (written !== undefined) return written.result;
          if (count === LOST_LOCKS)
            throw stateUnavailable(file, 'be locked', new Error('the lock was lost repeatedly'));
        }
      }),
  };
}

/** A fixed state, as a state file that can be read but not changed. */
export function stillOf<State>(path: string, state: State): StateFile<State> {
  return {
    path,
    read: (look) => look(state),
    update: () => Promise.reject(new Error('an earlier state cannot be changed')),
  };
}

/** Runs `action` under the lock of the file, for work other than a state change; the directory must exist. */
export function withLockedStateFile<Result>(
  path: string,
  action: (target: string, lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const target = withoutLinks(resolve(path));
  return withStateLock(target, (lock) => action(target, lock));
}

/** The number of consecutive lock losses that is reported as an error of the machine. */
const LOST_LOCKS = 5;
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

function createDirectory(file: string): void {
  try {
    makeDirectory(dirname(file), DIRECTORY_MODE);
  } catch (error) {
    throw stateUnavailable(file, 'be created', error);
  }
}

/** Resolves the real path of the file, so that all processes use one lock, whichever link they came through. */
function withoutLinks(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function writeState(target: string, text: string, isNew: boolean): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  // An existing file keeps its mode and owner.
  const options = isNew ? { mode: FILE_MODE } : {};
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeFileAtomic(target, text, options);
    } catch (error) {
      if (!isPassing(error) || attempt === PASSING_ATTEMPTS) throw stateUnavailable(target, 'be written', error);
      await sleep(PASSING_PAUSE_MILLISECONDS);
    }
  }
}

/** On Windows, a file that a reader has open cannot be replaced; retry. */
const PASSING_ATTEMPTS = 20;
const PASSING_PAUSE_MILLISECONDS = 15;
