/**
 * Unions: several fields in the same memory, of which the definition says which one is used. The value is that of the one,
 * and the others only say how much memory there is.
 */
import type { NativeValue } from '../definition/execution.js';
import type { FieldDefinition } from '../definition/types.js';
import type { Kind, Layout, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';

export interface UnionShape {
  readonly kind: 'union';
  /** The most bytes that a field is aligned to. */
  readonly pack?: number;
  readonly members: readonly (FieldDefinition & { readonly shape: Shape })[];
  /** The member that is used. */
  readonly used: FieldDefinition & { readonly shape: Shape };
}

export const union: Kind<UnionShape> = {
  name: 'union',
  composite: {
    key: 'union',
    schema: {
      type: 'object',
      description: 'A C union: fields in the same memory, of which one is used.',
      required: ['union', 'use'],
      additionalProperties: false,
      properties: {
        union: { type: 'array', description: 'The fields.', minItems: 1, items: { $ref: '#/$defs/field' } },
        pack: { enum: [1, 2, 4, 8], description: 'The most bytes that a field is aligned to. Default: no limit.' },
        use: {
          $ref: '#/$defs/identifier',
          description: 'The field that is used: the value of the union is its value.',
        },
      },
    },
    resolve({ union: fields, use, pack }, resolve) {
      const members = fields.map((field) => ({ ...field, shape: resolve(field) }));
      const used = members.find(({ name }) => name === use);
      if (!used)
        throw new TypeResolutionError(
          `the union has no field '${use}'; it has ${fields.map(({ name }) => name).join(', ')}`,
        );
      return { kind: 'union', members, used, ...(pack !== undefined && { pack }) };
    },
    parts: ({ union: fields }) => fields.map((spec, index) => ({ at: ['union', index], spec })),
  },

  problems: ({ members }) =>
    members.flatMap(({ name, bits, padding }, index) =>
      bits === undefined && !padding
        ? []
        : [
            {
              at: ['type', 'union', index],
              message: `'${name}' is a bit field, which a union holds only in a struct: put a struct around it`,
            },
          ],
    ),

  layout({ members, pack = 16 }): Layout {
    const layouts = members.map(({ shape }) => kindOf(shape).layout(shape));
    const alignment = Math.max(...layouts.map((one) => Math.min(one.alignment, pack)));
    const size = Math.max(...layouts.map((one) => one.size));
    return { size: Math.ceil(size / alignment) * alignment, alignment };
  },
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
  schema: ({ used: { shape } }) => kindOf(shape).schema(shape),

  powershellType: ({ used: { shape } }) => kindOf(shape).powershellType(shape),
  wireType: ({ used: { shape } }) => kindOf(shape).wireType?.(shape) ?? kindOf(shape).powershellType(shape),
};
