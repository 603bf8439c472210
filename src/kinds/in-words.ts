/** Phrases for help that several kinds share. */
import type { StringEncoding } from '../definition/types.js';
import { listed } from '../definition/words.js';
import type { Field, Shape } from './kind.js';
import { kindOf } from './registry.js';

const ENCODINGS: Readonly<Record<StringEncoding, string>> = {
  utf16: 'UTF-16',
  utf8: 'UTF-8',
  ansi: 'the code page of Windows',
};

type Use = 'given' | 'returned';

export const textInWords = (encoding: StringEncoding, use: Use): string =>
  `a text, ${use === 'given' ? 'sent in' : 'read as'} ${ENCODINGS[encoding]}`;

/** Describes several values; `length` is undefined if the type does not fix their number. */
export function valuesInWords(element: Shape, use: Use, length?: number): string {
  const each = kindOf(element).inWords(element, use);
  const values = length === undefined ? 'values' : `${length} values`;
  return use === 'given' ? `${values}, sent as one array; each is ${each}` : `${values} in an array; each is ${each}`;
}

/** Describes an object with named values, each with its PowerShell type. */
export function objectInWords(fields: readonly Field[], use: Use): string {
  const names = fields.map(({ name, shape }) => `${name} [${kindOf(shape).powershellType(shape)}]`);
  return `${use === 'given' ? 'a hashtable or an object' : 'an object'} with ${listed(names)}`;
}
