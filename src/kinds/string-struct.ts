/**
 * UNICODE_STRING and ANSI_STRING: structs with a text that does not end with a NUL, its length and its capacity in
 * bytes. The value is the text.
 *
 * Source: "UNICODE_STRING structure (ntdef.h)" and "LSA_STRING structure (ntsecapi.h)" on learn.microsoft.com. Length
 * does not include a terminating NUL. MaximumLength is the size of Buffer; RtlInitUnicodeString includes the NUL in it.
 */

import type { StringEncoding } from '../definition/types.js';
import { kept, textAt } from './counted-text.js';
import { bytesOf, decodedText, terminable } from './encoded.js';
import { textInWords } from './in-words.js';
import type { Kind } from './kind.js';
import { unfit } from './unfit.js';

export interface StringStructShape {
  readonly kind: 'stringStruct';
  readonly encoding: StringEncoding;
}

/** The maximum of MaximumLength, in bytes. */
const MOST_BYTES = 0xffff;

export const stringStruct: Kind<StringStructShape> = {
  name: 'stringStruct',
  builtIns: {
    UNICODE_STRING: () => ({ kind: 'stringStruct', encoding: 'utf16' }),
    ANSI_STRING: () => ({ kind: 'stringStruct', encoding: 'ansi' }),
  },
  namesInC: {
    UNICODE_STRING: '_UNICODE_STRING LSA_UNICODE_STRING _LSA_UNICODE_STRING',
    ANSI_STRING: 'LSA_STRING _LSA_STRING STRING',
  },
  placeProblems: (_shape, { name, allocated }) =>
    allocated
      ? [{ at: ['allocated'], message: `'${name}' is a struct, not a pointer to memory that the function allocates` }]
      : [],

  layout: () => ({ size: 16, alignment: 8 }),
  passing: 'value',
  isPointer: () => true,
  isText: true,
  codec: ({ encoding }, _residence, machine) => ({
    type: {
      struct: [
        ['Length', 'uint16'],
        ['MaximumLength', 'uint16'],
        ['Buffer', 'memory'],
      ],
    },
    toNative: (value, place, memory) => {
      if (value === null) return { Length: 0, MaximumLength: 0, Buffer: null };
      const { pointer, bytes } = kept(terminable(value, place), encoding, machine, memory);
      const room = bytes + bytesOf(encoding);
      if (room > MOST_BYTES)
        throw unfit(place, value, `a text of at most ${MOST_BYTES} bytes in ${encoding}, its NUL included`);
      return { Length: bytes, MaximumLength: room, Buffer: pointer };
    },
    fromNative: (raw, memory) => {
      const { Length, Buffer: pointer } = raw as { readonly Length: number; readonly Buffer: unknown };
      return textAt(pointer, Length, encoding, machine, memory);
    },
  }),

  decode: (_shape, json) => decodedText(json),
  encode: (_shape, value) => value as string | null,
  schema: () => ({ type: 'string' }),

  inWords: ({ encoding }, use) => textInWords(encoding, use),
  powershellType: () => 'string',
  sample: () => 'sample',
};
