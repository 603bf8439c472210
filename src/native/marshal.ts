/**
 * From shapes to koffi: the koffi type that a shape has in native memory, and the conversion of values both ways.
 *
 * This file holds the only byte swap of the whole system, and it is koffi that does it: an integer whose byte order is
 * `network` gets one of koffi's big-endian types (`nativeInteger`). Everything else, here and above, is in host order.
 * All koffi types made here are anonymous, because koffi's type names are global to the process.
 */
import koffi, { type TypeObject } from 'koffi';
import { type IntegerType, integerRange, type Shape, TypeResolutionError } from '../definition/ctypes.js';
import { DlletError } from '../definition/errors.js';
import type { NativeValue } from '../definition/execution.js';
import type { ByteOrder } from '../definition/types.js';

/** How values of one shape cross the border. */
export interface Codec {
  /** The koffi type; `size` of it is the size in native memory. */
  readonly type: TypeObject;
  /**
   * A value as koffi takes it. `place` names the value in errors: `StartPort`, `Endpoint.Port`, `Values[3]`.
   * Throws DlletError `InvalidParameter` for a value the C type cannot hold, because koffi would cut it silently.
   */
  toNative(value: NativeValue | undefined, place: string): unknown;
  /** What koffi brought back, normalised: 64-bit and pointer-sized integers and handles are bigint, always. */
  fromNative(raw: unknown): NativeValue;
}

/**
 * Where a value lives: `argument` is by value (or a return value), where a string is a pointer; `memory` is inside a
 * struct, an array or a buffer, where a string with a capacity is the characters themselves.
 */
export type Residence = 'argument' | 'memory';

/** The codec of a shape. Throws TypeResolutionError for what C cannot express in this place. */
export function codecOf(shape: Shape, residence: Residence): Codec {
  switch (shape.kind) {
    case 'integer':
      return integerCodec(shape, shape.byteOrder);
    case 'boolean':
      return booleanCodec(shape.bits);
    case 'float':
      return floatCodec(shape.bits);
    case 'handle':
      return handleCodec();
    case 'enum':
      return enumCodec(shape.names, shape.base);
    case 'string':
      return shape.capacity !== undefined && residence === 'memory'
        ? characterArrayCodec(shape.encoding, shape.capacity)
        : stringPointerCodec(shape.encoding);
    case 'struct':
      return structCodec(shape);
    case 'array':
      if (residence === 'argument') throw new TypeResolutionError('C has no array by value, except in a struct');
      return arrayCodec(shape);
  }
}

/** THE byte swap: an integer in network order is one of koffi's big-endian types. A single byte has no order. */
function nativeInteger(type: IntegerType, byteOrder: ByteOrder): TypeObject {
  const sign = type.signed ? '' : 'u';
  if (type.bits === 8) return koffi.types[`${sign}int8`];
  if (byteOrder === 'network') {
    if (type.bits === 0) throw new TypeResolutionError('a pointer-sized integer cannot be in network byte order');
    return koffi.types[`${sign}int${type.bits}_be`];
  }
  return type.bits === 0 ? koffi.types[`${sign}intptr`] : koffi.types[`${sign}int${type.bits}`];
}

function integerCodec(integer: IntegerType, byteOrder: ByteOrder): Codec {
  const type = nativeInteger(integer, byteOrder);
  const limits = integerRange({ ...integer, bits: (type.size * 8) as IntegerType['bits'] });
  const wide = integer.bits === 0 || integer.bits === 64;
  return {
    type,
    toNative: integerCheck(limits.minimum, limits.maximum),
    fromNative: wide ? (raw) => BigInt(raw as number | bigint) : (raw) => Number(raw),
  };
}

function integerCheck(minimum: bigint, maximum: bigint): Codec['toNative'] {
  const low = Number(minimum);
  const high = Number(maximum);
  return (value, place) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= low && value <= high) return value;
    if (typeof value === 'bigint' && value >= minimum && value <= maximum) return value;
    throw unfit(place, value, `an integer from ${minimum} to ${maximum}`);
  };
}

function booleanCodec(bits: 8 | 32): Codec {
  return {
    type: bits === 8 ? koffi.types.uint8 : koffi.types.int32,
    toNative: (value, place) => {
      if (typeof value !== 'boolean') throw unfit(place, value, 'true or false');
      return value ? 1 : 0;
    },
    fromNative: (raw) => Number(raw) !== 0,
  };
}

function floatCodec(bits: 32 | 64): Codec {
  return {
    type: bits === 32 ? koffi.types.float : koffi.types.double,
    toNative: (value, place) => {
      if (typeof value !== 'number') throw unfit(place, value, 'a number');
      return value;
    },
    fromNative: (raw) => Number(raw),
  };
}

