/**
 * Strings in UTF-16, UTF-8 or the ANSI code page of Windows: a pointer to a NUL-terminated string, or memory for a
 * number of characters that the definition or another parameter gives.
 */

import type { Extent, StringEncoding } from '../definition/types.js';
import { type CharactersShape, characters } from './characters.js';
import { countedBy } from './count.js';
import { bytesFrom, bytesOf, decodedText, terminable, textIn, textInC } from './encoded.js';
import { textInWords } from './in-words.js';
import type { Codec, CodePage, Kind, Machine } from './kind.js';
import { openEnd, openEndCodec } from './open-end.js';
import { unfit } from './unfit.js';

export interface TextShape extends CharactersShape {
  readonly kind: 'string';
}

export const text: Kind<TextShape> = {
  ...characters,
  name: 'string',
  builtIns: {
    LPCWSTR: () => ({ kind: 'string', encoding: 'utf16', capacity: undefined }),
    LPCSTR: () => ({ kind: 'string', encoding: 'utf8', capacity: undefined }),
  },
  composite: {
    key: 'string',
    schema: {
      type: 'object',
      description:
        'A string. It ends with a NUL unless another parameter holds the number of characters. In an out parameter, it is a buffer that the function fills.',
      required: ['string'],
      additionalProperties: false,
      properties: {
        string: {
          enum: ['utf16', 'utf8', 'ansi'],
          description:
            'Encoding in memory. ansi is the code page of the A functions on Windows, and UTF-8 on other systems.',
        },
        capacity: {
          $ref: '#/$defs/extent',
          description:
            'Size of the buffer of an out parameter in characters, including the terminator, or the parameter that holds it.',
        },
      },
    },
    resolve: ({ string: encoding, capacity }) => ({ kind: 'string', encoding, capacity }),
    inC: ({ string: encoding, capacity }, declarator) => textInC(encoding, capacity, declarator),
  },
  placeProblems: ({ capacity }, { name, direction, allocated }) =>
    direction === 'in' || capacity !== undefined || (direction === 'out' && allocated)
      ? []
      : [{ at: [], message: `the ${direction} string '${name}' needs a capacity, the size of its buffer` }],
  constant: {
    problem: (_shape, written) =>
      typeof written === 'string' ? undefined : 'the constant of a string must be a string',
    value: (_shape, written) => written,
  },
  argumentProblem: (_shape, written) =>
    typeof written === 'string' ? undefined : `${JSON.stringify(written)} is not a text`,

  /** An empty string still has its terminator. */
  elements: ({ capacity }, direction) => (direction !== 'in' && typeof capacity === 'number' ? capacity : 1),
  isText: true,
  codec: ({ encoding, capacity }, residence, machine) => {
    if (typeof capacity === 'number' && residence === 'memory') return charactersCodec(encoding, capacity, machine);
    if (capacity !== undefined && openEnd(capacity)) return endCodec(encoding, capacity, machine);
    if (residence === 'memory') return inMemoryCodec(encoding, machine);
    return encoding === 'ansi' && machine.ansi ? ansiPointerCodec(machine.ansi) : pointerCodec(encoding);
  },
  counted: ({ encoding, capacity }, machine) => {
    const by = countedBy(capacity);
    return (
      by && {
        by,
        elementSize: bytesOf(encoding),
        toBytes: (value, place) => bytesFrom(terminable(value, place), encoding, machine),
        fromBytes: (memory) => textIn(memory, encoding, machine),
      }
    );
  },

  decode: (_shape, json) => decodedText(json),
  encode: (_shape, value) => value as string | null,
  example: ({ capacity }) => 'sample'.slice(0, typeof capacity === 'number' ? Math.max(0, capacity - 1) : undefined),
  schema: () => ({ type: 'string' }),
  inResource: 'key',

  inWords: ({ encoding, capacity }, use) =>
    typeof capacity === 'number'
      ? `${textInWords(encoding, use)}, of at most ${capacity - 1} characters`
      : textInWords(encoding, use),
  powershellType: () => 'string',
  sample: () => 'sample',
};

/** A pointer to a string; null is NULL. */
function pointerCodec(encoding: StringEncoding): Codec {
  return {
    type: encoding === 'utf16' ? 'text16' : 'text8',
    toNative: (value, place) => (value === null ? null : terminable(value, place)),
    fromNative: (raw) => raw as string | null,
  };
}

/** A pointer to a string, inside a struct or an array. Strings of inputs are copied to memory of the call. */
function inMemoryCodec(encoding: StringEncoding, machine: Machine): Codec {
  return {
    type: 'memory',
    toNative: (value, place, memory) => {
      if (value === null) return null;
      const bytes = bytesFrom(terminable(value, place), encoding, machine);
      return memory.keep(Buffer.concat([bytes, Buffer.alloc(bytesOf(encoding))]));
    },
    fromNative: (raw, memory) => (raw === null ? null : memory.text(raw, encoding)),
  };
}

/** A pointer to a string in the ANSI code page of Windows. */
function ansiPointerCodec({ encode, read }: CodePage): Codec {
  return {
    type: 'memory',
    toNative: (value, place) =>
      value === null ? null : Buffer.concat([encode(terminable(value, place)), Buffer.of(0)]),
    fromNative: (raw) => (raw === null ? null : read(raw)),
  };
}

/** `capacity` inline characters, including the terminator; reading ends at the terminator or at the capacity. */
function charactersCodec(encoding: StringEncoding, capacity: number, machine: Machine): Codec {
  const isAnsi = encoding === 'ansi' && machine.ansi !== undefined;
  return {
    type: isAnsi
      ? { array: 'uint8', length: capacity }
      : { characters: encoding === 'utf16' ? 16 : 8, length: capacity },
    toNative: (value, place) => {
      const given = terminable(value, place);
      const memory = bytesFrom(given, encoding, machine);
      if (memory.length / bytesOf(encoding) >= capacity)
        throw unfit(place, value, `at most ${capacity - 1} characters in ${encoding}`);
      return isAnsi ? [...memory, ...new Array<number>(capacity - memory.length).fill(0)] : given;
    },
    fromNative: (raw) =>
      isAnsi ? textIn(Uint8Array.from(raw as readonly number[]), encoding, machine) : (raw as string),
  };
}

/** Characters at the end of a struct; their number does not include a terminator. */
function endCodec(encoding: StringEncoding, capacity: Extent, machine: Machine): Codec {
  const size = bytesOf(encoding);
  return openEndCodec(capacity, {
    type: { array: size === 2 ? 'uint16' : 'uint8', length: 1 },
    size: () => size,
    lengthOf: (value) => (typeof value === 'string' ? bytesFrom(value, encoding, machine).length / size : 0),
    toNative: (value, place) => ({
      type: 'uint8',
      values: [...bytesFrom(terminable(value, place), encoding, machine)],
    }),
    read: (start, count, memory) => textIn(memory.bytes(start, count * size), encoding, machine),
  });
}
