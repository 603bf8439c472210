/** Answers JSON-RPC messages about one definition with one backend. No side effects except those of the backend. */
import type { Backend } from '../definition/execution.js';
import { listed, show } from '../definition/shown.js';
import type { Definition } from '../definition/types.js';
import { modelOf } from '../model/model.js';
import type { Method, MethodAnswer } from './answer.js';
import { type Auditor, auditMethod } from './audited.js';
import { CALL_MANY, callManyMethod } from './call-many.js';
import { HandleTable, RELEASE, releaseHandle, releaseMethod } from './handles.js';
import { callProblem, lineLimitOf, textProblem } from './limits.js';
import {
  ERROR_CODES,
  failure,
  type Json,
  type MessageId,
  type Reply,
  type Request,
  type RpcError,
  success,
} from './messages.js';
import { bindMethod } from './method.js';
import { bindOperation, type OperationSource } from './operations.js';

export interface Bridge {
  /**
   * Returns the reply to one message, synchronously if the backend answers synchronously; undefined for a notification.
   */
  handle(message: Json): Reply | undefined | Promise<Reply | undefined>;
  /** Returns the reply to a call whose parameters are JSON text, for `dllet call`. */
  callWithText(method: string, text: string): Reply | Promise<Reply>;
  /** Releases the handles that callers have not released. Call it when no request is in progress. */
  close(): Promise<void>;
}

/** The bridge's methods: the native functions, and methods of the program itself such as the handshake. */
export interface BridgeOptions {
  readonly definition: Definition;
  readonly backend: Backend;
  readonly methods?: Readonly<Record<string, Method>>;
  /** The providers of the definition's operations. */
  readonly providers?: Readonly<Record<string, OperationSource>>;
  /** Records every call that changes the system; absent: nothing is recorded. */
  readonly audit?: Auditor;
}

export function createBridge({ definition, backend, methods = {}, providers = {}, audit }: BridgeOptions): Bridge {
  const model = modelOf(definition);
  const handles = new HandleTable((release, value) => releaseHandle(model, backend, release, value));
  const bound = new Map<string, Method>(Object.entries(methods));
  const bind = (name: string): Method | undefined => {
    const fn = model.functionNamed(name);
    if (fn) {
      const method = bindMethod(model, fn, backend, methodFor, handles);
      return fn.changesState ? auditMethod(fn, method, audit) : method;
    }
    const operation = model.operationNamed(name);
    const method = operation && bindOperation(operation, providers);
    return operation?.changesState && method ? auditMethod(operation, method, audit) : method;
  };
  const methodFor = (name: string): Method | undefined => {
    const known = bound.get(name);
    if (known) return known;
    const fresh = bind(name);
    if (fresh) bound.set(name, fresh);
    return fresh;
  };
  bound.set(RELEASE, releaseMethod(handles));
  bound.set(
    CALL_MANY,
    callManyMethod({
      find: (name) => {
        const fn = model.functionNamed(name);
        const method = fn && methodFor(name);
        return method && { method, outputs: fn.outputs.map((output) => output.name) };
      },
      unknown: (name) => unknownMethod(definition, name),
    }),
  );

  const dispatch = (id: MessageId, method: string, params: Json | undefined): Reply | Promise<Reply> => {
    const run = methodFor(method);
    if (!run) return failure(id, unknownMethod(definition, method));
    const answer = run(params);
    return answer instanceof Promise ? answer.then((value) => replyWith(id, value)) : replyWith(id, answer);
  };

  return {
    handle(message) {
      const request = readRequest(message);
      if ('error' in request) return failure(request.id, request.error);
      const reply = dispatch(request.id ?? null, request.method, request.params);
      if (request.id !== undefined) return reply;
      return reply instanceof Promise ? reply.then(() => undefined) : undefined;
    },
    callWithText(method, text) {
      const parsed = parseJson(text, lineLimitOf(definition));
      if ('error' in parsed) return failure(null, parsed.error);
      const problem = callProblem({ method, params: parsed.value });
      return problem === undefined ? dispatch(1, method, parsed.value) : failure(null, tooMuch(problem));
    },
    close: () => handles.close(),
  };
}

function replyWith(id: MessageId, answer: MethodAnswer): Reply {
  const reply = 'error' in answer ? failure(id, answer.error) : success(id, answer.result);
  if (!answer.notices) return reply;
  // The notices precede the result, so that the line still ends with the result.
  const { jsonrpc, id: own, ...outcome } = reply;
  return { jsonrpc, id: own, notices: answer.notices, ...outcome } as Reply;
}

/** Parses JSON text, or returns the error to answer with: malformed JSON, or JSON beyond the limits. */
export function parseJson(text: string, limit?: number): { readonly value: Json } | { readonly error: RpcError } {
  const problem = textProblem(text, limit);
  if (problem !== undefined) return { error: tooMuch(problem) };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return {
      error: protocolError(ERROR_CODES.parseError, `this is not JSON: ${problem}`, 'Send one JSON value in UTF-8.'),
    };
  }
}

function readRequest(message: Json): Request | { readonly id: MessageId; readonly error: RpcError } {
  const invalid = (id: MessageId, problem: string) => ({
    id,
    error: protocolError(
      ERROR_CODES.invalidRequest,
      problem,
      'Send a JSON-RPC 2.0 request: {"jsonrpc":"2.0","id":1,"method":"...","params":{...}}.',
    ),
  });
  if (message === null || typeof message !== 'object' || Array.isArray(message)) {
    return invalid(null, `a request must be an object, not ${show(message)}`);
  }
  const { jsonrpc, id, method, params } = message as { readonly [key: string]: Json };
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number') {
    return invalid(null, `the id must be a string or a number, not ${show(id)}`);
  }
  if (jsonrpc !== '2.0') return invalid(id ?? null, `"jsonrpc" must be "2.0", not ${show(jsonrpc ?? null)}`);
  if (typeof method !== 'string') return invalid(id ?? null, `"method" must be a string, not ${show(method ?? null)}`);
  return { id, method, params };
}

/** The error of a line that exceeds the limits. */
export function tooMuch(problem: string): RpcError {
  return protocolError(ERROR_CODES.invalidRequest, `the request was not read: ${problem}`, 'Send a shorter line.');
}

function unknownMethod(definition: Definition, method: string): RpcError {
  const names = [...Object.keys(definition.functions), ...Object.keys(definition.operations)];
  return {
    code: ERROR_CODES.methodNotFound,
    message: `the definition ${definition.name} has no function ${show(method)}; it has ${listed(names, ', ', 60)}`,
    data: {
      id: 'FunctionNotFound',
      function: method,
      category: 'ObjectNotFound',
      recommendedAction: 'Use the exact name of a function of the definition. Names are case-sensitive.',
    },
  };
}

/** A protocol error: nothing was called. */
export function protocolError(code: number, message: string, recommendedAction: string): RpcError {
  return { code, message, data: { id: 'BridgeProtocolError', category: 'ProtocolError', recommendedAction } };
}
