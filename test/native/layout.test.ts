/** The memory of structs and unions, beside what a C compiler makes of the same declarations. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { parsePrototypes } from '../../src/definition/prototype/index.js';
import { type NamedTypes, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { codecOf } from '../../src/native/marshal.js';
import { type NativeLibrary, nativeLibrary, replyOf } from '../support/native-bridge.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet-layout-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const SCALARS = ['uint8_t', 'int16_t', 'uint32_t', 'int64_t', 'float', 'double', 'char *'] as const;

/** Structs for which .NET has a type, as the headers have them. */
const STANDARD_C = `
#include <netinet/in.h>
#include <sys/socket.h>
typedef struct { uint32_t Data1; uint16_t Data2, Data3; uint8_t Data4[8]; } GUID;
typedef struct { uint32_t dwLowDateTime, dwHighDateTime; } FILETIME;
typedef struct { uint16_t wYear, wMonth, wDayOfWeek, wDay, wHour, wMinute, wSecond, wMilliseconds; } SYSTEMTIME;
typedef struct in_addr IN_ADDR;
typedef struct in6_addr IN6_ADDR;
typedef struct sockaddr_in SOCKADDR_IN;
typedef struct sockaddr_in6 SOCKADDR_IN6;
typedef struct sockaddr_storage SOCKADDR_STORAGE;
`;
const isLinux = process.platform === 'linux';
const STANDARD = isLinux ? [...STANDARD_C.matchAll(/\w+(?=;$)/gm)].map(([name]) => name) : [];

const scalar = fc.constantFrom(...SCALARS, ...STANDARD).map((type) => (name: string) => `${type} ${name};`);
const array = fc
  .tuple(fc.constantFrom('uint8_t', 'int16_t', 'double', ...STANDARD), fc.integer({ min: 2, max: 5 }))
  .map(
    ([type, length]) =>
      (name: string) =>
        `${type} ${name}[${length}];`,
  );
const union = fc
  .array(fc.constantFrom(...SCALARS, ...STANDARD), { minLength: 1, maxLength: 3 })
  .map(
    (types) => (name: string) => `[use(a0)] union { ${types.map((type, at) => `${type} a${at};`).join(' ')} } ${name};`,
  );
const inner = fc
  .array(scalar, { minLength: 1, maxLength: 3 })
  .map((fields) => (name: string) => `struct { ${fields.map((field, at) => field(`b${at}`)).join(' ')} } ${name};`);
/** The number of elements at the end of the struct, and these. */
const end = fc
  .constantFrom('uint8_t', 'int16_t', 'double', 'struct { char c; int64_t d; }', ...STANDARD)
  .map((type) => [() => 'uint32_t n;', (name: string) => `[count(n)] ${type} ${name}[1];`]);
const structs = fc
  .record({
    pack: fc.constantFrom(0, 1, 2, 4, 8),
    before: fc.array(fc.oneof(scalar, array, union, inner), { minLength: 1, maxLength: 6 }),
    end: fc.option(end),
  })
  .map(({ pack, before, end }) => ({ pack, fields: [...before, ...(end ?? [])] }));

/** C has no marks. */
const withoutMarks = (text: string) => text.replaceAll(/\[(use|count)\(\w+\)\] /g, '');
const nameOf = (field: (name: string) => string, at: number) => (field('') === 'uint32_t n;' ? 'n' : `f${at}`);

it('random structs have the size and the offsets of C', () => {
  const drawn = fc.sample(structs, { numRuns: 150, seed: 20261129 });
  const texts = drawn.map(({ pack, fields }, number) => {
    const body = fields.map((field, at) => field(`f${at}`)).join(' ');
    return `#pragma pack(push, ${pack || 16})\nstruct s${number} { ${body} };\n#pragma pack(pop)`;
  });
  expect(STANDARD.filter((type) => !texts.some((text) => text.includes(` ${type} `)))).toEqual([]);
  const printed = drawn.map(({ fields }, number) => {
    const offsets = fields
      .map((field, at) => `printf(" %zu", offsetof(struct s${number}, ${nameOf(field, at)}));`)
      .join(' ');
    return `printf("%zu", sizeof(struct s${number})); ${offsets} printf("\\n");`;
  });
  const source = path.join(directory, 'layout.c');
  const program = path.join(directory, 'layout');
  const headers = `#include <stddef.h>\n#include <stdint.h>\n#include <stdio.h>\n${isLinux ? STANDARD_C : ''}`;
  writeFileSync(
    source,
    `${headers}${texts.map(withoutMarks).join('\n')}\nint main(void) { ${printed.join('\n')} return 0; }`,
  );
  execFileSync('gcc', ['-o', program, source]);
  const told = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
  texts.forEach((text, number) => {
    const { types } = parsePrototypes(text);
    const shape = resolveShape({ type: `s${number}` }, types as NamedTypes);
    const { type } = codecOf(shape, 'memory');
    const members = Object.values((type as unknown as { members: Record<string, { offset: number }> }).members);
    expect([[sizeOf(shape), type.size, ...members.map(({ offset }) => offset)], text]).toEqual([
      [Number(told[number]?.split(' ')[0]), ...(told[number] ?? '').split(' ').map(Number)],
      text,
    ]);
  });
});

describe('a packed struct with unions', () => {
  const C = `
#include "standin.h"
#pragma pack(push, 1)
typedef struct { uint8_t kind; union { uint32_t number; double real; } u; union { struct { uint8_t low, high; }; uint16_t word; } w; } Packed;
#pragma pack(pop)
EXPORT int Turn(const Packed *in, Packed *out) {
  out->kind = in->kind + 1; out->u.real = 0; out->u.number = in->u.number + 1; out->w.word = (uint16_t)(in->w.word << 8 | in->w.word >> 8);
  return sizeof(Packed);
}`;
  const DEFINITION = {
    name: 'Packed',
    library: { linux: 'packed.so', location: 'module' },
    types: [
      '#pragma pack(push, 1)\ntypedef struct { uint8_t kind; [use(number)] union { uint32_t number; double real; } u; [use(word)] union { struct { uint8_t low, high; }; uint16_t word; }; } Packed;\n#pragma pack(pop)',
    ],
    functions: ['int Turn([in] const Packed *in, [out] Packed *out);'],
    cmdlets: { 'Get-Turned': 'Turn' },
  };
  let library: NativeLibrary;
  beforeAll(async () => {
    library = await nativeLibrary(C, DEFINITION);
  });
  afterAll(() => library.remove());
  const call = (params: Json) => replyOf(library.newBridge(), 'Turn', params);

  it('arrives and comes back as it is', async () => {
    const number = fc.integer({ min: 0, max: 2 ** 32 - 2 });
    await fc.assert(
      fc.asyncProperty(fc.nat(254), number, fc.nat(0xffff), async (kind, u, word) => {
        const turned = ((word << 8) & 0xffff) | (word >> 8);
        expect(await call({ in: { kind, u, word } })).toHaveProperty('result', {
          Value: 11,
          out: { kind: kind + 1, u: u + 1, word: turned },
        });
      }),
    );
  });
});
