/** The bridge's method `dllet.resource`, which loads when it is first asked: an ordinary call has no use for it. */
import type { Json, Reply } from '../bridge/messages.js';
import type { Method } from '../bridge/method.js';
import type { Definition } from '../definition/types.js';
import type { Caller } from './resource.js';

export const RESOURCE = 'dllet.resource';

/** Answers one message; the bridge does. */
export type Handle = (message: Json) => Reply | undefined | Promise<Reply | undefined>;

export function resourceMethod(definition: Definition, handle: Handle): Method {
  return async (params) => {
    const { answerResource } = await import('./bridge-method.js');
    return answerResource(definition, callerOf(handle), params);
  };
}

/** Calls functions and operations by name, through a bridge. */
export function callerOf(handle: Handle): Caller {
  return async (method, params) => {
    const reply = await handle({ jsonrpc: '2.0', id: 1, method, params });
    if (!reply) throw new Error(`${method} was not answered`);
    return 'error' in reply ? { error: reply.error } : { result: reply.result };
  };
}
