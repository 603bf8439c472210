/** Binds native functions. The plan is the koffi declaration; the call converts arguments to an outcome. */
import type { LibraryHandle } from 'koffi';
import { countsIn } from '../definition/counts.js';
import type { CallOutcome, NativeArguments, Room } from '../definition/execution.js';
import type { CallingConvention } from '../definition/types.js';
import { type FindFailure, failureFinder } from '../model/find-failure.js';
import type { FunctionModel } from '../model/types.js';
import { codecOf, type KoffiCodec } from './marshal.js';
import type { NativeSystem } from './native-system.js';
import {
  type Freeing,
  freeingOf,
  type ParameterPlan,
  type PreparedCall,
  planParameter,
  prepareCall,
} from './parameters.js';

/** The koffi declaration of a function, in the order of `LibraryHandle.func`. */
export interface BindingPlan {
  readonly convention: '__stdcall' | '__cdecl';
  readonly symbol: string;
  readonly result: KoffiCodec;
  /** The parameter that holds the number of elements behind a returned pointer. */
  readonly resultCount?: string | undefined;
  /** How returned memory is freed. */
  readonly free?: Freeing | undefined;
  readonly findFailure: FindFailure;
  readonly parameters: readonly ParameterPlan[];
  /** The code to be read after the call, if the function's failure rule needs one. */
  readonly lastCode: 'lastError' | 'errno' | undefined;
  /** True to run the call on a separate thread. */
  readonly mayBlock: boolean;
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
    // In memory, a text is a pointer, which is needed to free it.
    result: codecOf(fn.result, fn.returns.free === undefined ? 'argument' : 'memory'),
    resultCount: countsIn(fn.returns.type)?.parameter,
    free: freeingOf(fn.returns),
    findFailure: failureFinder(fn.failure),
    parameters: fn.parameters.map(planParameter),
    lastCode: lastCodeOf(fn.failure),
    mayBlock: fn.mayBlock === true,
  };
}

/** Reads the error codes of the calling thread: GetLastError, and errno. */
export type LastErrorAccess = Pick<
  NativeSystem,
  'lastErrorKind' | 'lastError' | 'clearLastError' | 'errno' | 'clearErrno'
>;

/**
 * Binds a plan to a library. Throws koffi's error if the library does not export the function.
 *
 * If the plan needs the last error or errno, the code is cleared directly before the native call, because a successful
 * call may leave the code of an earlier one, and read directly after it, before anything can overwrite it. For a call
 * on another thread, koffi keeps both codes until the callback; they cannot be cleared there.
 */
export function bindPlan(
  library: LibraryHandle,
  plan: BindingPlan,
  system: LastErrorAccess,
  functionThatFrees?: (name: string) => (pointer: unknown) => void,
): BoundFunction {
  const { parameters, result, lastCode } = plan;
  const native = library.func(
    plan.convention,
    plan.symbol,
    result.type,
    parameters.map((parameter) => parameter.type),
  );
  const last = lastCode && lastCodeAccess(lastCode, system);
  const freeing = functionsOf(plan, functionThatFrees);
  const outcomeOf = (call: PreparedCall, raw: unknown, codes: Codes = {}) =>
    readOutcome(plan, call, raw, codes, freeing);
  if (plan.mayBlock) {
    last?.read();
    return oneAfterTheOther((args, room) => {
      const call = prepareCall(parameters, args, room);
      return new Promise((resolve, reject) => {
        native.async(...call.values, (error: unknown, raw: unknown) => {
          const code = last?.read();
          if (error) reject(error);
          else {
            try {
              resolve(outcomeOf(call, raw, last && { [last.kind]: code }));
            } catch (unreadable) {
              reject(unreadable);
            }
          }
        });
      });
    });
  }
  if (!last) {
    return (args, room) => {
      const call = prepareCall(parameters, args, room);
      return outcomeOf(call, native(...call.values));
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
    return outcomeOf(call, raw, { [last.kind]: code });
  };
}

/** Binds a function that frees the memory behind a pointer. Throws koffi's error if the library does not export it. */
export function bindFreeing(
  library: LibraryHandle,
  name: string,
  convention: CallingConvention,
): (pointer: unknown) => void {
  return library.func(CONVENTIONS[convention], name, 'void', ['void *']);
}

type Codes = Pick<CallOutcome, 'lastError' | 'errno'>;
type Freed = ReadonlyMap<string, (pointer: unknown) => void>;

/**
 * Finds the functions that free allocated memory now, so that a missing one is an error before anything is allocated.
 */
function functionsOf({ parameters, free }: BindingPlan, find?: (name: string) => (pointer: unknown) => void): Freed {
  const names = parameters.flatMap((one) => (one.passed === 'memory' && one.free ? [one.free.function] : []));
  return new Map(
    [...names, ...(free ? [free.function] : [])].map((name) => {
      if (!find) throw new Error(`nothing can free memory with ${name}`);
      return [name, find(name)];
    }),
  );
}

/**
 * Reads what a call returned and wrote, and frees what it allocated, once in every case. All pointers are NULL before
 * the call, so any other pointer was written by the function. After a failed call, outputs are not read.
 */
function readOutcome(plan: BindingPlan, call: PreparedCall, raw: unknown, codes: Codes, freeing: Freed): CallOutcome {
  const { result, resultCount, free, findFailure } = plan;
  let isFailed = false;
  try {
    const count = resultCount === undefined ? undefined : call.count(resultCount);
    const returnValue = result.fromNative(raw, call.memory, count);
    isFailed = findFailure({ returnValue, outputs: {}, ...codes }) !== undefined;
    return { ...call.collect(returnValue, isFailed), ...codes };
  } finally {
    const returned = free && raw !== null ? [{ pointer: raw, free }] : [];
    for (const one of [...call.allocated(), ...returned])
      if (!isFailed || !one.free.isOnSuccess) freeing.get(one.free.function)?.(one.pointer);
  }
}

/** Runs calls of one function one at a time, because a library may not allow it to run on two threads at once. */
function oneAfterTheOther(call: (args: NativeArguments, room?: Room) => Promise<CallOutcome>): BoundFunction {
  let last: Promise<unknown> = Promise.resolve();
  return (args, room) => {
    const outcome = last.then(() => call(args, room));
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
