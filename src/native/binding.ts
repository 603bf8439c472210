/** A native function ready to be called: the plan (its koffi declaration) and the call (arguments in, outcome out). */
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import { DlletError } from '../definition/errors.js';
import type { CallOutcome, NativeArguments, NativeValue, Room, UsedRoom } from '../definition/execution.js';
import type { CallingConvention, CountedBy } from '../definition/types.js';
import { kindOf, sizeOf, TypeResolutionError } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import { codecOf, countedOf, type KoffiCodec, type KoffiCounted } from './marshal.js';
import type { NativeSystem } from './native-system.js';

/** The koffi declaration of a function, in the order of `LibraryHandle.func`. */
export interface BindingPlan {
  readonly convention: '__stdcall' | '__cdecl';
  readonly symbol: string;
  readonly result: KoffiCodec;
  readonly parameters: readonly ParameterPlan[];
  /** The code to be read after the call, if the function's failure rule needs one. */
  readonly lastCode: 'lastError' | 'errno' | undefined;
  /** True to run the call on a separate thread. */
  readonly mayBlock: boolean;
}

/** One parameter of the C prototype: a value, memory that dllet allocates for the call, or the count of other memory. */
export type ParameterPlan = { readonly name: string; readonly type: TypeObject } & (
  | { readonly passed: 'value'; value(args: NativeArguments): unknown }
  | { readonly passed: 'memory'; allocate(args: NativeArguments, room: Room): Memory }
  | { readonly passed: 'count'; readonly codec: KoffiCodec; readonly isWritten: boolean; readonly isInput: boolean }
);

/** The memory of one parameter in one call. */
interface Memory {
  /** Null for NULL. */
  readonly buffer: Buffer | null;
  /** The value written by the function; absent for `in`. */
  readonly collect?: (written: number | undefined) => NativeValue;
  /** Present if another parameter holds the number of elements. */
  readonly counted?: {
    readonly by: CountedBy;
    readonly elements: number;
    readonly elementSize: number;
    readonly isText: boolean;
  };
}

export type BoundFunction = (args: NativeArguments, room?: Room) => CallOutcome | Promise<CallOutcome>;

/**
 * Returns the plan of a function without touching a library. Throws TypeResolutionError for a prototype that C cannot
 * express.
 */
export function planBinding(fn: FunctionModel): BindingPlan {
  return {
    convention: CONVENTIONS[fn.callingConvention],
    symbol: fn.name,
    result: codecOf(fn.result, 'argument'),
    parameters: fn.parameters.map(planParameter),
    lastCode: lastCodeOf(fn.failure),
    mayBlock: fn.mayBlock === true,
  };
}

/** Accesses the codes that a function leaves with the calling thread: GetLastError, and errno. */
export type LastErrorAccess = Pick<
  NativeSystem,
  'lastErrorKind' | 'lastError' | 'clearLastError' | 'errno' | 'clearErrno'
>;

/**
 * Binds a plan to a library. Throws koffi's error if the library does not export the function. If the plan needs the
 * last error or errno, it is cleared directly before the native call, because a successful function may leave that of an
 * earlier call, and read directly after it, before anything else can overwrite it. For a call on another thread, koffi
 * keeps both until the callback; clearing them is not possible there.
 */
export function bindPlan(library: LibraryHandle, plan: BindingPlan, system: LastErrorAccess): BoundFunction {
  const { parameters, result, lastCode } = plan;
  const native = library.func(
    plan.convention,
    plan.symbol,
    result.type,
    parameters.map((parameter) => parameter.type),
  );
  const last = lastCode && lastCodeAccess(lastCode, system);
  if (plan.mayBlock) {
    last?.read();
    return oneAfterTheOther((args, room) => {
      const call = prepareCall(parameters, args, room);
      return new Promise((resolve, reject) => {
        native.async(...call.values, (error: unknown, raw: unknown) => {
          const code = last?.read();
          if (error) reject(error);
          else resolve({ ...call.collect(result.fromNative(raw)), ...(last && { [last.kind]: code }) });
        });
      });
    });
  }
  if (!last) {
    return (args, room) => {
      const call = prepareCall(parameters, args, room);
      return call.collect(result.fromNative(native(...call.values)));
    };
  }
  // Bind both functions now: binding between the call and the read could change the last error.
  last.clear();
  last.read();
  return (args, room) => {
    const call = prepareCall(parameters, args, room);
    last.clear();
    const raw: unknown = native(...call.values);
    const code = last.read();
    return { ...call.collect(result.fromNative(raw)), [last.kind]: code };
  };
}

