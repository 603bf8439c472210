/** One function of the bridge: checks the parameters, calls the backend, and turns the outcome into a reply. */
import { DlletError } from '../definition/errors.js';
import type { Backend, CallOutcome, NativeArguments, NativeValue, Room } from '../definition/execution.js';
import { fillPlaceholders, spellings } from '../definition/placeholders.js';
import { listed, show } from '../definition/shown.js';
import { decodeValue, encodeValue, type HandleAccess, releasesOf, ValueError } from '../kinds/index.js';
import { computedValues } from '../model/computed.js';
import { failureFinder, type NativeFailure } from '../model/find-failure.js';
import type { Model } from '../model/model.js';
import type { FunctionModel, Parameter } from '../model/types.js';
import type { FindMethod, Method, MethodAnswer } from './answer.js';
import { withCause } from './error-cause.js';
import { describeFailure, findError } from './failure.js';
import type { HandleTable, HandleUse } from './handles.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';
import { repeated } from './repeat.js';
import { findShortage, type Shortage } from './room.js';
import { violation } from './violation.js';

/**
 * Prepares a function once, to keep each call short. `handles` are those of the bridge; absent if the function is only
 * called to find the cause of an error.
 */
export function bindMethod(
  model: Model,
  fn: FunctionModel,
  backend: Backend,
  find: FindMethod,
  handles?: HandleTable,
): Method {
  const { inputs, outputs, computed } = fn;
  const { errors } = fn.failure;
  const findFailure = failureFinder(fn.failure);
  const terms = spellings(fn.terms);
  const given = new Set(inputs.map(({ name }) => name));

  const callOnce = (args: NativeArguments, room?: Room) => backend.call(fn, args, room);
  const callBackend = fn.repetition ? repeated(fn, fn.repetition, callOnce, findFailure) : callOnce;

  const texts = (args: NativeArguments) => ({ ...terms, ...textsOf(computedValues(computed, args)), ...textsOf(args) });

  const describeWin32 = (code: number) => backend.describeWin32(code);
  const describeErrno = (code: number) => backend.describeErrno?.(code);

  /** The method that finds the cause of an error, in the state at the failed call. */
  const lookOf = (name: string, outcome: CallOutcome): Method | undefined => {
    const then = backend.at?.(outcome);
    const looked = then && model.functionNamed(name);
    return then && looked ? bindMethod(model, looked, then, find) : find(name);
  };

  const fail = (
    failed: NativeFailure,
    outcome: CallOutcome,
    args: NativeArguments,
    params: Json | undefined,
  ): MethodAnswer | Promise<MethodAnswer> => {
    const values = texts(args);
    const error = describeFailure(failed, { fn, errors, values, describeWin32, describeErrno });
    const examine = findError(errors, fn.name, failed)?.examine;
    const look = examine && lookOf(fillPlaceholders(examine.function, terms), outcome);
    if (!look) return { error };
    const found = withCause(error, examine, look, params, values);
    return found instanceof Promise ? found.then((told) => ({ error: told })) : { error: found };
  };

  const answer = (
    args: NativeArguments,
    params: Json | undefined,
    outcome: CallOutcome,
    access: HandleUse | undefined,
  ): MethodAnswer | Promise<MethodAnswer> => {
    const failed = outcome.isWhole ? undefined : findFailure(outcome);
    const short = findShortage(fn, outcome, failed === 'absent' ? undefined : failed);
    if (short && 'room' in short) return call(args, params, access, short.room);
    if (short) return { error: tooLarge(fn, short) };
    if (failed === 'absent') return { result: null };
    if (failed) return fail(failed, outcome, args, params);
    const result: Record<string, Json> = {};
    const { resultName } = fn.returns;
    for (const { name, shape } of outputs) {
      const value = name === resultName ? outcome.returnValue : outcome.outputs[name];
      result[name] = encodeValue(shape, value as NativeValue, given.has(name) ? access?.givenBack : access);
    }
    return { result };
  };

  const call = (
    args: NativeArguments,
    params: Json | undefined,
    access: HandleUse | undefined,
    room?: Room,
  ): MethodAnswer | Promise<MethodAnswer> => {
    const outcome = callBackend(args, room);
    return outcome instanceof Promise
      ? outcome.then((value) => answer(args, params, value, access))
      : answer(args, params, outcome, access);
  };

  const run = (params: Json | undefined, use: HandleUse | undefined): MethodAnswer | Promise<MethodAnswer> => {
    const checked = checkParameters(fn, inputs, params, use);
    if ('error' in checked) return checked;
    const passed = violation(fn, checked.args, terms);
    if (passed) return { error: passed };
    return attempt(fn, () => {
      use?.begin();
      return call(checked.args, params, use);
    });
  };

  const hasHandles = [...inputs, ...outputs].some(({ shape }) => releasesOf(shape).length > 0);
  if (!handles || !hasHandles) return (params) => run(params, undefined);
  return (params) => {
    const use = handles.use(fn.name);
    const answered = run(params, use);
    if (answered instanceof Promise) return answered.finally(() => use.end());
    use.end();
    return answered;
  };
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function checkParameters(
  fn: FunctionModel,
  inputs: readonly Parameter[],
  params: Json | undefined,
  handles: HandleAccess | undefined,
): { readonly args: NativeArguments } | { readonly error: RpcError } {
  const wanted = inputs.map((input) => input.name).join(', ') || 'none';
  if (params !== undefined && (params === null || typeof params !== 'object' || Array.isArray(params))) {
    return { error: invalid(fn, `the parameters must be a JSON object (${wanted}), not ${show(params)}`) };
  }
  const given = (params ?? {}) as { readonly [key: string]: Json };
  const problems: { sentence: string; facts: Record<string, Json> }[] = [];
  const args: Record<string, NativeValue> = {};
  for (const { name, shape, optional } of inputs) {
    if (optional && (given[name] ?? null) === null) {
      args[name] = null;
      continue;
    }
    if (!Object.hasOwn(given, name)) {
      problems.push({ sentence: `'${name}' is missing`, facts: { parameter: name } });
      continue;
    }
    try {
      args[name] = decodeValue(shape, given[name] as Json, handles);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push({ sentence: `'${name}' ${error.message}`, facts: { parameter: name, ...limits(error) } });
    }
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(args, name) && !inputs.some((input) => input.name === name)) {
      problems.push({ sentence: `'${name}' is not a parameter (${wanted})`, facts: { parameter: name } });
    }
  }
  const first = problems[0];
  return first
    ? {
        error: invalid(
          fn,
          listed(
            problems.map((problem) => problem.sentence),
            '; ',
          ),
          first.facts,
        ),
      }
    : { args };
}

