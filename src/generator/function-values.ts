/** What goes into a function and comes out of it, as a cmdlet sees it. */
import type { Definition, ExpandedFunction, ValueSpec } from '../definition/types.js';

/** The parameters that a caller gives. */
export function inputsOf(fn: ExpandedFunction): ExpandedFunction['parameters'] {
  return fn.parameters.filter((one) => one.direction !== 'out' && one.constant === undefined);
}

/** The values that a successful call reports, the return value first. */
export function outputsOf(fn: ExpandedFunction): readonly (ValueSpec & { readonly name: string })[] {
  const written = fn.parameters.filter((one) => one.direction !== 'in' && one.constant === undefined);
  const { resultName, type } = fn.returns;
  return resultName === undefined ? written : [{ name: resultName, type }, ...written];
}

/** The computed values whose terms the function takes. */
export function computedOf(
  definition: Definition,
  fn: ExpandedFunction,
): { name: string; definition: Definition['computed'][string] }[] {
  const names = new Set(inputsOf(fn).map(({ name }) => name));
  return Object.entries(definition.computed)
    .filter(([, computed]) => computed.sum.every((name) => names.has(name)))
    .map(([name, computed]) => ({ name, definition: computed }));
}
