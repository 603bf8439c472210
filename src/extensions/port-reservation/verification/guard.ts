/**
 * The guard: a separate process that deletes what a verification reserved if the verification ends, in any way, without
 * doing so. Each reservation is registered with the guard before it is made. The guard sees the end of the verification
 * as the end of its input.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A change to undo: by a call of the library, or by netsh. */
export type Undoing =
  | { readonly kind: 'delete'; readonly pool: string; readonly start: number; readonly count: number }
  | { readonly kind: 'netsh'; readonly args: readonly string[] };

export interface Guard {
  /**
   * Undoes this unless it is dropped before the end. Resolves when the guard has received it; rejects if there is no
   * guard.
   */
  add(what: Undoing): Promise<void>;
  drop(what: Undoing): Promise<void>;
  /** Ends the guard, which undoes everything that was not dropped. Resolves when it has exited. */
  end(): Promise<void>;
}

/** Starts the guard: this program with `args`, detached from the console, so that Ctrl+C does not reach it. */
export function startGuard(args: readonly string[]): Guard {
  const child = spawn(process.execPath, [...args], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  // The guard acknowledges each write.
  child.stdin.on('error', () => undefined);
  // On Windows, a message is only sent when its write has completed. If this process ended before that, the message
  // would be lost.
  const tell = (verb: string, what: Undoing) =>
    new Promise<Error | null | undefined>((resolve) => {
      child.stdin.write(`${JSON.stringify({ verb, what })}\n`, resolve);
    });
  return {
    add: async (what) => {
      const error = await tell('add', what);
      if (error) throw new Error(`the guard process ended, so nothing is reserved: ${error.message}`);
    },
    drop: async (what) => void (await tell('drop', what)),
    end: () => {
      child.stdin.end();
      return gone;
    },
  };
}

/** Runs in the guard process: reads until the input ends, then undoes what is left, last first. */
export async function guard(input: Readable, undo: (what: Undoing) => Promise<void>): Promise<void> {
  const left = new Map<string, Undoing>();
  for await (const line of createInterface({ input })) {
    const { verb, what } = JSON.parse(line) as { verb: string; what: Undoing };
    if (verb === 'add') left.set(JSON.stringify(what), what);
    else left.delete(JSON.stringify(what));
  }
  for (const what of [...left.values()].reverse()) await undo(what).catch(() => undefined);
}
