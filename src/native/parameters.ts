/** The parameters of a native call: what is passed for each, the memory that belongs to the call, and what was written. */
import koffi, { type TypeObject } from 'koffi';
import { DlletError } from '../definition/errors.js';
import type { CallOutcome, NativeArguments, NativeValue, Room, UsedRoom } from '../definition/execution.js';
import type { CountedBy } from '../definition/types.js';
import { kindOf, sizeOf, TypeResolutionError } from '../kinds/index.js';
import type { Parameter } from '../model/types.js';
import { planCallback } from './callback.js';
import { callbackOf, codecOf, countedOf, type KoffiCodec, type KoffiCounted } from './marshal.js';
import type { Memory } from './memory.js';

/** One parameter of the C prototype: a value, memory that dllet allocates for the call, or the count of other memory. */
export type ParameterPlan = { readonly name: string; readonly type: TypeObject } & (
  | { readonly passed: 'value'; value(args: NativeArguments): unknown }
  | { readonly passed: 'memory'; allocate(args: NativeArguments): Memory }
  | { readonly passed: 'counted'; readonly counted: Counted }
  | { readonly passed: 'count'; readonly codec: KoffiCodec; readonly isWritten: boolean; readonly isInput: boolean }
);

/** Memory whose number of elements another parameter holds. */
interface Counted {
  readonly by: CountedBy;
  readonly elementSize: number;
  readonly isText: boolean;
  /** The elements of the argument; undefined for an output, and for NULL. */
  given(args: NativeArguments): number | undefined;
  allocate(args: NativeArguments, elements: number): Memory;
}

interface PreparedCall {
  /** The values passed to koffi, in the order of the C prototype. */
  readonly values: readonly unknown[];
  /** Reads what the function wrote. Keeps the memory alive until then. */
  collect(returnValue: NativeValue): CallOutcome;
}

/** The elements of an output's memory where the definition does not say: at the first call, and at most. */
const DEFAULT_START = 256;
const DEFAULT_LIMIT = 1_048_576;

/** The most memory of one output, whatever its elements are: 256 MiB. */
const MOST_BYTES = 268_435_456;

const limitOf = ({ by, elementSize }: Counted): number =>
  Math.min(by.limit ?? DEFAULT_LIMIT, Math.floor(MOST_BYTES / elementSize));

/** Zeros behind the memory of a call: memory without elements still has an address, and a text its terminator. */
const SPARE = 8;

/** Allocates the memory of one call and fills in its inputs. */
export function prepareCall(
  parameters: readonly ParameterPlan[],
  args: NativeArguments,
  room: Room = {},
): PreparedCall {
  const elements = elementsByCount(parameters, args, room);
  const memories = new Map<string, Memory>();
  const counts = new Map<string, Buffer>();
  const values = parameters.map((one) => {
    if (one.passed === 'value') return one.value(args);
    if (one.passed === 'count') return countValue(one, countFor(one.name, parameters, elements), counts);
    const memory =
      one.passed === 'memory'
        ? one.allocate(args)
        : one.counted.allocate(args, elements.get(one.counted.by.parameter) ?? 0);
    memories.set(one.name, memory);
    return memory.passed;
  });
  return { values, collect: (returnValue) => collectOutcome(parameters, memories, counts, elements, returnValue) };
}

/**
 * The number of elements of the memory behind each count: that of the arguments, which must agree, or else the largest
 * that an output asks for. An argument that the function also writes can need more.
 */
function elementsByCount(
  parameters: readonly ParameterPlan[],
  args: NativeArguments,
  room: Room,
): ReadonlyMap<string, number> {
  const given = new Map<string, Given>();
  for (const one of parameters) {
    const elements = one.passed === 'counted' ? one.counted.given(args) : undefined;
    if (one.passed !== 'counted' || elements === undefined) continue;
    const { parameter: count } = one.counted.by;
    const known = given.get(count);
    if (known && known.elements !== elements) throw unequal(known, { name: one.name, elements });
    given.set(count, { name: one.name, elements });
  }
  const all = new Map<string, number>();
  for (const one of parameters) {
    if (one.passed !== 'counted') continue;
    const { parameter: count, start = DEFAULT_START } = one.counted.by;
    const wanted = room[one.name] ?? given.get(count)?.elements ?? Math.min(start, limitOf(one.counted));
    all.set(count, Math.max(wanted, all.get(count) ?? 0));
  }
  return all;
}

