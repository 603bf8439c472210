/**
 * What executes a function: the contract between the bridge and the backends (`native`, `simulated`).
 *
 * Values on this boundary are in host byte order: integers up to 32 bits and floats as numbers, 64-bit and
 * pointer-sized integers and handles as bigint, strings as strings, bytes as Uint8Array, structs as objects, arrays as
 * arrays.
 */
import type { ExpandedFunction } from './types.js';

export type NativeValue =
  | number
  | bigint
  | boolean
  | string
  | null
  | Uint8Array
  | readonly NativeValue[]
  | { readonly [name: string]: NativeValue };

export type NativeArguments = Readonly<Record<string, NativeValue>>;

/** The uninterpreted outcome of a call: the bridge applies the function's failure strategy to it. */
export interface CallOutcome {
  readonly returnValue: NativeValue;
  /** Values of the `out` and `inout` parameters; meaningful only when the call succeeded. */
  readonly outputs: NativeArguments;
  /** For each output whose memory had a number of elements that dllet chose. */
  readonly room?: Readonly<Record<string, UsedRoom>>;
  /** True if it joins the outcomes of several calls, so that no failure is left in it. */
  readonly isWhole?: true;
  /** GetLastError right after the call, if the failure strategy needs it. It was 0 before the call. */
  readonly lastError?: number;
  /** The same on systems other than Windows: errno, whose codes are not Win32 codes. */
  readonly errno?: number;
}

/** The memory of one output in a call. */
export interface UsedRoom {
  /** The number of elements that it had. */
  readonly elements: number;
  /** The number of elements that the function asks for: it reported more than there were, or filled a text to its end. */
  readonly needed?: number | undefined;
  /** The most elements that the definition allows. */
  readonly limit: number;
}

/** Numbers of elements for the memory of outputs, by parameter. */
export type Room = Readonly<Record<string, number>>;

export interface Backend {
  readonly name: 'native' | 'simulated';
  /** The rights of a simulated caller; absent where the system knows them. */
  readonly rights?: 'elevated' | 'unelevated';
  /**
   * Calls one function with validated arguments (one for each input; null for an optional one that was left out).
   * `room`: the number of elements for the memory of outputs, in place of the definition's first number. Throws
   * DlletError if the function cannot be reached at all; a failing function is an outcome, not an exception.
   */
  call(fn: ExpandedFunction, args: NativeArguments, room?: Room): CallOutcome | Promise<CallOutcome>;
  /**
   * The same backend in the state of this outcome, to examine it although later calls may have started. Absent, or
   * undefined, if there is only the current state.
   */
  at?(outcome: CallOutcome): Backend | undefined;
  /** Returns the operating system's text for a Win32 code, or undefined if there is none. */
  describeWin32(code: number): string | undefined;
  /** Returns the operating system's text for an errno; absent if nothing reports one. */
  describeErrno?(code: number): string | undefined;
  /** Returns the absolute path of the called library, or undefined if there is none. Loads nothing. */
  library?(): string | undefined;
}
