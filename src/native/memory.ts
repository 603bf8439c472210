/** The value that is passed for a parameter in one call, and the way to read its output. */
import type { NativeValue } from '../definition/execution.js';
import type { MemoryOfCall } from '../kinds/index.js';

/** The maximum memory of one output, and behind one pointer: 256 MiB. */
export const MOST_BYTES = 268_435_456;

/**
 * The number of zero bytes after the memory of a call. They give memory without elements an address, and a text its
 * terminator.
 */
export const SPARE = 8;

/** The value that is passed for one parameter in one call. */
export interface Memory {
  /** The memory itself, a function, or null for NULL. */
  readonly passed: unknown;
  /** Throws an error that occurred in a callback during the call, whether or not the call failed. */
  readonly check?: () => void;
  /**
   * Reads the value that the function wrote; absent for `in`. `written`: the elements of counted memory that it wrote.
   */
  readonly collect?: (written: number | undefined, after: AfterCall) => NativeValue;
}

/** The data that is needed to read the outputs of a call. */
export interface AfterCall {
  readonly memory: MemoryOfCall;
  /** The value of a count; undefined if the function cannot write it. */
  count(name: string): number | undefined;
}
