/** Structs, enums and typedefs, and what one text can say to the next. */
import { describe, expect, it } from 'vitest';
import { joinKnown, type LongType, parsePrototypes } from '../../../src/definition/prototype/index.js';
import { builtInNames, kindOf, resolveShape } from '../../../src/kinds/index.js';

/** The named types of a text. */
const typesOf = (text: string) =>
  Object.fromEntries(Object.entries(parsePrototypes(text).types).map(([name, { type }]) => [name, type]));

const struct = (fields: Readonly<Record<string, LongType>>): LongType => ({
  struct: Object.entries(fields).map(([name, type]) => ({ name, type })),
});

type Row = readonly [text: string, types: Readonly<Record<string, LongType>>];

const TYPES: readonly Row[] = [
  ['typedef unsigned long uLong;', {}],
  ['typedef unsigned long int count_t;', { count_t: 'unsigned long' }],
  ['typedef DWORD ACCESS, *PACCESS;', { ACCESS: 'DWORD' }],
  ['typedef struct tagP { LONG x, y; } P, *PP, FAR *LPP;', { P: struct({ x: 'LONG', y: 'LONG' }) }],
  [
    'struct pair { int a; unsigned char b[4]; char name[16]; WCHAR wide[8]; };',
    {
      pair: struct({
        a: 'int',
        b: { array: 'unsigned char', length: 4 },
        name: { string: 'utf8', capacity: 16 },
        wide: { string: 'utf16', capacity: 8 },
      }),
    },
  ],
  [
    'struct value { DWORD Type; [switch_is(Type)] union { [case(1, 2)] DWORD Number; [case(REG), optional] LPWSTR Text; [default] BYTE Raw[8]; } u; [switch_is(Type)] union { [default] int n; }; };\n#define REG 7',
    {
      value: {
        struct: [
          { name: 'Type', type: 'DWORD' },
          {
            name: 'u',
            type: {
              union: [
                { name: 'Number', type: 'DWORD', case: [1, 2] },
                { name: 'Text', type: 'LPCWSTR', optional: true, case: [7] },
                { name: 'Raw', type: { array: 'BYTE', length: 8 }, default: true },
              ],
              switch: 'Type',
            },
          },
          { name: 'Anonymous', type: { union: [{ name: 'n', type: 'int', default: true }], switch: 'Type' } },
        ],
      },
    },
  ],
  [
    'struct bits { DWORD a : 1; DWORD : 3; DWORD b : 2; [constant(1)] BOOL c : 1; DWORD : 0; DWORD : 5; };',
    {
      bits: {
        struct: [
          { name: 'a', type: 'DWORD', bits: 1 },
          { name: 'UnnamedBits', type: 'DWORD', bits: 3, padding: true },
          { name: 'b', type: 'DWORD', bits: 2 },
          { name: 'c', type: 'BOOL', bits: 1, constant: 1 },
          { name: 'UnnamedBits2', type: 'DWORD', bits: 0, padding: true },
          { name: 'UnnamedBits3', type: 'DWORD', bits: 5, padding: true },
        ],
      },
    },
  ],
  [
    'struct grid { [ansi] char text[8]; int cells[2][3]; };',
    {
      grid: struct({ text: { string: 'ansi', capacity: 8 }, cells: { array: { array: 'int', length: 3 }, length: 2 } }),
    },
  ],
  [
    'struct fixed { [constant(0x10 | 2)] int version; int n; };',
    {
      fixed: {
        struct: [
          { name: 'version', type: 'int', constant: 18 },
          { name: 'n', type: 'int' },
        ],
      },
    },
  ],
  ['typedef struct foo *FOO;', { FOO: 'HANDLE' }],
  ['typedef void *OPAQUE;', { OPAQUE: 'HANDLE' }],
  ['typedef struct sqlite3 sqlite3;', {}],
  ['DECLARE_HANDLE(HTHING);', { HTHING: 'HANDLE' }],
  ['typedef HANDLE HMINE, *PHMINE;', { HMINE: 'HANDLE' }],
  ['typedef char name_t[32];', { name_t: { string: 'utf8', capacity: 32 } }],
  [
    "typedef enum { Red, Green = 5, Blue, Old = Red | 0x10, Bit = (1 << 3) | 1, Letter = 'b', } Colour;",
    { Colour: { enum: { Red: 0, Green: 5, Blue: 6, Old: 16, Bit: 9, Letter: 98 }, base: 'INT' } },
  ],
  ['enum Wide { Big = 0x80000000 };', { Wide: { enum: { Big: 2147483648 }, base: 'UINT' } }],
  ['enum Signed { Less = -1, Not = ~0 };', { Signed: { enum: { Less: -1, Not: -1 }, base: 'INT' } }],
  ['enum Cast { A = (DWORD)0x10L, B = 010, C = 7 / 2 % 2 };', { Cast: { enum: { A: 16, B: 8, C: 1 }, base: 'INT' } }],
  ['enum Based : BYTE { One = 1 };', { Based: { enum: { One: 1 }, base: 'BYTE' } }],
  ['[flags] typedef enum { Read = 1, Write = 2 } Access;', { Access: { flags: { Read: 1, Write: 2 }, base: 'UINT' } }],
  [
    'typedef enum Mode : DWORD { A = 1 } Mode; DEFINE_ENUM_FLAG_OPERATORS(Mode)',
    { Mode: { flags: { A: 1 }, base: 'DWORD' } },
  ],
  [
    '#define LENGTH (8 + 2) // of a name\nstruct named { CHAR name[LENGTH]; };',
    { named: struct({ name: { string: 'utf8', capacity: 10 } }) },
  ],
  [
    'struct outer { struct { int x; } inner; struct { int y; }; struct { int z; }; PVOID data; HWND window; FILE *file; };',
    {
      outer: struct({
        inner: struct({ x: 'int' }),
        Anonymous: struct({ y: 'int' }),
        Anonymous2: struct({ z: 'int' }),
        data: 'PVOID',
        window: 'HANDLE',
        file: 'PVOID',
      }),
    },
  ],
  ['struct a { BYTE b; }; struct b { struct a first; };', { a: struct({ b: 'BYTE' }), b: struct({ first: 'a' }) }],
  [
    '#ifdef _WIN64\nstruct s { BYTE a; PVOID b; };\n#else\nstruct s { PVOID b; BYTE a; };\n#endif\nstruct t { struct s one; };',
    {
      s: { architectures: { x64: struct({ a: 'BYTE', b: 'PVOID' }), x86: struct({ b: 'PVOID', a: 'BYTE' }) } },
      t: struct({ one: 's' }),
    },
  ],
  [
    '#if defined(_WIN64)\n#include <pshpack8.h>\n#else\n#include <pshpack1.h>\n#endif\nstruct s { BYTE a; DWORD b; };\n#include <poppack.h>\nstruct t { DWORD c; };',
    {
      s: {
        architectures: {
          x64: struct({ a: 'BYTE', b: 'DWORD' }),
          x86: { ...(struct({ a: 'BYTE', b: 'DWORD' }) as object), pack: 1 } as LongType,
        },
      },
      t: struct({ c: 'DWORD' }),
    },
  ],
  [
    '#if !defined(_WIN64)\ntypedef DWORD N;\n#else\ntypedef DWORD N;\ntypedef struct { N only; } S;\n#endif',
    { N: 'DWORD', S: struct({ only: 'N' }) },
  ],
  [
    'struct sized { BYTE first; [size] DWORD cb; ULONGLONG last; };',
    {
      sized: {
        struct: [
          { name: 'first', type: 'BYTE' },
          { name: 'cb', type: 'DWORD', size: true },
          { name: 'last', type: 'ULONG64' },
        ],
      },
    },
  ],
  [
    'typedef struct _FILETIME { DWORD dwLowDateTime, dwHighDateTime; } FILETIME, *PFILETIME;',
    // .NET has a type for it.
    {},
  ],
  [
    '#pragma pack(push, 8)\nstruct p { BYTE a; DWORD b; };\n#pragma pack(pop)',
    { p: struct({ a: 'BYTE', b: 'DWORD' }) },
  ],
  [
    '#pragma pack(push, 1)\n#pragma pack(pop)\nstruct p { BYTE a; DWORD b; };',
    { p: struct({ a: 'BYTE', b: 'DWORD' }) },
  ],
  [
    '#include <pshpack1.h>\nstruct p { BYTE a[4]; };\n#include <poppack.h>',
    { p: struct({ a: { array: 'BYTE', length: 4 } }) },
  ],
  [
    '#ifdef __cplusplus\nextern "C" {\n#endif\n#ifndef GUARD\n#define GUARD\nstruct s { int a; };\n#else\nnonsense\n#endif\n#ifdef __cplusplus\n}\n#endif',
    { s: struct({ a: 'int' }) },
  ],
];

