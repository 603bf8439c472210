/** The error of inputs whose sum is too large. */
import { fillPlaceholders } from '../definition/placeholders.js';
import { computedValues, passedMaximum } from '../model/computed.js';
import type { Computed } from '../model/types.js';
import { ERROR_CODES, type RpcError } from './messages.js';

/** Returns the error of the first computed value that exceeds its maximum; undefined if none does. `terms`: of its texts. */
export function violation(
  { name, computed }: { readonly name: string; readonly computed: readonly Computed[] },
  inputs: Readonly<Record<string, unknown>>,
  terms: Readonly<Record<string, string>> = {},
): RpcError | undefined {
  const passed = passedMaximum(computed, inputs);
  if (passed === undefined) return undefined;
  const { id, category, message, recommendedAction } = passed.violation;
  const values = Object.fromEntries(
    Object.entries({ ...terms, ...inputs, ...computedValues(computed, inputs) }).map(([key, value]) => [
      key,
      String(value),
    ]),
  );
  return {
    code: ERROR_CODES.invalidParams,
    message: fillPlaceholders(message, values),
    data: {
      id,
      function: name,
      maximum: passed.maximum,
      category,
      recommendedAction: fillPlaceholders(recommendedAction, values),
    },
  };
}
