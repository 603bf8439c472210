/**
 * The resident bridge: JSON-RPC 2.0 with one message per line, and one line for each reply.
 *
 * Requests are started in the order of arrival, those of a batch in array order. A function answers before the next
 * request is started, unless it waits for something (a function that may block according to the definition, a file,
 * another program). Then the next requests are started in the meantime, and replies are sent as they become ready.
 * Replies are matched by id, never by position. A batch is answered by one array, in request order, when all its
 * requests are done.
 */
import type { Bridge } from './bridge.js';
import { parseJson, protocolError, tooMuch } from './bridge.js';
import { callProblem, LINE_LIMIT, replyLimitOf } from './limits.js';
import { createLineSplitter } from './line-splitter.js';
import { ERROR_CODES, failure, type Json, type MessageId, type Reply, type RpcError, toAsciiJson } from './messages.js';

export interface ServerPorts {
  readonly bridge: Bridge;
  /** Writes one protocol line. */
  readonly send: (line: string) => void;
  /** Called with true to pause reading when too many requests are in progress, and with false to resume. */
  readonly overload?: (isTooMuch: boolean) => void;
  /** Writes diagnostics; undefined if they are not requested. */
  readonly trace?: ((text: string) => void) | undefined;
  readonly lineLimit?: number;
}

export interface Server {
  receive(chunk: Buffer): void;
  /** Ends the input. Resolves when all requests have been answered. */
  end(): Promise<void>;
}

/**
 * The limit for the bytes of requests in progress, and the minimum that each counts for, because a request costs more
 * than its bytes.
 */
const WAITING_LIMIT = 8 * 1024 * 1024;
const WAITING_LEAST = 4 * 1024;

export function createServer({ bridge, send, overload, trace, lineLimit = LINE_LIMIT }: ServerPorts): Server {
  const pending = new Set<Promise<void>>();
  let waiting = 0;
  const wait = (bytes: number): void => {
    const before = waiting > WAITING_LIMIT;
    waiting += bytes;
    if (waiting > WAITING_LIMIT !== before) overload?.(!before);
  };
  const answer = (reply: Reply | readonly Reply[] | undefined): void => {
    if (reply === undefined) return;
    const line = lineOf(reply);
    trace?.(`-> ${line}`);
    send(`${line}\n`);
  };
  /** Returns the JSON of a reply, or of the error that it is too long. */
  const lineOf = (reply: Reply | readonly Reply[]): string => {
    const line = toAsciiJson(reply);
    const limit = replyLimitOf(lineLimit);
    return line.length > limit && 'id' in reply ? toAsciiJson(failure(reply.id, tooLong(limit))) : line;
  };
  const splitter = createLineSplitter(lineLimit, {
    onLine: (bytes) => {
      const text = bytes
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trim();
      if (text === '') return;
      trace?.(`<- ${text}`);
      const replied = replyTo(bridge, text, lineLimit);
      if (!(replied instanceof Promise)) {
        answer(replied);
        return;
      }
      const weight = Math.max(bytes.length, WAITING_LEAST);
      const work = replied.then(answer).finally(() => {
        pending.delete(work);
        wait(-weight);
      });
      pending.add(work);
      wait(weight);
    },
    onOversized: () => {
      const problem = `the line is longer than ${lineLimit} bytes and was not read`;
      answer(
        failure(null, protocolError(ERROR_CODES.invalidRequest, problem, 'Split a large batch into several lines.')),
      );
    },
  });
  return {
    receive: (chunk) => splitter.push(chunk),
    async end() {
      splitter.end();
      await Promise.all(pending);
    },
  };
}

type Answer = Reply | readonly Reply[] | undefined;

function replyTo(bridge: Bridge, text: string, lineLimit: number): Answer | Promise<Answer> {
  const parsed = parseJson(text, lineLimit);
  if ('error' in parsed) return failure(null, parsed.error);
  const { value } = parsed;
  const problem = callProblem(value);
  if (problem !== undefined) return failure(idOf(value), tooMuch(problem));
  return Array.isArray(value) ? replyToBatch(bridge, value) : bridge.handle(value);
}

function tooLong(limit: number): RpcError {
  return {
    code: ERROR_CODES.callFailed,
    message: `The function was called, but its results are longer than ${limit} bytes, the limit for one line.`,
    data: {
      id: 'OutputTooLarge',
      category: 'LimitsExceeded',
      recommendedAction: 'Request less data at a time.',
      maximum: limit,
    },
  };
}

/** The id of a single request, so that its caller gets an error reply. */
function idOf(message: Json): MessageId {
  const { id } = (message ?? {}) as { readonly [key: string]: Json };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** JSON-RPC 2.0, section 6: an empty array is an invalid request; a batch reply omits notifications. */
function replyToBatch(bridge: Bridge, messages: readonly Json[]): Answer | Promise<Answer> {
  if (messages.length === 0) {
    return failure(
      null,
      protocolError(ERROR_CODES.invalidRequest, 'the batch is empty', 'Send at least one request in the array.'),
    );
  }
  const replies = messages.map((message) => bridge.handle(message));
  if (replies.some((reply) => reply instanceof Promise)) return Promise.all(replies).then(withoutSilence);
  return withoutSilence(replies as (Reply | undefined)[]);
}

function withoutSilence(replies: readonly (Reply | undefined)[]): readonly Reply[] | undefined {
  const audible = replies.filter((reply) => reply !== undefined);
  return audible.length === 0 ? undefined : audible;
}
