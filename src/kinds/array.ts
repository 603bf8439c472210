/** Arrays: of a fixed length, or of one that another parameter holds. */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { Extent } from '../definition/types.js';
import { ValueError, within } from './json.js';
import type { Kind, Shape } from './kind.js';
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
    resolve: ({ array: element, length }, resolve) => ({
      kind: 'array',
      element: resolve({ type: element }),
      length,
    }),
    parts: (type) => [{ at: ['array'], spec: { type: type.array }, isBare: true }],
  },
  problems: ({ element }) =>
    kindOf(element).countField?.(element) === undefined && !kindOf(element).switch?.(element)
      ? []
      : [
          {
            at: ['type', 'array'],
            message:
              'the elements of an array are no fields, so that no field can count theirs or choose a member: put a struct around each',
          },
        ],

  layout({ element, length }) {
    const { size, alignment } = kindOf(element).layout(element);
    return { size: size * fixed(length), alignment };
  },
  passing: 'memory',
  elements: ({ length }) => fixed(length),
  element: ({ element }) => element,
  codec({ element, length }, residence, machine) {
    if (residence === 'argument') throw new TypeResolutionError('C has no array by value, except in a struct');
    const inner = kindOf(element).codec(element, 'memory', machine);
    const { withConstants } = inner;
    return {
      ...(withConstants && { withConstants: (raw: unknown) => (raw as readonly unknown[]).map(withConstants) }),
      type: { array: inner.type, length: fixed(length) },
      toNative: (value, place, memory) => {
        if (!Array.isArray(value) || value.length !== length) {
          throw unfit(place, value as NativeValue, `an array of ${fixed(length)} elements`);
        }
        return value.map((item: NativeValue, index) => inner.toNative(item, `${place}[${index}]`, memory));
      },
      fromNative: (raw, memory) => (raw as readonly unknown[]).map((item) => inner.fromNative(item, memory)),
    };
  },
  counted: ({ element, length }, machine) =>
    typeof length === 'number' ? undefined : { by: length, element: kindOf(element).codec(element, 'memory', machine) },

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
  schema: ({ element, length }) => ({
    type: 'array',
    ...(typeof length === 'number' && { minItems: length, maxItems: length }),
    items: kindOf(element).schema(element),
  }),

  powershellType: ({ element }) => `${kindOf(element).powershellType(element)}[]`,
  wireType: ({ element }) => {
    const kind = kindOf(element);
    return { array: kind.wireType?.(element) ?? kind.powershellType(element) };
  },
};

/** A length that another parameter holds is not known before a call. */
const fixed = (length: Extent): number => (typeof length === 'number' ? length : 0);

/** The shape of rows, of which each has these values: an array of structs that exists in no memory. */
export const rowsOf = (values: readonly { readonly name: string; readonly shape: Shape }[]): Shape => {
  const rows: ArrayShape = {
    kind: 'array',
    element: { kind: 'struct', fields: values } as Shape,
    length: { parameter: '' },
  };
  return rows;
};
