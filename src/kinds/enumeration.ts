/**
 * Enumerations: integers with names for some of their values. Represented in JSON by name; a value without a name by
 * its number.
 */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { ValueSpec } from '../definition/types.js';
import { listed } from '../definition/words.js';
import { integer, nativeInteger } from './integer.js';
import { type Json, ValueError } from './json.js';
import type { JsonSchema, Kind, Problem } from './kind.js';
import { TypeResolutionError } from './type-resolution-error.js';
import { unfit } from './unfit.js';
import { numberOf, unknownName, wholeNumberIn } from './value-names.js';
import { type IntegerType, integerCheck, integerRange, onMachine, scalarLayout } from './whole-number.js';

export interface EnumShape {
  readonly kind: 'enum';
  readonly names: Readonly<Record<string, number>>;
  readonly base: IntegerType;
}

/** The JSON schema of `base` in a type expression. */
export const BASE_SCHEMA: JsonSchema = {
  $ref: '#/$defs/identifier',
  description: 'The built-in integer type of the values.',
};

export const enumeration: Kind<EnumShape> = {
  name: 'enum',
  composite: {
    key: 'enum',
    schema: {
      type: 'object',
      description: 'An integer with names for its values.',
      required: ['enum', 'base'],
      additionalProperties: false,
      properties: {
        enum: {
          type: 'object',
          description: 'The value of each name.',
          minProperties: 1,
          propertyNames: { $ref: '#/$defs/identifier' },
          additionalProperties: { $ref: '#/$defs/exactInteger', description: 'The value.' },
        },
        base: BASE_SCHEMA,
      },
    },
    resolve: ({ enum: names, base }) => ({ kind: 'enum', names, base: baseOf(base) }),
    inC: ({ enum: names, base }, declarator) => namesInC(names, base, declarator),
  },
  problems: valueProblems,
  argumentProblem: ({ names }, written) =>
    Object.hasOwn(names, String(written))
      ? undefined
      : `${JSON.stringify(written)} is not one of ${Object.keys(names).join(', ')}`,
  returns: ({ base: { bits, signed } }) => ({ tells: 'number', bits, signed, isCode: true }),

  layout: ({ base }) => scalarLayout(base.bits),
  passing: 'value',
  /** In a bit field, the highest bit is a sign only if the enum has negative values. */
  carrier: ({ names, base }) => ({ bits: base.bits, signed: Object.values(names).some((value) => value < 0) }),
  codec: ({ names, base }, _residence, machine) => {
    const check = integerCheck(integerRange(onMachine(base, machine)));
    return {
      type: nativeInteger(base, 'host'),
      toNative: (value, place) => {
        if (typeof value !== 'string') return check(value, place);
        const number = Object.hasOwn(names, value) ? names[value] : undefined;
        if (number === undefined) throw unfit(place, value, `one of ${Object.keys(names).join(', ')}`);
        return check(number, place);
      },
      // Returns numbers as the definition has them: a bigint only beyond 2^53.
      fromNative: (raw) => (Number.isSafeInteger(Number(raw)) ? Number(raw) : BigInt(raw as number | bigint)),
    };
  },

  /** Accepts a name in any case, as PowerShell does, or a number, even one without a name. */
  decode({ names, base }, json) {
    const named = numberOf(Object.entries(names), json);
    if (named !== undefined) return named;
    const value = wholeNumberIn(json, integerRange(base));
    if (value === undefined) throw new ValueError(unknownName(Object.keys(names), json, 'one of'));
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  },
  encode: encoded,
  /** Operations take names only. */
  normalized: (shape, json) => {
    const name = nameOf(shape, enumeration.decode(shape, json));
    if (name !== undefined) return name;
    throw new ValueError(`must be one of ${Object.keys(shape.names).join(', ')}, not ${show(json)}`);
  },
  schema: ({ names }) => ({ type: 'string', enum: Object.keys(names) }),
  inResource: 'key',

  inWords: ({ names }, use) =>
    `${use === 'given' ? 'one of the names' : 'the name'} ${listed(Object.keys(names), 'or')}, or a number`,
  powershellType: () => 'string',
  wireType: () => 'any',
  limits: ({ names }) => ({ words: Object.keys(names) }),
  words: ({ names }) => Object.keys(names),
  sample: ({ names }) => Object.keys(names)[0],
  refused: () => [{ value: 'NoSuchWord', errorId: 'ParameterArgumentValidationError' }],
};

/** An enum in C, with its values. */
export function namesInC(names: Readonly<Record<string, number>>, base: string, declarator: string): string {
  const values = Object.entries(names).map(([name, value]) => `${name} = ${value}`);
  return `enum /* ${base} */ { ${values.join(', ')} }${declarator === '' ? '' : ` ${declarator}`}`;
}

/** The integer type of an enum or of flags. Throws TypeResolutionError for any other type. */
export function baseOf(name: string, of = 'an enum'): IntegerType {
  const type = Object.hasOwn(integer.builtIns ?? {}, name) ? integer.builtIns?.[name] : undefined;
  if (!type) throw new TypeResolutionError(`the base of ${of} must be an integer type, not '${name}'`);
  const { kind, bits, signed } = type({ type: name });
  return { kind, bits, signed };
}

function nameOf({ names }: EnumShape, value: NativeValue): string | undefined {
  return Object.entries(names).find(([, number]) => BigInt(number) === BigInt(value as number | bigint))?.[0];
}

function encoded(shape: EnumShape, value: NativeValue): Json {
  return nameOf(shape, value) ?? (typeof value === 'bigint' ? value.toString() : (value as number));
}

function valueProblems({ base }: EnumShape, { type }: ValueSpec): Problem[] {
  if (typeof type === 'string' || !('enum' in type)) return [];
  const range = integerRange(base);
  return Object.entries(type.enum)
    .filter(([, value]) => BigInt(value) < range.minimum || BigInt(value) > range.maximum)
    .map(([name, value]) => ({
      at: ['type', 'enum', name],
      message: `${value} does not fit into ${type.base}, which holds ${range.minimum} to ${range.maximum}`,
    }));
}
