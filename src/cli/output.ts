/** Printing and exit status: the only way out for a command. */

/** Writes a line to stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to stderr. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Sets the exit status for when the work in hand is done. */
export function setExit(status: number): void {
  process.exitCode = status;
}
