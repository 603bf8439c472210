/** Bit fields, beside what a C compiler makes of the same declarations: by the rules of Linux, and by those of Windows. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import koffi from 'koffi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import type { NativeValue } from '../../src/definition/execution.js';
import { parsePrototypes } from '../../src/definition/prototype/index.js';
import { kindOf, type NamedTypes, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { codecOf, knownType } from '../../src/native/marshal.js';
import { memoryOfCall } from '../../src/native/memory-of-call.js';
import { type NativeLibrary, nativeLibrary, replyOf } from '../support/native-bridge.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet-bits-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Drawn {
  readonly type: string;
  readonly width: number;
  readonly isSigned: boolean;
  /** Undefined for a whole number; 0 closes the unit. */
  readonly bits: number | undefined;
  readonly isNamed: boolean;
  readonly value: bigint;
}

const TYPES = [
  ['uint8_t', 8, false],
  ['int8_t', 8, true],
  ['uint16_t', 16, false],
  ['int32_t', 32, true],
  ['uint32_t', 32, false],
  ['int64_t', 64, true],
  ['uint64_t', 64, false],
] as const;

const fieldOf = (types: readonly (readonly [string, number, boolean])[]): fc.Arbitrary<Drawn> =>
  fc.constantFrom(...types).chain(([type, width, isSigned]) =>
    fc.record({
      type: fc.constant(type),
      width: fc.constant(width),
      isSigned: fc.constant(isSigned),
      bits: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: width }), fc.integer({ min: 1, max: 5 })),
      isNamed: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
      value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    }),
  );
const list = (types: readonly (readonly [string, number, boolean])[]) =>
  fc.array(
    fieldOf(types).map((one) => ({ ...one, isNamed: one.bits === undefined || (one.bits > 0 && one.isNamed) })),
    { minLength: 1, maxLength: 7 },
  );
const structs = fc
  .record({
    pack: fc.constantFrom(0, 0, 0, 1, 2, 4, 8, 16),
    // Most structs have bit fields of one size.
    fields: fc.oneof(list(TYPES), ...[8, 16, 32, 64].map((width) => list(TYPES.filter(([, bits]) => bits === width)))),
  })
  .filter(({ fields }) => fields.some(({ isNamed }) => isNamed));

const drawnValue = ({ bits, width, isSigned, value }: Drawn) =>
  isSigned ? BigInt.asIntN(bits ?? width, value) : BigInt.asUintN(bits ?? width, value);
const named = (fields: readonly Drawn[]) =>
  fields.map((field, at) => ({ field, name: `f${at}` })).filter(({ field }) => field.isNamed);

/** A program that prints the size and the alignment of each struct, the place of each field, and the bytes with all values. */
function programOf(texts: readonly string[], drawn: readonly { readonly fields: readonly Drawn[] }[]): string {
  const printed = drawn.map(({ fields }, number) => {
    const set = ({ field, name }: { field: Drawn; name: string }, value: bigint) =>
      `s.${name} = (${field.type})${BigInt.asUintN(64, value)}ull;`;
    const places = named(fields).map((one) => `memset(&s, 0, sizeof s); ${set(one, -1n)} print(&s, sizeof s);`);
    const values = named(fields).map((one) => set(one, drawnValue(one.field)));
    return `{ struct s${number} s; printf("%zu %zu", sizeof s, _Alignof(struct s${number})); ${places.join(' ')}
      memset(&s, 0, sizeof s); ${values.join(' ')} print(&s, sizeof s); printf("\\n"); }`;
  });
  return `#include <stdint.h>\n#include <stdio.h>\n#include <string.h>\n${texts.join('\n')}
static void print(const void *memory, size_t size) {
  printf(" ");
  for (size_t at = 0; at < size; at++) printf("%02x", ((const unsigned char *)memory)[at]);
}
int main(void) { ${printed.join('\n')} return 0; }`;
}

const compiled = (name: string, source: string, ...flags: string[]): string[] => {
  const file = path.join(directory, `${name}.c`);
  const program = path.join(directory, name);
  writeFileSync(file, source);
  execFileSync('gcc', ['-w', ...flags, '-o', program, file]);
  return execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
};