/** The value of a count: the number of elements, or of bytes, of the memory that it counts. */
function countFor(name: string, parameters: readonly ParameterPlan[], elements: ReadonlyMap<string, number>): number {
  const memory = parameters.find((one) => one.passed === 'counted' && one.counted.by.parameter === name);
  if (memory?.passed !== 'counted') return 0;
  const { by, elementSize } = memory.counted;
  return (elements.get(name) ?? 0) * (by.unit === 'bytes' ? elementSize : 1);
}

function countValue(
  { name, codec, isWritten, isInput }: Extract<ParameterPlan, { readonly passed: 'count' }>,
  count: number,
  counts: Map<string, Buffer>,
): unknown {
  const value = codec.toNative(isInput ? BigInt(count) : 0n, name);
  if (!isWritten) return value;
  const buffer = Buffer.alloc(codec.type.size);
  koffi.encode(buffer, codec.type, value);
  counts.set(name, buffer);
  return buffer;
}

interface Given {
  readonly name: string;
  readonly elements: number;
}

function unequal(one: Given, other: Given): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${one.name} has ${one.elements} elements and ${other.name} has ${other.elements}, but the function takes one number for both.`,
    recommendedAction: `Give ${one.name} and ${other.name} the same number of elements.`,
    data: { parameter: other.name },
  });
}

function collectOutcome(
  parameters: readonly ParameterPlan[],
  memories: ReadonlyMap<string, Memory>,
  counts: ReadonlyMap<string, Buffer>,
  elements: ReadonlyMap<string, number>,
  returnValue: NativeValue,
): CallOutcome {
  const outputs: Record<string, NativeValue> = {};
  const room: Record<string, UsedRoom> = {};
  for (const one of parameters) {
    const collect = memories.get(one.name)?.collect;
    if (!collect) continue;
    if (one.passed !== 'counted') {
      outputs[one.name] = collect();
      continue;
    }
    const had = elements.get(one.counted.by.parameter) ?? 0;
    const reported = reportedElements(one.counted, parameters, counts, returnValue);
    outputs[one.name] = collect(Math.min(reported ?? had, had));
    room[one.name] = usedRoom(one.counted, had, reported);
  }
  return { returnValue, outputs, ...(Object.keys(room).length > 0 && { room }) };
}

/** The number of elements that the function says that it wrote, or needs; undefined if nothing tells. */
function reportedElements(
  { by, elementSize }: Counted,
  parameters: readonly ParameterPlan[],
  counts: ReadonlyMap<string, Buffer>,
  returnValue: NativeValue,
): number | undefined {
  const told = by.written === 'return' ? returnValue : writtenCount(by.written ?? by.parameter, parameters, counts);
  if (told === undefined) return undefined;
  const number = Math.max(0, Number(told));
  return by.unit === 'bytes' ? Math.ceil(number / elementSize) : number;
}

/** The value of a count after the call; undefined if the function cannot write it. */
function writtenCount(
  name: string,
  parameters: readonly ParameterPlan[],
  counts: ReadonlyMap<string, Buffer>,
): NativeValue | undefined {
  const plan = parameters.find((one) => one.name === name);
  const buffer = counts.get(name);
  return plan?.passed === 'count' && buffer ? plan.codec.fromNative(koffi.decode(buffer, plan.codec.type)) : undefined;
}

/** A text that fills its memory was cut, because there is no room for its terminator. */
function usedRoom(counted: Counted, elements: number, reported: number | undefined): UsedRoom {
  const { isText } = counted;
  const limit = limitOf(counted);
  if (reported === undefined || reported < elements || (reported === elements && !isText)) return { elements, limit };
  return { elements, limit, needed: Math.max(reported + (isText ? 1 : 0), elements + 1) };
}

/** Returns the plan of a parameter. Throws TypeResolutionError for a type that C cannot express there. */
export function planParameter(parameter: Parameter): ParameterPlan {
  const { name, direction, shape } = parameter;
  if (parameter.null === 'always') return { name, type: koffi.type('void *'), passed: 'value', value: () => null };
  if (parameter.bound) return planCount(parameter);
  const callback = callbackOf(shape);
  if (callback) return { name, passed: 'memory', ...planCallback(name, callback) };
  const counted = countedOf(shape);
  if (counted) return planCounted(parameter, counted);
  if (direction === 'in' && !parameter.pointer && kindOf(shape).passing !== 'memory') return planByValue(parameter);
  return planByReference(parameter);
}

function planCount({ name, direction, shape }: Parameter): ParameterPlan {
  const isWritten = direction !== 'in';
  const codec = codecOf(shape, isWritten ? 'memory' : 'argument');
  const type = isWritten ? koffi.type('void *') : codec.type;
  return { name, type, passed: 'count', codec, isWritten, isInput: direction !== 'out' };
}

function planCounted(parameter: Parameter, memory: KoffiCounted): ParameterPlan {
  const { name, direction, shape } = parameter;
  const elements = 'element' in memory ? elementsOf(memory, name) : bytesOf(memory, name);
  const argument = (args: NativeArguments) => (direction === 'out' ? null : (args[name] ?? null));
  const counted: Counted = {
    by: memory.by,
    elementSize: elements.size,
    isText: kindOf(shape).isText === true,
    given: (args) => {
      const value = argument(args);
      return value === null ? undefined : elements.lengthOf(value);
    },
    allocate: (args, length) => {
      const value = argument(args);
      if (value === null && direction !== 'out')
        return { passed: null, ...(direction === 'inout' && { collect: () => null }) };
      const buffer = Buffer.alloc(length * elements.size + SPARE);
      if (value !== null) elements.write(buffer, value);
      return {
        passed: buffer,
        ...(direction !== 'in' && { collect: (written = length) => elements.read(buffer, written) }),
      };
    },
  };
  return { name, type: koffi.type('void *'), passed: 'counted', counted };
}

/** How the elements of some memory are written and read. */
interface Elements {
  /** Of one element, in bytes. */
  readonly size: number;
  lengthOf(value: NativeValue): number;
  write(buffer: Buffer, value: NativeValue): void;
  read(buffer: Buffer, length: number): NativeValue;
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

function elementsOf({ element }: Extract<KoffiCounted, { readonly element: KoffiCodec }>, name: string): Elements {
  const { size } = element.type;
  return {
    size,
    lengthOf: (value) => (value as readonly NativeValue[]).length,
    write: (buffer, value) =>
      (value as readonly NativeValue[]).forEach((one, index) => {
        koffi.encode(buffer, index * size, element.type, element.toNative(one, `${name}[${index}]`));
      }),
    read: (buffer, length) =>
      Array.from({ length }, (_, index) => element.fromNative(koffi.decode(buffer, index * size, element.type))),
  };
}

function planByValue(parameter: Parameter): ParameterPlan {
  const codec = codecOf(parameter.shape, 'argument');
  return { name: parameter.name, type: codec.type, passed: 'value', value: inputOf(parameter, codec) };
}

/** A pointer to memory of a size that the type fixes, zeroed before each call. */
function planByReference(parameter: Parameter): ParameterPlan {
  const { name, direction, shape, optional } = parameter;
  const [problem] = kindOf(shape).placeProblems?.(shape, parameter) ?? [];
  if (problem) throw new TypeResolutionError(problem.message);
  const codec = codecOf(shape, 'memory');
  // A size in the definition is that of 64-bit Windows; elsewhere the value may be smaller.
  const size = Math.max(codec.type.size, sizeOf(shape));
  const input = direction === 'out' ? undefined : inputOf(parameter, codec);
  return {
    name,
    // Not a pointer to codec.type: koffi swaps the bytes of a Buffer passed for a pointer to a big-endian type.
    type: koffi.type('void *'),
    passed: 'memory',
    allocate: (args) => {
      if (input && optional && (args[name] ?? null) === null)
        return { passed: null, ...(direction !== 'in' && { collect: () => null }) };
      const value = input?.(args);
      const buffer = Buffer.alloc(size);
      if (input) koffi.encode(buffer, codec.type, value);
      else if (codec.withConstants)
        koffi.encode(buffer, codec.type, codec.withConstants(koffi.decode(buffer, codec.type)));
      return {
        passed: buffer,
        ...(direction !== 'in' && { collect: () => codec.fromNative(koffi.decode(buffer, codec.type)) }),
      };
    },
  };
}

/** The value of an `in` or `inout` parameter: its constant, or the argument. */
function inputOf({ name, constant, shape }: Parameter, codec: KoffiCodec): (args: NativeArguments) => unknown {
  if (constant !== undefined) {
    const value = codec.toNative(kindOf(shape).constant?.value(shape, constant), name);
    return () => value;
  }
  return (args) => codec.toNative(Object.hasOwn(args, name) ? args[name] : undefined, name);
}
