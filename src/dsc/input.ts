/**
 * Validates the input of a resource, so that a direct call of the program gets the same answer as DSC's schema check.
 */
import { textProblem } from '../bridge/limits.js';
import type { Json } from '../bridge/messages.js';
import { fillPlaceholders } from '../definition/placeholders.js';
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import { listed, show } from '../definition/shown.js';
import { decodeValue, encodeValue, ValueError } from '../kinds/index.js';
import { invalidInput } from './failure.js';
import { type Instance, type ResourceModel, type ResourceProperty, valuesOf } from './model.js';

export type JsonObject = Readonly<Record<string, Json>>;

/** An instance and whether it should exist. */
export interface Desired {
  readonly instance: Instance;
  readonly exist: boolean;
}

/** Parses the one JSON object in a text. Throws ResourceFailure. */
export function parseInput(text: string): JsonObject {
  const tooMuch = textProblem(text);
  if (tooMuch !== undefined) throw invalidInput(`the input was not read: ${tooMuch}`, RESOURCE_EXIT.notJson);
  if (text.trim() === '') throw invalidInput('the input is empty; give one JSON object', RESOURCE_EXIT.notJson);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw invalidInput(`the input is not JSON: ${problem}`, RESOURCE_EXIT.notJson);
  }
  return objectOf(value, 'the input', RESOURCE_EXIT.notJson);
}

/** Returns a JSON object, or throws a failure that names its place. */
export function objectOf(value: Json, place: string, exitCode?: number): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw invalidInput(`${place} must be a JSON object, not ${show(value)}`, exitCode);
  return value as JsonObject;
}

/**
 * Reads an instance with all of its keys. Ignores `_inDesiredState`, `_metadata` and read-only properties, so that the
 * output of one operation can be the input of the next. Throws ResourceFailure with every mistake. `place` starts the
 * sentences.
 */
export function readInstance(model: ResourceModel, input: JsonObject, place = ''): Desired {
  const problems: string[] = [];
  const { terms, params } = readKeys(model, input, problems);
  for (const { name } of model.keys) if (!Object.hasOwn(input, name)) problems.push(`'${name}' is missing`);
  const exist = readBoolean(input, '_exist', true, problems);
  reportUnknown(
    input,
    [...model.keys, ...model.outputs].map((one) => one.name),
    INSTANCE_EXTRAS,
    problems,
  );
  const instance = { terms, params };
  if (problems.length === 0) reportPassed(model, instance, problems);
  if (problems.length > 0)
    throw invalidInput(
      listed(
        problems.map((problem) => place + problem),
        '; ',
      ),
    );
  return { instance, exist };
}

/** Reads a filter of instances: any of the keys. Throws ResourceFailure. */
export function readFilter(model: ResourceModel, input: JsonObject): Instance {
  const problems: string[] = [];
  const filter = readKeys(model, input, problems);
  reportUnknown(
    input,
    [...model.keys, ...model.outputs].map((one) => one.name),
    INSTANCE_EXTRAS,
    problems,
  );
  if (problems.length > 0) throw invalidInput(listed(problems, '; '));
  return filter;
}

/** Converts a key's value for the bridge: enumerations under their exact name. Throws ValueError. */
export function readKey({ value }: ResourceProperty, json: Json): string | number {
  if ('shape' in value) return encodeValue(value.shape, decodeValue(value.shape, json)) as string | number;
  if (typeof json === 'string' && value.words.includes(json)) return json;
  throw new ValueError(`must be ${value.words.map((word) => `"${word}"`).join(' or ')}, not ${show(json)}`);
}

const INSTANCE_EXTRAS = ['_exist', '_inDesiredState', '_metadata'];

function readKeys(model: ResourceModel, input: JsonObject, problems: string[]): Instance {
  const terms: Record<string, string> = {};
  const params: Record<string, string | number> = {};
  for (const key of model.keys) {
    if (!Object.hasOwn(input, key.name)) continue;
    try {
      const value = readKey(key, input[key.name] as Json);
      if ('words' in key.value) terms[key.source] = String(value);
      else params[key.source] = value;
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push(`'${key.name}' ${error.message}`);
    }
  }
  return { terms, params };
}

export function readBoolean(input: JsonObject, name: string, otherwise: boolean, problems: string[]): boolean {
  const value = Object.hasOwn(input, name) ? input[name] : otherwise;
  if (typeof value === 'boolean') return value;
  problems.push(`'${name}' must be true or false, not ${show(value ?? null)}`);
  return otherwise;
}

export function reportUnknown(
  input: JsonObject,
  names: readonly string[],
  extras: readonly string[],
  problems: string[],
): void {
  for (const name of Object.keys(input)) {
    if (!names.includes(name) && !extras.includes(name))
      problems.push(`'${name}' is not a property (${names.join(', ')})`);
  }
}

/** Adds the words for each computed value that exceeds its maximum. */
function reportPassed(model: ResourceModel, instance: Instance, problems: string[]): void {
  const values = valuesOf(model, instance);
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  for (const { name, maximum, violation } of model.computed) {
    if (Number(values[name]) > maximum) problems.push(fillPlaceholders(violation.message, texts).replace(/\.$/, ''));
  }
}
