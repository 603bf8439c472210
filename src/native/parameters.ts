/** The parameters of a native call: the values passed for them, the memory of the call, and the written values. */
import koffi, { type TypeObject } from 'koffi';
import { countsIn } from '../definition/counts.js';
import { DlletError } from '../definition/errors.js';
import type { CallOutcome, NativeArguments, NativeValue, Room, UsedRoom } from '../definition/execution.js';
import type { CountedBy } from '../definition/types.js';
import { kindOf, type MemoryOfCall, placeProblemsOf, sizeOf, TypeResolutionError } from '../kinds/index.js';
import type { Parameter } from '../model/types.js';
import { planCallback } from './callback.js';
import { elementsOf } from './elements.js';
import { callbackOf, codecOf, countedOf, type KoffiCodec, type KoffiCounted, knownType } from './marshal.js';
import { type AfterCall, type Memory, MOST_BYTES, SPARE } from './memory.js';
import { memoryOfCall } from './memory-of-call.js';
import { isOpen } from './open-struct.js';

/** One parameter of the C prototype: a value, memory that dllet allocates for the call, or the count of other memory. */
export type ParameterPlan = { readonly name: string; readonly type: TypeObject } & (
  | { readonly passed: 'value'; value(args: NativeArguments, memory: MemoryOfCall): unknown }
  | {
      readonly passed: 'memory';
      allocate(args: NativeArguments, memory: MemoryOfCall): Memory;
      /** The parameter that holds the number of elements behind the pointer that the function writes. */
      readonly count?: string | undefined;
      /** How the memory behind that pointer is freed; absent if it belongs to the library. */
      readonly free?: Freeing | undefined;
    }
  | { readonly passed: 'counted'; readonly counted: Counted }
  | { readonly passed: 'count'; readonly codec: KoffiCodec; readonly isWritten: boolean; readonly isInput: boolean }
);

/**
 * How memory that the function allocated is freed: the name of the function, and whether that also applies to a failed
 * call.
 */
export interface Freeing {
  readonly function: string;
  readonly isOnSuccess: boolean;
}

/** Returns how allocated memory is freed; undefined if it belongs to the library. */
export const freeingOf = ({ free, freed }: { readonly free?: string; readonly freed?: 'onSuccess' }) =>
  free === undefined ? undefined : { function: free, isOnSuccess: freed === 'onSuccess' };

/** Memory whose number of elements another parameter holds. */
interface Counted {
  readonly by: CountedBy;
  readonly elementSize: number;
  /** True for bytes and texts. */
  readonly isPlain: boolean;
  readonly endsWithNul: boolean;
  /** The number of elements of the argument; undefined for an output, and for NULL. */
  given(args: NativeArguments): number | undefined;
  allocate(args: NativeArguments, elements: number, memory: MemoryOfCall): Memory;
}

export interface PreparedCall {
  /** The values passed to koffi, in the order of the C prototype. */
  readonly values: readonly unknown[];
  readonly memory: MemoryOfCall;
  /** The value of a count after the call; undefined if the function cannot write it. */
  count(name: string): number | undefined;
  /**
   * Reads what the function wrote; after a failed call, only the number of elements that it needs. Keeps the memory
   * alive until then.
   */
  collect(returnValue: NativeValue, isFailed: boolean): CallOutcome;
  /** The pointers to memory that the function allocated, each with its way to be freed. */
  allocated(): { readonly pointer: unknown; readonly free: Freeing }[];
}

/** The default number of elements in an output's memory: for the first call, and the maximum. */
const DEFAULT_START = 256;
const DEFAULT_LIMIT = 1_048_576;
/** The default maximum in bytes, for bytes and texts. In base64 it fits into one line. */
const DEFAULT_BYTES = 96 * 1024 * 1024;

/** The number of elements in an output's memory for the first call. */
export const startOf = (counted: Counted): number => Math.min(counted.by.start ?? DEFAULT_START, limitOf(counted));

/** The maximum number of elements to which the memory of an output grows. */
export const limitOf = ({ by, elementSize, isPlain }: Counted): number =>
  Math.min(
    by.limit ?? (isPlain ? Math.floor(DEFAULT_BYTES / elementSize) : DEFAULT_LIMIT),
    Math.floor(MOST_BYTES / elementSize),
  );

