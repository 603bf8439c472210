/** Functions that are called several times for one result: by index, or with a token for the next call. */
import { DlletError } from '../definition/errors.js';
import type { CallOutcome, NativeArguments, NativeValue, Room } from '../definition/execution.js';
import { ROWS } from '../definition/parameters.js';
import { travelsAsString } from '../kinds/index.js';
import { type FindFailure, hasCode } from '../model/find-failure.js';
import type { FunctionModel, Repetition } from '../model/types.js';
import { findShortage } from './room.js';

type Call = (args: NativeArguments, room?: Room) => CallOutcome | Promise<CallOutcome>;

/** The maximum number of rows in one result, and of calls for it. */
const LIMIT = 1_048_576;

/** Returns a function that makes all the calls and combines their results in one outcome. */
export function repeated(fn: FunctionModel, repetition: Repetition, call: Call, find: FindFailure): Call {
  const all = repetition.until ? byIndex : withToken;
  return (args) => finish(all(fn, repetition, args, find), call);
}

type Calls = Generator<readonly [NativeArguments, Room | undefined], CallOutcome, CallOutcome>;

/** Makes the calls. Stays synchronous as long as each call is. */
function finish(calls: Calls, call: Call, last?: CallOutcome): CallOutcome | Promise<CallOutcome> {
  let next = last === undefined ? calls.next() : calls.next(last);
  while (!next.done) {
    const outcome = call(...next.value);
    if (outcome instanceof Promise) return outcome.then((value) => finish(calls, call, value));
    next = calls.next(outcome);
  }
  return next.value;
}

/** Calls by index: each call returns one row, and the last one reports that there are no more. */
function* byIndex(fn: FunctionModel, { name, start }: Repetition, args: NativeArguments, find: FindFailure): Calls {
  const rows: NativeValue[] = [];
  let room: Room | undefined;
  for (;;) {
    const outcome = yield [{ ...args, [name]: numberFor(fn, name, start + rows.length) }, room];
    const failed = find(outcome);
    const short = findShortage(fn, outcome, failed === 'absent' ? undefined : failed);
    if (short && 'room' in short) {
      room = short.room;
      continue;
    }
    if (failed === 'absent') return { returnValue: null, outputs: { [ROWS]: rows }, isWhole: true };
    if (failed || short) return outcome;
    if (rows.length >= LIMIT) throw endless(fn);
    rows.push(rowOf(fn, outcome));
  }
}

function rowOf(
  { returns: { resultName }, written }: FunctionModel,
  { returnValue, outputs }: CallOutcome,
): NativeValue {
  const values = written.map(
    ({ name }) => [name, name === resultName ? returnValue : (outputs[name] ?? null)] as const,
  );
  return Object.fromEntries(values);
}

/** Calls with a token: each call returns some elements and the token for the next call. Joins the elements. */
function* withToken(
  fn: FunctionModel,
  { name, start, on }: Repetition,
  args: NativeArguments,
  find: FindFailure,
): Calls {
  const elements: Record<string, NativeValue[]> = {};
  let token: NativeValue = numberFor(fn, name, start);
  let room: Room | undefined;
  for (let calls = 0; ; calls += 1) {
    const outcome: CallOutcome = yield [{ ...args, [name]: token }, room];
    const failed = find(outcome);
    const short = findShortage(fn, outcome, failed === 'absent' ? undefined : failed);
    if (short && 'room' in short) {
      room = short.room;
      continue;
    }
    if (failed || short) return outcome;
    const joined = Object.entries(outcome.outputs).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, value] as const;
      elements[key] ??= [];
      for (const one of value) elements[key].push(one);
      if (elements[key].length > LIMIT) throw endless(fn);
      return [key, elements[key]] as const;
    });
    if (!hasCode(fn.failure, outcome, on ?? [])) return { ...outcome, outputs: Object.fromEntries(joined) };
    token = outcome.outputs[name] ?? token;
    if (calls >= LIMIT) throw endless(fn);
  }
}

/** Converts a whole number to the backend's type. */
function numberFor({ parameters }: FunctionModel, name: string, value: number): number | bigint {
  const shape = parameters.find((one) => one.name === name)?.shape;
  return shape && travelsAsString(shape) ? BigInt(value) : value;
}

function endless({ name }: FunctionModel): DlletError {
  return new DlletError({
    id: 'OutputTooLarge',
    category: 'LimitsExceeded',
    message: `${name} has more than ${LIMIT} rows or elements.`,
    recommendedAction: 'Request less data.',
    data: { maximum: LIMIT },
  });
}
