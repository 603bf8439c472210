import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeExpression, ValueSpec } from '../../src/definition/types.js';
import {
  builtInNames,
  inheritSpec,
  kindWithType,
  resolveShape,
  TypeResolutionError,
  travelsAsString,
} from '../../src/kinds/index.js';
import { integerRange } from '../../src/kinds/whole-number.js';

const types: Record<string, ValueSpec> = {
  Port: { type: 'USHORT', byteOrder: 'network', minimum: 1, description: 'A port.' },
  LowPort: { type: 'Port', maximum: 1023 },
  Pair: {
    type: {
      struct: [
        { name: 'A', type: 'LowPort' },
        { name: 'B', type: { array: 'Port', length: 2 } },
      ],
    },
  },
  Loop: { type: 'Pool' },
  Pool: { type: 'Loop' },
  Node: { type: { struct: [{ name: 'Next', type: { array: 'Node', length: 1 } }] } },
};

describe('resolution', () => {
  const port = { kind: 'integer', bits: 16, signed: false, byteOrder: 'network', minimum: 1n, maximum: 65_535n };
  it.each<[string, ValueSpec, object]>([
    [
      'a built-in',
      { type: 'LONG' },
      { kind: 'integer', bits: 32, signed: true, byteOrder: 'host', minimum: -(2n ** 31n), maximum: 2n ** 31n - 1n },
    ],
    ['a named type', { type: 'Port' }, port],
    ['a named type of a named type', { type: 'LowPort' }, { ...port, maximum: 1023n }],
    [
      'what the place says wins',
      { type: 'LowPort', minimum: 9, byteOrder: 'host' },
      { ...port, minimum: 9n, maximum: 1023n, byteOrder: 'host' },
    ],
    [
      'a pointer-sized integer',
      { type: 'SIZE_T' },
      { kind: 'integer', bits: 0, signed: false, byteOrder: 'host', minimum: 0n, maximum: 2n ** 64n - 1n },
    ],
    ['BOOL', { type: 'BOOL' }, { kind: 'boolean', bits: 32 }],
    ['a string pointer', { type: 'LPCWSTR' }, { kind: 'string', encoding: 'utf16', capacity: undefined }],
    ['a buffer', { type: { string: 'utf8', capacity: 9 } }, { kind: 'string', encoding: 'utf8', capacity: 9 }],
    [
      'an enum',
      { type: { enum: { A: 1 }, base: 'ULONG' } },
      { kind: 'enum', names: { A: 1 }, base: { kind: 'integer', bits: 32, signed: false } },
    ],
    [
      'a struct of named types',
      { type: 'Pair' },
      {
        kind: 'struct',
        fields: [
          { name: 'A', type: 'LowPort', shape: { ...port, maximum: 1023n } },
          { name: 'B', type: { array: 'Port', length: 2 }, shape: { kind: 'array', element: port, length: 2 } },
        ],
      },
    ],
  ])('%s', (_name, spec, shape) => {
    expect(resolveShape(spec, types)).toEqual(shape);
  });

  it.each<[string, TypeExpression, RegExp]>([
    ['an unknown name', 'Nothing', /unknown type 'Nothing'/],
    ['a name that objects have', 'toString', /unknown type 'toString'/],
    ['a cycle of names', 'Loop', /refers to itself/],
    ['a struct inside itself', 'Node', /refer to themselves/],
    ['an enum on a named type', { enum: { A: 1 }, base: 'Port' }, /must be an integer type, not 'Port'/],
  ])('%s is an error', (_name, type, message) => {
    expect(() => resolveShape({ type }, types)).toThrow(TypeResolutionError);
    expect(() => resolveShape({ type }, types)).toThrow(message);
  });

  it('knows every built-in as a shape', () => {
    for (const type of builtInNames()) expect(resolveShape({ type }, {}).kind).toBe(kindWithType(type)?.name);
  });
});

describe('inheritance', () => {
  it('takes from each level what the levels above it do not say', () => {
    expect(inheritSpec({ type: 'LowPort', minimum: 7 }, types)).toEqual({
      type: 'USHORT',
      byteOrder: 'network',
      minimum: 7,
      maximum: 1023,
      description: 'A port.',
    });
  });

  it('holds through a chain of any length: the nearest limit wins', () => {
    const limit = fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 12 }), (limits) => {
        const chain = Object.fromEntries(
          limits.map((maximum, level) => [
            `T${level}`,
            {
              type: level + 1 < limits.length ? `T${level + 1}` : 'USHORT',
              ...(maximum === undefined ? {} : { maximum }),
            },
          ]),
        );
        const nearest = limits.find((one) => one !== undefined) ?? 65_535;
        expect(resolveShape({ type: 'T0' }, chain)).toMatchObject({ maximum: BigInt(nearest) });
      }),
    );
  });
});

describe('integers', () => {
  it.each([
    [8, true, '-128', '127'],
    [16, false, '0', '65535'],
    [32, true, '-2147483648', '2147483647'],
    [64, false, '0', '18446744073709551615'],
    [0, true, '-9223372036854775808', '9223372036854775807'],
  ] as const)('of %i bits, signed: %s', (bits, signed, minimum, maximum) => {
    const range = integerRange({ bits, signed });
    expect([String(range.minimum), String(range.maximum)]).toEqual([minimum, maximum]);
  });

  it.each([
    ['ULONG64', true],
    ['LONG_PTR', true],
    ['HANDLE', true],
    ['ULONG', false],
    ['DOUBLE', false],
    ['LPCWSTR', false],
  ])('%s travels as a string: %s', (type, wanted) => {
    expect(travelsAsString(resolveShape({ type }, {}))).toBe(wanted);
  });
});
