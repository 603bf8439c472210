/** Finds the text of a definition that declares a function. */
import { parsedFunctions } from '../draft.js';
import { isRecord } from './is-record.js';

/**
 * Returns the C prototype as written in the definition, without the other declarations of its text; undefined if there
 * is none. Throws for a text that is not JSON.
 */
export function writtenPrototype(definition: string, name: string): string | undefined {
  const document = JSON.parse(definition.replace(/^\uFEFF/, '')) as {
    readonly types?: unknown;
    readonly functions?: unknown;
  };
  // Types first, because the prototypes need them.
  const texts = [...textsIn(document.types), ...textsIn(document.functions)];
  return parsedFunctions(texts)
    .flat()
    .find((one) => one.name === name)?.written;
}

/** Returns the declarations in a part of a definition: one text, a list, or an object of texts by name. */
function textsIn(part: unknown): string[] {
  const entries: unknown[] = typeof part === 'string' ? [part] : Object.values((part ?? {}) as object);
  return entries
    .map((one) => (isRecord(one) ? one.prototype : one))
    .filter((one): one is string => typeof one === 'string');
}
