/**
 * Uninterpreted memory: `unsigned char *`, `BYTE *`, `void *` with a number of bytes. Base64 in JSON, a byte array in
 * PowerShell.
 */
import type { Extent } from '../definition/types.js';
import { countedBy, countFieldOf, fixedLength, inMemory } from './count.js';
import { BASE64_SCHEMA, base64Of, bytesIn, ValueError } from './json.js';
import type { Kind } from './kind.js';
import { openEnd, openEndCodec } from './open-end.js';
import { unfit } from './unfit.js';

export interface BytesShape {
  readonly kind: 'bytes';
  readonly extent: Extent;
}

export const bytes: Kind<BytesShape> = {
  name: 'bytes',
  composite: {
    key: 'bytes',
    schema: {
      type: 'object',
      description: 'Raw memory (unsigned char *, BYTE *, void *): a byte array in PowerShell, base64 in JSON.',
      required: ['bytes'],
      additionalProperties: false,
      properties: { bytes: { $ref: '#/$defs/extent', description: 'Number of bytes.' } },
    },
    resolve: (type) => ({ kind: 'bytes', extent: type.bytes }),
    inC: (type, declarator) => `unsigned char ${inMemory(declarator, type.bytes)}`,
  },

  layout: ({ extent }) => ({ size: fixedLength(extent), alignment: 1 }),
  passing: 'memory',
  elements: ({ extent }) => fixedLength(extent),
  countField: ({ extent }) => countFieldOf(extent),
  open: ({ extent }) => openEnd(extent),
  codec: ({ extent }) => {
    const length = fixedLength(extent);
    const type = { array: 'uint8', length } as const;
    if (openEnd(extent))
      return openEndCodec(extent, {
        type,
        size: () => 1,
        lengthOf: (value) => (value instanceof Uint8Array ? value.length : 0),
        toNative: (value, place) => ({ type: 'uint8', values: [...asBytes(value, place)] }),
        read: (start, count, memory) => memory.bytes(start, count),
      });
    return {
      type,
      toNative: (value, place) => {
        const given = asBytes(value, place);
        if (given.length !== length) throw unfit(place, value, `exactly ${length} bytes`);
        return given;
      },
      fromNative: (raw) => Uint8Array.from(raw as readonly number[]),
    };
  },
  counted: ({ extent }) => {
    const by = countedBy(extent);
    return by && { by, elementSize: 1, toBytes: asBytes, fromBytes: (memory) => Uint8Array.from(memory) };
  },

  decode({ extent }, json) {
    const value = bytesIn(json);
    if (typeof extent === 'number' && value.length !== extent)
      throw new ValueError(`must be ${extent} bytes, not ${value.length}`);
    return value;
  },
  encode: (_shape, value) => (value === null ? null : base64Of(value as Uint8Array)),
  example: ({ extent }) => base64Of(typeof extent === 'number' ? new Uint8Array(extent) : Buffer.from('hello')),
  schema: () => BASE64_SCHEMA,

  inWords: ({ extent }) =>
    typeof extent === 'number' ? `exactly ${extent} bytes, as one array` : 'bytes, as one array',
  powershellType: () => 'byte[]',
  wireType: () => 'bytes',
};

function asBytes(value: unknown, place: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw unfit(place, value as string, 'bytes');
}
