/**
 * The plain kinds of values that a function can take: their C type, test values, and the bytes that the function then receives.
 */
import fc from 'fast-check';

export interface Kind {
  readonly name: string;
  /** Its type in a definition; for counted memory, a function of the name of the count parameter. */
  readonly type: unknown;
  /** Other members of the parameter in the definition. */
  readonly place?: object;
  /** True for memory whose count follows it: `pn` in C. */
  readonly isCounted?: true;
  /** The declaration of the parameter in C, without its name. */
  readonly c: string;
  /** C statements that mix the parameter `p` into the digest `d`. */
  readonly mix: (parameter: string) => string;
  /** Values as JSON. 64-bit values are decimal texts, which PowerShell converts to numbers. */
  readonly values: fc.Arbitrary<unknown>;
  /** Returns the bytes of a value that `mix` mixes in. */
  readonly bytes: (value: never) => Uint8Array;
  /** Returns the PowerShell code of a JSON value. Absent: the value itself. */
  readonly written?: (value: string) => string;
  /** Returns the value of the cmdlet's parameter. Absent: the value itself. */
  readonly held?: (value: unknown) => unknown;
  /** Returns the value that a call returns. Absent: the value itself. */
  readonly told?: (value: unknown) => unknown;
  /** True if any pipeline object is accepted as a value. */
  readonly takesAny?: true;
  /** True if a pipeline of plain values can supply it, which requires a single parameter. */
  readonly isByValue?: true;
  /**
   * How a function returns a value of this kind: the type of the result, its C type, and the statement that copies `p`
   * to `copy`.
   */
  readonly copy?: { readonly type: unknown; readonly place?: object; readonly c: string; readonly statement: string };
}

/** The named types that the kinds use. */
export const KIND_TYPES = {
  Colour: { type: { enum: { Red: 0, Green: 7, Blue: 4_294_967_295 }, base: 'ULONG' } },
  Point: {
    type: {
      struct: [
        { name: 'X', type: 'LONG' },
        { name: 'Y', type: 'ULONG64' },
      ],
    },
  },
};

/** The C declarations that the kinds need. */
export const KIND_PROLOGUE = `
#include <stdint.h>
#include <string.h>
#include "standin.h"
typedef struct { int32_t x; uint64_t y; } point;
static uint64_t mix(uint64_t digest, const void *bytes, size_t count) {
    for (size_t index = 0; index < count; index++) digest = (digest ^ ((const uint8_t *)bytes)[index]) * 1099511628211u;
    return digest;
}
static size_t length16(const uint16_t *text) { size_t count = 0; while (text[count]) count++; return count; }
`;

/** 64-bit FNV-1a, as in the C function above. */
export function digestOf(values: readonly Uint8Array[]): bigint {
  let digest = 14_695_981_039_346_656_037n;
  for (const bytes of values) {
    for (const byte of bytes) digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 1_099_511_628_211n);
  }
  return digest;
}

