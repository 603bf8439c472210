/** Failure strategies, which are short names for failure rules. */
import type { FailureCondition, FailureRule, FailureStrategy } from './types.js';
import { listed } from './words.js';

/** Returns a failure rule as written, or the rule of a strategy; undefined if the function cannot fail. */
export function failureRule(written: FailureStrategy | FailureRule): FailureRule | undefined {
  return typeof written === 'string' ? RULES[written] : written;
}

/**
 * Returns a rule with more codes of success and of absence. `isVerdict`: the return value only says whether the call
 * succeeded, so that a zero without a code is a failure as well.
 */
export function withCodes(
  written: FailureStrategy | FailureRule,
  codes: Pick<FailureRule, 'success' | 'absent'>,
  isVerdict: boolean,
): FailureStrategy | FailureRule {
  const rule = failureRule(written);
  const { success = [], absent = [] } = codes;
  if (!rule || (success.length === 0 && absent.length === 0)) return written;
  const own = written === 'lastErrorIfZero' && isVerdict ? [] : (rule.success ?? []);
  const all = { success: [...own, ...success], absent: [...(rule.absent ?? []), ...absent] };
  return {
    when: rule.when,
    code: rule.code,
    ...(all.success.length > 0 && { success: all.success }),
    ...(all.absent.length > 0 && { absent: all.absent }),
  };
}

/** Describes the return values that mean failure. */
export function conditionInWords(when: FailureCondition): string {
  if (typeof when === 'string') return CONDITIONS[when];
  if ('notIn' in when) return `anything but ${listed(when.notIn.map(String), 'or')}`;
  return `a value with one of the bits 0x${when.mask.toString(16).toUpperCase()}`;
}

const CONDITIONS: Readonly<Record<FailureCondition & string, string>> = {
  zero: '0, FALSE or NULL',
  nonzero: 'anything but 0',
  minusOne: '-1 (all bits set)',
  negative: 'a negative value (the highest bit set)',
};

/** The help text about a function whose failure rule was derived from its type alone. */
export const unreviewedSentence = (name: string): string =>
  `How ${name} reports failure was guessed from the type of its return value, and has not been checked against its documentation.`;

const RULES: Readonly<Record<FailureStrategy, FailureRule | undefined>> = {
  none: undefined,
  win32: { when: 'nonzero', code: 'win32' },
  lastErrorIfZero: { when: 'zero', code: 'lastError', success: [0] },
  lastErrorIfInvalidHandle: { when: 'minusOne', code: 'lastError' },
  hresult: { when: 'negative', code: 'hresult' },
  ntstatus: { when: 'negative', code: 'ntstatus' },
};
