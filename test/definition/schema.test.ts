import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { wholeSchema } from '../../src/definition/whole-schema.js';
import { editedSample, toText } from '../support/definitions.js';
import { describedPlaces } from '../support/schemas.js';

const ROOT = new URL('../../', import.meta.url);
const schemaText = readFileSync(new URL('src/definition/definition.schema.json', ROOT), 'utf8');
const builtIn = new URL('module/PersistentPortReservation.definition.json', ROOT);

describe('the schema of definitions', () => {
  const schema: Record<string, unknown> = wholeSchema(JSON.parse(schemaText));

  it('is a valid schema of draft 2020-12, to the strictest reading', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('describes every field and every part, itself or by what it refers to', () => {
    const places = describedPlaces(schema);
    const named = schema.$defs as Record<string, { description?: string }>;
    const describes = (part: Record<string, unknown>): boolean =>
      typeof part.description === 'string' ||
      (typeof part.$ref === 'string' && named[part.$ref.replace('#/$defs/', '')]?.description !== undefined);
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter(({ schema: part }) => !describes(part)).map(({ place }) => place)).toEqual([]);
  });

  it('is the same when it is made of itself, as where the built schema is read', () => {
    expect(wholeSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });

  it('knows no object that takes unnamed fields', () => {
    const open = JSON.stringify(schema).match(/"additionalProperties":true/g);
    expect(open).toBeNull();
  });
});

it('is named by the definitions of this repository as it is built, with all kinds', () => {
  const examples = readdirSync(new URL('examples/', ROOT)).map((name) => `examples/${name}/definition.json`);
  const definitions = ['module/PersistentPortReservation.definition.json', ...examples]
    .map((file) => new URL(file, ROOT))
    .filter((file) => existsSync(file));
  const named = definitions.map((file) => new URL(JSON.parse(readFileSync(file, 'utf8')).$schema, file).href);
  expect(definitions.length).toBeGreaterThan(10);
  expect(new Set(named)).toEqual(new Set([new URL('dist/definition/definition.schema.json', ROOT).href]));
});

it.each([
  ['the built-in definition', readFileSync(builtIn, 'utf8')],
  ['the sample of these tests', toText(editedSample())],
])('%s is valid', (_name, text) => {
  expect(validateDefinitionText(text).mistakes).toEqual([]);
});
