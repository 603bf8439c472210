/** Structs that end with as many elements as a field says: where they can be, and what a cmdlet returns of them. */
import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../../src/definition/expand.js';
import type { CmdletOutput } from '../../../src/definition/types.js';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { canonicalDefinition } from '../../../src/definition/written/canonical.js';

const END = { name: 'rows', type: { array: 'LONG', length: { field: 'n' } } };
const TABLE = { struct: [{ name: 'n', type: 'ULONG' }, END] };

const definitionOf = (types: Readonly<Record<string, unknown>>, parameters: readonly object[], more: object = {}) => ({
  name: 'Ends',
  library: 'ends.dll',
  types: Object.fromEntries(Object.entries({ Table: TABLE, ...types }).map(([name, type]) => [name, { type }])),
  functions: {
    f: { parameters, returns: { type: 'ULONG', failure: 'win32' }, ...more },
  },
  cmdlets: { 'Get-End': 'f' },
});

const mistakesOf = (definition: object) =>
  validateDefinitionText(JSON.stringify(definition)).mistakes.map(({ pointer, message }) => [pointer, message]);

const ofType = (type: unknown) => mistakesOf(definitionOf({ T: type }, []));
const ofParameter = (...parameters: object[]) =>
  mistakesOf(definitionOf({}, parameters)).map(([place, message]) => [
    place?.replace('/functions/f/parameters', ''),
    message,
  ]);

const FIELD = '/types/T/type';
const size = { name: 'size', type: 'ULONG', direction: 'inout' };

describe('such a struct can be', () => {
  it.each<[string, object[]]>([
    [
      'an output in a buffer',
      [{ name: 'p', type: { buffer: 'Table', size: { parameter: 'size' } }, direction: 'out' }],
    ],
    ['an input in a buffer', [{ name: 'p', type: { buffer: 'Table', size: { parameter: 'size' } }, direction: 'in' }]],
    ['both', [{ name: 'p', type: { buffer: 'Table', size: { parameter: 'size' } }, direction: 'inout' }]],
  ])('%s', (_, parameters) => {
    expect(ofParameter(...parameters, size)).toEqual([]);
  });

  it('an input behind a pointer, what a pointer of a struct leads to, and what a function makes', () => {
    expect(ofParameter({ name: 'p', type: 'Table', direction: 'in', pointer: true })).toEqual([]);
    expect(ofType({ struct: [{ name: 'p', type: { pointer: 'Table' } }] })).toEqual([]);
    expect(
      ofParameter({ name: 'p', type: { pointer: 'Table' }, direction: 'out', allocated: 'byFunction', free: 'x' }),
    ).toEqual([]);
  });
});

