/**
 * What executes a function: the contract between the bridge and the backends (`native`, `simulated`).
 *
 * Values on this boundary are in host byte order: integers up to 32 bits and floats as numbers, 64-bit and
 * pointer-sized integers and handles as bigint, strings as strings, structs as objects, arrays as arrays.
 */
import type { ExpandedFunction } from './types.js';

export type NativeValue =
  | number
  | bigint
  | boolean
  | string
  | null
  | readonly NativeValue[]
  | { readonly [name: string]: NativeValue };

export type NativeArguments = Readonly<Record<string, NativeValue>>;

/** What a call brought back, not yet judged: the bridge applies the function's failure strategy to it. */
export interface CallOutcome {
  readonly returnValue: NativeValue;
  /** Values of the `out` and `inout` parameters; meaningful only when the call succeeded. */
  readonly outputs: NativeArguments;
  /** GetLastError right after the call, where the failure strategy needs it. It was 0 before the call. */
  readonly lastError?: number;
  /** The same of a system that is not Windows: errno, whose codes are none of Win32's. */
  readonly errno?: number;
}

export interface Backend {
  readonly name: 'native' | 'simulated';
  /**
   * Calls one function with already validated arguments (one for each `in` and `inout` parameter that has no constant).
   * Throws DlletError when the function cannot be reached at all; a failing function is an outcome, not an exception.
   */
  call(fn: ExpandedFunction, args: NativeArguments): CallOutcome | Promise<CallOutcome>;
  /**
   * The same backend as it stood when it gave this outcome, for looking at what the call found: later calls may be under way. Absent, or
   * undefined, where there is nothing but the present.
   */
  at?(outcome: CallOutcome): Backend | undefined;
  /** The operating system's own text for a Win32 code, or undefined where there is none. */
  describeWin32(code: number): string | undefined;
  /** The operating system's own text for an errno; absent where nothing reports one. */
  describeErrno?(code: number): string | undefined;
  /** Absolute path of the library that calls go to, or undefined where there is none. Loads nothing. */
  library?(): string | undefined;
}
