/**
 * The definition's JSON Schema as a function.
 *
 * This file compiles the schema during development. The build replaces the compiled file with code that Ajv generated
 * from the same schema with the same options, so that no schema is compiled at run time.
 */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SCHEMA_OPTIONS } from './schema-options.js';

let compiled: ValidateFunction | undefined;

/** Returns every error of a document against the schema; empty if it is valid. */
export function validateSchema(document: unknown): ErrorObject[] {
  compiled ??= new Ajv2020(SCHEMA_OPTIONS).compile(readSchema());
  return compiled(document) ? [] : (compiled.errors ?? []);
}

function readSchema(): object {
  return JSON.parse(readFileSync(new URL('./definition.schema.json', import.meta.url), 'utf8')) as object;
}
