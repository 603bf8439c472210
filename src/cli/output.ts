/** Printing and exit status: the only way out for a command. */
import { writeSync } from 'node:fs';

/** Writes a line to stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Writes a line to stdout without `process.stdout`, which takes longer to load than a native call and its reply together. The caller's
 * pipe may be one that does not block: what it has no room for goes the usual way.
 */
export function printAtOnce(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(1, bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    process.stdout.write(bytes.subarray(written));
  }
}

/** Writes a line to stderr. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Sets the exit status for when the work in hand is done. */
export function setExit(status: number): void {
  process.exitCode = status;
}
