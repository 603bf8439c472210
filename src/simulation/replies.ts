/** A simulated backend that answers with the replies of its definition. */
import { isDeepStrictEqual } from 'node:util';
import { DlletError } from '../definition/errors.js';
import type { Backend, CallOutcome, NativeArguments, NativeValue } from '../definition/execution.js';
import { own } from '../definition/own.js';
import { listed, shown } from '../definition/shown.js';
import type { Definition, ExpandedFunction, KeptPlace } from '../definition/types.js';
import { decodeValue, encodeValue, type Json, type Shape, ValueError } from '../kinds/index.js';
import { modelOf } from '../model/model.js';
import type { FunctionModel } from '../model/types.js';
import { type PreparedReply, prepareReply } from './reply.js';

/**
 * Returns a backend with the definition's replies; `rest` handles functions without replies. Its `call` throws
 * DlletError `ReplyNotFound` if no remaining reply fits the inputs.
 */
export function backendWithReplies(definition: Definition, rest: Backend): Backend {
  return over(rest, new Replies(definition));
}

function over(rest: Backend, replies: Replies): Backend {
  return {
    ...rest,
    call: (fn, args, room) => replies.answer(fn, args) ?? rest.call(fn, args, room),
    at: (outcome) => {
      const then = rest.at?.(outcome);
      return then && over(then, replies);
    },
  };
}

interface Reply extends PreparedReply {
  left: number;
}

/** The replies of a definition, and how many times each can still be used. */
class Replies {
  readonly #definition: Definition;
  readonly #prepared = new Map<string, readonly Reply[]>();
  /** The inputs that calls have kept for later calls, as JSON, by collection and key. */
  readonly #kept = new Map<string, Readonly<Record<string, Json>>>();

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  /** Returns the outcome of the first reply that fits; undefined if the function has no replies. */
  answer(fn: ExpandedFunction, args: NativeArguments): CallOutcome | undefined {
    const model = modelOf(this.#definition).resolve(fn);
    const replies = this.#of(model);
    if (!replies) return undefined;
    const inputs = Object.fromEntries(
      model.inputs.map(({ name, shape }) => [name, jsonOf(shape, args[name] ?? null)] as const),
    );
    const fitting = replies.filter(
      ({ given, finds }) =>
        Object.entries(given).every(([name, value]) => isDeepStrictEqual(args[name], value)) &&
        (!finds || this.#kept.has(keyOf(finds, inputs))),
    );
    const reply = fitting.find(({ left }) => left > 0);
    if (!reply) throw replyNotFound(model, args, fitting.length > 0);
    reply.left -= 1;
    const { finds, isForgetting, keeps, outcome } = reply;
    const found = finds && this.#kept.get(keyOf(finds, inputs));
    if (finds && isForgetting) this.#kept.delete(keyOf(finds, inputs));
    if (keeps) this.#kept.set(keyOf(keeps, inputs), inputs);
    return found ? withKept(model, reply, outcome, found) : outcome;
  }

  #of(fn: FunctionModel): readonly Reply[] | undefined {
    const known = this.#prepared.get(fn.name);
    if (known) return known;
    const made = own(this.#definition.simulation ?? {}, fn.name)?.map((reply) => {
      const prepared = prepareReply(fn, reply, (at, message) => {
        throw new Error(`simulation of ${fn.name}, ${at.join('/')}: ${message}`);
      });
      return { ...prepared, left: prepared.times };
    });
    if (made) this.#prepared.set(fn.name, made);
    return made;
  }
}

const jsonOf = (shape: Shape, value: NativeValue): Json => (value === null ? null : encodeValue(shape, value));

const keyOf = ({ as, by }: KeptPlace, inputs: Readonly<Record<string, Json>>): string =>
  JSON.stringify([as, ...by.map((name) => inputs[name] ?? null)]);

/**
 * Returns the outcome with outputs that an earlier call kept. Throws DlletError for a value that does not fit the
 * output.
 */
function withKept(
  fn: FunctionModel,
  { from }: Reply,
  outcome: CallOutcome,
  kept: Readonly<Record<string, Json>>,
): CallOutcome {
  const values = Object.entries(from).map(([name, input]) => {
    const shape = fn.written.find((one) => one.name === name)?.shape;
    return [name, shape ? readKept(fn, name, shape, kept[input] ?? null) : null] as const;
  });
  const { [fn.returns.resultName ?? '']: returned, ...outputs } = Object.fromEntries(values);
  return {
    ...outcome,
    ...(returned !== undefined && { returnValue: returned }),
    outputs: { ...outcome.outputs, ...outputs },
  };
}

function readKept({ name: fn }: FunctionModel, name: string, shape: Shape, json: Json): NativeValue {
  try {
    return json === null ? null : decodeValue(shape, json);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new DlletError({
      id: 'InvalidParameter',
      category: 'InvalidData',
      message: `The simulation of ${fn} has stored a value that does not fit its output '${name}': it ${error.message}.`,
      recommendedAction: `Name an input of the same type in 'from' of the reply.`,
    });
  }
}

function replyNotFound(fn: FunctionModel, args: NativeArguments, isUsedUp: boolean): DlletError {
  const inputs = fn.inputs.map(({ name, shape }) => {
    const value = args[name] ?? null;
    return `${name} = ${shown(value === null ? null : encodeValue(shape, value), 60)}`;
  });
  const asked = inputs.length === 0 ? 'a call without inputs' : listed(inputs, ', ');
  const reason = isUsedUp ? 'no reply left' : 'no reply';
  return new DlletError({
    id: 'ReplyNotFound',
    category: 'ObjectNotFound',
    message: `The simulation of ${fn.name} has ${reason} for ${asked}.`,
    recommendedAction: `Add a reply to simulation in the definition, under ${fn.name}; one without 'given' answers every call.`,
  });
}
