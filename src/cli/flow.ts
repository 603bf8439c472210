/** Flow control between the streams of a resident program, so that unread output does not accumulate in memory. */
import type { Readable, Writable } from 'node:stream';

export interface Valve {
  /** Pauses the input for a named reason, or removes the reason. The input is read while there are no reasons. */
  set(reason: string, isClosed: boolean): void;
}

export function createValve(input: Readable): Valve {
  const reasons = new Set<string>();
  return {
    set(reason, isClosed) {
      if (isClosed) reasons.add(reason);
      else reasons.delete(reason);
      if (reasons.size > 0) input.pause();
      else if (input.isPaused()) input.resume();
    },
  };
}

/** Writes lines and pauses the input while the reader is behind. */
export function createSender(output: Writable, valve: Valve): (line: string) => void {
  let isBehind = false;
  return (line) => {
    if (output.write(line) || isBehind) return;
    isBehind = true;
    valve.set('output', true);
    output.once('drain', () => {
      isBehind = false;
      valve.set('output', false);
    });
  };
}

/** The limit for pending diagnostics, in UTF-16 units. */
const TRACE_LIMIT = 1024 * 1024;

/** Writes diagnostics. Beyond the limit they are dropped, and a message says so. */
export function createTracer(errors: Writable): (text: string) => void {
  let left = 0;
  return (text) => {
    if (errors.writableLength > TRACE_LIMIT) {
      left += 1;
      return;
    }
    if (left > 0) errors.write(`(${left} messages were discarded, because stderr was not read)\n`);
    left = 0;
    errors.write(`${text}\n`);
  };
}
