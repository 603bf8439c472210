/** Reads the state file without a lock, and only if it has changed. */
import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { errorCode, isPassing, stateUnavailable } from './state-errors.js';
import type { ParsedState, StateFormat } from './state-format.js';

/** The version of the file; two readings with equal stamps read the same one. */
export type Stamp = string;

/** The content of the path. An unreadable file is an error instead. */
export type Reading<State> = { readonly stamp: Stamp } & ({ readonly kind: 'missing' } | ParsedState<State>);

export interface StateReader<State> {
  /** Reads the current file. Throws DlletError `SimulationStateUnavailable` if it exists and cannot be read. */
  read(): Reading<State>;
  /** Returns the stamp of the current file, never a cached one. Throws like `read`. */
  stamp(): Stamp;
}

/**
 * Returns a reader of the file at `path`. It caches the last reading while the file's modification time, size and inode
 * (`mtimeNs`, `size`, `ino`) stay the same. Writers replace the file by renaming, so every reading is complete.
 */
export function createStateReader<State>(path: string, format: StateFormat<State>): StateReader<State> {
  let kept: { readonly reading: Reading<State>; readonly text: string; readonly trusted: Trust } | undefined;

  const readAnew = (): Reading<State> => {
    const file = readWhole(path);
    if (file === undefined) {
      kept = undefined;
      return MISSING;
    }
    const { stamp, text, trusted } = file;
    const reading = kept?.text === text ? { ...kept.reading, stamp } : { ...format.parse(text), stamp };
    kept = { reading, text, trusted };
    return reading;
  };

  return {
    read: () => (kept?.trusted === 'settled' && currentStamp(path) === kept.reading.stamp ? kept.reading : readAnew()),
    stamp: () => currentStamp(path),
  };
}

const MISSING = { kind: 'missing', stamp: 'missing' } as const;

/**
 * A file that was just changed may change again within one tick of the file system's clock, to the same size and with a
 * reused inode, so its stamp proves nothing (git calls such an entry "racily clean").
 */
type Trust = 'settled' | 'recent';

const SETTLING_MILLISECONDS = 100n;

function currentStamp(path: string): Stamp {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? MISSING.stamp : stampOf(stats);
  } catch (error) {
    throw stateUnavailable(path, 'be read', error);
  }
}

function stampOf(stats: BigIntStats): Stamp {
  return `${stats.mtimeNs} ${stats.size} ${stats.ino}`;
}

function readWhole(path: string): { stamp: Stamp; text: string; trusted: Trust } | undefined {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return readOnce(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      if (!isPassing(error) || attempt === PASSING_ATTEMPTS) throw stateUnavailable(path, 'be read', error);
      sleepSync(PASSING_PAUSE_MILLISECONDS);
    }
  }
}

/** On Windows, a file can be briefly inaccessible while another process replaces it. */
const PASSING_ATTEMPTS = 10;
const PASSING_PAUSE_MILLISECONDS = 5;

function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Text and stamp come from one open file, and therefore from one version, even if the path is replaced meanwhile. */
function readOnce(path: string): { stamp: Stamp; text: string; trusted: Trust } {
  // Opening a pipe would block, so check the file type first.
  if (!statSync(path).isFile()) throw new Error('it is not a regular file');
  const descriptor = openSync(path, 'r');
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    const age = BigInt(Date.now()) - stats.mtimeMs;
    const text = readFileSync(descriptor, 'utf8');
    return { stamp: stampOf(stats), text, trusted: age > SETTLING_MILLISECONDS ? 'settled' : 'recent' };
  } finally {
    closeSync(descriptor);
  }
}
