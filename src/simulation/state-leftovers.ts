/** Files left beside the state file by killed writers: `<state file>.<number>`, incomplete or whole. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The paths of such files. Source of the form: write-file-atomic, which names its temporary file after a 32-bit hash.
 */
export function leftoversOf(target: string): string[] {
  const prefix = `${basename(target)}.`;
  return readdirSync(dirname(target))
    .filter((name) => name.startsWith(prefix) && /^\d{1,10}$/.test(name.slice(prefix.length)))
    .map((name) => join(dirname(target), name));
}

/** A write takes milliseconds, so a file this far in the past or in the future is abandoned. */
const ABANDONED_MILLISECONDS = 60_000;

/**
 * Removes abandoned files. Call it under the lock; a writer may have lost its lock, so the age is checked as well.
 * Files that cannot be removed are left without an error.
 */
export function removeAbandoned(target: string): void {
  try {
    for (const file of leftoversOf(target)) {
      const { mtimeMs } = statSync(file);
      if (Math.abs(Date.now() - mtimeMs) > ABANDONED_MILLISECONDS) rmSync(file, { force: true });
    }
  } catch {
    // Another process may be removing them too.
  }
}
