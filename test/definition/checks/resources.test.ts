/** Mistakes of meaning in DSC resources. */
import { describe, expect, it } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { type Edits, editedSample, lineIn, toText } from '../../support/definitions.js';

type Row = readonly [name: string, edits: Edits, mistakes: readonly (readonly [pointer: string, message: RegExp])[]];

const lookup = editedSample().functions['Read{Kind}'];
const inputs = (lookup?.parameters ?? []).filter(({ direction }) => direction === 'in');

/** The sample with a resource that has one of everything. */
const BASE: Edits = {
  '/functions/Make{Kind}': { ...lookup, changesState: true },
  '/functions/Drop{Kind}': { ...lookup, parameters: inputs, changesState: true },
  '/operations': {
    List: {
      description: 'Lists.',
      provider: 'diagnosis',
      operation: 'diagnose',
      parameters: [{ name: 'Size', type: 'Amount', optional: true }],
    },
  },
  '/dsc': {
    Item: {
      type: 'sample/Item',
      version: '1.0.0',
      description: 'An item.',
      tags: ['Item'],
      item: '{KIND} item {First}-{Last} of {Length}',
      functions: { lookup: 'Read{Kind}', create: 'Make{Kind}', delete: 'Drop{Kind}' },
      absentOn: ['TwoFailed'],
      exitCodes: [{ code: 20, errors: ['SevenFailed'], description: 'Seven.' }],
      candidates: { operation: 'List', calls: [{}, { Size: 3 }] },
      list: {
        type: 'sample/ItemList',
        description: 'Items.',
        property: 'items',
        scope: { from: 'First', to: 'Last', description: 'Where.' },
      },
      class: { module: 'SampleDsc', guid: '0f4c7d0e-6b0e-4b44-9b7a-0c0f3c5f9a12', description: 'The class.' },
    },
  },
};

const ITEM = '/dsc/Item';
const second = structuredClone((BASE['/dsc'] as { Item: unknown }).Item);

const ROWS: readonly Row[] = [
  ['what all the others start from has none', {}, []],
  ['a type with a hyphen', { [`${ITEM}/type`]: 'sample/My-Item' }, [[`${ITEM}/type`, /does not have the form/]]],
  ['an odd version', { [`${ITEM}/version`]: '1.0.1' }, [[`${ITEM}/version`, /does not have the form/]]],
  [
    'a function that is none',
    { [`${ITEM}/functions/create`]: 'Nothing' },
    [[`${ITEM}/functions/create`, /there is no function 'Nothing'/]],
  ],
  [
    'a lookup that changes the system',
    {
      '/functions/Read{Kind}/changesState': true,
      '/cmdlets/0/shouldProcess': { impact: 'Low', action: 'a', target: 't', query: 'q' },
    },
    [[`${ITEM}/functions/lookup`, /changes the system/]],
  ],
  [
    'a function with other parameters and without the variant',
    { [`${ITEM}/functions/delete`]: 'Ping' },
    [
      [`${ITEM}/functions/delete`, /does not have the same in parameters as 'Read\{Kind\}'/],
      [`${ITEM}/functions/delete`, /does not have the same variant/],
    ],
  ],
  [
    'an error id that is none',
    { [`${ITEM}/absentOn/0`]: 'EightFailed', [`${ITEM}/exitCodes/0/errors/0`]: 'NineFailed' },
    [
      [`${ITEM}/absentOn/0`, /no error has the id 'EightFailed'/],
      [`${ITEM}/exitCodes/0/errors/0`, /no error has the id 'NineFailed'/],
    ],
  ],
  [
    'an exit code that every resource has',
    { [`${ITEM}/exitCodes/0/code`]: 4 },
    [[`${ITEM}/exitCodes/0/code`, /is reserved/]],
  ],
  [
    'an exit code twice, for an error that has one',
    { [`${ITEM}/exitCodes/-`]: { code: 20, errors: ['SevenFailed'], description: 'Again.' } },
    [
      [`${ITEM}/exitCodes/1/code`, /appears twice/],
      [`${ITEM}/exitCodes/1/errors/0`, /has two exit codes/],
    ],
  ],
  [
    'a text about what is not there',
    { [`${ITEM}/item`]: '{Value}' },
    [[`${ITEM}/item`, /\{Value\} is not a parameter/]],
  ],
  [
    'candidates of an operation that is none',
    { [`${ITEM}/candidates/operation`]: 'Other' },
    [[`${ITEM}/candidates/operation`, /no operation 'Other'/]],
  ],
  [
    'a parameter that the operation does not have',
    { [`${ITEM}/candidates/calls/1`]: { Width: 1 } },
    [[`${ITEM}/candidates/calls/1/Width`, /'List' has no parameter 'Width'/]],
  ],
  ['a purge of nothing', { [`${ITEM}/candidates`]: undefined }, [[`${ITEM}/list/scope`, /needs candidates/]]],
  [
    'a scope of no number',
    { [`${ITEM}/list/scope/to`]: 'Kind' },
    [[`${ITEM}/list/scope/to`, /'Kind' is not an integer/]],
  ],
  [
    'a list in the place of its scope',
    { [`${ITEM}/list/property`]: 'scope' },
    [[`${ITEM}/list/property`, /another property/]],
  ],
  [
    'a key that no class can have',
    { '/types/Amount': { type: 'DOUBLE' }, '/operations/List/parameters/0/type': 'USHORT' },
    [
      [`${ITEM}/functions/lookup`, /'Length' is a number of (single|double) precision, which a resource/],
      ['/computed/Last/sum', /not an integer/],
    ],
  ],
  [
    'a handle that has to be released',
    {
      '/functions/CloseIt': {
        description: 'Closes.',
        callingConvention: 'stdcall',
        parameters: [{ name: 'Thing', type: 'HANDLE', direction: 'in' }],
        returns: { type: 'void', failure: 'none' },
        changesState: false,
      },
      '/functions/Read{Kind}/parameters/2/type': { handle: 'HANDLE', release: 'CloseIt' },
    },
    [[`${ITEM}/functions/lookup`, /'Value' is a handle that CloseIt releases, but a resource cannot keep a handle/]],
  ],
  [
    'two resources of one type and one class module',
    { '/dsc/Other': second },
    [
      ['/dsc/Other/type', /appears twice/],
      ['/dsc/Other/list/type', /appears twice/],
      ['/dsc', /'SampleDsc' appears twice/],
    ],
  ],
  [
    'a class module with the name of the module',
    { [`${ITEM}/class/module`]: 'Sample' },
    [['/dsc', /'Sample' appears twice/]],
  ],
];

describe('resources', () => {
  it.each(ROWS)('%s', (_name, edits, wanted) => {
    const document = editedSample(structuredClone({ ...BASE, ...edits }));
    const { mistakes } = validateDefinitionText(toText(document));
    const found = mistakes.map(({ pointer, line, message }) => ({ pointer, line, message }));
    for (const [pointer, message] of wanted) {
      const line = lineIn(document, pointer);
      expect(found).toContainEqual({ pointer, line, message: expect.stringMatching(message) });
    }
    expect(found).toHaveLength(wanted.length);
  });
});
