/**
 * Texts behind pointers in structs that do not end with a NUL. One field of the struct holds the number of characters,
 * and another one may hold the capacity.
 */

import type { NativeValue } from '../definition/execution.js';
import type { CountField, StringEncoding } from '../definition/types.js';
import { elementsIn, numberOf } from './count.js';
import { bytesFrom, bytesOf, decodedText, terminable, textInC, textOf } from './encoded.js';
import { textInWords } from './in-words.js';
import type { Kind, Machine, MemoryOfCall } from './kind.js';
import { scalarLayout } from './whole-number.js';

export interface CountedTextShape {
  readonly kind: 'countedString';
  readonly encoding: StringEncoding;
  readonly count: CountField;
  /** The field that holds the capacity; undefined if there is none. */
  readonly capacity: CountField | undefined;
}

export const countedText: Kind<CountedTextShape> = {
  name: 'countedString',
  composite: {
    key: 'countedString',
    schema: {
      type: 'object',
      description:
        'A field of a struct that points to text without a NUL. Another field holds the number of characters.',
      required: ['countedString', 'count'],
      additionalProperties: false,
      properties: {
        countedString: { enum: ['utf16', 'utf8', 'ansi'], description: 'Encoding in memory, as for a string.' },
        count: { $ref: '#/$defs/countField', description: 'The field that holds the number of characters or bytes.' },
        capacity: {
          $ref: '#/$defs/countField',
          description:
            'The field with the size of the memory behind the pointer, including a NUL. Callers do not see it.',
        },
      },
    },
    resolve: ({ countedString: encoding, count, capacity }) => ({ kind: 'countedString', encoding, count, capacity }),
    inC: ({ countedString: encoding }, declarator) => textInC(encoding, undefined, declarator),
  },
  placeProblems: (_shape, { name }) => [
    { at: ['type', 'count'], message: `'${name}' is not a field, so another field cannot be its count` },
  ],

  layout: () => scalarLayout(64),
  passing: 'pointer',
  countField: ({ count }) => count.field,
  roomField: ({ capacity }) => capacity?.field,
  isPointer: () => true,
  codec: ({ encoding, count, capacity }, _residence, machine) => {
    const size = () => bytesOf(encoding);
    const lengthOf = (value: NativeValue | undefined) =>
      typeof value === 'string' ? bytesFrom(value, encoding, machine).length / size() : 0;
    return {
      type: 'memory',
      toNative: (value, place, memory) =>
        value === null ? null : kept(terminable(value, place), encoding, machine, memory).pointer,
      countOf: (value) => numberOf(lengthOf(value), count, size),
      roomOf: (value) => numberOf(typeof value === 'string' ? lengthOf(value) + 1 : 0, capacity, size),
      fromNative: (raw, memory, told) => {
        if (told === undefined) throw new Error('the number of characters of the text is unknown here');
        return textAt(raw, elementsIn(told, count, size) * size(), encoding, machine, memory);
      },
    };
  },

  decode: (_shape, json) => decodedText(json),
  encode: (_shape, value) => value as string | null,
  example: () => 'sample',
  schema: () => ({ type: 'string' }),

  inWords: ({ encoding }, use) => textInWords(encoding, use),
  powershellType: () => 'string',
};

/** Copies a text to memory of the call and adds a NUL that its length does not include. */
export function kept(
  text: string,
  encoding: StringEncoding,
  machine: Machine,
  memory: MemoryOfCall,
): { readonly pointer: unknown; readonly bytes: number } {
  const bytes = bytesFrom(text, encoding, machine);
  return { pointer: memory.keep(Buffer.concat([bytes, Buffer.alloc(bytesOf(encoding))])), bytes: bytes.length };
}

/**
 * Returns the text in a number of bytes behind a pointer; null for NULL. Removes trailing NULs, because some programs
 * include them in the length.
 */
export function textAt(
  pointer: unknown,
  bytes: number,
  encoding: StringEncoding,
  machine: Machine,
  memory: MemoryOfCall,
): string | null {
  if (pointer === null) return null;
  const text = textOf(memory.bytes(pointer, bytes), encoding, machine);
  let end = text.length;
  while (text[end - 1] === '\0') end -= 1;
  return text.slice(0, end);
}
