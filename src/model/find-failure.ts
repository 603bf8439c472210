/** Determines from the outcome of a call whether the function failed, and with which code. */
import type { CallOutcome, NativeValue } from '../definition/execution.js';
import type { FailureCondition, FailureRule } from '../definition/types.js';
import type { ReturnForm } from '../kinds/index.js';
import type { FailureModel } from './types.js';

/**
 * A failure as reported by the function. `code` is a number whose meaning the library defines, with its sign; the other
 * codes are unsigned. `none`: there is no code.
 */
export interface NativeFailure {
  readonly kind: 'win32' | 'hresult' | 'ntstatus' | 'errno' | 'code' | 'none';
  readonly code: number | bigint;
  /** True for an errno in place of a Windows last error: the definition's codes do not apply to it. */
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

/** True if the code of an outcome is one of these. */
export function hasCode({ rule }: FailureModel, outcome: CallOutcome, codes: readonly number[]): boolean {
  return rule !== undefined && isOneOf(codes, CODES[rule.code](outcome));
}

/**
 * True for a failure with one of these codes. Windows codes have 32 bits, which a definition may write as signed or
 * unsigned.
 */
export function isOneOf(codes: readonly number[], { kind, code }: NativeFailure): boolean {
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
