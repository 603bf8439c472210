/**
 * The definition's JSON Schema as a function.
 *
 * This file compiles the schema during development. The build replaces the compiled file with code that Ajv generated
 * from the same schema with the same options, so that no schema is compiled at run time.
 */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { typeForms } from '../kinds/index.js';
import { outputKinds } from '../outputs/registry.js';
import { SCHEMA_OPTIONS } from './schema-options.js';
import { wholeSchema } from './whole-schema.js';

let compiled: { readonly validate: ValidateFunction; readonly kinds: number } | undefined;

/** Returns every error of a document against the schema; empty if it is valid. */
export function validateSchema(document: unknown): ErrorObject[] {
  const { validate } = compiledSchema();
  return validate(document) ? [] : (validate.errors ?? []);
}

/** Compiles the schema again after a kind of value or of output was registered. */
function compiledSchema() {
  const kinds = typeForms().length + outputKinds().length;
  if (compiled?.kinds !== kinds)
    compiled = { validate: new Ajv2020(SCHEMA_OPTIONS).compile(wholeSchema(readSchema())), kinds };
  return compiled;
}

function readSchema() {
  return JSON.parse(readFileSync(new URL('./definition.schema.json', import.meta.url), 'utf8'));
}
