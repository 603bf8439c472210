/** Which parameters of a function a caller gives, and which values a call reports: the one place that tells them apart. */
import type { Direction } from './types.js';

/** What of a parameter decides it. */
export interface Directed {
  readonly direction: Direction;
  readonly constant?: number | string;
}

interface Named {
  readonly name: string;
}

/** True for a parameter that a caller gives. */
export function isInput({ direction, constant }: Directed): boolean {
  return direction !== 'out' && constant === undefined;
}

/** True for a parameter whose value a successful call reports. */
export function isOutput({ direction, constant }: Directed): boolean {
  return direction !== 'in' && constant === undefined;
}

/** The parameters that a caller gives, in the order of the C prototype. */
export function inputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isInput);
}

/** The parameters whose values a successful call reports; its return value is not among them. */
export function outputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isOutput);
}

/** The names of what a caller gives. */
export function inputNames(fn: { readonly parameters: readonly (Directed & Named)[] }): string[] {
  return inputsOf(fn).map(({ name }) => name);
}

/** True where both functions can be called with the same values: values are given by name, so their order is no matter. */
export function haveSameInputs(
  one: { readonly parameters: readonly (Directed & Named)[] },
  other: { readonly parameters: readonly (Directed & Named)[] },
): boolean {
  return inputNames(one).sort().join() === inputNames(other).sort().join();
}

/** True where a caller gives everything that a computed value adds up. */
export function canCompute({ sum }: { readonly sum: readonly string[] }, inputs: readonly Named[]): boolean {
  return sum.every((term) => inputs.some(({ name }) => name === term));
}