export const KINDS: readonly Kind[] = [
  integer('CHAR', 'int8_t', 8, true),
  integer('BYTE', 'uint8_t', 8, false),
  integer('SHORT', 'int16_t', 16, true),
  integer('USHORT', 'uint16_t', 16, false),
  integer('LONG', 'int32_t', 32, true),
  integer('ULONG', 'uint32_t', 32, false),
  integer('LONG64', 'int64_t', 64, true),
  integer('ULONG64', 'uint64_t', 64, false),
  integer('LONG_PTR', 'intptr_t', 64, true),
  integer('SIZE_T', 'size_t', 64, false),
  { ...integer('HANDLE', 'void *', 64, true), type: 'HANDLE' },
  { ...scalar('BOOL', 'int32_t', fc.boolean(), (value: boolean) => little(BigInt(value), 4)) },
  { ...scalar('BOOLEAN', 'uint8_t', fc.boolean(), (value: boolean) => little(BigInt(value), 1)) },
  {
    ...scalar('FLOAT', 'float', real(true), (value: number) => new Uint8Array(new Float32Array([value]).buffer)),
    isByValue: true,
  },
  {
    ...scalar('DOUBLE', 'double', real(false), (value: number) => new Uint8Array(new Float64Array([value]).buffer)),
    isByValue: true,
  },
  text('LPCSTR', 'char', 'utf8', 'strlen', (value) => Buffer.from(value, 'utf8')),
  text('LPCWSTR', 'uint16_t', 'utf16', 'length16', (value) => Buffer.from(value, 'utf16le')),
  scalar('Colour', 'uint32_t', fc.constantFrom('Red', 'Green', 'Blue'), (value: string) =>
    little(BigInt(KIND_TYPES.Colour.type.enum[value as 'Red']), 4),
  ),
  {
    name: 'Point',
    type: 'Point',
    c: 'point ',
    mix: (p) => `d = mix(mix(d, &${p}.x, 4), &${p}.y, 8);`,
    values: fc.record({ X: whole(32, true), Y: whole(64, false) }),
    bytes: ({ X, Y }: { X: number; Y: string }) => Buffer.concat([little(BigInt(X), 4), little(BigInt(Y), 8)]),
    written: (value) => `@{ X = ${value}.X; Y = "$(${value}.Y)" }`,
    copy: { type: 'Point', c: 'point *', statement: '*copy = p;' },
  },
  {
    name: 'Array',
    type: { array: 'USHORT', length: 3 },
    c: 'const uint16_t *',
    mix: (p) => `d = mix(d, ${p}, 6);`,
    values: fc.tuple(whole(16, false), whole(16, false), whole(16, false)),
    bytes: (value: number[]) => Buffer.concat(value.map((one) => little(BigInt(one), 2))),
    copy: { type: { array: 'USHORT', length: 3 }, c: 'uint16_t *', statement: 'memcpy(copy, p, 6);' },
  },
];

function integer(name: string, c: string, bits: number, isSigned: boolean): Kind {
  const bytes = (value: number | string) => little(BigInt(value), bits / 8);
  return {
    ...scalar(name, c, whole(bits, isSigned), bytes),
    ...(bits === 64 && { written: (value: string) => `"$(${value})"` }),
    isByValue: true,
  };
}

function scalar<T>(name: string, c: string, values: fc.Arbitrary<T>, bytes: (value: T) => Uint8Array): Kind {
  return {
    name,
    type: name,
    c: `${c} `,
    mix: (p) => `d = mix(d, &${p}, sizeof ${p});`,
    values,
    bytes,
    copy: { type: name, c: `${c} *`, statement: '*copy = p;' },
  };
}

function text(name: string, c: string, encoding: string, count: string, bytes: (value: string) => Uint8Array): Kind {
  return {
    name,
    type: name,
    c: `const ${c} *`,
    mix: (p) => `d = mix(d, ${p}, ${count}(${p}) * sizeof *${p});`,
    values: fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 6 })).filter(isPlain),
    bytes,
    copy: {
      type: { string: encoding, capacity: 128 },
      c: `${c} *`,
      statement: `memcpy(copy, p, (${count}(p) + 1) * sizeof *p);`,
    },
  };
}

/** True for text without NUL, and without anything that ConvertFrom-Json converts to a date. */
function isPlain(value: string): boolean {
  return !value.includes('\0') && !/^\d{4}-/.test(value) && value.isWellFormed();
}

/** Whole numbers, including the limits and zero; 64-bit numbers are texts. */
export function whole(bits: number, isSigned: boolean): fc.Arbitrary<number | string> {
  const min = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
  const max = isSigned ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  const values = fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max, max - 1n, 0n, 1n));
  return values.map((value) => (bits === 64 ? String(value) : Number(value)));
}

function real(isSingle: boolean): fc.Arbitrary<number> {
  const limits = { noNaN: true, noDefaultInfinity: true };
  const numbers = isSingle ? fc.float(limits) : fc.double(limits);
  // JavaScript and .NET format negative zero differently, and ConvertFrom-Json rounds whole numbers of more than 64
  // bits towards zero.
  return numbers.map((value) => value + 0).filter((value) => !/^-?\d{19,}$/.test(String(value)));
}

export function little(value: bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => Number(BigInt.asUintN(8, value >> BigInt(8 * index))));
}
