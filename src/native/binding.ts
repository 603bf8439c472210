/** A native function ready to be called: the plan (its koffi declaration) and the call (arguments in, outcome out). */
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import type { CallOutcome, NativeArguments, NativeValue } from '../definition/execution.js';
import type { CallingConvention } from '../definition/types.js';
import { kindOf, sizeOf, TypeResolutionError } from '../kinds/index.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import { codecOf, type KoffiCodec } from './marshal.js';
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

/** One parameter of the C prototype. */
export interface ParameterPlan {
  readonly name: string;
  readonly type: TypeObject;
  /** The value passed to koffi for this parameter. */
  prepare(args: NativeArguments): unknown;
  /** The value written by the function; absent for `in`. */
  readonly collect?: () => NativeValue;
}

export type BoundFunction = (args: NativeArguments) => CallOutcome | Promise<CallOutcome>;

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
  const collect = (raw: unknown): Pick<CallOutcome, 'returnValue' | 'outputs'> => {
    const outputs: Record<string, NativeValue> = {};
    for (const parameter of parameters) if (parameter.collect) outputs[parameter.name] = parameter.collect();
    return { returnValue: result.fromNative(raw), outputs };
  };
  const last = lastCode && lastCodeAccess(lastCode, system);
  if (plan.mayBlock) {
    last?.read();
    return oneAfterTheOther((args) => {
      const values = parameters.map((parameter) => parameter.prepare(args));
      return new Promise((resolve, reject) => {
        native.async(...values, (error: unknown, raw: unknown) => {
          const code = last?.read();
          if (error) reject(error);
          else resolve(last ? { ...collect(raw), [last.kind]: code } : collect(raw));
        });
      });
    });
  }
  if (!last) return (args) => collect(native(...parameters.map((parameter) => parameter.prepare(args))));
  // Bind both functions now: binding between the call and the read could change the last error.
  last.clear();
  last.read();
  return (args) => {
    const values = parameters.map((parameter) => parameter.prepare(args));
    last.clear();
    const raw: unknown = native(...values);
    const code = last.read();
    return { ...collect(raw), [last.kind]: code };
  };
}

/** Calls of one function share the memory of its plan, so calls on other threads run one at a time. */
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
 * A pointer parameter. Its memory belongs to the plan and is reused by later calls (calls are synchronous). It is
 * cleared before each call, so that old data cannot be taken for a result.
 */
function planByReference(parameter: Parameter): ParameterPlan {
  const { name, direction, shape } = parameter;
  const [problem] = kindOf(shape).placeProblems?.(shape, parameter) ?? [];
  if (problem) throw new TypeResolutionError(problem.message);
  const codec = codecOf(shape, 'memory');
  // A size in the definition is that of 64-bit Windows; elsewhere the value may be smaller.
  const memory = Buffer.alloc(Math.max(codec.type.size, sizeOf(shape)));
  const input = direction === 'out' ? undefined : inputOf(parameter, codec);
  return {
    name,
    // Not a pointer to codec.type: koffi swaps the bytes of a Buffer passed for a pointer to a big-endian type.
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

/** The value of an `in` or `inout` parameter: its constant, or the argument. */
function inputOf({ name, constant, shape }: Parameter, codec: KoffiCodec): (args: NativeArguments) => unknown {
  if (constant !== undefined) {
    const value = codec.toNative(kindOf(shape).constant?.value(shape, constant), name);
    return () => value;
  }
  return (args) => codec.toNative(Object.hasOwn(args, name) ? args[name] : undefined, name);
}
