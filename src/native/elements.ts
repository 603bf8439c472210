/** The elements of memory whose number another parameter holds: how they are written and read. */
import koffi from 'koffi';
import type { NativeValue } from '../definition/execution.js';
import { kindOf, type MemoryOfCall, type Shape } from '../kinds/index.js';
import { type KoffiCodec, type KoffiCounted, knownType } from './marshal.js';
import { type AfterCall, SPARE } from './memory.js';
import { memoryOfCall } from './memory-of-call.js';

/** How the elements of some memory are written and read. */
export interface Elements {
  /** Of one element, in bytes. */
  readonly size: number;
  lengthOf(value: NativeValue): number;
  write(buffer: Buffer, value: NativeValue, memory: MemoryOfCall): void;
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

/** Returns how the memory of a shape is written and read. `name`: the parameter, for messages. */
export function elementsOf(memory: KoffiCounted, shape: Shape, name: string): Elements {
  return 'element' in memory ? valuesOf(memory, shape, name) : bytesOf(memory, name);
}

function valuesOf(
  { by, element }: Extract<KoffiCounted, { readonly element: KoffiCodec }>,
  shape: Shape,
  name: string,
): Elements {
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

/** Elements in front of other things that they point to, in memory of a number of bytes which the function fills. */
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
      const memory = memoryOfCall(knownType, { name, buffer: buffer.subarray(0, buffer.length - SPARE) });
      const start = koffi.address(buffer);
      const listFrom = (field: string, limit: number) =>
        limit === 0 ? [] : memory.list(start, element.native, field, limit);
      const written = typeof each === 'string' ? (count(each) ?? 0) : (each ?? 0);
      const all = link === undefined ? memory.values(start, element.native, written) : listFrom(link, length);
      return all.map((one) => element.fromNative(one, memory));
    },
  };
}