describe('types', () => {
  it.each(TYPES)('%s', (text, types) => {
    expect(typesOf(text)).toEqual(types);
  });
});

describe('names', () => {
  const given = (text: string, known = {}) =>
    parsePrototypes(text, known).functions.flatMap(({ definition }) =>
      definition.parameters.map(({ type, direction }) => [type, direction]),
    );

  it('of another text are known with their pointers and tags', () => {
    const types = parsePrototypes(
      'typedef struct _BOX { int size; } BOX, *LPBOX; enum kind { Small }; typedef struct db db;',
    );
    const text = 'void f([out] LPBOX a, [in, out] struct _BOX *b, [out] PBOX c, enum kind d, db *e, [out] db **g);';
    expect(given(text, types)).toEqual([
      ['BOX', 'out'],
      ['BOX', 'inout'],
      ['BOX', 'out'],
      ['kind', 'in'],
      ['HANDLE', 'in'],
      ['HANDLE', 'out'],
    ]);
  });

  it('of several texts are joined', () => {
    const first = parsePrototypes('enum { Length = 4 }; typedef struct { int a; } A;');
    const second = parsePrototypes('typedef A *A_pointer; typedef struct { A a[Length]; } B;', joinKnown({}, first));
    const known = joinKnown(joinKnown({}, first), second);
    expect(given('void f([out] A_pointer a, [out] B *b, [in] const char c[Length]);', known)).toEqual([
      ['A', 'out'],
      ['B', 'out'],
      [{ string: 'utf8', capacity: 4 }, 'in'],
    ]);
  });

  it('of the long form are known', () => {
    const types = {
      Port: { type: 'USHORT', minimum: 1 },
      Box: { type: { struct: [{ name: 'a', type: 'Port' }] } },
    };
    expect(given('void f(Port a, [out] Box *b, [out] LPBox c, [in, count(a)] const Port *d)', { types })).toEqual([
      ['Port', 'in'],
      ['Box', 'out'],
      ['Box', 'out'],
      [{ array: 'Port', length: { parameter: 'a' } }, 'in'],
    ]);
  });

  it('of structs that pages leave out are declared when they are used', () => {
    expect(Object.keys(parsePrototypes('void f([out] LPPOINT a, [in] const struct timespec *b);').types)).toEqual([
      'POINT',
      'timespec',
    ]);
    expect(parsePrototypes('void f(int a);').types).toEqual({});
  });

  it('of parameters fit PowerShell', () => {
    const { functions } = parsePrototypes('void f(int __a_b, int Verbose, int input, int x1, int X1, int, int _9);');
    expect(functions[0]?.definition.parameters.map(({ name }) => name)).toEqual([
      'aB',
      'VerboseValue',
      'inputValue',
      'x1',
      'X12',
      'Arg6',
      'Arg7',
    ]);
  });
});

