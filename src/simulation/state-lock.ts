/** One writer at a time: the lock around a read-modify-write of the state file, between processes. */
import { lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isPassing, stateLocked, stateUnavailable } from './state-errors.js';

export interface HeldLock {
  /**
   * False when the lock is no longer ours: this process stood still (a suspended one) for longer than a holder may, and
   * another took it for dead; or somebody removed the lock.
   */
  isStillHeld(): boolean;
}

/**
 * Runs `action` while holding the lock of the file, the directory `<path>.lock`, and removes it afterwards.
 *
 * `path` is absolute and its directory exists. The lock of a process that died is taken over after STALE_MILLISECONDS.
 * Throws DlletError `SimulationStateUnavailable` when the lock cannot be made, or not within PATIENCE_MILLISECONDS.
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

/** A holder renews its lock every second; one that has not for this long is dead. A normal hold takes milliseconds. */
const STALE_MILLISECONDS = 4_000;
const RENEWAL_MILLISECONDS = 1_000;
/** How long to wait for the lock, several times as long as it takes a dead holder's to become stale. */
const PATIENCE_MILLISECONDS = 20_000;
const LONGEST_PAUSE_MILLISECONDS = 80;
/** For Windows, where making a directory fails while an old one of that name is still being removed. */
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
  // Loaded on the first change only: a lookup needs none of it.
  const { default: lockfile } = await import('proper-lockfile');
  let compromised = false;
  const unlock = await lockfile.lock(path, {
    realpath: false,
    update: RENEWAL_MILLISECONDS,
    // proper-lockfile's own way with stale locks lets two waiters take over one: see removeDeadLock.
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
      // Another's lock stays. And what was done under ours is done: failing to remove it does not undo it.
      if (isStillHeld()) await unlock().catch(() => undefined);
    },
  };
}

/**
 * Removes the lock of a process that died. Looking and removing are two steps, and between them another waiter may have
 * removed the dead lock and made its own; so the two steps are taken by one process at a time, the one that made the
 * directory `<path>.lock.takeover`.
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

/** A date in the future, and since when this process has seen it; `since` is in milliseconds of a clock that nobody sets. */
interface Sighting {
  readonly mark: string;
  readonly since: number;
}

/**
 * True for what has not been renewed for too long. A date in the future tells no age (the clock was set back, or somebody
 * dated it): then it is watched, and stale once it has stayed the same for as long; a holder would have renewed it.
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

/** False when it is there already. */
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

/** Random, so that waiting processes do not keep step; longer after each attempt, up to LONGEST_PAUSE_MILLISECONDS. */
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
