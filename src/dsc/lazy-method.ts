/** The bridge's method `dllet.resource`, loaded on first use because ordinary calls do not need it. */

import type { Method } from '../bridge/answer.js';
import type { Json, Reply } from '../bridge/messages.js';
import type { Definition } from '../definition/types.js';
import type { Caller } from './resource.js';

export const RESOURCE = 'dllet.resource';

/** Answers one message; implemented by the bridge. */
export type Handle = (message: Json) => Reply | undefined | Promise<Reply | undefined>;

export function resourceMethod(definition: Definition, handle: Handle): Method {
  return async (params) => {
    const { answerResource } = await import('./bridge-method.js');
    const notices: string[] = [];
    const answer = await answerResource(
      definition,
      callerOf(handle, (notice) => notices.push(notice)),
      params,
    );
    return notices.length === 0 ? answer : { ...answer, notices };
  };
}

/** Calls functions and operations by name, through a bridge. `report` receives the notices of a reply. */
export function callerOf(handle: Handle, report: (notice: string) => void): Caller {
  return async (method, params) => {
    const reply = await handle({ jsonrpc: '2.0', id: 1, method, params });
    if (!reply) throw new Error(`${method} was not answered`);
    for (const notice of reply.notices ?? []) report(notice);
    return 'error' in reply ? { error: reply.error } : { result: reply.result };
  };
}
