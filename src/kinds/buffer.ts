/** A struct with an open end, in memory whose size in bytes another parameter holds. The value is the struct. */
import type { CountedBy } from '../definition/types.js';
import { exampleOf } from './example.js';
import type { Kind, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';

export interface BufferShape {
  readonly kind: 'buffer';
  readonly target: Shape;
  readonly size: CountedBy;
}

export const buffer: Kind<BufferShape> = {
  name: 'buffer',
  composite: {
    key: 'buffer',
    schema: {
      type: 'object',
      description:
        'A struct that ends with elements whose number is in one of its fields, in memory of a number of bytes. In an out parameter, everything that the struct points to must be in this memory.',
      required: ['buffer', 'size'],
      additionalProperties: false,
      properties: {
        buffer: { $ref: '#/$defs/type', description: 'The struct.' },
        size: { $ref: '#/$defs/countedBy', description: 'The parameter that holds the number of bytes.' },
      },
    },
    resolve({ buffer: type, size }, resolve) {
      const target = resolve({ type });
      if (kindOf(target).open?.(target) !== 'struct')
        throw new TypeResolutionError(
          'this type has a fixed size, so it needs no "buffer"; write the type itself, or an array of it',
        );
      return { kind: 'buffer', target, size };
    },
    inC: (type, declarator, declare) => declare(type.buffer, declarator),
    parts: (type) => [{ at: ['buffer'], spec: { type: type.buffer }, isBare: true, open: 'struct' }],
  },

  layout: ({ target }) => ({ ...kindOf(target).layout(target), size: 0 }),
  passing: 'memory',
  fields: ({ target }) => kindOf(target).fields?.(target) ?? [],
  filled: ({ target }) => kindOf(target).filled?.(target) ?? [],
  codec: ({ target }, residence, machine) => kindOf(target).codec(target, residence, machine),
  counted: ({ target, size }, machine) => ({ by: size, element: kindOf(target).codec(target, 'memory', machine) }),

  decode: ({ target }, json, handles) => kindOf(target).decode(target, json, handles),
  encode: ({ target }, value, handles) => kindOf(target).encode(target, value, handles),
  example: ({ target }) => exampleOf(target),
  schema: ({ target }) => kindOf(target).schema(target),

  inWords: ({ target }, use) => kindOf(target).inWords(target, use),
  powershellType: ({ target }) => kindOf(target).powershellType(target),
  wireType: ({ target }) => kindOf(target).wireType?.(target) ?? kindOf(target).powershellType(target),
};
