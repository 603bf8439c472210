/** The short form and the long form are one definition: what is left out, and where mistakes are. */
import { describe, expect, it, test } from 'vitest';
import { expandDefinition } from '../../../src/definition/expand.js';
import type { DefinitionSource } from '../../../src/definition/types.js';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { modelOf } from '../../../src/model/model.js';
import { LIBC, ZLIB } from '../../support/short-form.js';

const SHORT = {
  name: 'Zlib',
  library: { linux: 'libz.so.1', win32: 'zlib1.dll' },
  functions: [
    'unsigned long compressBound([in] unsigned long sourceLen)',
    'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)',
  ],
  cmdlets: { 'Get-CompressBound': 'compressBound', 'Get-Crc32': 'crc32' },
};

const LONG = {
  name: 'Zlib',
  library: { files: { linux: 'libz.so.1', win32: 'zlib1.dll' }, location: 'system' },
  functions: {
    compressBound: {
      parameters: [{ name: 'sourceLen', type: 'unsigned long', direction: 'in' }],
      returns: { type: 'unsigned long', resultName: 'Value' },
    },
    crc32: {
      parameters: [
        { name: 'crc', type: 'unsigned long', direction: 'in' },
        { name: 'buf', type: { bytes: { parameter: 'len' } }, direction: 'in' },
        { name: 'len', type: 'unsigned int', direction: 'in' },
      ],
      returns: { type: 'unsigned long', resultName: 'Value' },
    },
  },
  cmdlets: [
    { name: 'Get-CompressBound', function: 'compressBound' },
    { name: 'Get-Crc32', function: 'crc32' },
  ],
};

const read = (definition: object): DefinitionSource => {
  const { value, mistakes } = validateDefinitionText(JSON.stringify(definition, null, 1));
  expect(mistakes).toEqual([]);
  return value as DefinitionSource;
};

const mistakesOf = (definition: object) => validateDefinitionText(JSON.stringify(definition, null, 1)).mistakes;

it('both forms give the same definition and the same model', () => {
  expect(read(SHORT)).toEqual(read(LONG));
  const models = [SHORT, LONG].map((one) => modelOf(expandDefinition(read(one))).functions);
  expect(models[0]).toEqual(models[1]);
});

it('a canonical definition stays as it is', () => {
  for (const definition of [SHORT, ZLIB, LIBC]) expect(read(read(definition))).toEqual(read(definition));
});