it.skipIf(process.arch !== 'x64')('random structs are as C makes them on Linux and on Windows, or are refused', () => {
  const drawn = fc.sample(structs, { numRuns: 600, seed: 20261129 });
  const texts = drawn.map(({ pack, fields }, number) => {
    const body = fields.map(
      ({ type, bits, isNamed }, at) => `${type}${isNamed ? ` f${at}` : ''}${bits === undefined ? '' : ` : ${bits}`};`,
    );
    const text = `struct s${number} { ${body.join(' ')} };`;
    return pack === 0 ? text : `#pragma pack(push, ${pack})\n${text}\n#pragma pack(pop)`;
  });
  const source = programOf(texts, drawn);
  const linux = compiled('linux', source);
  const windows = compiled('windows', source, '-mms-bitfields');
  let taken = 0;
  texts.forEach((text, number) => {
    const { fields } = drawn[number] as (typeof drawn)[number];
    const { types } = parsePrototypes(text);
    const spec = (types as NamedTypes)[`s${number}`] as NamedTypes[string];
    const shape = resolveShape(spec, {});
    const problems = kindOf(shape).problems?.(shape, spec) ?? [];
    const hasUnnamed = fields.some(({ isNamed }) => !isNamed);
    if (problems.length > 0) {
      if (!hasUnnamed) expect(linux[number], text).not.toBe(windows[number]);
      return;
    }
    taken += 1;
    expect(linux[number], text).toBe(windows[number]);
    const told = (linux[number] ?? '').split(' ');
    const codec = codecOf(shape, 'memory');
    expect([sizeOf(shape), codec.type.size, kindOf(shape).layout(shape).alignment], text).toEqual([
      Number(told[0]),
      Number(told[0]),
      Number(told[1]),
    ]);
    const values = Object.fromEntries(
      named(fields).map(({ field, name }) => [name, field.width > 32 ? drawnValue(field) : Number(drawnValue(field))]),
    ) as unknown as NativeValue;
    const memory = memoryOfCall(knownType);
    const buffer = Buffer.alloc(codec.type.size);
    koffi.encode(buffer, codec.type, codec.toNative(values, 'Value', memory));
    expect(buffer.toString('hex'), text).toBe(told.at(-1));
    const given = Buffer.from(told.at(-1) ?? '', 'hex');
    expect(codec.fromNative(koffi.decode(given, codec.type), memory), text).toEqual(values);
  });
  expect(taken).toBeGreaterThan(200);
});

describe('a struct with bit fields', () => {
  const FIELDS =
    'uint32_t fBinary : 1; BOOL fParity : 1; uint32_t fDtr : 2; int32_t level : 4; uint32_t : 24; uint16_t a : 3; uint16_t : 0; uint16_t b : 9; uint16_t c : 7; uint64_t wide : 40; uint64_t rest : 24;';
  const C = `
typedef int BOOL;
#include "standin.h"
typedef struct { uint32_t length; ${FIELDS} } Control;
EXPORT int Turn(const Control *from, Control *control) {
  int isSized = from->length == sizeof(Control) && control->length == sizeof(Control);
  *control = *from;
  control->fBinary = !control->fBinary; control->fParity = !control->fParity; control->fDtr++; control->level = -control->level;
  control->b++; control->wide++;
  return isSized;
}
EXPORT int Lowest(const void *control) { return (int)(((const uint32_t *)control)[1] >> 8); }`;
  const DEFINITION = {
    name: 'Bits',
    library: { linux: 'bits.so', location: 'module' },
    types: [`typedef struct { [size] uint32_t length; ${FIELDS} } Control;`],
    functions: [
      'int Turn([in] const Control *from, [out] Control *control);',
      'int Lowest([in] const Control *control);',
    ],
    cmdlets: { 'Get-Turned': 'Turn', 'Get-Lowest': 'Lowest' },
  };
  let library: NativeLibrary;
  beforeAll(async () => {
    library = await nativeLibrary(C, DEFINITION);
  });
  afterAll(() => library.remove());
  const call = (method: string, params: Json) => replyOf(library.newBridge(), method, params);
  const given = {
    fBinary: 1,
    fParity: true,
    fDtr: 2,
    level: -7,
    a: 5,
    b: 510,
    c: 127,
    wide: '1099511627774',
    rest: '7',
  };

  it('arrives and comes back as it is, each field by its name', async () => {
    expect(await call('Turn', { from: given })).toHaveProperty('result', {
      Value: 1,
      control: { ...given, fBinary: 0, fParity: false, fDtr: 3, level: 7, b: 511, wide: '1099511627775' },
    });
  });

  it('has zeros in the bits without a name', async () => {
    expect(await call('Lowest', { control: given })).toHaveProperty('result', { Value: 0 });
  });

  it.each([
    ['fBinary', 2, 'from 0 to 1'],
    ['fDtr', -1, 'from 0 to 3'],
    ['level', 8, 'from -8 to 7'],
    ['wide', '1099511627776', 'from 0 to 1099511627775'],
    ['fParity', 1, 'must be true or false'],
  ])('does not take a value of %s that its bits do not hold', async (name, value, message) => {
    const reply = await call('Turn', { from: { ...given, [name]: value } });
    expect(reply).toMatchObject({
      error: { message: expect.stringContaining(message), data: { id: 'InvalidParameter' } },
    });
  });
});
