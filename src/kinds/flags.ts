/**
 * Flags: an integer whose bits have names. In JSON and in PowerShell, a value is its names, joined by a comma and a
 * space as in .NET; bits without a name are a number.
 */

import { listed } from '../definition/words.js';
import { BASE_SCHEMA, baseOf, namesInC } from './enumeration.js';
import { nativeInteger } from './integer.js';
import { type Json, ValueError } from './json.js';
import type { Kind } from './kind.js';
import { numberOf, unknownName, wholeNumberIn } from './value-names.js';
import { type IntegerType, integerCheck, integerRange, isWide, onMachine, scalarLayout } from './whole-number.js';

export interface FlagsShape {
  readonly kind: 'flags';
  /** Names of single bits and of combinations, in the order of the definition. */
  readonly names: readonly (readonly [name: string, bits: bigint])[];
  readonly base: IntegerType;
}

export const flags: Kind<FlagsShape> = {
  name: 'flags',
  composite: {
    key: 'flags',
    schema: {
      type: 'object',
      description: 'An integer whose bits have names. Callers give names or numbers, and get names.',
      required: ['flags', 'base'],
      additionalProperties: false,
      properties: {
        base: BASE_SCHEMA,
        flags: {
          type: 'object',
          description: 'The bits of each name.',
          minProperties: 1,
          propertyNames: { $ref: '#/$defs/identifier' },
          additionalProperties: {
            type: 'integer',
            minimum: -9007199254740991,
            maximum: 9007199254740991,
            description: 'The value.',
          },
        },
      },
    },
    inC: ({ flags: names, base }, declarator) => namesInC(names, base, declarator),
    resolve: ({ flags: names, base }) => {
      const entries = Object.entries(names).map(([name, bits]) => [name, BigInt(bits)] as const);
      return { kind: 'flags', names: entries, base: baseOf(base, 'flags') };
    },
  },
  problems: ({ names, base }, { type }) => {
    if (typeof type === 'string' || !('flags' in type)) return [];
    const { minimum, maximum } = integerRange(base);
    return names
      .filter(([, bits]) => bits < minimum || bits > maximum)
      .map(([name, bits]) => ({
        at: ['type', 'flags', name],
        message: `${bits} does not fit into ${type.base}, which holds ${minimum} to ${maximum}`,
      }));
  },
  returns: ({ base: { bits, signed } }) => ({ tells: 'number', bits, signed, isCode: true }),

  layout: ({ base }) => scalarLayout(base.bits),
  passing: 'value',
  carrier: ({ base }) => ({ bits: base.bits, signed: false }),
  codec: ({ base }, _residence, machine) => ({
    type: nativeInteger(base, 'host'),
    toNative: integerCheck(integerRange(onMachine(base, machine))),
    fromNative: (raw) => BigInt(raw as number | bigint),
  }),

  decode: (shape, json) => {
    const parts = (Array.isArray(json) ? json : [json]) as readonly Json[];
    const words = parts.flatMap((part): Json[] =>
      typeof part === 'string' ? part.split(',').map((word) => word.trim()) : [part],
    );
    const value = words.reduce<bigint>((bits, word) => bits | bitsOf(shape, word), 0n);
    return isWide(shape.base) ? value : Number(value);
  },
  encode: (shape, value) => written(shape, BigInt(value as number | bigint)),
  schema: () => ({ type: ['string', 'integer', 'array'] }),

  inWords: ({ names }) => `one or more of the names ${listed(names.map(([name]) => name))}, or a number`,
  powershellType: () => 'string[]',
  wireType: () => 'any',
  words: ({ names }) => names.map(([name]) => name),
  sample: ({ names }) => names[0]?.[0],
};

/** Returns the bits of a name in any case, or of a number in decimal or hexadecimal digits. */
function bitsOf({ names, base }: FlagsShape, word: Json): bigint {
  const bits = numberOf(names, word) ?? wholeNumberIn(word, integerRange(base));
  if (bits !== undefined) return bits;
  const known = names.map(([name]) => name);
  throw new ValueError(unknownName(known, word, 'one or more of'));
}

/** Returns the names that make up the bits, highest bits first. Bits without a name follow as a hexadecimal number. */
function written({ names, base }: FlagsShape, value: bigint): string {
  const unsigned = (bits: bigint) => BigInt.asUintN(base.bits || 64, bits);
  const known = names.map(([name, bits]) => ({ name, bits: unsigned(bits) }));
  const exact = known.find(({ bits }) => bits === unsigned(value));
  if (exact) return exact.name;
  const found: string[] = [];
  let left = unsigned(value);
  for (const { name, bits } of known.sort((one, other) => (one.bits < other.bits ? 1 : -1))) {
    if (bits === 0n || (left & bits) !== bits) continue;
    found.unshift(name);
    left &= ~bits;
  }
  if (left !== 0n) found.push(`0x${left.toString(16).toUpperCase()}`);
  return found.join(', ') || '0';
}
