/** Printing and exit codes: every command writes through this file. */
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

let descriptor = 1;
let own: Writable | undefined;

/**
 * Redirects the program's output to this descriptor, because native code gets another stdout. Call it before anything
 * is written.
 */
export function useOutput(ownStdout: number): void {
  descriptor = ownStdout;
}

/** The program's own stdout; `process.stdout` may be shared with native code. */
export function output(): Writable {
  own ??= descriptor === 1 ? process.stdout : streamOf(descriptor);
  return own;
}

export function print(line: string): void {
  output().write(`${line}\n`);
}

/**
 * Writes a line to stdout without a stream, because loading one takes longer than a native call and its reply together.
 * If the caller's pipe is non-blocking and full, the rest is written through a stream. Resolves when everything is
 * written.
 */
export async function printAtOnce(line: string): Promise<void> {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    await new Promise((resolve) => output().write(bytes.subarray(written), resolve));
  }
}

let errors: Writable | undefined;

/** The program's stderr. A write error is ignored: the program continues without a reader. */
export function errorOutput(): Writable {
  errors ??= process.stderr.on('error', () => {});
  return errors;
}

export function printError(line: string): void {
  errorOutput().write(`${line}\n`);
}

/** Sets the exit code of the process without ending it. */
export function setExit(status: number): void {
  process.exitCode = status;
}

/** Creates a stream by file type, as Node does for its own stdout. Its modules are loaded on demand. */
function streamOf(fd: number): Writable {
  const { isatty, WriteStream } = process.getBuiltinModule('node:tty');
  if (isatty(fd)) return new WriteStream(fd);
  const stats = fstatSync(fd);
  if (stats.isFIFO() || stats.isSocket()) {
    const { Socket } = process.getBuiltinModule('node:net');
    return new Socket({ fd, readable: false, writable: true });
  }
  const { Writable: Stream } = process.getBuiltinModule('node:stream');
  return new Stream({
    decodeStrings: true,
    write(bytes: Buffer, _encoding, done) {
      try {
        for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
