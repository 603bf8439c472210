/** A definition that validates cannot reach beyond its memory: shapes that could are mistakes, and each message says the way out. */
import { describe, expect, it } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { editedSample, toText } from '../../support/definitions.js';

type Parameter = Readonly<Record<string, unknown>>;

const FUNCTION = '/functions/Ping';

/** The mistakes of a function with these parameters: place under `parameters`, and message. */
function mistakesOf(parameters: readonly Parameter[], types: Readonly<Record<string, unknown>> = {}) {
  const document = editedSample({ [`${FUNCTION}/parameters`]: parameters });
  const { mistakes } = validateDefinitionText(toText({ ...document, types: { ...document.types, ...types } } as never));
  return mistakes.map(({ pointer, message }) => [pointer.replace(`${FUNCTION}/parameters`, ''), message]);
}

const given = (name: string, type: unknown, more: object = {}) => ({ name, type, direction: 'in', ...more });
const written = (name: string, type: unknown, more: object = {}) => ({ name, type, direction: 'out', ...more });
const both = (name: string, type: unknown, more: object = {}) => ({ name, type, direction: 'inout', ...more });
const bytes = (length: number) => ({ array: 'BYTE', length });
const text16 = (capacity: number) => ({ string: 'utf16', capacity });
const point = {
  struct: [
    { name: 'X', type: 'LONG' },
    { name: 'Y', type: 'LONG64' },
  ],
};

describe('a number that could be a size is a mistake', () => {
  it.each<[string, Parameter[], string, RegExp]>([
    [
      "zlib's uncompress, with a destination of 1,024 bytes: the length of the destination",
      [
        written('dest', bytes(1024)),
        both('destLen', 'ULONG'),
        given('source', bytes(64)),
        given('n', 'ULONG', { maximum: 64 }),
      ],
      '/1',
      /^'destLen' could be the size of 'dest' or 'source'\. A caller could .*Choose one: make it a constant, give it minimum 0 and a maximum of at most 64, or where the documentation shows that it is not a size, write \[value\] before it \("isSize": false in the long form\)/,
    ],
    [
      'the length of the source',
      [written('dest', bytes(1024)), given('source', bytes(64)), given('sourceLen', 'ULONG64')],
      '/2',
      /'sourceLen' could be the size of 'dest' or 'source'/,
    ],
    [
      "zlib's crc32: the length of a text",
      [given('crc', 'ULONG', { isSize: false }), given('buf', 'LPCSTR'), given('len', 'UINT')],
      '/2',
      /^'len' could be the size of 'buf'\. .*Choose one: make it a constant, or where the documentation .* write \[value\] before it/,
    ],
    ['whatever its name is', [given('buf', 'LPCSTR'), given('x', 'UINT')], '/1', /'x' could be the size of 'buf'/],
    [
      'the length of a text that is fixed',
      [given('buf', 'LPCSTR', { constant: 'abc' }), given('n', 'SIZE_T')],
      '/1',
      /'n' could/,
    ],
    ['a capacity', [written('Text', text16(16)), given('cch', 'ULONG')], '/1', /'cch' could be the size of 'Text'/],
    ['a capacity that is told back', [written('Text', text16(16)), both('nSize', 'ULONG')], '/1', /'nSize' could/],
    ['a maximum in bytes', [written('Text', text16(16)), given('n', 'ULONG', { maximum: 32 })], '/1', /at most 16/],
    ['a number below 0', [written('Text', text16(16)), given('n', 'LONG', { maximum: 16 })], '/1', /minimum 0/],
    [
      'a number whose bytes are swapped',
      [written('a', bytes(99)), given('n', 'USHORT', { maximum: 9, byteOrder: 'network' })],
      '/1',
      /'n'/,
    ],
    ['the size of a struct', [written('p', point), given('cb', 'ULONG')], '/1', /'cb' could be the size of 'p'/],
    ['the count of structs', [given('n', 'ULONG'), both('p', point)], '/0', /'n' could be the size of 'p'/],
    [
      'the size of one number, by its name',
      [written('Value', 'ULONG'), given('ValueLength', 'ULONG')],
      '/1',
      /'ValueLength'/,
    ],
    [
      'a constant that is too great',
      [written('a', bytes(9)), given('cbSize', 'ULONG', { constant: 10 })],
      '/1',
      /'cbSize' is 10, but the memory of 'a' has at most 9 bytes/,
    ],
  ])('%s', (_name, parameters, place, message) => {
    expect(mistakesOf(parameters)).toEqual([[place, expect.stringMatching(message)]]);
  });

  it('a struct that tells its own size', () => {
    const sized = (more: object) => ({
      Sized: {
        type: {
          struct: [
            { name: 'cbSize', type: 'ULONG', ...more },
            { name: 'X', type: 'HANDLE' },
          ],
        },
      },
    });
    const parameters = [both('p', 'Sized')];
    expect(mistakesOf(parameters, sized({}))).toEqual([
      [
        '/0',
        expect.stringMatching(
          /^the field 'cbSize' of 'p' could be the size of 'p'\. .* maximum of at most 16, the bytes of the struct/,
        ),
      ],
    ]);
    expect(mistakesOf(parameters, sized({ maximum: 17 }))).toHaveLength(1);
    expect(mistakesOf([both('p', { array: 'Sized', length: 2 })], sized({}))).toHaveLength(1);
    expect(mistakesOf([written('p', 'Sized')], sized({}))).toEqual([]);
    expect(mistakesOf(parameters, sized({ maximum: 16 }))).toEqual([]);
    expect(mistakesOf(parameters, sized({ isSize: false }))).toEqual([]);
  });
});

