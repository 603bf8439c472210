import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { editedSample, toText } from '../support/definitions.js';
import { describedPlaces } from '../support/schemas.js';

const schemaText = readFileSync(new URL('../../src/definition/definition.schema.json', import.meta.url), 'utf8');
const builtIn = new URL('../../module/PersistentPortReservation.definition.json', import.meta.url);

describe('the schema of definitions', () => {
  const schema = JSON.parse(schemaText) as Record<string, unknown>;

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

  it('knows no object that takes unnamed fields', () => {
    const open = JSON.stringify(schema).match(/"additionalProperties":true/g);
    expect(open).toBeNull();
  });
});

it.each([
  ['the built-in definition', readFileSync(builtIn, 'utf8')],
  ['the sample of these tests', toText(editedSample())],
])('%s is valid', (_name, text) => {
  expect(validateDefinitionText(text).mistakes).toEqual([]);
});
