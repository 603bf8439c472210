import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSource, pointerTo } from '../../src/definition/source-text.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { type Edits, editedSample, lineIn, toText } from '../support/definitions.js';

const found = (text: string) => validateDefinitionText(text).mistakes;

describe('a text that is not JSON', () => {
  it.each<[string, string, number]>([
    ['nothing', '', 1],
    ['blank lines', '\n\n', 3],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 3],
    ['a missing comma, CRLF', '{\r\n  "a": 1\r\n  "b": 2\r\n}', 3],
    ['a trailing comma', '{\n  "a": 1,\n}', 3],
    ['a comment', '{\n  // no\n}', 2],
    ['an open string', '{\n\n  "a": "b\n}', 3],
    ['something after the end', '{}\n{}', 2],
  ])('%s: the line is named', (_name, text, line) => {
    const mistakes = found(text);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes[0]).toMatchObject({ pointer: '', line, message: expect.stringMatching(/^not JSON: /) });
  });

  it('is what JSON.parse takes for one, whatever the text', () => {
    const json = fc.json({ maxDepth: 3 });
    const damaged = fc
      .tuple(
        json,
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '-', '.', 'e', '\u00a0', '\n', '\t', '\u0000', '/*'),
      )
      .map(
        ([text, at, cut, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
      );
    fc.assert(
      fc.property(fc.oneof(json, damaged, fc.string()), (text) => {
        const parsed = parseSource(text);
        const isJson = parses(text);
        expect(parsed.value !== undefined).toBe(isJson);
        if (!isJson) expect(parsed.mistakes).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

describe('the form', () => {
  it.each<[string, Edits, string, RegExp]>([
    ['an unknown field', { '/colour': 'red' }, '', /^'colour' is not known here$/],
    [
      'an unknown field of a function',
      { '/functions/Ping/colour': 'red' },
      '/functions/Ping',
      /^'colour' is not known here$/,
    ],
    ['a missing field', { '/errors/0/code': undefined }, '/errors/0', /^'code' is missing$/],
    ['a wrong type', { '/cmdlets': 7 }, '/cmdlets', /^7 must be array or object$/],
    [
      'a wrong word',
      { '/functions/Ping/callingConvention': 'fastcall' },
      '/functions/Ping/callingConvention',
      /^"fastcall" is not one of "stdcall", "cdecl"$/,
    ],
    [
      'a wrong place',
      { '/library/location': 'path' },
      '/library/location',
      /^"path" is not one of "system", "module"$/,
    ],
    [
      'a wrong constant',
      { '/functions/Read{Kind}/parameters/1/isSize': true },
      '/functions/Read{Kind}/parameters/1/isSize',
      /^true must be false$/,
    ],
    [
      'a library without a name',
      { '/library/fileName': undefined },
      '/library',
      /none of the permitted forms: The native library: fileName, or its file on each system/,
    ],
    [
      'a wrong form',
      { '/version': '1' },
      '/version',
      /^"1" does not have the form .*What belongs here: The version of the module: three numbers, such as 1\.2\.3$/,
    ],
    ['a wrong name', { '/types/9x': { type: 'BYTE' } }, '/types', /^the name "9x" does not have the form/],
    [
      'a wrong function name',
      { '/functions/a b': { ...editedSample().functions.Ping } },
      '/functions',
      /^the name "a b" does not have the form/,
    ],
    ['a control character', { '/cmdlets/0/synopsis': 'one\ntwo' }, '/cmdlets/0/synopsis', /does not have the form/],
    ['a fraction', { '/types/Amount/minimum': 1.5 }, '/types/Amount/minimum', /^1.5 must be integer or string$/],
    [
      'a number that is not exact',
      { '/types/Big/maximum': 2 ** 60 },
      '/types/Big/maximum',
      /must be <= 9007199254740991/,
    ],
    [
      'a type of no form',
      { '/types/Big/type': { colour: 1 } },
      '/types/Big/type',
      /^\{"colour":1\} is none of the permitted forms: A type/,
    ],
    [
      'an output without its object',
      { '/cmdlets/0/output/object': undefined },
      '/cmdlets/0/output',
      /^'object' is missing$/,
    ],
    [
      'an output without its ids',
      { '/cmdlets/2/output/falseOn': undefined },
      '/cmdlets/2/output',
      /^'falseOn' is missing$/,
    ],
  ])('%s', (_name, edits, pointer, message) => {
    const document = editedSample(edits);
    expect(found(toText(document))).toContainEqual({
      pointer,
      line: lineIn(document, pointer),
      message: expect.stringMatching(message),
    });
  });

  it.each(['null', '[]', '1', '"text"', '{}'])('%s is no definition, and is told so', (text) => {
    expect(found(text).length).toBeGreaterThan(0);
  });

  it('never fails on JSON of any form', () => {
    const anyEdit = fc.record({
      place: fc.constantFrom(...pointersOf(editedSample())),
      value: fc.jsonValue({ maxDepth: 2 }),
    });
    fc.assert(
      fc.property(anyEdit, ({ place, value }) => {
        expect(() => found(toText(editedSample({ [place]: value })))).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

/** Every pointer into a document but that of the whole. */
function pointersOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const place = pointer + pointerTo(key);
    return [place, ...pointersOf(item, place)];
  });
}

describe('several mistakes at once', () => {
  it('are listed also beside a choice that is not made', () => {
    const document = editedSample({
      '/cmdlets/2/function': undefined,
      '/cmdlets/2/name': undefined,
      '/cmdlets/2/colour': 1,
    });
    const messages = found(toText(document))
      .filter(({ pointer }) => pointer === '/cmdlets/2')
      .map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        "exactly one of 'function', 'operation' must be there",
        "'name' is missing",
        "'colour' is not known here",
      ]),
    );
  });

  const document = editedSample({
    '/module/author': 7,
    '/types/Big/type': 'Nothing',
    '/cmdlets/2/function': 'Missing',
    '/errors/0/code': 7,
    '/colour': 'red',
  });
  const text = toText(document).replace('  "library"', '  "version": "1.2.3",\n  "library"');
  const repeatedAt = text.split('\n').findIndex((line) => line.startsWith('  "library"'));
  const wanted = [
    { pointer: '', line: 1, message: "'colour' is not known here" },
    { pointer: '/version', line: repeatedAt, message: "the key 'version' appears more than once" },
    { pointer: '/module/author', message: '7 must be string' },
    { pointer: '/types/Big/type', message: "unknown type 'Nothing'" },
    { pointer: '/cmdlets/2/function', message: expect.stringMatching(/^there is no function 'Missing'; there is /) },
  ];

  it.each([
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${text}`],
  ])('are all listed, in the order of the lines, with %s', (_name, given) => {
    const mistakes = found(given);
    for (const mistake of wanted) expect(mistakes).toContainEqual(expect.objectContaining(mistake));
    const lines = mistakes.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
    const author = mistakes.find(({ pointer }) => pointer === '/module/author');
    expect(author?.line).toBe(text.split('\n').findIndex((line) => line.includes('"author": 7')) + 1);
  });

  it('names a repeated key at any depth, by its pointer', () => {
    const mistakes = found('{"a~/b": [{"x": 1,\n"x": 2}]}').filter(({ message }) => message.includes('more than once'));
    expect(mistakes).toEqual([{ pointer: '/a~0~1b/0/x', line: 2, message: "the key 'x' appears more than once" }]);
  });
});