describe('what cannot be a size is none', () => {
  it.each<[string, Parameter[]]>([
    ['numbers alone (compressBound)', [given('sourceLen', 'ULONG64')]],
    ['a text alone', [given('Text', 'LPCWSTR')]],
    [
      'the persistent port reservations',
      [given('StartPort', 'USHORT'), given('NumberOfPorts', 'USHORT'), written('Token', 'ULONG64')],
    ],
    ['a constant (GetComputerNameW)', [written('Name', text16(16)), both('nSize', 'ULONG', { constant: 16 })]],
    ['a constant in bytes', [written('Name', text16(16)), given('cb', 'ULONG', { constant: 32 })]],
    ['a maximum in elements', [written('Values', { array: 'ULONG', length: 4 }), given('n', 'ULONG', { maximum: 4 })]],
    ['a type that holds no more', [written('Values', bytes(255)), given('n', 'BYTE')]],
    [
      'a Boolean, a float, an enum, a handle',
      [
        given('t', 'LPCSTR'),
        given('a', 'BOOL'),
        given('b', 'DOUBLE'),
        given('c', { enum: { A: 1 }, base: 'ULONG' }),
        given('d', 'HANDLE'),
      ],
    ],
    [
      'a token that goes from call to call (NetShareEnum)',
      [
        given('Path', 'LPCWSTR'),
        written('Values', { array: 'ULONG', length: 4 }),
        both('Resume', 'ULONG', { repeat: { on: [234] } }),
      ],
    ],
    ["the author's word", [given('Path', 'LPCWSTR'), given('Flags', 'ULONG', { isSize: false })]],
    ['a number that the function writes', [given('Path', 'LPCWSTR'), written('Length', 'ULONG')]],
    ['numbers beside a struct by value', [given('p', point), given('n', 'ULONG')]],
  ])('%s', (_name, parameters) => {
    expect(mistakesOf(parameters)).toEqual([]);
  });
});

it('memory of more than 16 MiB is a mistake, not a failure of the call', () => {
  const huge = { array: bytes(1_048_576), length: 1_048_576 };
  expect(mistakesOf([written('a', huge)])).toEqual([
    ['/0/type', expect.stringMatching(/'a' takes 1099511627776 bytes, but the limit is 16777216/)],
  ]);
});

it('only false is a word of the author', () => {
  expect(mistakesOf([given('Path', 'LPCWSTR'), given('n', 'ULONG', { isSize: true })])).toEqual(
    expect.arrayContaining([['/1/isSize', 'true must be false']]),
  );
});

describe('a number beside a pointer in a struct that the caller gives', () => {
  const mistakesOf = (fields: string, more = 'const ') =>
    validateDefinitionText(
      JSON.stringify({
        name: 'Pair',
        library: 'pair.dll',
        functions: [`struct pair { ${fields} }; int f([${more ? 'in' : 'out'}] ${more}struct pair *pair);`],
        cmdlets: { 'Get-Pair': 'f' },
      }),
    ).mistakes.map(({ message }) => message);

  it.each(['char *text; int textLength;', 'int nCount; WCHAR *text;', 'struct { char *t; int cb; } inner;'])(
    'could be the size of what it leads to: %s',
    (fields) => {
      expect(mistakesOf(fields)).toEqual([
        expect.stringMatching(/could be the size of memory that another field points to/),
      ]);
    },
  );

  it.each(['char *text; [value] int textLength;', '[count(n)] int *all; int n;', 'char *text; int colour;'])(
    'is none where it is said, or nothing says so: %s',
    (fields) => {
      expect(mistakesOf(fields)).toEqual([]);
    },
  );

  it('is no matter in a struct that the function writes', () => {
    expect(mistakesOf('char *text; int textLength;', '')).toEqual([]);
  });
});
