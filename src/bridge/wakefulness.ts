/**
 * Keeps the program awake briefly after each reply in a series of calls. Waking from sleep takes longer than answering,
 * and would dominate the time of a script that calls in a loop. Has no effect on a computer with one processor.
 */
import { availableParallelism } from 'node:os';

/** The duration in milliseconds: longer than a script needs between two calls, too short to affect the load. */
const AWAKE_MS = 0.5;

export interface Wakefulness {
  /** Reports that a request has been answered. */
  answered(): void;
}

export interface WakefulnessPorts {
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number;
  /** Calls back after one turn of the event loop that does not wait. */
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
      // A single request is not a series.
      if (isAwake || last - before >= AWAKE_MS) return;
      isAwake = true;
      nextTurn(turn);
    },
  };
}
