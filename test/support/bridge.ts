/** A bridge over the sample definition, or another one, with a backend that returns prepared answers. */
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply, RpcError } from '../../src/bridge/messages.js';
import type { OperationProvider } from '../../src/bridge/operations.js';
import type { Definition } from '../../src/definition/types.js';
import { type FakeBackend, fakeBackend } from './backends.js';

export interface Bench {
  readonly bridge: Bridge;
  readonly backend: FakeBackend;
  /** Returns the reply to a well-formed request. */
  call(method: string, params?: Json): Promise<Reply>;
  /** Returns the error of a call; fails if there is none. */
  errorOf(method: string, params?: Json): Promise<RpcError>;
  /** Returns the result of a call; fails if there is none. */
  resultOf(method: string, params?: Json): Promise<Json>;
}

export function bench(
  definition: Definition,
  answer?: Parameters<typeof fakeBackend>[0],
  providers: Readonly<Record<string, OperationProvider>> = {},
): Bench {
  const backend = fakeBackend(answer);
  const bridge = createBridge({ definition, backend, providers });
  const call = async (method: string, params?: Json) => {
    const request = { jsonrpc: '2.0', id: 1, method, ...(params === undefined ? {} : { params }) };
    const reply = await bridge.handle(request);
    if (!reply) throw new Error(`no reply to ${method}`);
    return reply;
  };
  return {
    bridge,
    backend,
    call,
    errorOf: async (method, params) => {
      const reply = await call(method, params);
      if (!('error' in reply)) throw new Error(`${method} did not fail: ${JSON.stringify(reply)}`);
      return reply.error;
    },
    resultOf: async (method, params) => {
      const reply = await call(method, params);
      if (!('result' in reply)) throw new Error(`${method} failed: ${reply.error.message}`);
      return reply.result;
    },
  };
}
