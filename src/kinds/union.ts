/**
 * Unions whose member the definition fixes. The value is that of this member, and the others only determine the size.
 */
import type { NativeValue } from '../definition/execution.js';
import { exampleOf } from './example.js';
import type { Kind, Problem } from './kind.js';
import { membersInC } from './members-in-c.js';
import { kindOf } from './registry.js';
import { memberProblems, type SwitchedUnionShape, type UnionMember, unionLayout } from './switched-union.js';
import { TypeResolutionError } from './type-resolution-error.js';

export interface UnionShape {
  readonly kind: 'union';
  /** The maximum alignment of a field in bytes; absent for natural alignment. */
  readonly pack?: number;
  readonly members: readonly UnionMember[];
  /** The member that is used. */
  readonly used: UnionMember;
}

export const union: Kind<UnionShape> = {
  name: 'union',
  composite: {
    key: 'union',
    schema: {
      type: 'object',
      description: 'A C union: fields that share memory, of which one is used.',
      required: ['union'],
      oneOf: [{ required: ['use'] }, { required: ['switch'] }],
      additionalProperties: false,
      properties: {
        union: { type: 'array', description: 'The fields.', minItems: 1, items: { $ref: '#/$defs/field' } },
        pack: { enum: [1, 2, 4, 8], description: 'The maximum alignment of a field in bytes. Default: no limit.' },
        use: {
          $ref: '#/$defs/identifier',
          description: 'The field that is used. The value of the union is the value of this field.',
        },
        switch: {
          $ref: '#/$defs/identifier',
          description:
            'The integer or enum in the same struct that selects the field, by the values in case. The value of the union is an object with all fields, of which only the selected one is not null.',
        },
      },
    },
    resolve({ union: fields, use, switch: field, pack }, resolve): UnionShape | SwitchedUnionShape {
      const members = fields.map((field) => ({ ...field, shape: resolve(field) }));
      const packed = pack === undefined ? {} : { pack };
      if (field !== undefined) return { kind: 'switchedUnion', members, field, ...packed };
      const used = members.find(({ name }) => name === use);
      if (!used)
        throw new TypeResolutionError(
          `the union has no field '${use}'; it has ${fields.map(({ name }) => name).join(', ')}`,
        );
      return { kind: 'union', members, used, ...packed };
    },
    inC: ({ union: fields }, declarator, declare) => membersInC('union', fields, declarator, declare),
    parts: ({ union: fields }) => fields.map((spec, index) => ({ at: ['union', index], spec })),
  },

  problems: ({ members }) => [...memberProblems(members), ...strayCases(members)],

  layout: unionLayout,
  passing: 'value',
  elements: () => 1,
  fields: ({ used }) => [used],
  codec({ members, used, pack }, _residence, machine) {
    const codecs = members.map(({ name, shape }) => [name, kindOf(shape).codec(shape, 'memory', machine)] as const);
    const inner = kindOf(used.shape).codec(used.shape, 'memory', machine);
    const member = (raw: unknown) => (raw as Readonly<Record<string, unknown>>)[used.name];
    return {
      type: { union: codecs.map(([name, { type }]) => [name, type] as const), ...(pack !== undefined && { pack }) },
      ...(inner.withConstants && { withConstants: (raw) => ({ [used.name]: inner.withConstants?.(member(raw)) }) }),
      toNative: (value, place, memory) => ({ [used.name]: inner.toNative(value, place, memory) }),
      fromNative: (raw, memory): NativeValue => inner.fromNative(member(raw), memory),
    };
  },

  decode: ({ used: { shape } }, json, handles) => kindOf(shape).decode(shape, json, handles),
  encode: ({ used: { shape } }, value, handles) => kindOf(shape).encode(shape, value, handles),
  travelsAsString: ({ used: { shape } }) => kindOf(shape).travelsAsString?.(shape) ?? false,
  example: ({ used: { shape } }) => exampleOf(shape),
  schema: ({ used: { shape } }) => kindOf(shape).schema(shape),

  inWords: ({ used: { shape } }, use) => kindOf(shape).inWords(shape, use),
  powershellType: ({ used: { shape } }) => kindOf(shape).powershellType(shape),
  wireType: ({ used: { shape } }) => kindOf(shape).wireType?.(shape) ?? kindOf(shape).powershellType(shape),
};

/** Mistakes: members with `case` in a union whose member the definition fixes. */
function strayCases(members: readonly UnionMember[]): Problem[] {
  return members.flatMap((member, index) =>
    member.case === undefined && !member.default
      ? []
      : [
          {
            at: ['type', 'union', index],
            message: `'${member.name}' has "case" or "default", but the union has "use"; write "switch" instead`,
          },
        ],
  );
}
