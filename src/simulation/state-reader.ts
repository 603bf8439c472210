/** Reading the state file: without a lock, and without work while the file has not changed. */
import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { errorCode, isPassing, stateUnavailable } from './state-errors.js';
import type { ParsedState, StateFormat } from './state-format.js';

/** Which version of the file was seen; two readings with equal stamps saw the same one. */
export type Stamp = string;

/** What is at the path. An unreadable file is none of these but an error. */
export type Reading<State> = { readonly stamp: Stamp } & ({ readonly kind: 'missing' } | ParsedState<State>);

export interface StateReader<State> {
  /** The file as it is now. Throws DlletError `SimulationStateUnavailable` when it is there and cannot be read. */
  read(): Reading<State>;
  /** The stamp of the file as it is now, never from memory. Throws as `read` does. */
  stamp(): Stamp;
}

/**
 * A reader of the file at `path`. It keeps the last reading and gives it again while the file's time of change, size
 * and number (`mtimeNs`, `size`, `ino`) stay the same; writers replace the file by renaming, so every reading is whole.
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
 * A file that changed only just now may change again within one tick of the file system's clock, to the same size and
 * with a recycled number: such a stamp proves nothing later on (git calls such an entry "racily clean").
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

/** For Windows, where a file can be out of reach for the moment in which another process replaces it. */
const PASSING_ATTEMPTS = 10;
const PASSING_PAUSE_MILLISECONDS = 5;

function sleepSync(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Text and stamp are of one open file, and so of one version, whatever is renamed over the path meanwhile. */
function readOnce(path: string): { stamp: Stamp; text: string; trusted: Trust } {
  // Opening a pipe would block; so the kind of file is looked at first.
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
