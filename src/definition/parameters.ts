/** Tells inputs from outputs: which parameters of a function a caller provides, and which values a call reports. */
import type { Direction } from './types.js';

/** The members of a parameter that decide it. */
export interface Directed {
  readonly direction: Direction;
  readonly constant?: number | string;
}

interface Named {
  readonly name: string;
}

/** True for a parameter that a caller provides. */
export function isInput({ direction, constant }: Directed): boolean {
  return direction !== 'out' && constant === undefined;
}

/** True for a parameter whose value a successful call reports. */
export function isOutput({ direction, constant }: Directed): boolean {
  return direction !== 'in' && constant === undefined;
}

/** Returns the parameters that a caller provides, in the order of the C prototype. */
export function inputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isInput);
}

/** Returns the parameters whose values a successful call reports, without the return value. */
export function outputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isOutput);
}

/** Returns the names of the inputs. */
export function inputNames(fn: { readonly parameters: readonly (Directed & Named)[] }): string[] {
  return inputsOf(fn).map(({ name }) => name);
}

/** True if both functions accept the same inputs. Their order does not matter, because values are passed by name. */
export function haveSameInputs(
  one: { readonly parameters: readonly (Directed & Named)[] },
  other: { readonly parameters: readonly (Directed & Named)[] },
): boolean {
  return inputNames(one).sort().join() === inputNames(other).sort().join();
}

/** True if a caller provides everything that a computed value adds up. */
export function canCompute({ sum }: { readonly sum: readonly string[] }, inputs: readonly Named[]): boolean {
  return sum.every((term) => inputs.some(({ name }) => name === term));
}
