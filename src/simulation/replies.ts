/** A simulated backend that answers with the replies of its definition. */
import { isDeepStrictEqual } from 'node:util';
import { DlletError } from '../definition/errors.js';
import type { Backend, CallOutcome, NativeArguments } from '../definition/execution.js';
import { own } from '../definition/own.js';
import { listed, shown } from '../definition/shown.js';
import type { Definition, ExpandedFunction } from '../definition/types.js';
import { encodeValue } from '../kinds/index.js';
import { modelOf } from '../model/model.js';
import type { FunctionModel } from '../model/types.js';
import { type PreparedReply, prepareReply } from './reply.js';

/**
 * Returns a backend with the definition's replies; `rest` answers for functions without any. Its `call` throws
 * DlletError `ReplyNotFound` if no reply is left that fits the inputs.
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

/** The replies of a definition, and how often each can still be used. */
class Replies {
  readonly #definition: Definition;
  readonly #prepared = new Map<string, readonly Reply[]>();

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  /** Returns the outcome of the first reply that fits; undefined if the function has no replies. */
  answer(fn: ExpandedFunction, args: NativeArguments): CallOutcome | undefined {
    const model = modelOf(this.#definition).resolve(fn);
    const replies = this.#of(model);
    if (!replies) return undefined;
    const fitting = replies.filter(({ given }) =>
      Object.entries(given).every(([name, value]) => isDeepStrictEqual(args[name], value)),
    );
    const reply = fitting.find(({ left }) => left > 0);
    if (!reply) throw replyNotFound(model, args, fitting.length > 0);
    reply.left -= 1;
    return reply.outcome;
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
