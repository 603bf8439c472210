/** The value of a sum of inputs: the one place that adds it up. */
import type { ComputedDefinition } from '../definition/types.js';

type Sum = Pick<ComputedDefinition, 'sum' | 'add'>;

/** The sum for these inputs, which are integers of at most 32 bits. */
export function computedValue({ sum, add = 0 }: Sum, values: Readonly<Record<string, unknown>>): number {
  return sum.reduce((total, term) => total + Number(values[term]), add);
}

/** The sums for these inputs, by name. */
export function computedValues(
  computed: readonly (Sum & { readonly name: string })[],
  values: Readonly<Record<string, unknown>>,
): Record<string, number> {
  return Object.fromEntries(computed.map((one) => [one.name, computedValue(one, values)]));
}

/** The first sum that passes its maximum; undefined where none does. */
export function passedMaximum<C extends ComputedDefinition>(
  computed: readonly C[],
  values: Readonly<Record<string, unknown>>,
): C | undefined {
  return computed.find((one) => computedValue(one, values) > one.maximum);
}
