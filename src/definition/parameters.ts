/** Distinguishes inputs from outputs: the parameters that a caller provides, and the values that a call returns. */
import type { Direction, FunctionDefinition, RepeatDefinition, TypeExpression } from './types.js';

/** The members of a parameter that determine its direction. */
export interface Directed {
  readonly direction: Direction;
  readonly constant?: number | string;
  readonly bound?: true;
  readonly null?: 'always';
  readonly repeat?: RepeatDefinition;
}

interface Named {
  readonly name: string;
}

/** True for a parameter that a caller provides. */
export function isInput(parameter: Directed): boolean {
  return parameter.direction !== 'out' && !isSet(parameter);
}

/** True for a parameter whose value a successful call reports. */
export function isOutput(parameter: Directed): boolean {
  return parameter.direction !== 'in' && !isSet(parameter);
}

/** True for a parameter whose value follows from the definition or from another parameter. */
function isSet({ constant, bound, null: whenNull, repeat }: Directed): boolean {
  return constant !== undefined || bound === true || whenNull === 'always' || repeat !== undefined;
}

/** Returns the parameters that a caller provides, in the order of the C prototype. */
export function inputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isInput);
}

/** Returns the parameters whose values a successful call reports, without the return value. */
export function outputsOf<P extends Directed>({ parameters }: { readonly parameters: readonly P[] }): P[] {
  return parameters.filter(isOutput);
}

/** Returns the names of all values that a successful call reports, the return value first. */
export function outputNames(fn: {
  readonly parameters: readonly (Directed & Named)[];
  readonly returns: { readonly resultName?: string };
}): string[] {
  const { resultName } = fn.returns;
  if (hasRows(fn.parameters)) return [ROWS];
  return [...(resultName === undefined ? [] : [resultName]), ...outputsOf(fn).map(({ name }) => name)];
}

/** The type of an output; undefined for one that has no C type. */
export function outputType(
  fn: Pick<FunctionDefinition, 'parameters' | 'returns'>,
  name: string,
): TypeExpression | undefined {
  const { type, resultName } = fn.returns;
  return resultName === name ? type : fn.parameters.find((one) => one.name === name)?.type;
}

/** The name of the output of a function that is called once for each index. */
export const ROWS = 'Rows';

/** True if each call of the function produces one row of its output. */
export const hasRows = (parameters: readonly Directed[]): boolean =>
  parameters.some(({ repeat }) => repeat?.until !== undefined);

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

/** True if a caller provides all parts of a computed value. */
export function canCompute({ sum }: { readonly sum: readonly string[] }, inputs: readonly Named[]): boolean {
  return sum.every((term) => inputs.some(({ name }) => name === term));
}

/**
 * The parameters that every call of a changing operation has. Confirmation texts can use them, and values computed from
 * them.
 */
export function sureParameters({
  changesState,
  parameters,
}: {
  readonly changesState?: boolean;
  readonly parameters: readonly (Named & { readonly optional?: boolean; readonly default?: unknown })[];
}): Named[] {
  return changesState ? parameters.filter((one) => one.optional !== true || one.default !== undefined) : [];
}
