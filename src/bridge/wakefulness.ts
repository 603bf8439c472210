/**
 * Keeps the program awake for a moment after each answer of a run of calls. To sleep and be woken takes a computer longer than
 * to answer, so a script that calls in a loop waits for little else. A computer with one processor has no moment to give.
 */
import { availableParallelism } from 'node:os';

/** How long in milliseconds: longer than a script needs from one call to the next, too short to be seen in the load. */
const AWAKE_MS = 0.5;

export interface Wakefulness {
  /** A request has been answered. */
  answered(): void;
}

export interface WakefulnessPorts {
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
  /** Calls back after one turn of the event loop that did not wait for anything. */
  readonly nextTurn?: (turn: () => void) => void;
  readonly processors?: number;
}

export function createWakefulness(ports: WakefulnessPorts = {}): Wakefulness {
  const { now = () => performance.now(), nextTurn = setImmediate, processors = availableParallelism() } = ports;
  if (processors === 1) return { answered: () => {} };
  let last = Number.NEGATIVE_INFINITY;
  let isAwake = false;
  const turn = (): void => {
    if (now() - last < AWAKE_MS) nextTurn(turn);
    else isAwake = false;
  };
  return {
    answered() {
      const before = last;
      last = now();
      // A request alone is no run.
      if (isAwake || last - before >= AWAKE_MS) return;
      isAwake = true;
      nextTurn(turn);
    },
  };
}
