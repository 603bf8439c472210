/**
 * One native function, ready to be called: the plan (what koffi is told) and the call (arguments in, outcome out).
 */
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import type { CallOutcome, NativeArguments, NativeValue } from '../definition/execution.js';
import type { CallingConvention, FailureStrategy } from '../definition/types.js';
import { kindOf, sizeOf, TypeResolutionError } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import { codecOf, type KoffiCodec } from './marshal.js';
import type { NativeSystem } from './native-system.js';

/** What koffi is told about a function, in the order of `LibraryHandle.func`. */
export interface BindingPlan {
  readonly convention: '__stdcall' | '__cdecl';
  readonly symbol: string;
  readonly result: KoffiCodec;
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
export function planBinding(fn: FunctionModel): BindingPlan {
  return {
    convention: CONVENTIONS[fn.callingConvention],
    symbol: fn.name,
    result: codecOf(fn.result, 'argument'),
    parameters: fn.parameters.map(planParameter),
    needsLastError: LAST_ERROR_STRATEGIES.has(fn.failure.strategy),
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

function planParameter(parameter: Parameter): ParameterPlan {
  const { passing } = kindOf(parameter.shape);
  if (parameter.direction === 'in' && passing !== 'memory') return planByValue(parameter);
  return planByReference(parameter);
}

function planByValue(parameter: Parameter): ParameterPlan {
  const codec = codecOf(parameter.shape, 'argument');
  return { name: parameter.name, type: codec.type, prepare: inputOf(parameter, codec) };
}

/**
 * A parameter that is a pointer: to memory of the plan's own, reused from call to call (calls are synchronous) and
 * cleared before each, so that nothing of an earlier call can be taken for an answer.
 */
function planByReference(parameter: Parameter): ParameterPlan {
  const { name, direction, shape } = parameter;
  const [problem] = kindOf(shape).placeProblems?.(shape, parameter) ?? [];
  if (problem) throw new TypeResolutionError(problem.message);
  const codec = codecOf(shape, 'memory');
  // A size in the definition is that of 64-bit Windows; elsewhere the value itself may be shorter.
  const memory = Buffer.alloc(Math.max(codec.type.size, sizeOf(shape)));
  const input = direction === 'out' ? undefined : inputOf(parameter, codec);
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
function inputOf({ name, constant, shape }: Parameter, codec: KoffiCodec): (args: NativeArguments) => unknown {
  if (constant !== undefined) {
    const value = codec.toNative(kindOf(shape).constant?.value(shape, constant), name);
    return () => value;
  }
  return (args) => codec.toNative(Object.hasOwn(args, name) ? args[name] : undefined, name);
}
