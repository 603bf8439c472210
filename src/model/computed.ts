/** The value of a sum of inputs. */
import type { ComputedDefinition } from '../definition/types.js';

type Sum = Pick<ComputedDefinition, 'sum' | 'add'>;

/** Returns the sum for these inputs, which are integers of at most 32 bits. */
export function computedValue({ sum, add = 0 }: Sum, values: Readonly<Record<string, unknown>>): number {
  return sum.reduce((total, term) => total + Number(values[term]), add);
}

/** Returns the sums for these inputs, by name. */
export function computedValues(
  computed: readonly (Sum & { readonly name: string })[],
  values: Readonly<Record<string, unknown>>,
): Record<string, number> {
  return Object.fromEntries(computed.map((one) => [one.name, computedValue(one, values)]));
}

/** Returns the first sum that exceeds its maximum; undefined if none does. */
export function passedMaximum<C extends ComputedDefinition>(
  computed: readonly C[],
  values: Readonly<Record<string, unknown>>,
): C | undefined {
  return computed.find((one) => computedValue(one, values) > one.maximum);
}
