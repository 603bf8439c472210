/** The memory of a call. */
import type { NativeValue } from '../definition/execution.js';

/** What is passed for one parameter in one call. */
export interface Memory {
  /** What is passed: the memory itself, a function, or null for NULL. */
  readonly passed: unknown;
  /** The value written by the function; absent for `in`. `written`: the elements of counted memory that it wrote. */
  readonly collect?: (written?: number) => NativeValue;
}
