import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandDefinition, expandName, termsFor } from '../../src/definition/expand.js';
import { fillPlaceholders, placeholdersOf, spellings } from '../../src/definition/placeholders.js';
import { editedSample, sampleDefinition } from '../support/definitions.js';

const variants = { Kind: ['Red', 'Blue'] };

describe('names', () => {
  it.each<[string, string[]]>([
    ['Ping', ['Ping']],
    ['Read{Kind}', ['ReadRed', 'ReadBlue']],
    ['read_{kind}_{KIND}', ['read_red_RED', 'read_blue_BLUE']],
    ['Read{Size}', ['Read{Size}']],
  ])('%s', (name, wanted) => {
    expect(expandName(name, variants)).toEqual(wanted);
  });

  it('carry the terms they were made for', () => {
    expect(termsFor('Read{Kind}', variants)).toEqual([{ Kind: 'Red' }, { Kind: 'Blue' }]);
    expect(termsFor('Ping', variants)).toEqual([{}]);
  });
});

describe('a definition', () => {
  const definition = sampleDefinition();

  it('has a function and a cmdlet for each word, in the order of the words', () => {
    expect(Object.keys(definition.functions)).toEqual(['ReadRed', 'ReadBlue', 'WriteRed', 'WriteBlue', 'Ping']);
    expect(definition.cmdlets.map(({ name }) => name)).toEqual([
      'Get-RedItem',
      'Get-BlueItem',
      'Set-RedItem',
      'Set-BlueItem',
      'Test-Item',
    ]);
    expect(definition.functions.ReadBlue).toMatchObject({
      name: 'ReadBlue',
      terms: { Kind: 'Blue' },
      description: 'Reads blue.',
    });
    expect(definition.functions.Ping?.terms).toEqual({});
  });

  it('fills texts with the word under its three spellings, and leaves the rest to the call', () => {
    const [, get, , set] = definition.cmdlets;
    expect(get).toMatchObject({
      function: 'ReadBlue',
      synopsis: 'Gets BLUE.',
      description: 'Gets a blue item.',
      links: ['https://example.com/blue'],
    });
    expect(set?.shouldProcess).toMatchObject({ action: 'Write BLUE', target: 'item {Wide}' });
  });

  it('limits errors to the functions as they are called in the end', () => {
    expect(definition.errors[1]?.functions).toEqual(['ReadRed', 'ReadBlue']);
    expect(definition.errors[0]?.functions).toBeUndefined();
    expect(definition.errors[1]?.message).toBe('No {KIND} at {First} to {Last}.');
  });

  it('keeps the braces of script blocks in examples', () => {
    expect(definition.cmdlets[0]?.examples[0]?.code).toBe('Get-RedItem 1 2 | ForEach-Object { $_.Value }');
    const code = '{Get-{Kind}Item 1 2}; @{ Kind = {0} }; {Kind2}';
    const edited = sampleDefinition({ '/cmdlets/0/examples/0/code': code });
    expect(edited.cmdlets[0]?.examples[0]?.code).toBe('{Get-RedItem 1 2}; @{ Kind = {0} }; {Kind2}');
  });

  it('has empty parts where the source has none', () => {
    const {
      types,
      computed,
      objects,
      variants: _,
      ...rest
    } = editedSample({ '/functions': {}, '/cmdlets': [], '/errors': [] });
    expect(expandDefinition(rest)).toMatchObject({ types: {}, computed: {}, objects: {}, functions: {}, cmdlets: [] });
  });
});

describe('placeholders', () => {
  it.each<[string, string[]]>([
    ['none', []],
    ['{A} {b} {A}', ['A', 'b']],
    ['{ A } {1} {} {A', []],
    ['{{A}}', ['A']],
    ['{A:one {B}|{C} ones} {D}', ['A', 'B', 'C', 'D']],
    ['{A:|s}', ['A']],
    ['{A:one}', []],
  ])('of %s', (text, wanted) => {
    expect(placeholdersOf(text)).toEqual(wanted);
  });

  it('leaves names alone that no value is known for, those of every object too', () => {
    expect(fillPlaceholders('{toString} {constructor} {A}', { A: '1' })).toBe('{toString} {constructor} 1');
  });

  it.each([
    ['1', 'UDP port 80 is'],
    ['2', 'UDP ports 80-81 (2 ports) are'],
    ['11', 'UDP ports 80-81 (11 ports) are'],
  ])('choose between two wordings by a count: %s', (Count, wanted) => {
    const text = '{PROTOCOL} {Count:port {Start}|ports {Start}-{End} ({Count} ports)} {Count:is|are}';
    const later = fillPlaceholders(text, { PROTOCOL: 'UDP' });
    expect(later).toBe(text.replace('{PROTOCOL}', 'UDP'));
    expect(fillPlaceholders(later, { Count, Start: '80', End: '81' })).toBe(wanted);
  });

  it('takes a value as it is, whatever it looks like', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, value, after) => {
        fc.pre(!/[{}]/.test(before + after));
        expect(fillPlaceholders(`${before}{A}${after}`, { A: value })).toBe(before + value + after);
      }),
    );
  });

  it('has three spellings of a word', () => {
    expect(spellings({ Kind: 'Red' })).toEqual({ Kind: 'Red', KIND: 'RED', kind: 'red' });
    expect(spellings({})).toEqual({});
  });
});
