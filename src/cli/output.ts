/** Printing and exit status: the only way out for a command. */
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

let descriptor = 1;
let own: Writable | undefined;

/** From now on output goes to this descriptor: native code has another stdout. To be called before anything is written. */
export function useOutput(ownStdout: number): void {
  descriptor = ownStdout;
}

/** The program's stdout, and nobody else's; `process.stdout` may be that of native code. */
export function output(): Writable {
  own ??= descriptor === 1 ? process.stdout : streamOf(descriptor);
  return own;
}

/** Writes a line to stdout. */
export function print(line: string): void {
  output().write(`${line}\n`);
}

/**
 * Writes a line to stdout without a stream, which takes longer to load than a native call and its reply together. The caller's
 * pipe may be one that does not block: what it has no room for goes the usual way. Resolves when all of it has gone out.
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

/** The program's stderr. Nobody may be there to read it, which is no reason to end. */
export function errorOutput(): Writable {
  errors ??= process.stderr.on('error', () => {});
  return errors;
}

/** Writes a line to stderr. */
export function printError(line: string): void {
  errorOutput().write(`${line}\n`);
}

/** Sets the exit status for when the work in hand is done. */
export function setExit(status: number): void {
  process.exitCode = status;
}

/** A stream as node makes one of its own stdout: by the kind of file. Its modules are loaded for whoever needs one of them. */
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