/** Calls of one function run one at a time: nothing says that a library may run it on two threads at once. */
function oneAfterTheOther(call: (args: NativeArguments, room?: Room) => Promise<CallOutcome>): BoundFunction {
  let last: Promise<unknown> = Promise.resolve();
  return (args, room) => {
    const outcome = last.then(() => call(args, room));
    last = outcome.catch(() => undefined);
    return outcome;
  };
}

interface PreparedCall {
  /** The values passed to koffi, in the order of the C prototype. */
  readonly values: readonly unknown[];
  /** Reads what the function wrote. Keeps the memory alive until then. */
  collect(returnValue: NativeValue): CallOutcome;
}

/** Allocates the memory of one call and fills in its inputs. */
function prepareCall(parameters: readonly ParameterPlan[], args: NativeArguments, room: Room = {}): PreparedCall {
  const memories = new Map<string, Memory>();
  for (const one of parameters) if (one.passed === 'memory') memories.set(one.name, one.allocate(args, room));
  const counts = new Map<string, Buffer>();
  const values = parameters.map((one) => {
    if (one.passed === 'value') return one.value(args);
    if (one.passed === 'memory') return memories.get(one.name)?.buffer;
    const count = one.isInput ? one.codec.toNative(countFor(one.name, memories), one.name) : 0;
    if (!one.isWritten) return count;
    const buffer = Buffer.alloc(one.codec.type.size);
    koffi.encode(buffer, one.codec.type, count);
    counts.set(one.name, buffer);
    return buffer;
  });
  return { values, collect: (returnValue) => collectOutcome(parameters, memories, counts, returnValue) };
}

/** The number that a count parameter has for the memory it counts, which is the same for each if there are several. */
function countFor(name: string, memories: ReadonlyMap<string, Memory>): bigint {
  const counted = [...memories].flatMap(([of, { counted }]) =>
    counted?.by.parameter === name ? [{ of, ...counted }] : [],
  );
  const [first, ...others] = counted;
  if (first === undefined) return 0n;
  const other = others.find(({ elements }) => elements !== first.elements);
  if (other) throw unequal(first, other);
  return BigInt(first.elements) * BigInt(first.by.unit === 'bytes' ? first.elementSize : 1);
}