/** Allocates the memory of one call and fills in its inputs. */
export function prepareCall(
  parameters: readonly ParameterPlan[],
  args: NativeArguments,
  room: Room = {},
): PreparedCall {
  const elements = elementsByCount(parameters, args, room);
  const memories = new Map<string, Memory>();
  const counts = new Map<string, Buffer>();
  const memory = memoryOfCall(knownType);
  const values = parameters.map((one) => {
    if (one.passed === 'value') return one.value(args, memory);
    if (one.passed === 'count') return countValue(one, countFor(one.name, parameters, elements), counts, memory);
    const own =
      one.passed === 'memory'
        ? one.allocate(args, memory)
        : one.counted.allocate(args, elements.get(one.counted.by.parameter) ?? 0, memory);
    memories.set(one.name, own);
    return own.passed;
  });
  const count = (name: string) => {
    const written = writtenCount(name, parameters, counts, memory);
    return written === undefined ? undefined : Number(written);
  };
  return {
    values,
    memory,
    count,
    collect: (returnValue, isFailed) =>
      collectOutcome(parameters, memories, elements, { memory, count }, returnValue, isFailed),
    allocated: () =>
      parameters.flatMap((one) => {
        const buffer = one.passed === 'memory' && one.free ? memories.get(one.name)?.passed : undefined;
        const pointer: unknown = buffer ? koffi.decode(buffer, 'void *') : null;
        return pointer === null || one.passed !== 'memory' || !one.free ? [] : [{ pointer, free: one.free }];
      }),
  };
}

/**
 * The number of elements for each count: that of the arguments, which must agree, or else the largest number that an
 * output needs. An argument that the function also writes can need more.
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
    const { parameter: count } = one.counted.by;
    const wanted = room[one.name] ?? given.get(count)?.elements ?? startOf(one.counted);
    all.set(count, Math.max(wanted, all.get(count) ?? 0));
  }
  return all;
}

/** The value to pass for a count: the number of elements, or of bytes, of the memory that it counts. */
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
  memory: MemoryOfCall,
): unknown {
  const value = codec.toNative(isInput ? BigInt(count) : 0n, name, memory);
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
    message: `${one.name} has ${one.elements} elements and ${other.name} has ${other.elements}, but the function takes the same number for both.`,
    recommendedAction: `Give ${one.name} and ${other.name} the same number of elements.`,
    data: { parameter: other.name },
  });
}

function collectOutcome(
  parameters: readonly ParameterPlan[],
  memories: ReadonlyMap<string, Memory>,
  elements: ReadonlyMap<string, number>,
  after: AfterCall,
  returnValue: NativeValue,
  isFailed: boolean,
): CallOutcome {
  const outputs: Record<string, NativeValue> = {};
  const room: Record<string, UsedRoom> = {};
  for (const memory of memories.values()) memory.check?.();
  for (const one of parameters) {
    const collect = memories.get(one.name)?.collect;
    if (!collect) continue;
    if (one.passed !== 'counted') {
      const count = one.passed === 'memory' && one.count !== undefined ? after.count(one.count) : undefined;
      if (!isFailed) outputs[one.name] = collect(count, after);
      continue;
    }
    const had = elements.get(one.counted.by.parameter) ?? 0;
    const reported = reportedElements(one.counted, after, returnValue);
    if (!isFailed) outputs[one.name] = collect(Math.min(reported ?? had, had), after);
    room[one.name] = usedRoom(one.counted, had, reported);
  }
  return { returnValue, outputs, ...(Object.keys(room).length > 0 && { room }) };
}

/** The number of elements that the function reports as written or needed; undefined if it reports none. */
function reportedElements(
  { by, elementSize }: Counted,
  { count }: AfterCall,
  returnValue: NativeValue,
): number | undefined {
  const told = by.written === 'return' ? returnValue : count(by.written ?? by.parameter);
  if (told === undefined) return undefined;
  const number = Math.max(0, Number(told));
  return by.unit === 'bytes' ? Math.ceil(number / elementSize) : number;
}

