/** Records calls that change the system, with their reasons, in an audit log. */
import { messageOf } from '../definition/errors.js';
import { show } from '../definition/shown.js';
import type { Method, MethodAnswer } from './answer.js';
import { ERROR_CODES, type Json, type RpcError } from './messages.js';

/**
 * The additional parameter of every function or operation with `changesState`: the caller's reason, a string or null.
 * The dot distinguishes it from the definition's parameters.
 */
export const REASON = 'dllet.reason';

/** The maximum length of a reason, in UTF-16 units. A record must fit into one Windows event after escaping. */
export const REASON_LIMIT = 1024;

/** One attempt to change the system: the request and its outcome. */
export interface Change {
  readonly function: string;
  /** The parameters as the caller gave them, without the reason. */
  readonly params: Json;
  readonly reason: string | null;
  /** The time of the call. */
  readonly time: Date;
  readonly answer: MethodAnswer;
}

/** A function or an operation. */
type Named = { readonly name: string };

/** Records one change. Resolves with one sentence for each record that could not be written. */
export type Auditor = (change: Change) => Promise<readonly string[]>;

/**
 * Returns the method of a function or an operation that changes the system. It accepts a reason, and answers after its
 * record is written.
 */
export function auditMethod(fn: Named, method: Method, audit: Auditor | undefined): Method {
  return (params) => {
    const time = new Date();
    const { own, reason, problem } = takeReason(fn, params);
    const answer = problem ? { error: problem } : method(own);
    if (!audit) return answer;
    const record = async (done: MethodAnswer): Promise<MethodAnswer> => {
      const change: Change = { function: fn.name, params: own ?? {}, reason, time, answer: done };
      const notices = await audit(change).catch((error: unknown) => [unrecorded(change, error)]);
      return notices.length === 0 ? done : { ...done, notices };
    };
    return answer instanceof Promise ? answer.then(record) : record(answer);
  };
}

/** The notice for a change that could not be recorded at all. */
export function unrecorded(change: Change, cause: unknown): string {
  return `No audit record of ${change.function} could be made: ${messageOf(cause)}. ${UNAFFECTED}`;
}

/** The end of every notice about records. */
export const UNAFFECTED = 'The call itself is not affected.';

function takeReason(
  fn: Named,
  params: Json | undefined,
): { readonly own: Json | undefined; readonly reason: string | null; readonly problem?: RpcError } {
  if (params === null || typeof params !== 'object' || Array.isArray(params)) return { own: params, reason: null };
  const { [REASON]: reason = null, ...own } = params as { readonly [name: string]: Json };
  if (reason === null || (typeof reason === 'string' && reason.length <= REASON_LIMIT)) return { own, reason };
  const found = typeof reason === 'string' ? `${reason.length} characters` : show(reason);
  return { own, reason: null, problem: refused(fn, found) };
}

function refused(fn: Named, found: string): RpcError {
  return {
    code: ERROR_CODES.invalidParams,
    message: `${fn.name}: '${REASON}' must be a string of at most ${REASON_LIMIT} characters, or null, not ${found}`,
    data: {
      id: 'InvalidParameter',
      function: fn.name,
      parameter: REASON,
      category: 'InvalidArgument',
      recommendedAction: 'Shorten the reason, for example to the number of the change; the function was not called.',
    },
  };
}
