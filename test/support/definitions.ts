/** A small valid definition that uses every feature once, and edits of it by JSON pointer. */
import { expandDefinition } from '../../src/definition/expand.js';
import type { Definition, DefinitionSource } from '../../src/definition/types.js';

const text = (id: string) => ({ id, category: 'InvalidData', message: `${id} happened.`, recommendedAction: 'Stop.' });

const SAMPLE = {
  name: 'Sample',
  version: '1.2.3',
  module: {
    guid: '0f4c7d0e-6b0e-4b44-9b7a-0c0f3c5f9a11',
    author: 'Tests',
    companyName: 'Tests',
    copyright: 'none',
    description: 'A sample.',
    tags: ['Sample'],
    projectUri: 'https://example.com/project',
    licenseUri: 'https://example.com/licence',
    releaseNotes: 'None.',
  },
  library: { fileName: 'sample.dll', location: 'system' },
  variants: { Kind: ['Red', 'Blue'] },
  types: {
    Amount: { type: 'USHORT', minimum: 1, maximum: 100, description: 'How many.' },
    Big: { type: 'ULONG64' },
  },
  computed: {
    Last: {
      description: 'The last one.',
      type: 'USHORT',
      sum: ['First', 'Length'],
      add: -1,
      maximum: 200,
      violation: {
        id: 'PastTheEnd',
        category: 'InvalidArgument',
        message: '{Length} {KIND} from {First} would end at {Last}.',
        recommendedAction: 'Take fewer than {Length}.',
      },
    },
  },
  functions: {
    'Read{Kind}': {
      description: 'Reads {kind}.',
      callingConvention: 'stdcall',
      parameters: [
        { name: 'First', type: 'USHORT', direction: 'in', description: 'The first one.' },
        { name: 'Length', type: 'Amount', direction: 'in', isSize: false },
        { name: 'Value', type: 'Big', direction: 'out' },
      ],
      returns: { type: 'ULONG', failure: 'win32' },
      changesState: false,
    },
    'Write{Kind}': {
      description: 'Writes {kind}.',
      callingConvention: 'stdcall',
      parameters: [{ name: 'Wide', type: 'Big', direction: 'inout' }],
      returns: { type: 'ULONG', failure: 'win32' },
      changesState: true,
    },
    Ping: {
      description: 'Pings.',
      callingConvention: 'cdecl',
      parameters: [],
      returns: { type: 'BOOL', failure: 'lastErrorIfZero' },
      changesState: false,
    },
  },
  errors: [
    { code: 2, symbol: 'ERROR_TWO', ...text('TwoFailed') },
    {
      code: 7,
      symbol: 'ERROR_SEVEN',
      ...text('SevenFailed'),
      message: 'No {KIND} at {First} to {Last}.',
      recommendedAction: 'Do not read {Kind} at {First}.',
      functions: ['Read{Kind}'],
    },
  ],
  objects: {
    Item: {
      typeName: 'Sample.Item',
      description: 'An item.',
      properties: [
        { name: 'Kind', from: 'Kind', description: 'Its kind.' },
        { name: 'First', from: 'First', description: 'The first.' },
        { name: 'Last', from: 'Last', description: 'The last.' },
        { name: 'Value', from: 'Value', description: 'The value.' },
      ],
    },
  },
  cmdlets: [
    {
      name: 'Get-{Kind}Item',
      function: 'Read{Kind}',
      synopsis: 'Gets {KIND}.',
      description: 'Gets a {kind} item.',
      output: { kind: 'object', object: 'Item' },
      notes: 'None.',
      examples: [{ code: 'Get-{Kind}Item 1 2 | ForEach-Object { $_.Value }', description: 'Gets two.' }],
      links: ['https://example.com/{kind}'],
    },
    {
      name: 'Set-{Kind}Item',
      function: 'Write{Kind}',
      synopsis: 'Sets {KIND}.',
      description: 'Sets a {kind} item.',
      output: { kind: 'none' },
      shouldProcess: { impact: 'High', action: 'Write {KIND}', target: 'item {Wide}', query: 'Write {Wide}?' },
      examples: [{ code: 'Set-{Kind}Item 1', description: 'Sets one.' }],
    },
    {
      name: 'Test-Item',
      function: 'Ping',
      synopsis: 'Tests.',
      description: 'Tests.',
      output: { kind: 'boolean', falseOn: ['TwoFailed'] },
      examples: [{ code: 'Test-Item', description: 'Tests.' }],
    },
  ],
};

/** Maps JSON pointers to new values; undefined removes the place. A last step `-` appends to an array. */
export type Edits = Readonly<Record<string, unknown>>;

type Container = Record<string, unknown>;

/** Returns the sample as JSON with some places changed. */
export function editedSample(edits: Edits = {}): DefinitionSource {
  const copy: Container = structuredClone(SAMPLE);
  for (const [pointer, value] of Object.entries(edits)) setAt(copy, pointer, value);
  return copy as unknown as DefinitionSource;
}

export function sampleDefinition(edits: Edits = {}): Definition {
  return expandDefinition(editedSample(edits));
}

/** Returns a definition with one function, `Call`, and no cmdlets. */
export function definitionOfCall(fn: Container, rest: Container = {}): Definition {
  const call = {
    description: 'Calls.',
    callingConvention: 'stdcall',
    parameters: [],
    returns: { type: 'ULONG', failure: 'none' },
    changesState: false,
    ...fn,
  };
  const source = { ...editedSample(), variants: {}, computed: {}, functions: { Call: call }, cmdlets: [], ...rest };
  return expandDefinition(source as unknown as DefinitionSource);
}

export function toText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/**
 * Returns the line of a place in `toText(document)`. It inserts a mark and searches for it, to be independent of the
 * code under test.
 */
export function lineIn(document: unknown, pointer: string): number {
  if (pointer === '') return 1;
  const copy = structuredClone(document) as Container;
  setAt(copy, pointer, 'the place');
  return (
    toText(copy)
      .split('\n')
      .findIndex((line) => line.includes('"the place"')) + 1
  );
}

function setAt(document: Container, pointer: string, value: unknown): void {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() as string;
  const parent = steps.reduce<Container>((place, step) => place[step] as Container, document);
  if (value === undefined) delete parent[last];
  else if (last === '-') (parent as unknown as unknown[]).push(value);
  else parent[last] = value;
}
