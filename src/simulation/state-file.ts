/** The state file of the simulated backend, shared safely by any number of processes. */
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, stateInvalid, stateUnavailable } from './state-errors.js';
import type { StateFormat } from './state-format.js';
import { removeAbandoned } from './state-leftovers.js';
import { type HeldLock, withStateLock } from './state-lock.js';
import { createStateReader, type Reading } from './state-reader.js';

/** What a change makes of a state. Giving back the very state it was given means: change nothing. */
export interface Change<State, Result> {
  readonly state: State;
  readonly result: Result;
}

export interface StateFile<State> {
  readonly path: string;
  /**
   * Looks at the state, without a lock: at once, or after the updates that this object was asked for before.
   * Throws (or rejects with) DlletError `SimulationStateInvalid` or `SimulationStateUnavailable`.
   */
  read<Result>(look: (state: State) => Result): Result | Promise<Result>;
  /**
   * Replaces the state by what `change` makes of it, as one step among all processes. `change` may run more than once,
   * so it must do nothing else; only what its last run returned counts. A change that changes nothing takes no lock
   * and leaves no trace. Updates of one object happen in the order in which they were asked for.
   * Rejects as `read` does, and with what `change` throws.
   */
  update<Result>(change: (state: State) => Change<State, Result>): Promise<Result>;
}

/** The state file at `path`, which need not exist: a missing file is the empty state. Nothing is touched yet. */
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
            // Both hold unless the lock was lost on the way; then nothing may be written.
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

/** A state that stands still, as a file that can be looked at and not changed. */
export function stillOf<State>(path: string, state: State): StateFile<State> {
  return {
    path,
    read: (look) => look(state),
    update: () => Promise.reject(new Error('a state of the past cannot be changed')),
  };
}

/** Runs `action` under the lock of the file, for what is no change of a state; the directory must exist. */
export function withLockedStateFile<Result>(
  path: string,
  action: (target: string, lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const target = withoutLinks(resolve(path));
  return withStateLock(target, (lock) => action(target, lock));
}

/** How many times in a row a lock may be lost before this counts as a fault of the machine. */
const LOST_LOCKS = 5;
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

function createDirectory(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: DIRECTORY_MODE });
  } catch (error) {
    throw stateUnavailable(file, 'be created', error);
  }
}

/** Where the file really is, so that all who come by different links meet at one lock. */
function withoutLinks(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

async function writeState(target: string, text: string, isNew: boolean): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  // An existing file keeps the mode and the owner that somebody gave it.
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

/** For Windows, where a file that a reader has open at this moment cannot be replaced. */
const PASSING_ATTEMPTS = 20;
const PASSING_PAUSE_MILLISECONDS = 15;
