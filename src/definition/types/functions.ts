/** Functions: parameters, results and how they report failure, and values computed from parameters. */
import type { ErrorText } from './errors.js';
import type { TypeExpression, ValueSpec } from './values.js';

/** `in`: the caller provides it; `out`: the function writes it through a pointer; `inout`: both. */
export type Direction = 'in' | 'out' | 'inout';

/**
 * How a function reports failure. Source of each: the "Return value" section of the Win32 documentation's function pages.
 *
 * - `none`: it cannot fail.
 * - `win32`: the return value is a Win32 error code, 0 is success.
 * - `lastErrorIfZero`: 0, FALSE or NULL means failure; the code is in `GetLastError` (errno where there is no Windows), which is
 *   cleared before the call. A zero without a code is a value, unless it is a FALSE that the result does not name.
 * - `lastErrorIfInvalidHandle`: INVALID_HANDLE_VALUE (-1) means failure; the code is in `GetLastError`.
 * - `hresult`: a negative HRESULT means failure.
 * - `ntstatus`: a negative NTSTATUS means failure.
 */
export type FailureStrategy =
  | 'none'
  | 'win32'
  | 'lastErrorIfZero'
  | 'lastErrorIfInvalidHandle'
  | 'hresult'
  | 'ntstatus';

/**
 * A return value that means failure. `zero`: 0, FALSE or NULL; `minusOne`: all bits are set; `negative`: the highest bit
 * is set; `notIn`: every other value than these; `mask`: at least one of these bits is set.
 */
export type FailureCondition =
  | 'zero'
  | 'nonzero'
  | 'minusOne'
  | 'negative'
  | { readonly notIn: readonly number[] }
  | { readonly mask: number };

/**
 * Where the code of a failure is. `returned`: the return value, a number whose meaning the library defines; `win32`,
 * `hresult` and `ntstatus`: the return value, a Windows code; `lastError`: GetLastError on Windows, errno elsewhere;
 * `errno`: errno of the C runtime; `none`: there is no code.
 */
export type CodeSource = 'returned' | 'win32' | 'hresult' | 'ntstatus' | 'lastError' | 'errno' | 'none';

/** How a function reports failure, in full. The last error and errno are set to 0 before the call. */
export interface FailureRule {
  readonly when: FailureCondition;
  readonly code: CodeSource;
  /** Codes that mean success although the return value indicates failure. */
  readonly success?: readonly number[];
  /** Codes that mean that there is nothing, or nothing more: the call succeeded, and its result is null. */
  readonly absent?: readonly number[];
}

export type CallingConvention = 'stdcall' | 'cdecl';

/**
 * A parameter that dllet sets in a series of calls. It is either an index that counts up until a code says that there
 * are no more, or a token that the function writes, used for the next call as long as a code says that there are more.
 */
export interface RepeatDefinition {
  /** For an index: the codes that end the series. Each call is a row of the output `Rows`. */
  readonly until?: readonly number[];
  /** For a token: the codes that mean that there are more. The arrays of all calls are joined. */
  readonly on?: readonly number[];
  /** The first value; default: 0. */
  readonly start?: number;
}

export interface ParameterDefinition extends ValueSpec {
  readonly name: string;
  readonly direction: Direction;
  /** A fixed value, passed to the native function and never requested from a caller. */
  readonly constant?: number | string;
  /** True for a count of another parameter's memory: dllet sets it, and it is neither an input nor an output. */
  readonly bound?: true;
  /** True for an input behind a pointer that the function only reads. */
  readonly pointer?: true;
  /** True for a pointer that a caller may omit: the function then receives NULL. */
  readonly optional?: true;
  /** False if part of it is a guess that nobody has compared with the function's page. */
  readonly reviewed?: false;
  /** `always` for a reserved pointer: the function always receives NULL. */
  readonly null?: 'always';
  /**
   * The failure codes that mean that the memory of this output is too small. dllet enlarges it and repeats the call.
   */
  readonly grow?: { readonly on: readonly number[] };
  /** `byFunction` if the function allocates the memory of this output and writes its address. */
  readonly allocated?: 'byFunction';
  /** The function that frees memory which the function allocated. Without it, the memory stays the library's. */
  readonly free?: string;
  /** `onSuccess` if the pointer is undefined after a failure. Default: any pointer that is not NULL is freed. */
  readonly freed?: 'onSuccess';
  /** The function is called several times for one result, each time with another value of this parameter. */
  readonly repeat?: RepeatDefinition;
  /** False if the author states that an integer input is not the size of any memory passed to the function. */
  readonly isSize?: false;
}

export interface ReturnDefinition {
  readonly type: TypeExpression;
  readonly failure: FailureStrategy | FailureRule;
  /** False if `failure` was derived from the type alone, and nobody has compared it with the function's page. */
  readonly reviewed?: false;
  /** The name of a successful return value in the result; absent: the return value is not in the result. */
  readonly resultName?: string;
  /** `byFunction` if the function allocates the memory that it returns. */
  readonly allocated?: 'byFunction';
  readonly free?: string;
  readonly freed?: 'onSuccess';
}

/** The behavior of the simulated backend that implements the function. */
export interface SimulationDefinition {
  readonly model: string;
  readonly operation: string;
  readonly pool: string;
}

export interface FunctionDefinition {
  readonly description: string;
  readonly documentation?: string;
  /** The name of one of `libraries`; default: `library`. */
  readonly library?: string;
  readonly callingConvention: CallingConvention;
  readonly parameters: readonly ParameterDefinition[];
  readonly returns: ReturnDefinition;
  /** True if a call changes the system: such a call is never retried automatically. */
  readonly changesState: boolean;
  /** True if it is intended that a call ends the bridge process. */
  readonly endsBridge?: boolean;
  /**
   * True if a call may take long: it runs on a separate thread, and the bridge answers other requests in the meantime.
   */
  readonly mayBlock?: boolean;
  readonly simulation?: SimulationDefinition;
}

/** A value computed from integer parameters: the sum of some of them plus a constant. */
export interface ComputedDefinition {
  readonly description: string;
  readonly type: string;
  readonly sum: readonly string[];
  readonly add?: number;
  readonly maximum: number;
  readonly violation: ErrorText;
}
