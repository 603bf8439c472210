/** Writes and reads memory whose number of elements another parameter holds. */
import koffi from 'koffi';
import type { NativeValue } from '../definition/execution.js';
import { kindOf, type MemoryOfCall, type Shape } from '../kinds/index.js';
import { type KoffiCodec, type KoffiCounted, knownType } from './marshal.js';
import { type AfterCall, SPARE } from './memory.js';
import { memoryOfCall } from './memory-of-call.js';
import { isOpen, writeOpen } from './open-struct.js';

/** Writes and reads the elements of memory. */
export interface Elements {
  /** The size of one element in bytes. */
  readonly size: number;
  lengthOf(value: NativeValue): number;
  write(buffer: Buffer, value: NativeValue, memory: MemoryOfCall): void;
  /** Fills in the fixed values of an output before the call. Absent: there are none. */
  prepare?(buffer: Buffer): void;
  read(buffer: Buffer, length: number, after: AfterCall): NativeValue;
}

function bytesOf(memory: Extract<KoffiCounted, { readonly elementSize: number }>, name: string): Elements {
  const { elementSize: size } = memory;
  return {
    size,
    lengthOf: (value) => memory.toBytes(value, name).length / size,
    write: (buffer, value) => buffer.set(memory.toBytes(value, name)),
    read: (buffer, length) => memory.fromBytes(buffer.subarray(0, length * size)),
  };
}

/** Returns the functions that write and read the memory of a shape. `name`: the parameter, for messages. */
export function elementsOf(memory: KoffiCounted, shape: Shape, name: string): Elements {
  return 'element' in memory ? valuesOf(memory, shape, name) : bytesOf(memory, name);
}

function valuesOf(
  { by, element }: Extract<KoffiCounted, { readonly element: KoffiCodec }>,
  shape: Shape,
  name: string,
): Elements {
  if (isOpen(element.native)) return structOf(element, name);
  const { size } = element.type;
  const inner = kindOf(shape).element?.(shape);
  const link = inner && kindOf(inner).link?.(inner);
  if (link !== undefined || by.each !== undefined) return inFrontOf(element, { name, each: by.each, link });
  return {
    size,
    lengthOf: (value) => (value as readonly NativeValue[]).length,
    write: (buffer, value, memory) =>
      (value as readonly NativeValue[]).forEach((one, index) => {
        koffi.encode(buffer, index * size, element.type, element.toNative(one, `${name}[${index}]`, memory));
      }),
    read: (buffer, length, { memory }) =>
      Array.from({ length }, (_, index) =>
        element.fromNative(koffi.decode(buffer, index * size, element.type), memory),
      ),
  };
}

/** One struct with an open end: its elements are its bytes. */
function structOf(element: KoffiCodec, name: string): Elements {
  const { native, withConstants } = element;
  const bytesOf = (value: NativeValue, memory: MemoryOfCall) =>
    writeOpen(native, knownType, element.toNative(value, name, memory) as Readonly<Record<string, unknown>>);
  return {
    size: 1,
    lengthOf: (value) => bytesOf(value, memoryOfCall(knownType)).length,
    write: (buffer, value, memory) => buffer.set(bytesOf(value, memory)),
    ...(withConstants && {
      prepare: (buffer) => {
        const zeros = Buffer.alloc(element.type.size);
        const [empty] = memoryOfCall(knownType).values(koffi.address(zeros), native, 1);
        const fixed = writeOpen(native, knownType, withConstants(empty) as Readonly<Record<string, unknown>>);
        buffer.set(fixed.subarray(0, buffer.length - SPARE));
      },
    }),
    read: (buffer) => {
      const memory = memoryOfCall(knownType, regionOf(name, buffer));
      const [raw] = memory.values(koffi.address(buffer), native, 1);
      return element.fromNative(raw, memory);
    },
  };
}

/** The memory that was passed for a parameter. */
const regionOf = (name: string, buffer: Buffer) => ({ name, buffer: buffer.subarray(0, buffer.length - SPARE) });

/** Elements followed by the data that they point to, in memory with a size in bytes that the function fills. */
function inFrontOf(
  element: KoffiCodec,
  {
    name,
    each,
    link,
  }: { readonly name: string; readonly each: string | number | undefined; readonly link: string | undefined },
): Elements {
  return {
    size: 1,
    lengthOf: () => 0,
    write: () => {},
    read: (buffer, length, { count }) => {
      const memory = memoryOfCall(knownType, regionOf(name, buffer));
      const start = koffi.address(buffer);
      const listFrom = (field: string, limit: number) =>
        limit === 0 ? [] : memory.list(start, element.native, field, limit);
      const written = typeof each === 'string' ? (count(each) ?? 0) : (each ?? 0);
      const all = link === undefined ? memory.values(start, element.native, written) : listFrom(link, length);
      return all.map((one) => element.fromNative(one, memory));
    },
  };
}
