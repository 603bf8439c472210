/** Interprets the outcome of a native call: success, or an error with its id, texts and codes. */
import type { CallOutcome, NativeValue } from '../definition/execution.js';
import { fillPlaceholders } from '../definition/placeholders.js';
import type { ErrorDefinition, ExpandedFunction, FailureStrategy, ReturnDefinition } from '../definition/types.js';
import { ERROR_CODES, type RpcError } from './messages.js';

/**
 * A failure as reported by the function; the code is unsigned. `errno` is the last error on systems other than Windows.
 */
export interface NativeFailure {
  readonly kind: 'win32' | 'hresult' | 'ntstatus' | 'errno';
  readonly code: number;
}

/**
 * Returns the failure in an outcome, or undefined if the call succeeded.
 * A zero with a last error of 0, which was cleared before the call, is a value and not a failure: lstrlenW of "" is 0.
 * A FALSE that is not part of the result is a failure all the same, because it would be reported as success.
 */
export function findFailure(returns: ReturnDefinition, outcome: CallOutcome): NativeFailure | undefined {
  const found = STRATEGIES[returns.failure](outcome);
  const isValue = returns.failure === 'lastErrorIfZero' && found?.code === 0;
  return isValue && (outcome.returnValue !== false || returns.resultName !== undefined) ? undefined : found;
}

const STRATEGIES: Readonly<Record<FailureStrategy, (outcome: CallOutcome) => NativeFailure | undefined>> = {
  none: () => undefined,
  win32: ({ returnValue }) => (returnValue === 0 ? undefined : { kind: 'win32', code: Number(returnValue) >>> 0 }),
  lastErrorIfZero: (outcome) => (isZero(outcome.returnValue) ? lastError(outcome) : undefined),
  lastErrorIfInvalidHandle: (outcome) => (isInvalidHandle(outcome.returnValue) ? lastError(outcome) : undefined),
  hresult: ({ returnValue }) =>
    Number(returnValue) < 0 ? { kind: 'hresult', code: Number(returnValue) >>> 0 } : undefined,
  ntstatus: ({ returnValue }) =>
    Number(returnValue) < 0 ? { kind: 'ntstatus', code: Number(returnValue) >>> 0 } : undefined,
};

const isZero = (value: NativeValue) => value === 0 || value === 0n || value === false || value === null;

/** INVALID_HANDLE_VALUE is (HANDLE)-1: all bits set, in the width of a pointer. */
const isInvalidHandle = (value: NativeValue) =>
  typeof value === 'bigint' && [0xffff_ffffn, 0xffff_ffff_ffff_ffffn, -1n].includes(value);

function lastError({ lastError, errno }: CallOutcome): NativeFailure {
  return errno === undefined ? { kind: 'win32', code: (lastError ?? 0) >>> 0 } : { kind: 'errno', code: errno };
}

/** What the texts of a failure are made from. */
export interface FailureContext {
  readonly fn: ExpandedFunction;
  readonly errors: readonly ErrorDefinition[];
  /** Values for the placeholders of texts. */
  readonly values: Readonly<Record<string, string>>;
  /** Returns the operating system's text for a Win32 code. */
  readonly describeWin32: (code: number) => string | undefined;
  /** Returns the operating system's text for an errno. */
  readonly describeErrno: (code: number) => string | undefined;
}

/** Returns the error reply of a failed call, with the definition's texts, or else the code with the system's text. */
export function describeFailure(found: NativeFailure, context: FailureContext): RpcError {
  const { fn, values } = context;
  const known = findError(context.errors, fn.name, found);
  const facts = { function: fn.name, [found.kind]: found.code };
  if (known) {
    return {
      code: ERROR_CODES.callFailed,
      message: fillPlaceholders(known.message, values),
      data: {
        id: known.id,
        ...facts,
        symbol: known.symbol,
        category: known.category,
        recommendedAction: fillPlaceholders(known.recommendedAction, values),
      },
    };
  }
  return describeUnknown(found, facts, context);
}

/** The definition's error for a failure; undefined for an unknown code. The definition's codes are Windows codes. */
export function findError(
  errors: readonly ErrorDefinition[],
  name: string,
  found: NativeFailure,
): ErrorDefinition | undefined {
  if (found.kind === 'errno') return undefined;
  // An exact match takes precedence over the Win32 code inside it, whatever their order in the definition.
  const matching = [found.code, win32InHresult(found)].flatMap((code) => errors.filter((error) => error.code === code));
  return matching.find((error) => error.functions?.includes(name)) ?? matching.find((error) => !error.functions);
}

/** The Win32 code inside an HRESULT of FACILITY_WIN32 (0x8007....). */
function win32InHresult(found: NativeFailure): number | undefined {
  return found.kind === 'hresult' && found.code >>> 16 === 0x8007 ? found.code & 0xffff : undefined;
}

function describeUnknown(
  found: NativeFailure,
  facts: Record<string, string | number>,
  context: FailureContext,
): RpcError {
  const { number, text, advice } = wordsFor(found, context);
  return {
    code: ERROR_CODES.callFailed,
    message: `${context.fn.name} failed ${number}${text === undefined ? '' : `: ${text}`}`,
    data: {
      id: found.kind === 'errno' ? 'NativeError' : 'Win32Error',
      ...facts,
      category: 'NotSpecified',
      recommendedAction: advice,
    },
  };
}

/** The code, the system's text for it, and a link to more information. */
function wordsFor(
  { kind, code }: NativeFailure,
  context: FailureContext,
): { readonly number: string; readonly text?: string | undefined; readonly advice: string } {
  if (code === 0) {
    const advice = `Read in the documentation of ${context.fn.name} what its return value means.`;
    return { number: 'without an error code', advice };
  }
  if (kind === 'errno') {
    const advice = `Look errno ${code} up: "man 3 errno" lists the names, the page of the function says what each means for it.`;
    return { number: `with errno ${code}`, text: context.describeErrno(code), advice };
  }
  if (kind === 'win32') {
    const advice = `Look the code up: net helpmsg ${code}, or "System Error Codes" in the Windows documentation.`;
    return { number: `with Win32 error ${code}`, text: context.describeWin32(code), advice };
  }
  const hex = `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
  const advice = `Look the code ${hex} up in the Windows documentation.`;
  if (kind === 'ntstatus') return { number: `with NTSTATUS ${hex}`, advice };
  return { number: `with HRESULT ${hex}`, text: context.describeWin32(win32InHresult({ kind, code }) ?? code), advice };
}
