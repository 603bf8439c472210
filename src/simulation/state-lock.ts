/** The lock around a read-modify-write of the state file, across processes: one writer at a time. */
import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isPassing, stateLocked, stateUnavailable } from './state-errors.js';

export interface HeldLock {
  /**
   * False if the lock was lost: this process was suspended for longer than allowed and another one took the lock over,
   * or someone removed the lock.
   */
  isStillHeld(): boolean;
}

/**
 * Runs `action` while holding the lock of the file, the directory `<path>.lock`, and removes it afterwards.
 *
 * `path` is absolute and its directory exists. The lock of a process that died is taken over after STALE_MILLISECONDS.
 * Throws DlletError `SimulationStateUnavailable` if the lock cannot be created, or not within PATIENCE_MILLISECONDS.
 */
export async function withStateLock<Result>(
  path: string,
  action: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const { lock, release } = await acquire(path);
  try {
    return await action(lock);
  } finally {
    await release();
  }
}

/**
 * A holder renews its lock every second; a lock not renewed for this long is stale. A lock is normally held for
 * milliseconds.
 */
const STALE_MILLISECONDS = 4_000;
const RENEWAL_MILLISECONDS = 1_000;
/** How long to wait for the lock: several times as long as a dead holder's lock takes to become stale. */
const PATIENCE_MILLISECONDS = 20_000;
const LONGEST_PAUSE_MILLISECONDS = 80;
/** On Windows, a directory cannot be created while an old one of that name is still being removed. */
const PASSING_MILLISECONDS = 2_000;

interface AcquiredLock {
  readonly lock: HeldLock;
  readonly release: () => Promise<void>;
}

async function acquire(path: string): Promise<AcquiredLock> {
  const start = Date.now();
  const watched = new Map<string, Sighting>();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await acquireNow(path);
    } catch (error) {
      const waited = Date.now() - start;
      if (errorCode(error) === 'ELOCKED') {
        if (waited > PATIENCE_MILLISECONDS) throw stateLocked(path, lockDirectory(path), Math.round(waited / 1000));
        removeDeadLock(path, watched);
      } else if (!isPassing(error) || waited > PASSING_MILLISECONDS) {
        throw stateUnavailable(path, 'be locked', error);
      }
    }
    await sleep(pauseAfter(attempt));
  }
}

async function acquireNow(path: string): Promise<AcquiredLock> {
  // Loaded by the first change: a lookup does not need it.
  const { default: lockfile } = await import('proper-lockfile');
  let compromised = false;
  const unlock = await lockfile.lock(path, {
    realpath: false,
    update: RENEWAL_MILLISECONDS,
    // proper-lockfile's own handling of stale locks lets two waiters take over one: see removeDeadLock.
    stale: Number.POSITIVE_INFINITY,
    onCompromised: () => {
      compromised = true;
    },
  });
  const ours = identityOf(lockDirectory(path));
  const isStillHeld = (): boolean => !compromised && ours !== undefined && identityOf(lockDirectory(path)) === ours;
  return {
    lock: { isStillHeld },
    release: async () => {
      // Leave the lock of another process. The action is done, and failing to remove the lock does not undo it.
      if (isStillHeld()) await unlock().catch(() => undefined);
    },
  };
}

/**
 * Removes the lock of a process that died. Between the check and the removal, another waiter may have removed the dead
 * lock and created its own. Therefore only one process at a time does both: the one that created the directory
 * `<path>.lock.takeover`.
 */
function removeDeadLock(path: string, watched: Map<string, Sighting>): void {
  const lock = lockDirectory(path);
  const takeover = `${lock}.takeover`;
  try {
    if (!isStale(lock, watched)) return;
    if (!makeDirectory(takeover)) {
      if (isStale(takeover, watched)) removeDirectory(takeover);
      return;
    }
    try {
      if (isStale(lock, watched)) removeDirectory(lock);
    } finally {
      removeDirectory(takeover);
    }
  } catch (error) {
    if (!isPassing(error)) throw stateUnavailable(path, 'be locked', error);
  }
}

/** A date in the future, and when this process first saw it; `since` is in milliseconds of a monotonic clock. */
interface Sighting {
  readonly mark: string;
  readonly since: number;
}

/**
 * True for a lock that has not been renewed for too long. A date in the future has no usable age (the clock was set
 * back, or the date was set by hand): such a lock is stale once its date has stayed the same for as long, because a
 * holder would have renewed it.
 */
function isStale(directory: string, watched: Map<string, Sighting>): boolean {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const age = Date.now() - stats.mtimeMs;
  if (age >= 0) return age > STALE_MILLISECONDS;
  const mark = `${stats.ino} ${stats.mtimeMs}`;
  const seen = watched.get(directory);
  if (seen?.mark === mark) return performance.now() - seen.since > STALE_MILLISECONDS;
  watched.set(directory, { mark, since: performance.now() });
  return false;
}

/** Returns false if it already exists. */
function makeDirectory(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function removeDirectory(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/**
 * A random pause, so that waiting processes do not keep step; longer after each attempt, up to
 * LONGEST_PAUSE_MILLISECONDS.
 */
function pauseAfter(attempt: number): number {
  return 1 + Math.random() * Math.min(LONGEST_PAUSE_MILLISECONDS, 5 * 1.4 ** attempt);
}

function lockDirectory(path: string): string {
  return `${path}.lock`;
}

function identityOf(directory: string): string | undefined {
  try {
    const { ino, birthtimeNs } = lstatSync(directory, { bigint: true });
    return `${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}
