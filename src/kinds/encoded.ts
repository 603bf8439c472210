/** Characters in memory: in UTF-16, UTF-8 or the code page of Windows. */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { Extent, StringEncoding } from '../definition/types.js';
import { inMemory } from './count.js';
import { type Json, ValueError } from './json.js';
import type { Machine } from './kind.js';
import { unfit } from './unfit.js';

/** The size of a character in bytes. */
export const bytesOf = (encoding: StringEncoding) => (encoding === 'utf16' ? 2 : 1);

/** Declares a text in C: a pointer to one of any length, or memory for a number of characters. */
export function textInC(encoding: StringEncoding, capacity: Extent | undefined, declarator: string): string {
  const character = encoding === 'utf16' ? 'WCHAR' : 'char';
  return capacity === undefined
    ? `const ${character} *${declarator}`
    : `${character} ${inMemory(declarator, capacity)}`;
}

/** The bytes of a text, without a NUL. */
export function bytesFrom(text: string, encoding: StringEncoding, { ansi }: Machine): Uint8Array {
  if (encoding === 'ansi' && ansi) return ansi.encode(text);
  return Buffer.from(text, encoding === 'utf16' ? 'utf16le' : 'utf8');
}

/** Returns the text in memory: up to the first NUL, or all of it if there is none. */
export const textIn = (memory: Uint8Array, encoding: StringEncoding, machine: Machine): string =>
  textOf(memory.subarray(0, endOfText(memory, encoding)), encoding, machine);

/** Decodes bytes, with all NULs. */
export function textOf(bytes: Uint8Array, encoding: StringEncoding, { ansi }: Machine): string {
  if (encoding === 'ansi' && ansi) return ansi.decode(bytes);
  return Buffer.from(bytes).toString(encoding === 'utf16' ? 'utf16le' : 'utf8');
}

/** Returns the offset of the first NUL, or of the end of the last whole character if there is none. */
export function endOfText(memory: Uint8Array, encoding: StringEncoding): number {
  const size = bytesOf(encoding);
  let end = 0;
  while (end + size <= memory.length && (memory[end] !== 0 || (size === 2 && memory[end + 1] !== 0))) end += size;
  return end;
}

/** Rejects a string that contains NUL, because C would truncate it there. */
export function terminable(value: NativeValue | undefined, place: string): string {
  if (typeof value !== 'string' || value.includes('\0')) throw unfit(place, value, 'a string without NUL characters');
  return value;
}

/** Returns the text of a JSON value. Throws ValueError. */
export function decodedText(json: Json): string {
  if (typeof json !== 'string') throw new ValueError(`must be a string, not ${show(json)}`);
  if (json.includes('\0')) throw new ValueError('must not contain a NUL character, which would end the string');
  if (!json.isWellFormed()) throw new ValueError('must not contain an unpaired surrogate, which cannot be encoded');
  return json;
}
