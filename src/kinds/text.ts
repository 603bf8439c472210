/** NUL-terminated strings in UTF-16 or UTF-8: a pointer to one, or a buffer for a number of characters. */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { StringEncoding } from '../definition/types.js';
import { ValueError } from './json.js';
import type { Codec, Kind } from './kind.js';
import { unfit } from './unfit.js';
import { scalarLayout } from './whole-number.js';

export interface TextShape {
  readonly kind: 'string';
  readonly encoding: StringEncoding;
  /** Characters of the buffer, including the terminator; undefined for a pointer to a string of any length. */
  readonly capacity: number | undefined;
}

const bytesOf = (encoding: StringEncoding) => (encoding === 'utf16' ? 2 : 1);

export const text: Kind<TextShape> = {
  name: 'string',
  builtIns: {
    LPCWSTR: () => ({ kind: 'string', encoding: 'utf16', capacity: undefined }),
    LPCSTR: () => ({ kind: 'string', encoding: 'utf8', capacity: undefined }),
  },
  composite: {
    key: 'string',
    resolve: ({ string: encoding, capacity }) => ({ kind: 'string', encoding, capacity }),
  },
  placeProblems: ({ capacity }, { name, direction }) =>
    direction === 'in' || capacity !== undefined
      ? []
      : [{ at: [], message: `the ${direction} string '${name}' needs a capacity, the size of its buffer` }],
  constant: {
    problem: (_shape, written) =>
      typeof written === 'string' ? undefined : 'the constant of a string must be a string',
    value: (_shape, written) => written,
  },
  argumentProblem: (_shape, written) =>
    typeof written === 'string' ? undefined : `${JSON.stringify(written)} is not a text`,
  returns: ({ capacity }) => (capacity === undefined ? ['lastErrorIfZero'] : undefined),

  layout: ({ encoding, capacity }) =>
    capacity === undefined ? scalarLayout(64) : { size: capacity * bytesOf(encoding), alignment: bytesOf(encoding) },
  passing: 'pointer',
  /** An empty string still has its terminator. */
  elements: ({ capacity }, direction) => (direction === 'in' ? 1 : (capacity ?? 1)),
  isText: true,
  codec: ({ encoding, capacity }, residence) =>
    capacity !== undefined && residence === 'memory' ? charactersCodec(encoding, capacity) : pointerCodec(encoding),

  decode(_shape, json) {
    if (typeof json !== 'string') throw new ValueError(`must be a string, not ${show(json)}`);
    if (json.includes('\0')) throw new ValueError('must not hold a NUL character, which would end the string early');
    if (!json.isWellFormed()) throw new ValueError('must not hold an unpaired surrogate, which no encoding can carry');
    return json;
  },
  encode: (_shape, value) => value as string | null,
  schema: () => ({ type: 'string' }),
  inResource: 'key',

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

/** `capacity` inline characters, including the terminator; reading ends at the terminator or at the capacity. */
function charactersCodec(encoding: StringEncoding, capacity: number): Codec {
  return {
    type: { characters: encoding === 'utf16' ? 16 : 8, length: capacity },
    toNative: (value, place) => {
      const given = terminable(value, place);
      const length = encoding === 'utf16' ? given.length : Buffer.byteLength(given);
      if (length >= capacity) throw unfit(place, value, `at most ${capacity - 1} characters in ${encoding}`);
      return given;
    },
    fromNative: (raw) => raw as string,
  };
}

/** Rejects a string that contains NUL, which C would truncate there. */
function terminable(value: NativeValue | undefined, place: string): string {
  if (typeof value !== 'string' || value.includes('\0')) throw unfit(place, value, 'a string without NUL characters');
  return value;
}
