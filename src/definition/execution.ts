/**
 * The contract between the bridge and the backends (`native`, `simulated`), which execute functions.
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
  /** How much memory was used, for each output whose number of elements dllet chose. */
  readonly room?: Readonly<Record<string, UsedRoom>>;
  /** True if it combines several calls. Every remaining failure has already been handled. */
  readonly isWhole?: true;
  /** GetLastError right after the call, if the failure strategy needs it. It was 0 before the call. */
  readonly lastError?: number;
  /** errno, the counterpart of `lastError` on systems other than Windows. Its codes are not Win32 codes. */
  readonly errno?: number;
}

/** The memory of one output in a call. */
export interface UsedRoom {
  /** The number of elements that fit into it. */
  readonly elements: number;
  /**
   * The number of elements that the function needs, if it reported more than there were, or filled a text to its end.
   */
  readonly needed?: number | undefined;
  /** The maximum number of elements in the definition. */
  readonly limit: number;
}

/** Numbers of elements for the memory of outputs, by parameter. */
export type Room = Readonly<Record<string, number>>;

export interface Backend {
  readonly name: 'native' | 'simulated';
  /** The rights of a simulated caller; absent where the system knows them. */
  readonly rights?: 'elevated' | 'unelevated';
  /**
   * Calls one function with validated arguments: one for each input, null for an optional one that was left out. `room`
   * replaces the definition's initial number of elements for the memory of outputs. Throws DlletError if the function
   * cannot be called at all. A call that fails is an outcome, not an exception.
   */
  call(fn: ExpandedFunction, args: NativeArguments, room?: Room): CallOutcome | Promise<CallOutcome>;
  /**
   * Returns the backend in the state at this outcome, to examine it even if later calls have changed the state. Absent,
   * or undefined, if only the current state is available.
   */
  at?(outcome: CallOutcome): Backend | undefined;
  /** Returns the operating system's text for a Win32 code, or undefined if there is none. */
  describeWin32(code: number): string | undefined;
  /** Returns the operating system's text for an errno; absent if nothing reports one. */
  describeErrno?(code: number): string | undefined;
  /** Returns the absolute path of the called library, or undefined if there is none. Loads nothing. */
  library?(): string | undefined;
}