describe('it is refused', () => {
  const isStruct = expect.stringMatching(
    /^this struct has a variable number of elements at its end, so it cannot be a field/,
  );
  const isEnd = expect.stringMatching(/^only the last of several fields can have its number/);

  it.each<[string, unknown, string, unknown]>([
    ['as an element of an array', { array: 'Table', length: 2 }, '/array', isStruct],
    [
      'as a field',
      {
        struct: [
          { name: 'a', type: 'Table' },
          { name: 'b', type: 'LONG' },
        ],
      },
      '/struct/0/type',
      isStruct,
    ],
    [
      'as the last field',
      {
        struct: [
          { name: 'a', type: 'LONG' },
          { name: 'b', type: 'Table' },
        ],
      },
      '/struct/1/type',
      isStruct,
    ],
    ['in a union', { union: [{ name: 'a', type: 'Table' }], use: 'a' }, '/union/0/type', isStruct],
    ['behind a counted pointer', { pointer: 'Table', count: 2 }, '/pointer', isStruct],
    [
      'before another field',
      { struct: [{ name: 'n', type: 'LONG' }, END, { name: 'z', type: 'LONG' }] },
      '/struct/1/type',
      isEnd,
    ],
    ['in an array', { array: { array: 'LONG', length: { field: 'n' } }, length: 3 }, '/array', isEnd],
  ])('%s', (_, type, place, message) => {
    expect(ofType(type)).toContainEqual([FIELD + place, message]);
  });

  it.each<[string, unknown, string]>([
    ['by no field', 'LONG', "the count of 'rows' should be in the field 'n', which does not exist"],
    ['by a handle', 'HANDLE', "'n' is not a plain integer, so it cannot be the count of 'rows'"],
    ['by a float', 'FLOAT', "'n' is not a plain integer, so it cannot be the count of 'rows'"],
  ])('if it is counted %s', (how, type, message) => {
    const name = how === 'by no field' ? 'm' : 'n';
    expect(ofType({ struct: [{ name, type }, END] })).toEqual([[`${FIELD}/struct/1/type`, message]]);
  });

  it('if its count is constant, or in network order', () => {
    expect(ofType({ struct: [{ name: 'n', type: 'LONG', constant: 4 }, END] })).toHaveLength(1);
    expect(ofType({ struct: [{ name: 'n', type: 'LONG', byteOrder: 'network' }, END] })).toHaveLength(1);
  });

  it.each<[string, object, RegExp]>([
    ['by value', { type: 'Table', direction: 'in' }, /cannot be passed by value; write "pointer": true/],
    [
      'as an output of unknown size',
      { type: 'Table', direction: 'out' },
      /^how many bytes may the function write to 'p'\?/,
    ],
    [
      'as both of unknown size',
      { type: 'Table', direction: 'inout' },
      /^how many bytes may the function write to 'p'\?/,
    ],
    [
      'as an end alone',
      { type: END.type, direction: 'out' },
      /'p' is not a field, so another field cannot be its count/,
    ],
    ['as a text alone', { type: { string: 'utf16', capacity: { field: 'n' } }, direction: 'in' }, /'p' is not a field/],
    ['as bytes alone', { type: { bytes: { field: 'n' } }, direction: 'in' }, /'p' is not a field/],
    [
      'in an array',
      { type: { array: 'Table', length: { parameter: 'size', unit: 'bytes' } }, direction: 'out' },
      /^this struct has a variable number/,
    ],
    [
      'with each',
      { type: { buffer: 'Table', size: { parameter: 'size', each: 1 } }, direction: 'out' },
      /can have "each" only as an array/,
    ],
    [
      'in a buffer of no parameter',
      { type: { buffer: 'Table', size: { parameter: 'sise' } }, direction: 'out' },
      /there is no parameter 'sise'/,
    ],
    [
      'where the size is fixed',
      { type: { buffer: 'LONG', size: { parameter: 'size' } }, direction: 'out' },
      /needs no "buffer"/,
    ],
    [
      'called back with it',
      {
        type: { callback: { parameters: [{ name: 'x', type: 'Table', pointer: true }], returns: 'void' } },
        direction: 'out',
      },
      /^this struct has a variable number/,
    ],
  ])('as a parameter %s', (_, parameter, message) => {
    expect(ofParameter({ name: 'p', ...parameter }, size)).toContainEqual([
      expect.anything(),
      expect.stringMatching(message),
    ]);
  });

  it('with a second number that could be the size of its end, where a caller gives it', () => {
    const struct = { struct: [{ name: 'cbTotal', type: 'ULONG' }, ...TABLE.struct] };
    const given = { name: 'p', type: struct, direction: 'in', pointer: true };
    expect(ofParameter(given)).toEqual([
      ['/0', expect.stringMatching(/the field 'cbTotal' of 'p' could be the size of .* the end of its struct/)],
    ]);
    const said = { struct: [{ name: 'cbTotal', type: 'ULONG', isSize: false }, ...TABLE.struct] };
    expect(ofParameter({ ...given, type: said })).toEqual([]);
  });
});

describe('a cmdlet returns', () => {
  const wide = { struct: [{ name: 'kind', type: 'LONG' }, ...TABLE.struct] };
  const text = { struct: [TABLE.struct[0], { name: 't', type: { string: 'utf8', capacity: { field: 'n' } } }] };
  const element = { struct: [{ name: 'a', type: 'LONG' }] };
  const rows = { struct: [TABLE.struct[0], { ...END, type: { array: element, length: { field: 'n' } } }] };
  const outputOf = (type: string, written?: object) => {
    const p = { name: 'p', type: { buffer: type, size: { parameter: 'size' } }, direction: 'out' };
    const definition = definitionOf({ Wide: wide, Text: text, Rows: rows }, [p, size]);
    const cmdlets = written ? { 'Get-End': { function: 'f', output: written } } : definition.cmdlets;
    const source = { ...definition, cmdlets };
    return {
      mistakes: mistakesOf(source),
      output: expandDefinition(canonicalDefinition(source).value).cmdlets[0]?.output,
    };
  };
  const value = (more: object): CmdletOutput => ({ kind: 'value', from: 'p', ...more });

  it.each<[string, string, object | undefined, object]>([
    ['each element of a struct that has nothing else', 'Table', undefined, { each: 'rows' }],
    ['a struct that has more', 'Wide', undefined, {}],
    ['the elements of one that has more, where that is said', 'Wide', { from: 'p', each: 'rows' }, { each: 'rows' }],
    ['the struct, where that is said', 'Table', { from: 'p' }, {}],
    ['a struct that has only a text', 'Text', undefined, {}],
    ['elements with other names', 'Rows', { rename: { a: 'b' } }, { each: 'rows', rename: { a: 'b' } }],
  ])('%s', (_, type, written, more) => {
    expect(outputOf(type, written)).toEqual({ mistakes: [], output: value(more) });
  });

  it('no elements of a field that has none', () => {
    expect(outputOf('Wide', { from: 'p', each: 'kind' }).mistakes).toEqual([
      ['/cmdlets/Get-End/output/each', "'p' has no field 'kind' with elements"],
    ]);
  });
});
