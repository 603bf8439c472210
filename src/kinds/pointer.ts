/**
 * Pointers to memory that the library owns. They point to one value, to several elements, or to the first element of a
 * linked list. The definition, another field or another parameter gives the number of elements. The JSON value is what
 * the pointer points to; null for NULL.
 */

import type { NativeValue } from '../definition/execution.js';
import { show } from '../definition/shown.js';
import type { PointerCount } from '../definition/types.js';
import { countFieldOf, elementsIn, numberOf } from './count.js';
import { exampleOf } from './example.js';
import { valuesInWords } from './in-words.js';
import { BASE64_SCHEMA, base64Of, bytesIn, ValueError, within } from './json.js';
import type { Codec, JsonSchema, Kind, MemoryOfCall, Shape, WireType } from './kind.js';
import { kindOf } from './registry.js';
import { unfit } from './unfit.js';
import { scalarLayout } from './whole-number.js';

export interface PointerShape {
  readonly kind: 'pointer';
  /** The value behind the pointer, or one of its elements. */
  readonly target: Shape;
  /** The number of elements; undefined for one value, and for a linked list. */
  readonly count: PointerCount | undefined;
  /** The maximum number of elements of a linked list. */
  readonly limit: number;
}

/** The maximum number of elements of a linked list if the definition sets none. */
const DEFAULT_LIMIT = 65_536;

export const pointer: Kind<PointerShape> = {
  name: 'pointer',
  composite: {
    key: 'pointer',
    schema: {
      type: 'object',
      description:
        'A pointer to memory of the library: a field of a struct, a return value, or what an out parameter receives. It points to one value, a number of elements, or a linked list whose structs have a field with next. Callers get the value behind it, and null for NULL.',
      required: ['pointer'],
      additionalProperties: false,
      properties: {
        pointer: {
          $ref: '#/$defs/type',
          description: 'Type of the value behind it, or of one element. Several BYTE are a byte array.',
        },
        count: {
          description: 'Number of elements. The default is one, or a linked list.',
          oneOf: [
            { $ref: '#/$defs/elementCount' },
            {
              type: 'object',
              description:
                'A field of the same struct that holds the number, or a parameter that receives it. Callers do not see it.',
              minProperties: 1,
              additionalProperties: false,
              properties: {
                field: { $ref: '#/$defs/identifier', description: 'The name of the field.' },
                parameter: { $ref: '#/$defs/identifier', description: 'The name of the parameter.' },
                unit: { $ref: '#/$defs/unit', description: 'What it counts.' },
              },
              oneOf: [{ required: ['field'] }, { required: ['parameter'] }],
            },
          ],
        },
        limit: {
          type: 'integer',
          minimum: 1,
          maximum: 1000000,
          description: 'The maximum number of elements of a linked list. More are an error. Default: 65,536.',
        },
      },
    },
    resolve: ({ pointer: target, count, limit = DEFAULT_LIMIT }, resolve) => ({
      kind: 'pointer',
      target: resolve({ type: target }),
      count,
      limit,
    }),
    inC: ({ pointer: target }, declarator, declare) => declare(target, `*${declarator}`),
    isMadeByFunction: true,
    parts: (type) => [
      {
        at: ['pointer'],
        spec: { type: type.pointer },
        isBare: true,
        ...(type.count === undefined && { open: 'struct' }),
      },
    ],
  },
  problems: (shape) => [
    ...(isList(shape) && shape.count !== undefined
      ? [{ at: ['type', 'count'], message: 'a linked list has no count' }]
      : []),
    ...(kindOf(shape.target).switch?.(shape.target)
      ? [
          {
            at: ['type', 'pointer'],
            message: 'a field can choose the member of a union only in the same struct; put a struct around both',
          },
        ]
      : []),
  ],
  placeProblems: (shape, { name, direction }) => {
    if (typeof shape.count === 'object' && 'field' in shape.count)
      return [{ at: ['type', 'count'], message: `'${name}' is not a field, so another field cannot be its count` }];
    return direction === 'out'
      ? []
      : [{ at: ['type'], message: `'${name}' is memory of the library, so its direction must be "out"` }];
  },
  returns: () => ({ tells: 'zero' }),

  layout: () => scalarLayout(64),
  passing: 'pointer',
  /** Lets an output return the elements one by one. */
  element: (shape) => (isMany(shape) && !isBytes(shape) ? shape.target : undefined),
  countField: ({ count }) => countFieldOf(count),
  lent: ({ target }) => [target],
  isPointer: () => true,
  codec: (shape, _residence, machine) => {
    // Resolved on first use, because the type behind a pointer can be large.
    let known: Codec | undefined;
    const inner = () => {
      known ??= kindOf(shape.target).codec(shape.target, 'memory', machine);
      return known;
    };
    return {
      type: 'memory',
      toNative: (value, place, memory) => toNative(shape, inner(), value, place, memory),
      countOf: (value, memory) => countOf(shape, inner(), value, memory),
      fromNative: (raw, memory, count) => fromNative(shape, inner(), raw, memory, count),
    };
  },

  decode(shape, json) {
    if (isBytes(shape)) return bytesIn(json);
    const { target } = shape;
    if (!isMany(shape)) return kindOf(target).decode(target, json);
    if (!Array.isArray(json)) throw new ValueError(`must be an array, not ${show(json)}`);
    return json.map((item, index) => within(`[${index}]`, () => kindOf(target).decode(target, item)));
  },
  encode(shape, value) {
    if (value === null) return null;
    if (value instanceof Uint8Array) return base64Of(value);
    const kind = kindOf(shape.target);
    if (!isMany(shape)) return kind.encode(shape.target, value);
    return (value as readonly NativeValue[]).map((item) => kind.encode(shape.target, item));
  },
  example: (shape) => {
    if (isBytes(shape)) return base64Of(new Uint8Array(typeof shape.count === 'number' ? shape.count : 1));
    const one = exampleOf(shape.target);
    return isMany(shape) ? Array.from({ length: typeof shape.count === 'number' ? shape.count : 1 }, () => one) : one;
  },
  schema: schemaOf,

  inWords: (shape, use) => {
    if (isBytes(shape)) return 'bytes, as one array';
    if (isMany(shape)) return valuesInWords(shape.target, use);
    return kindOf(shape.target).inWords(shape.target, use);
  },
  powershellType: (shape) => {
    if (isBytes(shape)) return 'byte[]';
    const type = kindOf(shape.target).powershellType(shape.target);
    return isMany(shape) ? `${type}[]` : type;
  },
  wireType: (shape) => {
    if (isBytes(shape)) return 'bytes';
    const type: WireType =
      kindOf(shape.target).wireType?.(shape.target) ?? kindOf(shape.target).powershellType(shape.target);
    return isMany(shape) ? { array: type } : type;
  },
};

