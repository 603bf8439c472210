/** facts.json keeps to its published schema, whatever the definition; and the schema takes nothing else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { planFacts } from '../../src/generator/facts.js';
import { ROOT } from '../support/cli.js';
import { definitionOfCall, sampleDefinition } from '../support/definitions.js';
import { describedPlaces } from '../support/schemas.js';

const text = readFileSync(new URL('../../src/generator/facts.schema.json', import.meta.url), 'utf8');
const schema = JSON.parse(text) as Record<string, unknown>;
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);

/** What facts.json is for a definition. */
const factsOf = (definition: Definition) =>
  JSON.parse(JSON.stringify(planFacts(definition, '1.2.3'))) as Record<string, unknown>;

function mistakesIn(facts: unknown): unknown {
  validate(facts);
  return validate.errors ?? [];
}

const cmdletOfCall = (output: object) => ({
  name: 'Get-Call',
  function: 'Call',
  synopsis: 'Calls.',
  description: 'Calls.',
  output,
  examples: [{ code: 'Get-Call', description: 'Calls.' }],
});

/** As zlib's functions are: buffers, a length in and out, a result by value; and every other sort of value beside them. */
const zlib = definitionOfCall(
  {
    parameters: [
      { name: 'Destination', type: { array: 'BYTE', length: 64 }, direction: 'out' },
      { name: 'Length', type: 'ULONG', direction: 'inout', minimum: 64, maximum: 64 },
      { name: 'Source', type: { array: 'BYTE', length: 64 }, direction: 'in' },
      { name: 'Level', type: { enum: { Fast: 1, Best: 9 }, base: 'INT' }, direction: 'in' },
      { name: 'Version', type: { string: 'utf8' }, direction: 'in' },
      {
        name: 'Stream',
        type: {
          struct: [
            { name: 'In', type: 'ULONG64' },
            { name: 'Crc', type: { array: 'FLOAT', length: 2 } },
          ],
        },
        direction: 'inout',
      },
    ],
    returns: { type: 'HANDLE', failure: 'none', resultName: 'Adler' },
  },
  {
    objects: {
      Deflated: {
        typeName: 'Zlib.Deflated',
        description: 'What was made.',
        properties: ['Destination', 'Level', 'Adler'].map((name) => ({ name, from: name, description: name })),
      },
    },
    cmdlets: [cmdletOfCall({ kind: 'object', object: 'Deflated' })],
  },
);

const builtIn = await loadDefinition('PersistentPortReservation');

const bare = definitionOfCall({}, { objects: {}, cmdlets: [cmdletOfCall({ kind: 'none' })] });

describe('the schema of facts', () => {
  it('describes every field and every part, itself or by what it refers to', () => {
    const places = describedPlaces(schema);
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter((one) => typeof one.schema.description !== 'string').map((one) => one.place)).toEqual([]);
  });

  it('is published with dllet, as the build copied it', () => {
    const { exports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, string>;
    };
    expect(readFileSync(path.join(ROOT, exports['./facts.schema.json'] ?? ''), 'utf8')).toBe(text);
  });
});

describe('the facts of', () => {
  it.each<[string, Definition]>([
    ['the sample', sampleDefinition()],
    ['the built-in definition', builtIn],
    ['a library like zlib', zlib],
    ['a function that takes and gives nothing', bare],
  ])('%s keep to the schema', (_name, definition) => {
    const facts = factsOf(definition);
    expect(mistakesIn(facts)).toEqual([]);
    expect(Object.keys(facts.cmdlets as object)).toEqual([
      ...definition.cmdlets.map(({ name }) => name),
      `Test-${definition.name}Module`,
    ]);
  });

  it('a library like zlib say how each value travels, inside out', () => {
    expect(factsOf(zlib).cmdlets).toMatchObject({
      'Get-Call': {
        inputs: [
          { name: 'Length', type: 'uint32' },
          { name: 'Source', type: { array: 'byte' } },
          { name: 'Level', type: 'any' },
          { name: 'Version', type: 'string' },
          { name: 'Stream', type: { struct: { In: 'uint64', Crc: { array: 'single' } } } },
        ],
        outputs: [
          { name: 'Adler', type: 'int64' },
          { name: 'Destination', type: { array: 'byte' } },
          { name: 'Length', type: 'uint32' },
          { name: 'Stream' },
        ],
      },
    });
  });

  it('a function that takes and gives nothing leave out what is empty or false', () => {
    expect((factsOf(bare).cmdlets as Record<string, unknown>)['Get-Call']).toEqual({
      kind: 'function',
      method: 'Call',
      output: { kind: 'none' },
    });
  });
});

describe('facts that no generator writes are refused:', () => {
  const facts = factsOf(sampleDefinition());
  const cmdlets = facts.cmdlets as Record<string, Record<string, unknown>>;
  const withRed = (changes: object) => ({
    ...facts,
    cmdlets: { ...cmdlets, 'Get-RedItem': { ...cmdlets['Get-RedItem'], ...changes } },
  });

  it.each<[string, unknown]>([
    ['no cmdlets', { ...facts, cmdlets: {} }],
    ['an unknown field', { ...facts, colour: 1 }],
    ['no name', { ...facts, name: undefined }],
    ['an unknown field of a cmdlet', withRed({ colour: 1 })],
    ['false in place of nothing', withRed({ batched: false })],
    ['an empty list in place of none', withRed({ inputs: [] })],
    ['an unknown kind', withRed({ kind: 'colour' })],
    ['an output of another kind of cmdlet', withRed({ output: { kind: 'file' } })],
    ['a type that the client does not know', withRed({ outputs: [{ name: 'Value', type: 'uint128' }] })],
    [
      'a property from two places',
      withRed({ output: { kind: 'object', typeName: 'x', properties: [{ name: 'a', input: 'a', output: 'b' }] } }),
    ],
  ])('%s', (_name, wrong) => {
    expect(mistakesIn(facts)).toEqual([]);
    expect(mistakesIn(wrong)).not.toEqual([]);
  });
});