describe('what is left out', () => {
  const { module, version, functions, cmdlets, errors } = read(SHORT);

  it('has a GUID that follows from the name, and texts', () => {
    expect(module.guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(read({ ...SHORT, name: 'Other' }).module.guid).not.toBe(module.guid);
    expect(read({ ...SHORT, version: '2.0.0' }).module.guid).toBe(module.guid);
    expect(module.description).toContain('libz.so.1');
    expect([version, errors]).toEqual(['0.1.0', []]);
  });

  it('changes nothing under a verb that only reads, and asks under any other', () => {
    expect(functions.crc32?.changesState).toBe(false);
    expect(cmdlets[0]?.shouldProcess).toBeUndefined();
    const changing = read({ ...SHORT, cmdlets: { 'Set-Crc': 'crc32' } });
    expect(changing.functions.crc32?.changesState).toBe(true);
    expect(changing.cmdlets[0]?.shouldProcess).toMatchObject({ impact: 'Medium', action: 'Call crc32' });
  });

  it('returns one output by itself, several as an object, and none as nothing', () => {
    const outputs = (prototype: string) => {
      const made = read({ ...SHORT, functions: [prototype], cmdlets: { 'Get-It': 'it' } });
      return [made.cmdlets[0]?.output, made.objects] as const;
    };
    expect(outputs('int it(void)')).toEqual([{ kind: 'value', from: 'Value' }, undefined]);
    expect(outputs('void it(int a)')).toEqual([{ kind: 'none' }, undefined]);
    expect(outputs('void it([out] int *a, [out] int *b)')).toMatchObject([
      { kind: 'object', object: 'ItResult' },
      { ItResult: { typeName: 'Zlib.ItResult', properties: [{ name: 'a' }, { name: 'b' }] } },
    ]);
  });

  it('has other names for several outputs where they are said, and refuses those of no output', () => {
    const definition = (rename: object) => ({
      ...SHORT,
      functions: ['void it([out] int *a, [out] int *b)'],
      cmdlets: { 'Get-It': { function: 'it', output: { rename } } },
    });
    expect(read(definition({ b: 'Second' })).objects?.ItResult?.properties).toMatchObject([
      { name: 'a', from: 'a' },
      { name: 'Second', from: 'b' },
    ]);
    expect(mistakesOf(definition({ c: 'Third' })).map(({ message }) => message)).toEqual([
      "the object's property 'Third' needs 'c', which it does not have",
    ]);
    expect(mistakesOf(definition({ b: 'a' })).map(({ message }) => message)).toEqual([expect.stringMatching(/'a'/)]);
  });

  it('has an object for each cmdlet, also for two of one noun', () => {
    const { cmdlets: made, objects } = read({
      ...SHORT,
      functions: ['void first([out] int *a, [out] int *b)', 'void second([out] int *c, [out] int *d)'],
      cmdlets: { 'Get-It': 'first', 'Find-It': 'second' },
    });
    const names = made.map(({ output }) => (output as { object: string }).object);
    expect(names.map((name) => objects?.[name]?.properties.map((one) => one.name))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('names the library of each function', () => {
    const { functions: made } = read({
      ...SHORT,
      libraries: { c: { linux: 'libc.so.6' } },
      functions: { crc32: SHORT.functions[1], getpid: { prototype: 'int getpid(void)', library: 'c' } },
      cmdlets: { 'Get-Crc32': 'crc32', 'Get-Id': 'getpid' },
    });
    expect(made.getpid?.description).toBe('Calls getpid of libc.so.6.');
    expect(made.crc32?.description).toBe('Calls crc32 of zlib1.dll (Windows), libz.so.1 (Linux).');
  });

  it('takes what is written in place of it', () => {
    const own = read({
      ...SHORT,
      module: { author: 'Ada' },
      functions: { crc32: { prototype: SHORT.functions[1], description: 'A checksum.', changesState: true } },
      cmdlets: { 'Get-Crc32': { function: 'crc32', synopsis: 'Returns a checksum.' } },
    });
    expect(own.module).toMatchObject({ author: 'Ada', copyright: '(c) Ada. All rights reserved.' });
    expect(own.functions.crc32).toMatchObject({ description: 'A checksum.', changesState: true });
    expect(own.cmdlets[0]).toMatchObject({
      synopsis: 'Returns a checksum.',
      description: 'Returns a checksum.\n\ncrc32 takes crc and buf, and gives its result.',
    });
  });
});

it('a prototype has the placeholders of a variant in its name', () => {
  const { functions, cmdlets } = read({
    ...SHORT,
    variants: { Kind: ['Even', 'Odd'] },
    functions: ['unsigned long count{Kind}Bits(unsigned long value);'],
    cmdlets: { 'Get-{Kind}Bit': 'count{Kind}Bits' },
  });
  expect(Object.keys(functions)).toEqual(['count{Kind}Bits']);
  expect(cmdlets.map((one) => one.function)).toEqual(['count{Kind}Bits']);
});

it('wchar_t is UTF-16 in a library that only Windows has', () => {
  const wide = { ...SHORT, library: 'msvcrt.dll', functions: ['size_t wcslen(const wchar_t *s)'] };
  expect(read({ ...wide, cmdlets: { 'Measure-Text': 'wcslen' } }).functions.wcslen?.parameters[0]?.type).toBe(
    'LPCWSTR',
  );
});

describe('a mistake', () => {
  test.each<[string, object, string, RegExp]>([
    ['in a prototype', { functions: ['int f(int a', SHORT.functions[1]] }, '/functions/0', /line 1, column 12|'\)'/],
    ['of what a prototype means', { functions: ['void f(unsigned char *p)'] }, '/functions/0', /p/],
    [
      'in a cmdlet by name',
      { cmdlets: { 'Fetch-It': 'crc32' } },
      '/cmdlets/Fetch-It',
      /not an approved verb.*; use 'Get'/,
    ],
    [
      'in the name of a field',
      {
        functions: ['struct pair { int first; int second; }; int pair([out] struct pair *all);'],
        cmdlets: { 'Get-Pair': { function: 'pair', output: { from: 'all', rename: { frist: 'First' } } } },
      },
      '/cmdlets/Get-Pair/output/rename',
      /'all' has no field 'frist'; did you mean 'first'/,
    ],
    [
      'in a member of an output',
      { cmdlets: { 'Get-It': { function: 'crc32', output: { frm: 'Value' } } } },
      '/cmdlets/Get-It/output',
      /'frm' is not known here; did you mean 'from'/,
    ],
    ...['Foo', 'Get-', 'Get-my thing', "Get-It'; Remove-Item"].map((name): [string, object, string, RegExp] => [
      `in the name ${name}`,
      { cmdlets: { [name]: 'crc32' } },
      `/cmdlets/${name}`,
      /is not the name of a cmdlet: write a verb, a hyphen and a noun/,
    ]),
    [
      'a function that is not there',
      { cmdlets: { 'Get-It': 'crc33' } },
      '/cmdlets/Get-It',
      /no function 'crc33'; did you mean 'crc32'/,
    ],
    ['a size that is not bound', { functions: ['void f([in, count(m)] const int *p, int n)'] }, '/functions/0', /'m'/],
    [
      'in a list of functions',
      {
        functions: [SHORT.functions[1], { parameters: [], returns: { type: 'int' } }],
        cmdlets: { 'Get-Crc32': 'crc32' },
      },
      '/functions/1',
      /C declaration, or an object with its "prototype"/,
    ],
    [
      'in a text that is as wide as another system has it',
      { functions: ['size_t wcslen(const wchar_t *s)'] },
      '/functions/0',
      /wchar_t has 32 bits where there is no Windows/,
    ],
    ['a library without a file', { library: {} }, '/library', /file on each system/],
  ])('%s is told at its place', (_, edit, pointer, message) => {
    const found = mistakesOf({ ...SHORT, ...edit });
    expect(found).toContainEqual({ pointer, line: expect.any(Number), message: expect.stringMatching(message) });
  });

  it('does not hide another', () => {
    const found = mistakesOf({
      ...SHORT,
      functions: ['int f(int a', 'int g(int b', SHORT.functions[1]],
      cmdlets: { 'Fetch-It': 'crc32' },
    });
    expect(found.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/functions/0', '/functions/1', '/cmdlets/Fetch-It']),
    );
  });

  test.each<[string, object, RegExp]>([
    ['a count that is no parameter', { bytes: { parameter: 'size' } }, /no parameter 'size'/],
    ['a count that is no integer', { bytes: { parameter: 'text' } }, /'text' is not an integer/],
    ['a report that the function cannot write', { bytes: { parameter: 'n', written: 'text' } }, /'text' cannot report/],
    ['a start beyond the limit', { bytes: { parameter: 'n', start: 9, limit: 8 } }, /starts with 9 elements/],
  ])('%s is refused', (_, type, message) => {
    const functions = {
      f: {
        parameters: [
          { name: 'text', type: 'LPCSTR', direction: 'in' },
          { name: 'n', type: 'size_t', direction: 'in' },
          { name: 'memory', type, direction: 'out' },
        ],
        returns: { type: 'void' },
      },
    };
    const found = mistakesOf({ ...SHORT, functions, cmdlets: { 'Get-It': 'f' } });
    expect(found.map(({ message: text }) => text).join('\n')).toMatch(message);
  });
});
