/** A lock between processes that run the same build. It is a directory, because creating one is atomic. */
import { mkdirSync, rmdirSync, statSync } from 'node:fs';

const POLL_MS = 100;
const ABANDONED_AFTER_MS = 1000 * 60 * 5;

/** Runs the action while holding the lock. Waits while another process holds it, and takes over an abandoned one. */
export function withDirectoryLock(directory: string, action: () => void): void {
  while (!tryMake(directory)) {
    if (isAbandoned(directory)) tryRemove(directory);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  try {
    action();
  } finally {
    tryRemove(directory);
  }
}

function tryMake(directory: string): boolean {
  try {
    mkdirSync(directory);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(directory: string): boolean {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_AFTER_MS;
}

function tryRemove(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