/** Handles are unsigned on the way back; negative ones (pseudo-handles such as -1) are taken as well. */
function handleCodec(): Codec {
  const type = koffi.types.uintptr;
  const bits = BigInt(type.size * 8);
  const check = integerCheck(-(1n << (bits - 1n)), (1n << bits) - 1n);
  return {
    type,
    toNative: (value, place) => (value === null ? 0n : check(value, place)),
    fromNative: (raw) => BigInt(raw as number | bigint),
  };
}

/** Names and numbers go in; numbers come back (bigint only past 2^53), as the definition writes the values. */
function enumCodec(names: Readonly<Record<string, number>>, base: IntegerType): Codec {
  const integer = integerCodec(base, 'host');
  return {
    type: integer.type,
    fromNative: (raw) => (Number.isSafeInteger(Number(raw)) ? Number(raw) : integer.fromNative(raw)),
    toNative: (value, place) => {
      if (typeof value !== 'string') return integer.toNative(value, place);
      const number = Object.hasOwn(names, value) ? names[value] : undefined;
      if (number === undefined) throw unfit(place, value, `one of ${Object.keys(names).join(', ')}`);
      return integer.toNative(number, place);
    },
  };
}

/** A pointer to a NUL-terminated string; null is NULL. */
function stringPointerCodec(encoding: 'utf16' | 'utf8'): Codec {
  return {
    type: encoding === 'utf16' ? koffi.types.str16 : koffi.types.str,
    toNative: (value, place) => (value === null ? null : terminable(value, place)),
    fromNative: (raw) => raw as string | null,
  };
}

/** `capacity` characters in place, the terminator included; what is read ends at the terminator or at the capacity. */
function characterArrayCodec(encoding: 'utf16' | 'utf8', capacity: number): Codec {
  const unit = encoding === 'utf16' ? koffi.types.char16 : koffi.types.char;
  return {
    type: koffi.array(unit, capacity, 'String'),
    toNative: (value, place) => {
      const text = terminable(value, place);
      const length = encoding === 'utf16' ? text.length : Buffer.byteLength(text);
      if (length >= capacity) throw unfit(place, value, `at most ${capacity - 1} characters in ${encoding}`);
      return text;
    },
    fromNative: (raw) => raw as string,
  };
}

/** A string that C can see the end of: one with a NUL inside would be cut there. */
function terminable(value: NativeValue | undefined, place: string): string {
  if (typeof value !== 'string' || value.includes('\0')) throw unfit(place, value, 'a string without NUL characters');
  return value;
}

function structCodec(shape: Extract<Shape, { kind: 'struct' }>): Codec {
  const fields = shape.fields.map((field) => ({ name: field.name, codec: codecOf(field.shape, 'memory') }));
  return {
    type: koffi.struct(Object.fromEntries(fields.map(({ name, codec }) => [name, codec.type]))),
    toNative: (value, place) => {
      if (!isRecord(value)) throw unfit(place, value, 'an object with the fields of the struct');
      return Object.fromEntries(
        fields.map(({ name, codec }) => [
          name,
          codec.toNative(Object.hasOwn(value, name) ? value[name] : undefined, `${place}.${name}`),
        ]),
      );
    },
    fromNative: (raw) => {
      const record = raw as Readonly<Record<string, unknown>>;
      return Object.fromEntries(fields.map(({ name, codec }) => [name, codec.fromNative(record[name])]));
    },
  };
}

function arrayCodec(shape: Extract<Shape, { kind: 'array' }>): Codec {
  const element = codecOf(shape.element, 'memory');
  return {
    type: koffi.array(element.type, shape.length, 'Array'),
    toNative: (value, place) => {
      if (!Array.isArray(value) || value.length !== shape.length) {
        throw unfit(place, value as NativeValue, `an array of ${shape.length} elements`);
      }
      return value.map((item: NativeValue, index) => element.toNative(item, `${place}[${index}]`));
    },
    fromNative: (raw) => (raw as readonly unknown[]).map((item) => element.fromNative(item)),
  };
}

function isRecord(value: NativeValue | undefined): value is { readonly [name: string]: NativeValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unfit(place: string, value: NativeValue | undefined, expected: string): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${place} is ${describeValue(value)}, which cannot be passed to the function: it takes ${expected}.`,
    recommendedAction: `Give ${expected} for ${place}.`,
    data: { parameter: place },
  });
}

function describeValue(value: NativeValue | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return value.includes('\0') ? 'a string with a NUL character' : JSON.stringify(value);
  if (Array.isArray(value)) return `an array of ${value.length} elements`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
