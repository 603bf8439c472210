/** Checks of the placeholders in a definition's texts. */
import { termsFor } from '../expand.js';
import { canCompute, inputNames, inputsOf } from '../parameters.js';
import { spellings } from '../placeholders.js';
import type { DefinitionSource, FunctionDefinition } from '../types.js';

/** The placeholder names for a text about a function: parameters, computed values, the variant. */
export function knownPlaceholders(
  source: DefinitionSource,
  name: string,
  fn: Pick<FunctionDefinition, 'parameters'>,
): Set<string> {
  const terms = termsFor(name, source.variants ?? {})[0] ?? {};
  return new Set([
    ...inputNames(fn),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => canCompute(computed, inputsOf(fn)))
      .map(([key]) => key),
    ...Object.keys(spellings(terms)),
  ]);
}
