/** Outcomes of simulated calls, in the form that failure rules evaluate. */
import type { CallOutcome } from '../definition/execution.js';
import type { FailureCondition } from '../definition/types.js';
import type { ReturnForm } from '../kinds/index.js';
import type { FailureModel } from '../model/types.js';

/**
 * Returns the outcome of a call that failed with a code. The rule may still interpret it differently: some codes do not
 * fit the type, and some are not failures.
 */
export function failedOutcome({ rule, form }: FailureModel, code: number): CallOutcome {
  if (!rule) return { returnValue: 0, outputs: {} };
  const failed = { returnValue: inForm(failing(rule.when), form), outputs: {} };
  if (rule.code === 'none') return failed;
  if (rule.code === 'lastError' || rule.code === 'errno') return { ...failed, [rule.code]: code };
  return { returnValue: inForm(code, form), outputs: {} };
}

/** Returns a return value that means success, for a function that does not return a result. */
export function successValue({ rule, form }: FailureModel): number | bigint {
  if (!rule) return 0;
  const { when } = rule;
  if (when === 'zero') return inForm(1, form);
  return inForm(typeof when === 'object' && 'notIn' in when ? (when.notIn[0] ?? 0) : 0, form);
}

function failing(when: FailureCondition): number {
  if (when === 'zero') return 0;
  if (when === 'nonzero') return 1;
  if (when === 'minusOne' || when === 'negative') return -1;
  if ('mask' in when) return when.mask;
  let value = 0;
  while (when.notIn.includes(value)) value += 1;
  return value;
}

/** Converts a number to the type of the return value, as a backend returns it. */
function inForm(value: number, { bits, signed }: ReturnForm): number | bigint {
  if (bits === undefined) return value;
  const fitted = (signed ? BigInt.asIntN : BigInt.asUintN)(bits || 64, BigInt(value));
  return bits === 64 || bits === 0 ? fitted : Number(fitted);
}
