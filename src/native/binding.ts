/**
 * One native function, ready to be called: the plan (what koffi is told) and the call (arguments in, outcome out).
 */
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import { type NamedTypes, resolveShape, type Shape, TypeResolutionError } from '../definition/ctypes.js';
import type { CallOutcome, NativeArguments, NativeValue } from '../definition/execution.js';
import { sizeOf } from '../definition/extent.js';
import type { CallingConvention, ExpandedFunction, FailureStrategy, ParameterDefinition } from '../definition/types.js';
import { type Codec, codecOf } from './marshal.js';
import type { NativeSystem } from './native-system.js';

/** What koffi is told about a function, in the order of `LibraryHandle.func`. */
export interface BindingPlan {
  readonly convention: '__stdcall' | '__cdecl';
  readonly symbol: string;
  readonly result: Codec;
  readonly parameters: readonly ParameterPlan[];
  readonly needsLastError: boolean;
  /** True when the call is to run on a thread of its own. */
  readonly mayBlock: boolean;
}

/** One parameter of the C prototype. */
export interface ParameterPlan {
  readonly name: string;
  readonly type: TypeObject;
  /** The value that koffi gets for this parameter. */
  prepare(args: NativeArguments): unknown;
  /** What the function wrote; absent for `in`. */
  readonly collect?: () => NativeValue;
}

export type BoundFunction = (args: NativeArguments) => CallOutcome | Promise<CallOutcome>;

/** The plan of a function. Pure: it touches no library. Throws TypeResolutionError for a prototype C cannot express. */
export function planBinding(fn: ExpandedFunction, types: NamedTypes): BindingPlan {
  return {
    convention: CONVENTIONS[fn.callingConvention],
    symbol: fn.name,
    result: codecOf(resolveShape({ type: fn.returns.type }, types), 'argument'),
    parameters: fn.parameters.map((parameter) => planParameter(parameter, resolveShape(parameter, types))),
    needsLastError: LAST_ERROR_STRATEGIES.has(fn.returns.failure),
    mayBlock: fn.mayBlock === true,
  };
}

/** Access to the calling thread's last error, whatever the system calls it. */
export type LastErrorAccess = Pick<NativeSystem, 'lastErrorKind' | 'lastError' | 'clearLastError'>;

/**
 * Binds a plan to a library. Throws koffi's error when the library has no such export.
 * Where the plan needs the last error, it is cleared directly before the native call, because a function that succeeds may
 * leave the one of an earlier call; and read directly after it, before anything else can overwrite it.
 */
export function bindPlan(library: LibraryHandle, plan: BindingPlan, system: LastErrorAccess): BoundFunction {
  const { parameters, result, needsLastError } = plan;
  const native = library.func(
    plan.convention,
    plan.symbol,
    result.type,
    parameters.map((parameter) => parameter.type),
  );
  const collect = (raw: unknown): Pick<CallOutcome, 'returnValue' | 'outputs'> => {
    const outputs: Record<string, NativeValue> = {};
    for (const parameter of parameters) if (parameter.collect) outputs[parameter.name] = parameter.collect();
    return { returnValue: result.fromNative(raw), outputs };
  };
  if (plan.mayBlock) {
    return oneAfterTheOther((args) => {
      const values = parameters.map((parameter) => parameter.prepare(args));
      return new Promise((resolve, reject) => {
        native.async(...values, (error: unknown, raw: unknown) => (error ? reject(error) : resolve(collect(raw))));
      });
    });
  }
  if (!needsLastError) return (args) => collect(native(...parameters.map((parameter) => parameter.prepare(args))));
  // The first use of both binds them; nothing of that may come between the call and its error.
  system.clearLastError();
  system.lastError();
  return (args) => {
    const values = parameters.map((parameter) => parameter.prepare(args));
    system.clearLastError();
    const raw: unknown = native(...values);
    const code = system.lastError();
    return { ...collect(raw), [system.lastErrorKind]: code };
  };
}

/** The calls of one function share the memory of its plan, so on threads of their own they take turns. */
function oneAfterTheOther(call: (args: NativeArguments) => Promise<CallOutcome>): BoundFunction {
  let last: Promise<unknown> = Promise.resolve();
  return (args) => {
    const outcome = last.then(() => call(args));
    last = outcome.catch(() => undefined);
    return outcome;
  };
}

const CONVENTIONS: Readonly<Record<CallingConvention, BindingPlan['convention']>> = {
  stdcall: '__stdcall',
  cdecl: '__cdecl',
};

const LAST_ERROR_STRATEGIES: ReadonlySet<FailureStrategy> = new Set(['lastErrorIfZero', 'lastErrorIfInvalidHandle']);

function planParameter(parameter: ParameterDefinition, shape: Shape): ParameterPlan {
  if (parameter.direction === 'in' && shape.kind !== 'array') return planByValue(parameter, shape);
  return planByReference(parameter, shape);
}

function planByValue(parameter: ParameterDefinition, shape: Shape): ParameterPlan {
  const codec = codecOf(shape, 'argument');
  return { name: parameter.name, type: codec.type, prepare: inputOf(parameter, shape, codec) };
}

/**
 * A parameter that is a pointer: to memory of the plan's own, reused from call to call (calls are synchronous) and
 * cleared before each, so that nothing of an earlier call can be taken for an answer.
 */
function planByReference(parameter: ParameterDefinition, shape: Shape): ParameterPlan {
  const { name, direction } = parameter;
  if (shape.kind === 'string' && shape.capacity === undefined) {
    throw new TypeResolutionError(`parameter '${name}' is written by the function and needs a capacity`);
  }
  const codec = codecOf(shape, 'memory');
  // A size in the definition is that of 64-bit Windows; elsewhere the value itself may be shorter.
  const memory = Buffer.alloc(Math.max(codec.type.size, sizeOf(shape)));
  const input = direction === 'out' ? undefined : inputOf(parameter, shape, codec);
  return {
    name,
    // Not a pointer to codec.type: koffi swaps the bytes of a Buffer that is given for a pointer to a big-endian type.
    type: koffi.type('void *'),
    prepare: (args) => {
      const value = input?.(args);
      memory.fill(0);
      if (input) koffi.encode(memory, codec.type, value);
      return memory;
    },
    ...(direction === 'in' ? {} : { collect: () => codec.fromNative(koffi.decode(memory, codec.type)) }),
  };
}

/** Where the value of an `in` or `inout` parameter comes from: its constant, or the arguments. */
function inputOf(parameter: ParameterDefinition, shape: Shape, codec: Codec): (args: NativeArguments) => unknown {
  const { name, constant } = parameter;
  if (constant !== undefined) {
    const value = codec.toNative(constantValue(shape, constant), name);
    return () => value;
  }
  return (args) => codec.toNative(Object.hasOwn(args, name) ? args[name] : undefined, name);
}

/** A definition writes whole numbers as numbers or as decimal strings; which of them a type takes is its own affair. */
function constantValue(shape: Shape, constant: number | string): NativeValue {
  if (shape.kind === 'boolean') return Number(constant) !== 0;
  if (shape.kind === 'handle') return BigInt(constant);
  if (shape.kind !== 'integer') return constant;
  return shape.bits === 64 || shape.bits === 0 ? BigInt(constant) : Number(constant);
}
