/** Arrays of fixed length. */
import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import { ValueError, within } from './json.js';
import type { Kind, Shape } from './kind.js';
import { kindOf } from './registry.js';
import { TypeResolutionError } from './type-resolution-error.js';
import { unfit } from './unfit.js';

export interface ArrayShape {
  readonly kind: 'array';
  readonly element: Shape;
  readonly length: number;
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
  placeProblems: (shape, { direction }) =>
    direction === 'in' && holdsText(shape) ? [{ at: ['type'], message: 'arrays of strings cannot be passed in' }] : [],

  layout({ element, length }) {
    const { size, alignment } = kindOf(element).layout(element);
    return { size: size * length, alignment };
  },
  passing: 'memory',
  elements: ({ length }) => length,
  element: ({ element }) => element,
  codec({ element, length }, residence, machine) {
    if (residence === 'argument') throw new TypeResolutionError('C has no array by value, except in a struct');
    const inner = kindOf(element).codec(element, 'memory', machine);
    return {
      type: { array: inner.type, length },
      toNative: (value, place) => {
        if (!Array.isArray(value) || value.length !== length) {
          throw unfit(place, value as NativeValue, `an array of ${length} elements`);
        }
        return value.map((item: NativeValue, index) => inner.toNative(item, `${place}[${index}]`));
      },
      fromNative: (raw) => (raw as readonly unknown[]).map((item) => inner.fromNative(item)),
    };
  },

  decode({ element, length }, json) {
    if (!Array.isArray(json) || json.length !== length)
      throw new ValueError(`must be an array of ${length} elements, not ${show(json)}`);
    return json.map((item, index) => within(`[${index}]`, () => kindOf(element).decode(element, item)));
  },
  encode: ({ element }, value) =>
    (value as readonly NativeValue[]).map((item) => kindOf(element).encode(element, item)),
  schema: ({ element, length }) => ({
    type: 'array',
    minItems: length,
    maxItems: length,
    items: kindOf(element).schema(element),
  }),

  powershellType: ({ element }) => `${kindOf(element).powershellType(element)}[]`,
  wireType: ({ element }) => {
    const kind = kindOf(element);
    return { array: kind.wireType?.(element) ?? kind.powershellType(element) };
  },
};

function holdsText(shape: Shape): boolean {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  const parts = [...(element ? [element] : []), ...(kind.fields?.(shape) ?? []).map((field) => field.shape)];
  return kind.isText === true || parts.some(holdsText);
}
