/**
 * The definition's JSON Schema as a function.
 *
 * This is how it is compiled while developing; the build replaces the compiled file by code that Ajv generated from the
 * same schema with the same options, so that no schema is compiled when the program runs.
 */
import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { SCHEMA_OPTIONS } from './schema-options.js';

let compiled: ValidateFunction | undefined;

/** Every error of a document against the schema; none when it is valid. */
export function validateSchema(document: unknown): ErrorObject[] {
  compiled ??= new Ajv2020(SCHEMA_OPTIONS).compile(readSchema());
  return compiled(document) ? [] : (compiled.errors ?? []);
}

function readSchema(): object {
  return JSON.parse(readFileSync(new URL('./definition.schema.json', import.meta.url), 'utf8')) as object;
}
