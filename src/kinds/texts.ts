/**
 * Consecutive texts, each with its NUL, with an empty text after the last (REG_MULTI_SZ, PZZWSTR): a pointer to them,
 * or memory for a number of characters that the definition or another parameter gives.
 */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { Extent, StringEncoding } from '../definition/types.js';
import { type CharactersShape, characters } from './characters.js';
import { countedBy } from './count.js';
import { bytesFrom, bytesOf, decodedText, endOfText, terminable, textInC, textOf } from './encoded.js';
import { textInWords } from './in-words.js';
import { type Json, ValueError, within } from './json.js';
import type { Codec, Kind, Machine, Shape } from './kind.js';
import { openEnd, openEndCodec } from './open-end.js';
import type { TextShape } from './text.js';
import { unfit } from './unfit.js';

export interface TextsShape extends CharactersShape {
  readonly kind: 'texts';
}

export const texts: Kind<TextsShape> = {
  ...characters,
  name: 'texts',
  composite: {
    key: 'texts',
    schema: {
      type: 'object',
      description:
        'A list of texts, each with a NUL, that ends with an empty text: an array of strings. In an out parameter, it is a buffer that the function fills.',
      required: ['texts'],
      additionalProperties: false,
      properties: {
        texts: { enum: ['utf16', 'utf8', 'ansi'], description: 'Encoding in memory, as for a string.' },
        capacity: {
          $ref: '#/$defs/extent',
          description: 'Size of the memory in characters, including all NULs, or the parameter that holds it.',
        },
      },
    },
    resolve: ({ texts: encoding, capacity }) => ({ kind: 'texts', encoding, capacity }),
    inC: ({ texts: encoding, capacity }, declarator) => textInC(encoding, capacity, declarator),
  },
  placeProblems: ({ capacity }, { name, direction, allocated }) =>
    direction === 'in' || capacity !== undefined || (direction === 'out' && allocated)
      ? []
      : [{ at: [], message: `the ${direction} texts '${name}' need a capacity, the size of their buffer` }],

  elements: ({ capacity }, direction) => (direction !== 'in' && typeof capacity === 'number' ? capacity : 0),
  /** Each element is a text in this memory, not a pointer to one. */
  element: ({ encoding }): Shape => {
    const one: TextShape = { kind: 'string', encoding, capacity: 1 };
    return one;
  },
  codec: ({ encoding, capacity }, residence, machine) => {
    if (typeof capacity === 'number' && residence === 'memory') return charactersCodec(encoding, capacity, machine);
    if (capacity !== undefined && openEnd(capacity)) return endCodec(encoding, capacity, machine);
    return pointerCodec(encoding, machine);
  },
  counted: ({ encoding, capacity }, machine) => {
    const by = countedBy(capacity);
    return (
      by && {
        by,
        elementSize: bytesOf(encoding),
        toBytes: (value, place) => listFrom(value, place, encoding, machine),
        fromBytes: (memory) => textsIn(memory, encoding, machine),
      }
    );
  },

  decode(_shape, json) {
    if (!Array.isArray(json)) throw new ValueError(`must be an array of strings, not ${show(json)}`);
    return json.map((item, index) => within(`[${index}]`, () => decodedItem(item)));
  },
  encode: (_shape, value) => value as Json,
  example: () => ['sample', 'another'],
  schema: () => ({ type: 'array', items: { type: 'string', minLength: 1 } }),

  inWords: ({ encoding }, use) =>
    `texts${use === 'given' ? ', sent as one array' : ' in an array'}; each is ${textInWords(encoding, use)}`,
  powershellType: () => 'string[]',
  wireType: () => ({ array: 'string' }),
};

function decodedItem(json: Json): string {
  const text = decodedText(json);
  if (text === '') throw new ValueError('must not be empty, because an empty text ends the list');
  return text;
}

/** A pointer to the texts; null is NULL. */
function pointerCodec(encoding: StringEncoding, machine: Machine): Codec {
  return {
    type: 'memory',
    toNative: (value, place, memory) =>
      value === null ? null : memory.keep(listFrom(value, place, encoding, machine)),
    fromNative: (raw, memory) =>
      raw === null ? null : textsIn(memory.texts(raw, bytesOf(encoding)), encoding, machine),
  };
}

/** `capacity` inline characters, with all NULs. */
function charactersCodec(encoding: StringEncoding, capacity: number, machine: Machine): Codec {
  const size = bytesOf(encoding);
  return {
    type: { array: size === 2 ? 'uint16' : 'uint8', length: capacity },
    toNative: (value, place) => {
      const memory = listFrom(value, place, encoding, machine);
      if (memory.length > capacity * size)
        throw unfit(place, value, `at most ${capacity} characters in ${encoding}, with the NUL of each and one more`);
      return unitsIn(Buffer.concat([memory, Buffer.alloc(capacity * size - memory.length)]), size);
    },
    fromNative: (raw) => textsIn(bytesOfUnits(raw as Iterable<number>, size), encoding, machine),
  };
}

/** Texts at the end of a struct; the number of characters includes all NULs. */
function endCodec(encoding: StringEncoding, capacity: Extent, machine: Machine): Codec {
  const size = bytesOf(encoding);
  return openEndCodec(capacity, {
    type: { array: size === 2 ? 'uint16' : 'uint8', length: 1 },
    size: () => size,
    lengthOf: (value) => (Array.isArray(value) ? listFrom(value, '', encoding, machine).length / size : 0),
    toNative: (value, place) => ({ type: 'uint8', values: [...listFrom(value, place, encoding, machine)] }),
    read: (start, count, memory) => textsIn(memory.bytes(start, count * size), encoding, machine),
  });
}

const unitsIn = (bytes: Uint8Array, size: 1 | 2): number[] =>
  Array.from({ length: bytes.length / size }, (_, at) =>
    size === 2 ? (bytes[at * 2] as number) + (bytes[at * 2 + 1] as number) * 256 : (bytes[at] as number),
  );

const bytesOfUnits = (units: Iterable<number>, size: 1 | 2): Uint8Array =>
  Uint8Array.from(size === 2 ? [...units].flatMap((unit) => [unit & 0xff, unit >> 8]) : units);

/** Returns the bytes of all texts and of the empty one after them. An empty list is two NULs, as in Windows. */
function listFrom(
  value: NativeValue | undefined,
  place: string,
  encoding: StringEncoding,
  machine: Machine,
): Uint8Array {
  if (!Array.isArray(value)) throw unfit(place, value, 'an array of strings');
  const nul = Buffer.alloc(bytesOf(encoding));
  const given = (value as readonly NativeValue[]).flatMap((item, index) => [
    itemFrom(item, `${place}[${index}]`, encoding, machine),
    nul,
  ]);
  return Buffer.concat(given.length === 0 ? [nul, nul] : [...given, nul]);
}

/** Returns the bytes of one text. It must not be empty, because an empty text ends the list. */
function itemFrom(item: NativeValue, place: string, encoding: StringEncoding, machine: Machine): Uint8Array {
  const text = terminable(item, place);
  if (text === '') throw unfit(place, item, 'a text that is not empty, because an empty one ends the list');
  return bytesFrom(text, encoding, machine);
}

/** Returns the texts in memory: up to an empty one, or to the end of the memory. */
function textsIn(memory: Uint8Array, encoding: StringEncoding, machine: Machine): string[] {
  const found: string[] = [];
  for (let rest = memory; ; ) {
    const end = endOfText(rest, encoding);
    if (end === 0) return found;
    found.push(textOf(rest.subarray(0, end), encoding, machine));
    rest = rest.subarray(end + bytesOf(encoding));
  }
}