/** The value of a count after the call; undefined if the function cannot write it. */
function writtenCount(
  name: string,
  parameters: readonly ParameterPlan[],
  counts: ReadonlyMap<string, Buffer>,
  memory: MemoryOfCall,
): NativeValue | undefined {
  const plan = parameters.find((one) => one.name === name);
  const buffer = counts.get(name);
  return plan?.passed === 'count' && buffer
    ? plan.codec.fromNative(koffi.decode(buffer, plan.codec.type), memory)
    : undefined;
}

/** A text that fills its memory was truncated: there is no space for its terminator. */
function usedRoom(counted: Counted, elements: number, reported: number | undefined): UsedRoom {
  const { endsWithNul } = counted;
  const limit = limitOf(counted);
  if (reported === undefined || reported < elements || (reported === elements && !endsWithNul))
    return { elements, limit };
  return { elements, limit, needed: Math.max(reported + (endsWithNul ? 1 : 0), elements + 1) };
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
  const elements = elementsOf(memory, shape, name);
  const argument = (args: NativeArguments) => (direction === 'out' ? null : (args[name] ?? null));
  const counted: Counted = {
    by: memory.by,
    elementSize: elements.size,
    isPlain: 'elementSize' in memory,
    endsWithNul: kindOf(shape).endsWithNul === true,
    given: (args) => {
      const value = argument(args);
      return value === null ? undefined : elements.lengthOf(value);
    },
    allocate: (args, length, calls) => {
      const value = argument(args);
      if (value === null && direction !== 'out')
        return { passed: null, ...(direction === 'inout' && { collect: () => null }) };
      const buffer = Buffer.alloc(length * elements.size + SPARE);
      if (value !== null) elements.write(buffer, value, calls);
      else elements.prepare?.(buffer);
      return {
        passed: buffer,
        ...(direction !== 'in' && { collect: (written = length, after) => elements.read(buffer, written, after) }),
      };
    },
  };
  return { name, type: koffi.type('void *'), passed: 'counted', counted };
}

function planByValue(parameter: Parameter): ParameterPlan {
  const codec = codecOf(parameter.shape, 'argument');
  return { name: parameter.name, type: codec.type, passed: 'value', value: inputOf(parameter, codec) };
}

/** A pointer to memory of a fixed size, zeroed before each call. */
function planByReference(parameter: Parameter): ParameterPlan {
  const { name, direction, shape, optional } = parameter;
  const [problem] = placeProblemsOf(shape, parameter);
  if (problem) throw new TypeResolutionError(problem.message);
  const codec = codecOf(shape, 'memory');
  // A size in the definition is the one on 64-bit Windows; the type may be smaller on other systems.
  const size = Math.max(codec.type.size, sizeOf(shape));
  const input = direction === 'out' ? undefined : inputOf(parameter, codec);
  return {
    name,
    // Not a pointer to codec.type: koffi swaps the bytes of a Buffer passed for a pointer to a big-endian type.
    type: koffi.type('void *'),
    passed: 'memory',
    count: countsIn(parameter.type)?.parameter,
    free: freeingOf(parameter),
    allocate: (args, memory) => {
      if (input && optional && (args[name] ?? null) === null)
        return { passed: null, ...(direction !== 'in' && { collect: () => null }) };
      const value = input?.(args, memory);
      if (isOpen(codec.native)) return { passed: memory.keepValues(codec.native, [value]) };
      const buffer = Buffer.alloc(size);
      if (input) koffi.encode(buffer, codec.type, value);
      else if (codec.withConstants)
        koffi.encode(buffer, codec.type, codec.withConstants(koffi.decode(buffer, codec.type)));
      return {
        passed: buffer,
        ...(direction !== 'in' && {
          collect: (count, after) => codec.fromNative(koffi.decode(buffer, codec.type), after.memory, count),
        }),
      };
    },
  };
}

/** The value of an `in` or `inout` parameter: its constant, or the argument. */
function inputOf(
  { name, constant, shape }: Parameter,
  codec: KoffiCodec,
): (args: NativeArguments, memory: MemoryOfCall) => unknown {
  if (constant !== undefined) {
    const value = kindOf(shape).constant?.value(shape, constant);
    return (_args, memory) => codec.toNative(value, name, memory);
  }
  return (args, memory) => codec.toNative(Object.hasOwn(args, name) ? args[name] : undefined, name, memory);
}
