/** Mistakes in what a cmdlet sets, completes and warns of, in defaults, and in the topic of help. */
import { describe, it } from 'vitest';
import type { Edits } from '../../support/definitions.js';
import { expectMistakes, type Row } from './rows.js';

/** The sample with an operation for each protocol, a cmdlet that sets it, one that completes and one that warns. */
const BASE: Edits = {
  '/types/Colour': { type: { enum: { Red: 1, Blue: 2 }, base: 'INT' } },
  '/operations': {
    List: {
      description: 'Lists.',
      provider: 'diagnosis',
      operation: 'diagnose',
      parameters: [
        { name: 'Colour', type: 'Colour' },
        { name: 'Size', type: 'Amount', many: true, optional: true, default: [1, 100] },
        { name: 'Title', type: 'LPCWSTR', optional: true, default: 'None' },
        { name: 'Dry', type: 'BOOL', optional: true, default: false },
      ],
    },
    Review: {
      description: 'Reviews.',
      provider: 'diagnosis',
      operation: 'diagnose',
      parameters: [
        { name: 'Wide', type: 'Big' },
        { name: 'Colour', type: 'Colour' },
      ],
    },
  },
  '/objects/Row': {
    typeName: 'Sample.Row',
    description: 'A row.',
    properties: [{ name: 'First', from: 'First', type: 'USHORT', description: 'Its first.' }],
  },
  '/cmdlets/3': {
    name: 'Get-{Kind}List',
    operation: 'List',
    arguments: { Colour: '{Kind}' },
    synopsis: 'Lists.',
    description: 'Lists.',
    output: { kind: 'list', object: 'Row' },
    examples: [{ code: 'Get-{Kind}List', description: 'Lists.' }],
  },
  '/cmdlets/0/completion': { operation: 'List', arguments: { Colour: '{Kind}' }, parameters: ['First', 'Length'] },
  '/cmdlets/1/warnings': { operation: 'Review', arguments: { Colour: '{Kind}' } },
  '/about': { synopsis: 'A topic.', sections: [{ title: 'One', text: 'Text.\n\n    code\n\nMore.' }] },
};
const PARAMETERS = '/operations/List/parameters';

const check = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_name, edits, wanted) => expectMistakes({ ...BASE, ...edits }, wanted));

check([['what all the others start from has none', {}, []]]);

describe('defaults', () => {
  const sizes = `${PARAMETERS}/1/default`;
  check([
    [
      'of what must be given',
      { [`${PARAMETERS}/0/default`]: 'Red' },
      [[`${PARAMETERS}/0/default`, /cannot have a default/]],
    ],
    ['one where many go', { [sizes]: 5 }, [[sizes, /must be an array/]]],
    ['one outside of the range', { [sizes]: [5, 101] }, [[sizes, /101 is not in the range 1 to 100/]]],
    ['a fraction', { [sizes]: [1.5] }, [[sizes, /1.5 is not a whole number/]]],
    ['many where one goes', { [`${PARAMETERS}/2/default`]: ['a'] }, [[`${PARAMETERS}/2/default`, /single value/]]],
    ['a number for a text', { [`${PARAMETERS}/2/default`]: 1 }, [[`${PARAMETERS}/2/default`, /1 is not a text/]]],
    ['a text for a Boolean', { [`${PARAMETERS}/3/default`]: 'no' }, [[`${PARAMETERS}/3/default`, /neither true nor/]]],
  ]);
});

describe('what a cmdlet sets', () => {
  const fixed = '/cmdlets/3/arguments';
  check([
    [
      'a parameter that is not there',
      { [`${fixed}/Shade`]: 'Red' },
      [[`${fixed}/Shade`, /List has no parameter 'Shade'/]],
    ],
    [
      'a value that is none',
      { [fixed]: { Colour: 'Green' } },
      [[`${fixed}/Colour`, /"Green" is not one of Red, Blue/]],
    ],
    [
      'a variant of which one word is no value',
      { '/types/Colour': { type: { enum: { Red: 1, Grey: 2 }, base: 'INT' } } },
      [
        ['/cmdlets/0/completion/arguments/Colour', /"Blue" is not one of Red, Grey/],
        ['/cmdlets/1/warnings/arguments/Colour', /"Blue" is not one of/],
        [`${fixed}/Colour`, /"Blue" is not one of/],
      ],
    ],
    ['arguments of a function', { '/cmdlets/2/arguments': { A: 1 } }, [['/cmdlets/2/arguments', /over an operation/]]],
  ]);
});

describe('what Tab offers', () => {
  const completion = '/cmdlets/0/completion';
  check([
    ['of no operation', { [`${completion}/operation`]: 'None' }, [[`${completion}/operation`, /no operation 'None'/]]],
    ['without what the operation needs', { [`${completion}/arguments`]: {} }, [[completion, /List needs 'Colour'/]]],
    [
      'for no parameter of the cmdlet',
      { [`${completion}/parameters`]: ['First', 'Value'] },
      [[`${completion}/parameters/1`, /the cmdlet has no parameter 'Value'/]],
    ],
    [
      'for a parameter that the cmdlet sets itself',
      { '/cmdlets/3/completion': { operation: 'List', arguments: { Colour: 'Red' }, parameters: ['Size', 'Colour'] } },
      [['/cmdlets/3/completion/parameters/1', /no parameter 'Colour'/]],
    ],
  ]);
});

describe('what is warned of', () => {
  const warnings = '/cmdlets/1/warnings';
  check([
    ['by no operation', { [`${warnings}/operation`]: 'None' }, [[`${warnings}/operation`, /no operation 'None'/]]],
    [
      'without what the operation needs',
      { [warnings]: { operation: 'Review' } },
      [[warnings, /Review needs 'Colour'/]],
    ],
    [
      'by a cmdlet that does not ask',
      { '/cmdlets/0/warnings': { operation: 'List', arguments: { Colour: 'Red' } } },
      [['/cmdlets/0/warnings', /that has shouldProcess/]],
    ],
  ]);
});

describe('the topic of help', () => {
  const text = '/about/sections/0/text';
  check([
    [
      'a line of code that does not fit',
      { [text]: `Text.\n\n ${'x'.repeat(76)}` },
      [[text, /more than 76 characters/]],
    ],
    ['a line of code that just fits', { [text]: ` ${'x'.repeat(75)}` }, []],
    [
      'a synopsis that does not fit',
      { '/about/synopsis': 'x'.repeat(77) },
      [['/about/synopsis', /does not have the form/]],
    ],
  ]);
});