function unequal(one: { of: string; elements: number }, other: { of: string; elements: number }): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${one.of} has ${one.elements} elements and ${other.of} has ${other.elements}, but the function takes one number for both.`,
    recommendedAction: `Give ${one.of} and ${other.of} the same number of elements.`,
    data: { parameter: other.of },
  });
}

function collectOutcome(
  parameters: readonly ParameterPlan[],
  memories: ReadonlyMap<string, Memory>,
  counts: ReadonlyMap<string, Buffer>,
  returnValue: NativeValue,
): CallOutcome {
  const reportedBy = (by: CountedBy): number | undefined => {
    if (by.written === 'return') return Math.max(0, Number(returnValue));
    const name = by.written ?? by.parameter;
    const buffer = counts.get(name);
    const plan = parameters.find((one) => one.name === name);
    if (buffer === undefined || plan?.passed !== 'count') return undefined;
    return Math.max(0, Number(plan.codec.fromNative(koffi.decode(buffer, plan.codec.type))));
  };
  const outputs: Record<string, NativeValue> = {};
  const room: Record<string, UsedRoom> = {};
  for (const [name, { collect, counted }] of memories) {
    if (!collect) continue;
    if (!counted) {
      outputs[name] = collect(undefined);
      continue;
    }
    const { by, elements, elementSize, isText } = counted;
    const told = reportedBy(by);
    const reported = told === undefined ? undefined : by.unit === 'bytes' ? Math.ceil(told / elementSize) : told;
    outputs[name] = collect(reported === undefined ? undefined : Math.min(reported, elements));
    const isShort = reported !== undefined && (isText ? reported >= elements : reported > elements);
    const needed = isShort ? Math.max(reported + (isText ? 1 : 0), elements + 1) : undefined;
    room[name] = { elements, needed, limit: by.limit ?? DEFAULT_LIMIT };
  }
  return { returnValue, outputs, ...(Object.keys(room).length > 0 && { room }) };
}

/** The elements of an output's memory where the definition does not say: at the first call, and at most. */
const DEFAULT_START = 256;
const DEFAULT_LIMIT = 1_048_576;

const CONVENTIONS: Readonly<Record<CallingConvention, BindingPlan['convention']>> = {
  stdcall: '__stdcall',
  cdecl: '__cdecl',
};

function lastCodeOf({ rule }: FunctionModel['failure']): BindingPlan['lastCode'] {
  return rule?.code === 'lastError' || rule?.code === 'errno' ? rule.code : undefined;
}

interface LastCode {
  readonly kind: 'lastError' | 'errno';
  read(): number;
  clear(): void;
}

function lastCodeAccess(code: 'lastError' | 'errno', system: LastErrorAccess): LastCode {
  return code === 'lastError'
    ? { kind: system.lastErrorKind, read: () => system.lastError(), clear: () => system.clearLastError() }
    : { kind: 'errno', read: () => system.errno(), clear: () => system.clearErrno() };
}

/** Zeros behind the memory of a call: memory without elements still has an address, and a text its terminator. */
const SPARE = 8;

function planParameter(parameter: Parameter): ParameterPlan {
  const { name, direction, shape } = parameter;
  if (parameter.null === 'always') return { name, type: koffi.type('void *'), passed: 'value', value: () => null };
  if (parameter.bound) return planCount(parameter);
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

function planCounted(parameter: Parameter, counted: KoffiCounted): ParameterPlan {
  const { name, direction } = parameter;
  const { by } = counted;
  const isRaw = 'elementSize' in counted;
  const elementSize = isRaw ? counted.elementSize : counted.element.type.size;
  const isText = kindOf(parameter.shape).isText === true;
  const write = (buffer: Buffer, value: NativeValue): void => {
    if (isRaw) buffer.set(counted.toBytes(value, name));
    else
      (value as readonly NativeValue[]).forEach((one, index) => {
        koffi.encode(
          buffer,
          index * elementSize,
          counted.element.type,
          counted.element.toNative(one, `${name}[${index}]`),
        );
      });
  };
  const lengthOf = (value: NativeValue): number =>
    isRaw ? counted.toBytes(value, name).length / elementSize : (value as readonly NativeValue[]).length;
  const read = (buffer: Buffer, elements: number): NativeValue =>
    isRaw
      ? counted.fromBytes(buffer.subarray(0, elements * elementSize))
      : Array.from({ length: elements }, (_, index) =>
          counted.element.fromNative(koffi.decode(buffer, index * elementSize, counted.element.type)),
        );
  return {
    name,
    type: koffi.type('void *'),
    passed: 'memory',
    allocate: (args, room) => {
      const value = direction === 'out' ? null : (args[name] ?? null);
      const isOutput = direction !== 'in';
      const given = value === null ? 0 : lengthOf(value);
      const elements =
        direction === 'out' ? (room[name] ?? by.start ?? DEFAULT_START) : Math.max(given, room[name] ?? 0);
      const info = { by, elements, elementSize, isText };
      if (value === null && direction !== 'out')
        return { buffer: null, counted: info, ...(isOutput && { collect: () => null }) };
      const buffer = Buffer.alloc(elements * elementSize + SPARE);
      if (value !== null) write(buffer, value);
      return {
        buffer,
        counted: info,
        ...(isOutput && { collect: (written) => read(buffer, written ?? elements) }),
      };
    },
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
        return { buffer: null, ...(direction !== 'in' && { collect: () => null }) };
      const value = input?.(args);
      const buffer = Buffer.alloc(size);
      if (input) koffi.encode(buffer, codec.type, value);
      else if (codec.withConstants)
        koffi.encode(buffer, codec.type, codec.withConstants(koffi.decode(buffer, codec.type)));
      return {
        buffer,
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