it('what is taken for granted is noted with its place', () => {
  const text = 'int f([in] const GUID *id, thing *handle, LPOVERLAPPED io OPTIONAL, const wchar_t *w);';
  const { notes } = parsePrototypes(text);
  expect(notes.map(({ at, message }) => `${text.slice(at).split(/\W/)[0]}: ${message}`)).toEqual([
    "handle: 'handle' is passed as a handle, because the fields of 'thing' are not declared",
    "io: 'io' is always NULL",
    "w: 'w' is read as UTF-16, as wchar_t is on Windows only",
    'int: the return value of f is not treated as a failure; if it can be one, write how before the type, such as [fails(zero, lastError)] or [fails(nonzero, win32)], otherwise write [fails(never)]',
  ]);
});

it('a function can return the built-in types of which their kind says what they mean', () => {
  const byValue = builtInNames()
    .map((type) => ({ type, shape: resolveShape({ type }, {}) }))
    .filter(({ shape }) => kindOf(shape).passing === 'value');
  for (const { type, shape } of byValue) {
    const declared = () => parsePrototypes(`[fails(never)] ${type} f(int a);`);
    if (kindOf(shape).returns?.(shape)) expect(declared, type).not.toThrow();
    else expect(declared, type).toThrow('return a struct by value');
  }
});

it('a returned text that C does not say who frees', () => {
  const notes = (text: string) => parsePrototypes(text).notes.map(({ message }) => message);
  expect(notes('char *strdup(const char *s);')).toEqual([
    expect.stringMatching(/^who frees the text that strdup returns\?.*write \[allocated\(free\)\] before the type/),
  ]);
  const known = [
    'const char *f(int a);',
    '[allocated(free)] char *f(int a);',
    '[allocated] char *f(int a);',
    '[returns(none)] char *f(int a);',
    '[fails(zero, errno)] char *getcwd([out] char buf[.size], size_t size);',
  ];
  expect(known.flatMap(notes)).toEqual([]);
});
