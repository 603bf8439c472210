/** Flow between the streams of a resident program: what nobody takes must not pile up in its memory. */
import type { Readable, Writable } from 'node:stream';

export interface Valve {
  /** Closes the input for a reason of this name, or takes the reason back. It is read while there is none. */
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

/** Writes lines; while the reader is behind, the input stays closed. */
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

/** Diagnostics that may wait for their reader, in UTF-16 units. */
const TRACE_LIMIT = 1024 * 1024;

/** Writes diagnostics. What a reader that does not read would make pile up is left out, and said to be. */
export function createTracer(errors: Writable): (text: string) => void {
  let left = 0;
  return (text) => {
    if (errors.writableLength > TRACE_LIMIT) {
      left += 1;
      return;
    }
    if (left > 0) errors.write(`(${left} messages were left out, because nobody read)\n`);
    left = 0;
    errors.write(`${text}\n`);
  };
}