/** True for elements of a linked list. */
const isList = ({ target }: PointerShape) => kindOf(target).link?.(target) !== undefined;

const isMany = (shape: PointerShape) => shape.count !== undefined || isList(shape);

/** True for a number of plain bytes, which form one value. */
function isBytes({ target, count }: PointerShape): boolean {
  const kind = kindOf(target);
  const number = kind.isArithmetic ? kind.wholeNumber?.(target) : undefined;
  return count !== undefined && number?.bits === 8 && number.minimum === 0n && number.maximum === 255n;
}

function schemaOf(shape: PointerShape): JsonSchema {
  if (isBytes(shape)) return BASE64_SCHEMA;
  const inner = kindOf(shape.target).schema(shape.target);
  return isMany(shape) ? { type: 'array', items: inner } : inner;
}

function fromNative(
  shape: PointerShape,
  inner: Codec,
  raw: unknown,
  memory: MemoryOfCall,
  told: number | undefined,
): NativeValue {
  if (raw === null) return null;
  const link = kindOf(shape.target).link?.(shape.target);
  if (link !== undefined)
    return memory.list(raw, inner.type, link, shape.limit).map((one) => inner.fromNative(one, memory));
  if (shape.count === undefined) return inner.fromNative(memory.values(raw, inner.type, 1)[0], memory);
  const { count } = shape;
  const number = typeof count === 'number' ? count : told;
  if (number === undefined) throw new Error('the number of elements behind the pointer is unknown here');
  const elements = elementsIn(number, count, () => memory.sizeOf(inner.type));
  if (isBytes(shape)) return memory.bytes(raw, elements);
  return memory.values(raw, inner.type, elements).map((one) => inner.fromNative(one, memory));
}

/** Returns the value for the counter of the elements. */
function countOf(shape: PointerShape, inner: Codec, value: NativeValue | undefined, memory: MemoryOfCall): number {
  const elements = value instanceof Uint8Array || Array.isArray(value) ? value.length : 0;
  return numberOf(elements, shape.count, () => memory.sizeOf(inner.type));
}

function toNative(
  shape: PointerShape,
  inner: Codec,
  value: NativeValue | undefined,
  place: string,
  memory: MemoryOfCall,
): unknown {
  if (value === null) return null;
  if (isList(shape)) throw unfit(place, value, 'NULL, because only the library can make a linked list');
  if (!isMany(shape)) return memory.keepValues(inner.type, [inner.toNative(value, place, memory)]);
  const length = typeof shape.count === 'number' ? shape.count : undefined;
  const isFitting = isBytes(shape) ? value instanceof Uint8Array : Array.isArray(value);
  const given = value as readonly NativeValue[] | Uint8Array;
  if (!isFitting || (length !== undefined && given.length !== length))
    throw unfit(place, value, length === undefined ? 'an array' : `an array of ${length} elements`);
  if (given instanceof Uint8Array) return memory.keep(given);
  return memory.keepValues(
    inner.type,
    given.map((one, index) => inner.toNative(one, `${place}[${index}]`, memory)),
  );
}
