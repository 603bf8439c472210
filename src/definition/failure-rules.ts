/** Failure strategies as the rules that they are short for. */
import type { FailureRule, FailureStrategy } from './types.js';

/** Returns the rule that a definition writes, or that its strategy is short for; undefined if a function cannot fail. */
export function failureRule(written: FailureStrategy | FailureRule): FailureRule | undefined {
  return typeof written === 'string' ? RULES[written] : written;
}

const RULES: Readonly<Record<FailureStrategy, FailureRule | undefined>> = {
  none: undefined,
  win32: { when: 'nonzero', code: 'win32' },
  lastErrorIfZero: { when: 'zero', code: 'lastError', success: [0] },
  lastErrorIfInvalidHandle: { when: 'minusOne', code: 'lastError' },
  hresult: { when: 'negative', code: 'hresult' },
  ntstatus: { when: 'negative', code: 'ntstatus' },
};