function limits(error: ValueError): Record<string, Json> {
  if (error.minimum === undefined || error.maximum === undefined) return {};
  return { minimum: exact(error.minimum), maximum: exact(error.maximum) };
}

/** Returns a number if it is exact, otherwise a decimal string. */
function exact(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}

function invalid(fn: FunctionModel, problem: string, facts: Record<string, Json> = {}): RpcError {
  return {
    code: ERROR_CODES.invalidParams,
    message: `${fn.name}: ${problem}`,
    data: {
      id: 'InvalidParameter',
      function: fn.name,
      ...facts,
      category: 'InvalidArgument',
      recommendedAction: 'Correct the parameters; the function was not called.',
    },
  };
}

function tooLarge(fn: FunctionModel, { parameter, limit, isDone }: Shortage): RpcError {
  return {
    code: ERROR_CODES.callFailed,
    message: isDone
      ? `${fn.name} was called, but ${parameter} has more elements than the ${limit} that fit into its memory. The call is not repeated, because it changes the system`
      : `${fn.name}: ${parameter} has more than ${limit} elements, the limit of the definition`,
    data: {
      id: 'OutputTooLarge',
      function: fn.name,
      parameter,
      maximum: limit,
      category: 'LimitsExceeded',
      recommendedAction: isDone
        ? `Increase "start" of ${parameter} in the definition, so that the first call has more memory.`
        : `Request less data, or increase the limit of ${parameter} in the definition.`,
    },
  };
}

/** Runs a call, synchronous or not, and converts exceptions to errors. */
function attempt(
  fn: FunctionModel,
  work: () => MethodAnswer | Promise<MethodAnswer>,
): MethodAnswer | Promise<MethodAnswer> {
  try {
    const answer = work();
    return answer instanceof Promise ? answer.catch((error: unknown) => ({ error: unreachable(fn, error) })) : answer;
  } catch (error) {
    return { error: unreachable(fn, error) };
  }
}

/**
 * The error if the function could not be called: the library, the export or the platform is missing, or the program has
 * a bug.
 */
function unreachable(fn: FunctionModel, error: unknown): RpcError {
  if (error instanceof DlletError) {
    const { id, category, recommendedAction, data } = error;
    return {
      code: ERROR_CODES.callFailed,
      message: error.message,
      data: { ...data, id, function: fn.name, category, recommendedAction },
    };
  }
  return {
    code: ERROR_CODES.internalError,
    message: `${fn.name}: internal error: ${error instanceof Error ? error.message : String(error)}`,
    data: {
      id: 'BridgeProtocolError',
      function: fn.name,
      category: 'NotSpecified',
      recommendedAction: 'This is a bug in dllet. Please report it, with the call that caused it.',
    },
  };
}
