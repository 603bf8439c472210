/** The bridge: JSON-RPC messages about one definition, answered by one backend. Pure but for what the backend does. */
import type { Backend } from '../definition/execution.js';
import type { Definition } from '../definition/types.js';
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
import { bindMethod, type Method } from './method.js';
import { show } from './values.js';

export interface Bridge {
  /** The reply to one message; undefined for a notification, which has none. */
  handle(message: Json): Promise<Reply | undefined>;
  /** The reply to a call whose parameters are JSON text, as `dllet call` gets it. */
  callWithText(method: string, text: string): Promise<Reply>;
}

export function createBridge(definition: Definition, backend: Backend): Bridge {
  const bound = new Map<string, Method>();
  const methodFor = (name: string): Method | undefined => {
    if (!Object.hasOwn(definition.functions, name)) return undefined;
    const known = bound.get(name);
    if (known) return known;
    const method = bindMethod(definition, definition.functions[name] as Definition['functions'][string], backend);
    bound.set(name, method);
    return method;
  };

  const dispatch = async (id: MessageId, method: string, params: Json | undefined): Promise<Reply> => {
    const run = methodFor(method);
    if (!run) return failure(id, unknownMethod(definition, method));
    const answer = await run(params);
    return 'error' in answer ? failure(id, answer.error) : success(id, answer.result);
  };

  return {
    async handle(message) {
      const request = readRequest(message);
      if ('error' in request) return failure(request.id, request.error);
      const reply = await dispatch(request.id ?? null, request.method, request.params);
      return request.id === undefined ? undefined : reply;
    },
    async callWithText(method, text) {
      const parsed = parseJson(text);
      if ('error' in parsed) return failure(null, parsed.error);
      return dispatch(1, method, parsed.value);
    },
  };
}

/** JSON text as a value, or the parse error to answer with. */
export function parseJson(text: string): { readonly value: Json } | { readonly error: RpcError } {
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

function unknownMethod(definition: Definition, method: string): RpcError {
  const names = Object.keys(definition.functions).join(', ');
  return {
    code: ERROR_CODES.methodNotFound,
    message: `the definition ${definition.name} has no function ${show(method)}; it has ${names}`,
    data: {
      id: 'FunctionNotFound',
      function: method,
      category: 'ObjectNotFound',
      recommendedAction: 'Use the exact name of a function of the definition; case matters.',
    },
  };
}

function protocolError(code: number, message: string, recommendedAction: string): RpcError {
  return { code, message, data: { id: 'BridgeProtocolError', category: 'ProtocolError', recommendedAction } };
}
