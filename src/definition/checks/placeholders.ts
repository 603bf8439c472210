/** What may stand in braces in the texts of a definition. */
import { termsFor } from '../expand.js';
import { canCompute, inputNames, inputsOf } from '../parameters.js';
import { spellings } from '../placeholders.js';
import type { DefinitionSource, FunctionDefinition } from '../types.js';

/** Names that may stand in braces in a text about a function: in parameters, computed values, the variant. */
export function knownPlaceholders(source: DefinitionSource, name: string, fn: FunctionDefinition): Set<string> {
  const terms = termsFor(name, source.variants ?? {})[0] ?? {};
  return new Set([
    ...inputNames(fn),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => canCompute(computed, inputsOf(fn)))
      .map(([key]) => key),
    ...Object.keys(spellings(terms)),
  ]);
}
