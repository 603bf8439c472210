/**
 * Structs whose size is part of their content: SIDs and endpoints. They are behind a pointer, or in memory whose size
 * the definition, a parameter or a field gives.
 */
import type { NativeValue } from '../../definition/execution.js';
import { show } from '../../definition/shown.js';
import type { Extent, TypeExpressions } from '../../definition/types.js';
import { countedBy, countFieldOf, inMemory } from '../count.js';
import { type Json, ValueError } from '../json.js';
import type { Kind, Machine, MemoryOfCall } from '../kind.js';
import { unfit } from '../unfit.js';
import { scalarLayout } from '../whole-number.js';
import { ANY_FAMILIES, type StandardForm } from './form.js';

export interface SizedShape {
  readonly kind: string;
  /** The size of its memory in bytes; undefined if only the content determines it. */
  readonly extent: Extent | undefined;
}

export interface SizedForm extends Pick<StandardForm, 'sample' | 'expected' | 'format' | 'toBytes'> {
  readonly wireType: string;
  /** The name of the C type of a pointer to one of any size. */
  readonly pointer: string;
  readonly description: string;
  /** Reads the bytes behind a pointer. The first bytes determine how many there are. */
  read(pointer: unknown, memory: MemoryOfCall, machine: Machine): Uint8Array;
  fromBytes(bytes: Buffer, machine: Machine): Json;
}

/** The key of a type expression whose value is the number of bytes. */
type Key = 'sid' | 'endpoint';

/** Makes the kind of such structs. */
export function sizedKind(name: Key, form: SizedForm): Kind<SizedShape> {
  const bytesOf = (value: NativeValue | undefined, place: string, { families }: Machine): Buffer => {
    const bytes = form.toBytes(value as Json, families);
    if (!bytes) throw unfit(place, value, form.expected);
    return bytes;
  };
  /** Returns the whole memory, including the part that the value does not fill. */
  const filled = (value: NativeValue | undefined, place: string, size: number, machine: Machine): Buffer => {
    const bytes = bytesOf(value, place, machine);
    if (bytes.length > size) throw unfit(place, value, `${form.expected}, in ${size} bytes at most`);
    return Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
  };
  return {
    name,
    builtIns: { [form.pointer]: (): SizedShape => ({ kind: name, extent: undefined }) },
    composite: {
      key: name,
      schema: {
        type: 'object',
        description: form.description,
        required: [name],
        additionalProperties: false,
        properties: {
          [name]: {
            $ref: '#/$defs/extent',
            description: 'The number of bytes: fixed, or in a parameter or a field of the same struct.',
          },
        },
      },
      inC: (type: TypeExpressions[Key], declarator: string) => {
        const extent = (type as Readonly<Record<string, Extent>>)[name] as Extent;
        return typeof extent === 'number' && !declarator.startsWith('*')
          ? `unsigned char ${inMemory(declarator, extent)}`
          : `${form.pointer} ${declarator.replace(/^\*/, '')}`;
      },
      resolve: (type: TypeExpressions[Key]) => ({
        kind: name,
        extent: (type as Readonly<Record<string, Extent>>)[name],
      }),
    } as Kind<SizedShape>['composite'] & object,
    placeProblems: ({ extent }, { name: parameter, direction, allocated }) => {
      if (countFieldOf(extent) !== undefined)
        return [{ at: ['type', name], message: `'${parameter}' is not a field, so another field cannot be its count` }];
      return extent !== undefined || direction === 'in' || (direction === 'out' && allocated)
        ? []
        : [{ at: [], message: `the ${direction} parameter '${parameter}' needs the number of its bytes` }];
    },
    returns: ({ extent }) => (extent === undefined ? { tells: 'zero' } : undefined),

    layout: ({ extent }) => (typeof extent === 'number' ? { size: extent, alignment: 1 } : scalarLayout(64)),
    passing: 'pointer',
    elements: ({ extent }, direction) => (direction !== 'in' && typeof extent === 'number' ? extent : 1),
    countField: ({ extent }) => countFieldOf(extent),
    isPointer: ({ extent }) => typeof extent !== 'number',
    codec: ({ extent }, residence, machine) => {
      const fromBytes = (bytes: Uint8Array) => form.fromBytes(Buffer.from(bytes), machine) as NativeValue;
      if (typeof extent === 'number' && residence === 'memory')
        return {
          type: { array: 'uint8', length: extent },
          toNative: (value, place) => filled(value, place, extent, machine),
          fromNative: (raw) => fromBytes(Uint8Array.from(raw as readonly number[])),
        };
      const given = (value: NativeValue | undefined, place: string) =>
        typeof extent === 'number' ? filled(value, place, extent, machine) : bytesOf(value, place, machine);
      return {
        type: 'memory',
        toNative: (value, place, memory) => (value === null ? null : memory.keep(given(value, place))),
        countOf: (value) => (value === null || value === undefined ? 0 : bytesOf(value, '', machine).length),
        fromNative: (raw, memory, count) => {
          if (raw === null) return null;
          return fromBytes(count === undefined ? form.read(raw, memory, machine) : memory.bytes(raw, count));
        },
      };
    },
    counted: ({ extent }, machine) => {
      const by = countedBy(extent);
      return (
        by && {
          by,
          elementSize: 1,
          toBytes: (value, place) => bytesOf(value, place, machine),
          fromBytes: (bytes) => form.fromBytes(Buffer.from(bytes), machine) as NativeValue,
        }
      );
    },

    decode(_shape, json) {
      if (!form.toBytes(json, ANY_FAMILIES)) throw new ValueError(`must be ${form.expected}, not ${show(json)}`);
      return json as NativeValue;
    },
    encode: (_shape, value) => value as Json,
    schema: () => ({ type: 'string', format: form.format }),

    inWords: () => form.expected,
    powershellType: () => 'string',
    wireType: () => form.wireType,
    isDistinct: true,
    sample: () => form.sample,
  };
}
