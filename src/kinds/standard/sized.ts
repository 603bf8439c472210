/** Structs of a size that their own content tells, which are always behind a pointer: SIDs and endpoints. */
import type { NativeValue } from '../../definition/execution.js';
import { show } from '../../definition/shown.js';
import type { Extent, PointerCount, TypeExpressions } from '../../definition/types.js';
import { type Json, ValueError } from '../json.js';
import type { Kind, Machine, MemoryOfCall } from '../kind.js';
import { unfit } from '../unfit.js';
import { scalarLayout } from '../whole-number.js';
import { ANY_FAMILIES, type StandardForm } from './form.js';

export interface SizedShape {
  readonly kind: string;
  /** What holds the number of its bytes; undefined if only its content tells. */
  readonly extent: Extent | PointerCount | undefined;
}

export interface SizedForm extends Pick<StandardForm, 'sample' | 'expected' | 'format' | 'toBytes'> {
  readonly wireType: string;
  /** The name of the pointer whose memory tells its own size; absent if nothing but a count tells it. */
  readonly pointer?: string;
  readonly description: string;
  /** Reads the bytes behind a pointer whose memory tells its own size. */
  read?(pointer: unknown, memory: MemoryOfCall, machine: Machine): Uint8Array;
  fromBytes(bytes: Buffer, machine: Machine): Json;
}

/** The key of a type expression whose value is the number of bytes. */
type Key = 'sid' | 'endpoint';

/** A field of the same struct that holds the number of bytes. */
const FIELD = {
  type: 'object',
  description: 'A field of the same struct, which is neither asked for nor reported.',
  required: ['field'],
  additionalProperties: false,
  properties: { field: { $ref: '#/$defs/identifier', description: 'The name of the field.' } },
} as const;

/** Makes the kind of such structs. */
export function sizedKind(name: Key, form: SizedForm): Kind<SizedShape> {
  const bytesOf = (value: NativeValue | undefined, place: string, { families }: Machine): Buffer => {
    const bytes = form.toBytes(value as Json, families);
    if (!bytes) throw unfit(place, value, form.expected);
    return bytes;
  };
  const { pointer, read } = form;
  return {
    name,
    ...(pointer !== undefined && { builtIns: { [pointer]: (): SizedShape => ({ kind: name, extent: undefined }) } }),
    composite: {
      key: name,
      schema: {
        type: 'object',
        description: form.description,
        required: [name],
        additionalProperties: false,
        properties: {
          [name]: {
            description: 'The number of its bytes: that of a parameter, or of a field of the same struct.',
            oneOf: [{ $ref: '#/$defs/extent' }, FIELD],
          },
        },
      },
      resolve: (type: TypeExpressions[Key]) => ({
        kind: name,
        extent: (type as Readonly<Record<string, Extent>>)[name],
      }),
    } as Kind<SizedShape>['composite'] & object,
    placeProblems: ({ extent }, { name: parameter, direction, allocated }) => {
      if (typeof extent === 'object' && 'field' in extent)
        return [{ at: ['type', name], message: `'${parameter}' is no field, so that no other field can be its count` }];
      return extent !== undefined || direction === 'in' || (direction === 'out' && allocated)
        ? []
        : [{ at: [], message: `the ${direction} parameter '${parameter}' needs the number of its bytes` }];
    },
    returns: () => ({ tells: 'zero' }),

    layout: () => scalarLayout(64),
    passing: 'pointer',
    elements: () => 1,
    countField: ({ extent }) => (typeof extent === 'object' && 'field' in extent ? extent.field : undefined),
    isPointer: () => true,
    codec: (_shape, _residence, machine) => ({
      type: 'memory',
      toNative: (value, place, memory) => (value === null ? null : memory.keep(bytesOf(value, place, machine))),
      countOf: (value) => (value === null || value === undefined ? 0 : bytesOf(value, '', machine).length),
      fromNative: (raw, memory, count) => {
        if (raw === null) return null;
        const bytes = count === undefined ? read?.(raw, memory, machine) : memory.bytes(raw, count);
        return bytes === undefined ? null : (form.fromBytes(Buffer.from(bytes), machine) as NativeValue);
      },
    }),
    counted: ({ extent }, machine) =>
      typeof extent === 'object' && 'parameter' in extent
        ? {
            by: extent,
            elementSize: 1,
            toBytes: (value, place) => bytesOf(value, place, machine),
            fromBytes: (bytes) => form.fromBytes(Buffer.from(bytes), machine) as NativeValue,
          }
        : undefined,

    decode(_shape, json) {
      if (!form.toBytes(json, ANY_FAMILIES)) throw new ValueError(`must be ${form.expected}, not ${show(json)}`);
      return json as NativeValue;
    },
    encode: (_shape, value) => value as Json,
    schema: () => ({ type: 'string', format: form.format }),

    powershellType: () => 'string',
    wireType: () => form.wireType,
    isDistinct: true,
    sample: () => form.sample,
  };
}
