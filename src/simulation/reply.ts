/** One reply of a definition's simulation: the inputs that it answers, and the outcome of the call. */

import { errnoCode } from '../definition/errno.js';
import type { CallOutcome, NativeArguments, NativeValue } from '../definition/execution.js';
import { suggestion } from '../definition/near-names.js';
import type { KeptPlace, SimulatedReply } from '../definition/types.js';
import { decodeValue, type Json, kindOf, ValueError } from '../kinds/index.js';
import { failureFinder, isOneOf } from '../model/find-failure.js';
import type { FunctionModel, Value } from '../model/types.js';
import { failedOutcome, successValue } from './outcome.js';

export interface PreparedReply {
  /** The values that inputs must have. Other inputs can have any value. */
  readonly given: NativeArguments;
  /** The number of times that it can be used. */
  readonly times: number;
  readonly outcome: CallOutcome;
  readonly keeps: KeptPlace | undefined;
  /** The place at which something must be kept. */
  readonly finds: KeptPlace | undefined;
  readonly isForgetting: boolean;
  /** Outputs that are kept inputs. */
  readonly from: Readonly<Record<string, string>>;
}

/** Reports a mistake in a reply; `at` is the path to its place. */
export type ReportReply = (at: readonly string[], message: string) => void;

/** Prepares a reply of a function, and reports its mistakes; usable only if there are none. */
export function prepareReply(fn: FunctionModel, reply: SimulatedReply, report: ReportReply): PreparedReply {
  checkPlaces(fn, reply, report);
  return {
    given: decodeAll(fn, 'given', fn.inputs, reply.given ?? {}, report),
    times: reply.times ?? Number.POSITIVE_INFINITY,
    outcome: outcomeOf(fn, reply, report),
    keeps: reply.keeps,
    finds: reply.finds ?? reply.forgets,
    isForgetting: reply.forgets !== undefined,
    from: reply.from ?? {},
  };
}

/** Checks that places are identified by inputs of the function, and that kept values fit its outputs. */
function checkPlaces(fn: FunctionModel, reply: SimulatedReply, report: ReportReply): void {
  const inputs = fn.inputs.map(({ name }) => name);
  for (const part of ['keeps', 'finds', 'forgets'] as const) {
    for (const name of reply[part]?.by ?? [])
      if (!inputs.includes(name))
        report([part, 'by'], `${fn.name} has no input '${name}'; ${suggestion(name, inputs)}`);
  }
  const outputs = fn.written.map(({ name }) => name);
  for (const name of Object.keys(reply.from ?? {})) {
    if (!outputs.includes(name))
      report(['from', name], `${fn.name} has no output '${name}'; ${suggestion(name, outputs)}`);
    if (!reply.finds && !reply.forgets) report(['from', name], "there is nothing to take it from: add 'finds'");
  }
}

function outcomeOf(fn: FunctionModel, reply: SimulatedReply, report: ReportReply): CallOutcome {
  if (reply.absent) return absence(fn, (message) => report(['absent'], message));
  if (reply.error !== undefined) return failureOf(fn, reply.error, (message) => report(['error'], message));
  return success(fn, reply, report);
}

function success(
  fn: FunctionModel,
  { outputs: written = {}, from = {} }: SimulatedReply,
  report: ReportReply,
): CallOutcome {
  const { resultName } = fn.returns;
  const values = decodeAll(fn, 'outputs', fn.written, written, report);
  const missing = fn.written
    .filter(({ name }) => !Object.hasOwn(written, name) && !Object.hasOwn(from, name))
    .map(({ name }) => `'${name}'`);
  if (missing.length > 0) report(['outputs'], `the outputs of ${fn.name} lack ${missing.join(', ')}`);
  const { [resultName ?? '']: returned, ...outputs } = values;
  const outcome = { returnValue: returned === undefined ? successValue(fn.failure) : returned, outputs };
  if (resultName !== undefined && returned !== undefined && failureFinder(fn.failure)(outcome))
    report(['outputs', resultName], `this value means that ${fn.name} fails: write 'error' instead of 'outputs'`);
  return outcome;
}

/** Converts JSON inputs or outputs to the backend's values. */
function decodeAll(
  fn: FunctionModel,
  part: 'given' | 'outputs',
  known: readonly (Value & { readonly optional?: true })[],
  written: Readonly<Record<string, unknown>>,
  report: ReportReply,
): NativeArguments {
  const values = Object.entries(written).flatMap(([name, json]): [string, NativeValue][] => {
    const value = known.find((one) => one.name === name);
    if (!value) {
      const names = known.map((one) => one.name);
      report([part, name], `${fn.name} has no ${PARTS[part]} '${name}'; ${suggestion(name, names)}`);
      return [];
    }
    try {
      return [[name, decoded(value, json as Json)]];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      report([part, name], `'${name}' ${error.message}`);
      return [];
    }
  });
  return Object.fromEntries(values);
}

const PARTS = { given: 'input', outputs: 'output' };

/** An optional input can be omitted, and a function can return NULL. */
function decoded({ shape, optional }: Value & { readonly optional?: true }, json: Json): NativeValue {
  if (json === null && (optional || kindOf(shape).isText || kindOf(shape).isPointer?.(shape))) return null;
  return decodeValue(shape, json);
}

type Complain = (message: string) => void;

function failureOf(fn: FunctionModel, error: number | string, complain: Complain): CallOutcome {
  const code = typeof error === 'number' ? error : codeNamed(fn, error);
  if (code === undefined) {
    const names = fn.failure.errors.flatMap(({ symbol, id }) => [symbol, id]);
    complain(`the definition has no error '${error}' for ${fn.name}; ${suggestion(String(error), names)}`);
    return failedOutcome(fn.failure, 0);
  }
  const outcome = failedOutcome(fn.failure, code);
  const found = failureFinder(fn.failure)(outcome);
  if (!fn.failure.rule) complain(`${fn.name} cannot fail: its 'failure' is none`);
  else if (found === undefined) complain(`${fn.name} does not fail with the code ${code}`);
  else if (found === 'absent') complain(`the code ${code} means that nothing was found: write "absent": true`);
  else if (!isOneOf([code], found)) complain(`${fn.name} cannot report the code ${code}`);
  return outcome;
}

/**
 * Returns the code of an error by its symbol or id, or by the name of an errno, as the function reports it on this
 * system.
 */
function codeNamed({ failure }: FunctionModel, name: string): number | undefined {
  const named = failure.errors.filter(({ symbol, id }) => symbol === name || id === name);
  const error = named.find(({ functions }) => functions) ?? named[0];
  if (failure.rule?.code === 'errno') return errnoCode(error?.symbol ?? name) ?? error?.code;
  if (failure.rule?.code === 'hresult' && error && error.code > 0 && error.code <= 0xffff)
    return (0x8007_0000 | error.code) >>> 0;
  return error?.code;
}

function absence({ name, failure }: FunctionModel, complain: Complain): CallOutcome {
  const find = failureFinder(failure);
  const outcomes = (failure.rule?.absent ?? []).map((code) => failedOutcome(failure, code));
  const outcome = outcomes.find((one) => find(one) === 'absent');
  if (!outcome) complain(`${name} cannot report that nothing was found: its failure rule has no code in 'absent'`);
  return outcome ?? failedOutcome(failure, 0);
}
