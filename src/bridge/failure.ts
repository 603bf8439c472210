/** Interprets the outcome of a native call: success, or an error with its id, texts and codes. */
import { errnoName, isErrnoName } from '../definition/errno.js';
import type { CallOutcome, NativeValue } from '../definition/execution.js';
import { fillPlaceholders } from '../definition/placeholders.js';
import type { ErrorDefinition, ExpandedFunction, FailureCondition, FailureRule } from '../definition/types.js';
import type { ReturnForm } from '../kinds/index.js';
import type { FailureModel } from '../model/types.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';

/**
 * A failure as reported by the function. `code` is a number that the library gives its own meaning, with its sign; the
 * other codes are unsigned. `none`: there is no code.
 */
export interface NativeFailure {
  readonly kind: 'win32' | 'hresult' | 'ntstatus' | 'errno' | 'code' | 'none';
  readonly code: number | bigint;
  /** True for an errno that stands in for a last error of Windows: the definition's codes are not about it. */
  readonly isForeign?: true;
}

/** Returns the failure in an outcome; `absent` if the call found nothing; undefined if it succeeded. */
export type FindFailure = (outcome: CallOutcome) => NativeFailure | 'absent' | undefined;

/** Prepares the rule of a function once, to keep each call short. */
export function failureFinder({ rule, form }: FailureModel): FindFailure {
  if (!rule) return () => undefined;
  const isFailure = conditionTest(rule.when, form);
  const codeOf = CODES[rule.code];
  const { success = [], absent = [] } = rule;
  return (outcome) => {
    if (!isFailure(outcome.returnValue)) return undefined;
    const failure = codeOf(outcome);
    if (isOneOf(success, failure)) return undefined;
    return isOneOf(absent, failure) ? 'absent' : failure;
  };
}

/** The codes of Windows have 32 bits, which a definition may write with or without a sign. */
function isOneOf(codes: readonly number[], { kind, code }: NativeFailure): boolean {
  const isWindows = kind === 'win32' || kind === 'hresult' || kind === 'ntstatus';
  return codes.some((one) => (isWindows ? one >>> 0 : one) === Number(code));
}

const CODES: Readonly<Record<FailureRule['code'], (outcome: CallOutcome) => NativeFailure>> = {
  returned: ({ returnValue }) => ({
    kind: 'code',
    code: typeof returnValue === 'bigint' ? returnValue : Number(returnValue),
  }),
  win32: ({ returnValue }) => ({ kind: 'win32', code: Number(returnValue) >>> 0 }),
  hresult: ({ returnValue }) => ({ kind: 'hresult', code: Number(returnValue) >>> 0 }),
  ntstatus: ({ returnValue }) => ({ kind: 'ntstatus', code: Number(returnValue) >>> 0 }),
  lastError: ({ lastError, errno }) =>
    errno === undefined
      ? { kind: 'win32', code: (lastError ?? 0) >>> 0 }
      : { kind: 'errno', code: errno, isForeign: true },
  errno: ({ errno }) => ({ kind: 'errno', code: errno ?? 0 }),
  none: () => ({ kind: 'none', code: 0 }),
};

type Test = (value: NativeValue) => boolean;

function conditionTest(when: FailureCondition, form: ReturnForm): Test {
  if (when === 'zero') return isZero;
  if (when === 'nonzero') return (value) => !isZero(value);
  if (when === 'minusOne') return minusOneTest(form);
  if (when === 'negative') return negativeTest(form);
  if ('notIn' in when) return (value) => !when.notIn.some((one) => BigInt(one) === BigInt(value as number | bigint));
  const mask = BigInt(when.mask);
  return (value) => (BigInt(value as number | bigint) & mask) !== 0n;
}

const isZero: Test = (value) => value === 0 || value === 0n || value === false || value === null;

/** All bits are set, in the width of the type: INVALID_HANDLE_VALUE is (HANDLE)-1. */
function minusOneTest({ bits = 0 }: ReturnForm): Test {
  const all = bits === 0 ? [0xffff_ffffn, 0xffff_ffff_ffff_ffffn] : [2n ** BigInt(bits) - 1n];
  const wide = [-1n, ...all];
  const narrow = wide.map(Number);
  return (value) => (typeof value === 'bigint' ? wide.includes(value) : narrow.includes(value as number));
}

