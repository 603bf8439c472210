/**
 * Arrays. Their length is fixed, or held by another parameter, or held by a field of the struct whose last field they
 * are.
 */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { Extent } from '../definition/types.js';
import { countedBy, countFieldOf, fixedLength, inMemory } from './count.js';
import { exampleOf } from './example.js';
import { valuesInWords } from './in-words.js';
import { ValueError, within } from './json.js';
import type { Codec, Kind, Shape } from './kind.js';
import { openEnd, openEndCodec } from './open-end.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';
import { unfit } from './unfit.js';

export interface ArrayShape {
  readonly kind: 'array';
  readonly element: Shape;
  readonly length: Extent;
}

export const array: Kind<ArrayShape> = {
  name: 'array',
  composite: {
    key: 'array',
    schema: {
      type: 'object',
      description: 'An array: of a fixed length, or, for a parameter, of one that another parameter holds.',
      required: ['array', 'length'],
      additionalProperties: false,
      properties: {
        array: { $ref: '#/$defs/type', description: 'Type of one element.' },
        length: { $ref: '#/$defs/extent', description: 'Number of elements.' },
      },
    },
    resolve: ({ array: element, length }, resolve) => ({
      kind: 'array',
      element: resolve({ type: element }),
      length,
    }),
    parts: (type) => [{ at: ['array'], spec: { type: type.array }, isBare: true }],
    inC: ({ array: element, length }, declarator, declare) => declare(element, inMemory(declarator, length)),
  },
  problems: ({ element }) =>
    kindOf(element).countField?.(element) === undefined && !kindOf(element).switch?.(element)
      ? []
      : [
          {
            at: ['type', 'array'],
            message:
              'elements of an array are not fields, so a field cannot hold their count or choose a member; put a struct around each element',
          },
        ],

  layout({ element, length }) {
    const { size, alignment } = kindOf(element).layout(element);
    return { size: size * fixedLength(length), alignment };
  },
  passing: 'memory',
  elements: ({ length }) => fixedLength(length),
  element: ({ element }) => element,
  countField: ({ length }) => countFieldOf(length),
  open: ({ length }) => openEnd(length),
  codec({ element, length }, residence, machine) {
    if (residence === 'argument') throw new TypeResolutionError('C has no array by value, except in a struct');
    const inner = kindOf(element).codec(element, 'memory', machine);
    if (openEnd(length)) return endCodec(inner, length);
    const { withConstants } = inner;
    return {
      ...(withConstants && { withConstants: (raw: unknown) => (raw as readonly unknown[]).map(withConstants) }),
      type: { array: inner.type, length: fixedLength(length) },
      toNative: (value, place, memory) => {
        if (!Array.isArray(value) || value.length !== length) {
          throw unfit(place, value as NativeValue, `an array of ${fixedLength(length)} elements`);
        }
        return value.map((item: NativeValue, index) => inner.toNative(item, `${place}[${index}]`, memory));
      },
      fromNative: (raw, memory) => (raw as readonly unknown[]).map((item) => inner.fromNative(item, memory)),
    };
  },
  counted: ({ element, length }, machine) => {
    const by = countedBy(length);
    return by && { by, element: kindOf(element).codec(element, 'memory', machine) };
  },

  decode({ element, length }, json, handles) {
    if (!Array.isArray(json)) throw new ValueError(`must be an array, not ${show(json)}`);
    if (typeof length === 'number' && json.length !== length)
      throw new ValueError(`must be an array of ${length} elements, not ${show(json)}`);
    return json.map((item, index) => within(`[${index}]`, () => kindOf(element).decode(element, item, handles)));
  },
  encode: ({ element }, value, handles) =>
    value === null
      ? null
      : (value as readonly NativeValue[]).map((item) => kindOf(element).encode(element, item, handles)),
  example: ({ element, length }) =>
    Array.from({ length: typeof length === 'number' ? length : 1 }, () => exampleOf(element)),
  schema: ({ element, length }) => ({
    type: 'array',
    ...(typeof length === 'number' && { minItems: length, maxItems: length }),
    items: kindOf(element).schema(element),
  }),

  inWords: ({ element, length }, use) => valuesInWords(element, use, typeof length === 'number' ? length : undefined),
  powershellType: ({ element }) => `${kindOf(element).powershellType(element)}[]`,
  wireType: ({ element }) => {
    const kind = kindOf(element);
    return { array: kind.wireType?.(element) ?? kind.powershellType(element) };
  },
};

/** The codec of elements at the end of a struct. */
const endCodec = (inner: Codec, length: Extent): Codec =>
  openEndCodec(length, {
    type: { array: inner.type, length: 1 },
    size: (memory) => memory.sizeOf(inner.type),
    lengthOf: (value) => (Array.isArray(value) ? value.length : 0),
    toNative: (value, place, memory) => {
      if (!Array.isArray(value)) throw unfit(place, value, 'an array');
      const values = value.map((item: NativeValue, index) => inner.toNative(item, `${place}[${index}]`, memory));
      return { type: inner.type, values };
    },
    read: (start, count, memory) =>
      memory.values(start, inner.type, count).map((item) => inner.fromNative(item, memory)),
  });

/**
 * The shape of a list of rows with these values. It is an array of structs that exists only in JSON, not in native
 * memory.
 */
export const rowsOf = (values: readonly { readonly name: string; readonly shape: Shape }[]): Shape => {
  const rows: ArrayShape = {
    kind: 'array',
    element: { kind: 'struct', fields: values } as Shape,
    length: { parameter: '' },
  };
  return rows;
};
