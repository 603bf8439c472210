/** Values between JSON and the backends: checked on the way in, exact on the way out. */
import { integerRange, type Shape } from '../definition/ctypes.js';
import type { NativeValue } from '../definition/execution.js';
import type { Json } from './messages.js';

/** A value that does not fit its type: what is wrong with it, and the permitted range where there is one. */
export class ValueError extends Error {
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;

  constructor(message: string, range?: { minimum: bigint; maximum: bigint }) {
    super(message);
    this.minimum = range?.minimum;
    this.maximum = range?.maximum;
  }
}

/** The backend's value of a JSON value. Throws ValueError; the sentence starts after the name of the value. */
export function decodeValue(shape: Shape, json: Json): NativeValue {
  switch (shape.kind) {
    case 'integer':
      return decodeInteger(shape, json);
    case 'handle':
      return decodeWide(json, integerRange({ kind: 'integer', bits: 64, signed: false }));
    case 'boolean':
      if (typeof json !== 'boolean') throw new ValueError(`must be true or false, not ${show(json)}`);
      return json;
    case 'float':
      return decodeFloat(shape, json);
    case 'string':
      return decodeString(json);
    case 'enum':
      return decodeEnum(shape, json);
    case 'array':
      if (!Array.isArray(json) || json.length !== shape.length) {
        throw new ValueError(`must be an array of ${shape.length} elements, not ${show(json)}`);
      }
      return json.map((item, index) => within(`[${index}]`, () => decodeValue(shape.element, item)));
    case 'struct':
      return decodeStruct(shape, json);
  }
}

/** The JSON value of a backend's value. */
export function encodeValue(shape: Shape, value: NativeValue): Json {
  if (shape.kind === 'enum') {
    const named = Object.entries(shape.names).find(([, number]) => BigInt(number) === BigInt(value as number | bigint));
    if (named) return named[0];
  }
  if (typeof value === 'bigint') return value.toString();
  if (shape.kind === 'float') return SPECIAL_FLOATS.find((name) => Object.is(Number(name), value)) ?? (value as number);
  if (shape.kind === 'array') return (value as readonly NativeValue[]).map((item) => encodeValue(shape.element, item));
  if (shape.kind === 'struct') {
    const fields = value as { readonly [name: string]: NativeValue };
    return Object.fromEntries(
      shape.fields.map((field) => [field.name, encodeValue(field.shape, fields[field.name] as NativeValue)]),
    );
  }
  return value as Json;
}

function decodeInteger(shape: Shape & { kind: 'integer' }, json: Json): number | bigint {
  const range = { minimum: shape.minimum, maximum: shape.maximum };
  if (shape.bits === 64 || shape.bits === 0) return decodeWide(json, range);
  if (typeof json !== 'number' || !Number.isInteger(json))
    throw new ValueError(`must be ${rangeText(range)}, not ${show(json)}`, range);
  if (BigInt(json) < range.minimum || BigInt(json) > range.maximum) {
    throw new ValueError(`must be ${rangeText(range)}, not ${json}`, range);
  }
  return json === 0 ? 0 : json;
}

/** Floating-point values that JSON has no number for, or whose sign most readers lose: they travel as these strings. */
const SPECIAL_FLOATS = ['NaN', 'Infinity', '-Infinity', '-0'];

function decodeFloat(shape: Shape & { kind: 'float' }, json: Json): number {
  const value = typeof json === 'string' && SPECIAL_FLOATS.includes(json) ? Number(json) : json;
  if (typeof value !== 'number')
    throw new ValueError(`must be a number, not ${show(json)}; of strings only ${SPECIAL_FLOATS.join(', ')} are taken`);
  if (shape.bits === 32 && Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
    throw new ValueError(`must be a number of at most 32 bits (up to 3.4028235e38), not ${show(json)}`);
  return value;
}

/** A 64-bit integer: a decimal string, or a JSON number where that is exact. */
function decodeWide(json: Json, range: { minimum: bigint; maximum: bigint }): bigint {
  const isExact =
    (typeof json === 'string' && /^-?[0-9]{1,20}$/.test(json)) ||
    (typeof json === 'number' && Number.isSafeInteger(json));
  if (!isExact) throw new ValueError(`must be ${rangeText(range)} as a decimal string, not ${show(json)}`, range);
  const value = BigInt(json);
  if (value < range.minimum || value > range.maximum)
    throw new ValueError(`must be ${rangeText(range)}, not ${value}`, range);
  return value;
}

function decodeString(json: Json): string {
  if (typeof json !== 'string') throw new ValueError(`must be a string, not ${show(json)}`);
  if (json.includes('\0')) throw new ValueError('must not hold a NUL character, which would end the string early');
  if (!json.isWellFormed()) throw new ValueError('must not hold an unpaired surrogate, which no encoding can carry');
  return json;
}

/** A name, in whatever case PowerShell's ValidateSet let it through, or one of the values. */
function decodeEnum(shape: Shape & { kind: 'enum' }, json: Json): number {
  const entries = Object.entries(shape.names);
  const found =
    entries.find(([name, value]) => name === json || value === json) ??
    entries.find(([name]) => typeof json === 'string' && name.toLowerCase() === json.toLowerCase());
  if (found) return found[1];
  throw new ValueError(`must be one of ${entries.map(([name]) => name).join(', ')}, not ${show(json)}`);
}

function decodeStruct(shape: Shape & { kind: 'struct' }, json: Json): NativeValue {
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new ValueError(`must be an object, not ${show(json)}`);
  const given = json as { readonly [key: string]: Json };
  const names = shape.fields.map((field) => field.name);
  const unknown = Object.keys(given).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new ValueError(`has no field '${unknown}'; its fields are ${names.join(', ')}`);
  return Object.fromEntries(
    shape.fields.map((field) => {
      if (!Object.hasOwn(given, field.name)) throw new ValueError(`lacks the field '${field.name}'`);
      return [field.name, within(`.${field.name}`, () => decodeValue(field.shape, given[field.name] as Json))];
    }),
  );
}

function within<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const range =
      error.minimum === undefined || error.maximum === undefined
        ? undefined
        : { minimum: error.minimum, maximum: error.maximum };
    throw new ValueError(`at ${place}: ${error.message}`, range);
  }
}

function rangeText(range: { minimum: bigint; maximum: bigint }): string {
  return `a whole number from ${range.minimum} to ${range.maximum}`;
}

/** Sentences or names in one line: the first ones, and how many more there are. A caller can make any number of mistakes. */
export function listed(items: readonly string[], separator: string, limit = 10): string {
  const rest = items.length - limit;
  return rest <= 0 ? items.join(separator) : [...items.slice(0, limit), `and ${rest} more`].join(separator);
}

/** A value for a message: its JSON, shortened. */
export function show(json: Json): string {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
