/** What writers leave beside the state file when they are killed: `<state file>.<number>`, half-written or whole. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The paths of such files. Source of the form: write-file-atomic, which names its temporary file after a 32-bit hash. */
export function leftoversOf(target: string): string[] {
  const prefix = `${basename(target)}.`;
  return readdirSync(dirname(target))
    .filter((name) => name.startsWith(prefix) && /^\d{1,10}$/.test(name.slice(prefix.length)))
    .map((name) => join(dirname(target), name));
}

/** A write takes milliseconds; a file of this age, dated in the past or in the future, is nobody's any more. */
const ABANDONED_MILLISECONDS = 60_000;

/**
 * Removes the leftovers that no writer can still be at work on: to be called under the lock, which a writer may have lost, so the age
 * counts as well. It is housekeeping: what cannot be removed stays, and nobody is told.
 */
export function removeAbandoned(target: string): void {
  try {
    for (const file of leftoversOf(target)) {
      const { mtimeMs } = statSync(file);
      if (Math.abs(Date.now() - mtimeMs) > ABANDONED_MILLISECONDS) rmSync(file, { force: true });
    }
  } catch {
    // Another process may be tidying up as well.
  }
}
