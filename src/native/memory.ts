/** What is passed for a parameter in one call, and how its output is read. */
import type { NativeValue } from '../definition/execution.js';
import type { MemoryOfCall } from '../kinds/index.js';

/** The maximum memory of one output, and behind one pointer: 256 MiB. */
export const MOST_BYTES = 268_435_456;

/** Zeros behind the memory of a call: memory without elements still has an address, and a text its terminator. */
export const SPARE = 8;

/** What is passed for one parameter in one call. */
export interface Memory {
  /** What is passed: the memory itself, a function, or null for NULL. */
  readonly passed: unknown;
  /** Throws an error that occurred in a callback during the call, whether or not the call failed. */
  readonly check?: () => void;
  /** The value written by the function; absent for `in`. `written`: the elements of counted memory that it wrote. */
  readonly collect?: (written: number | undefined, after: AfterCall) => NativeValue;
}

/** What the outputs of a call are read with. */
export interface AfterCall {
  readonly memory: MemoryOfCall;
  /** The value of a count; undefined if the function cannot write it. */
  count(name: string): number | undefined;
}