/** The highest bit is set: an HRESULT in an unsigned type fails with 0x80000000 and above. */
function negativeTest({ bits = 0, signed }: ReturnForm): Test {
  if (signed) return (value) => (value as number | bigint) < 0;
  const first = 2n ** BigInt((bits || 64) - 1);
  return (value) => (value as number | bigint) >= first;
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
  const symbol = known?.symbol ?? (found.kind === 'errno' ? errnoName(Number(found.code)) : undefined);
  const facts = {
    function: fn.name,
    ...(found.kind === 'none' ? {} : { [found.kind]: shownCode(found) }),
    ...(symbol === undefined ? {} : { symbol }),
  };
  if (known) {
    return {
      code: ERROR_CODES.callFailed,
      message: fillPlaceholders(known.message, values),
      data: {
        id: known.id,
        ...facts,
        category: known.category,
        recommendedAction: fillPlaceholders(known.recommendedAction, values),
      },
    };
  }
  return describeUnknown(found, facts, context);
}

/** A code beyond 2^53 is a decimal string, as other values of that size are. */
function shownCode({ code }: NativeFailure): number | string {
  return Number.isSafeInteger(Number(code)) ? Number(code) : code.toString();
}

/** The definition's error for a failure; undefined for an unknown code. */
export function findError(
  errors: readonly ErrorDefinition[],
  name: string,
  found: NativeFailure,
): ErrorDefinition | undefined {
  if (found.isForeign || found.kind === 'none') return undefined;
  // An exact match takes precedence over the Win32 code inside it, whatever their order in the definition.
  const matching = [found.code, win32InHresult(found)].flatMap((code) =>
    errors.filter((error) => isMeant(error, found, code)),
  );
  return matching.find((error) => error.functions?.includes(name)) ?? matching.find((error) => !error.functions);
}

/** An errno has a number of its own on each system, so an error with the name of one is found by that name. */
function isMeant(error: ErrorDefinition, { kind }: NativeFailure, code: number | bigint | undefined): boolean {
  if (kind === 'errno' && isErrnoName(error.symbol)) return error.symbol === errnoName(Number(code));
  return code !== undefined && error.code === Number(code);
}

/** The Win32 code inside an HRESULT of FACILITY_WIN32 (0x8007....). */
function win32InHresult(found: NativeFailure): number | undefined {
  const code = Number(found.code);
  return found.kind === 'hresult' && code >>> 16 === 0x8007 ? code & 0xffff : undefined;
}

function describeUnknown(found: NativeFailure, facts: Record<string, Json>, context: FailureContext): RpcError {
  const { number, text, advice } = wordsFor(found, context);
  return {
    code: ERROR_CODES.callFailed,
    message: `${context.fn.name} failed ${number}${text === undefined ? '' : `: ${text}`}`,
    data: {
      id: ['errno', 'code', 'none'].includes(found.kind) ? 'NativeError' : 'Win32Error',
      ...facts,
      category: 'NotSpecified',
      recommendedAction: advice,
    },
  };
}

/** The code, the system's text for it, and a link to more information. */
function wordsFor(found: NativeFailure, context: FailureContext): Words {
  const { kind } = found;
  const code = Number(found.code);
  if (kind === 'code') {
    const number = `with code ${found.code}`;
    return { number, advice: `Read in the documentation of ${context.fn.name} what its code ${found.code} means.` };
  }
  if (code === 0) {
    const advice = `Read in the documentation of ${context.fn.name} what its return value means.`;
    return { number: 'without an error code', advice };
  }
  if (kind === 'errno') {
    const name = errnoName(code);
    const number = `with errno ${code}${name === undefined ? '' : ` (${name})`}`;
    const advice = `Look errno ${code} up: "man 3 errno" lists the names, the page of the function says what each means for it.`;
    return { number, text: context.describeErrno(code), advice };
  }
  if (kind === 'win32') {
    const advice = `Look the code up: net helpmsg ${code}, or "System Error Codes" in the Windows documentation.`;
    return { number: `with Win32 error ${code}`, text: context.describeWin32(code), advice };
  }
  const hex = `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
  const advice = `Look the code ${hex} up in the Windows documentation.`;
  if (kind === 'ntstatus') return { number: `with NTSTATUS ${hex}`, advice };
  return { number: `with HRESULT ${hex}`, text: context.describeWin32(win32InHresult(found) ?? code), advice };
}

interface Words {
  readonly number: string;
  readonly text?: string | undefined;
  readonly advice: string;
}
