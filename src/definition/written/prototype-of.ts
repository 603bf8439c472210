/** The text of a definition that declares a function. */
import { parsedFunctions } from '../draft.js';
import { isRecord } from './is-record.js';

/** Returns the C prototype as the definition has it, without what else its text declares; undefined if it has none. Throws for a text that is no JSON. */
export function writtenPrototype(definition: string, name: string): string | undefined {
  const document = JSON.parse(definition.replace(/^\uFEFF/, '')) as {
    readonly types?: unknown;
    readonly functions?: unknown;
  };
  // The types that a prototype needs stand before it.
  const texts = [...textsIn(document.types), ...textsIn(document.functions)];
  return parsedFunctions(texts)
    .flat()
    .find((one) => one.name === name)?.written;
}

/** The declarations in a part of a definition, which is one, a list, or an object of them by name. */
function textsIn(part: unknown): string[] {
  const entries: unknown[] = typeof part === 'string' ? [part] : Object.values((part ?? {}) as object);
  return entries
    .map((one) => (isRecord(one) ? one.prototype : one))
    .filter((one): one is string => typeof one === 'string');
}
