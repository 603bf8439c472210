/** The last error that a failed call is reported with is its own, never one that an earlier call has left. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply } from '../../src/bridge/messages.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { ExpandedFunction } from '../../src/definition/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { copyStandIn } from '../standin/build.js';
import { ANY_DLL, functionOf, scratchDirectory } from './support.js';

const isWindows = process.platform === 'win32';

describe('the last error', () => {
  const directory = scratchDirectory();
  let bridge: Bridge;

  beforeAll(async () => {
    const definition = await loadDefinition(ANY_DLL);
    const identity = functionOf(definition, 'AnyUnsigned64');
    // Gives back what it gets and touches no last error.
    const AnyUnsigned64: ExpandedFunction = {
      ...identity,
      returns: { ...identity.returns, failure: 'lastErrorIfZero' },
    };
    const changed = { ...definition, functions: { ...definition.functions, AnyUnsigned64 } };
    const backend = createNativeBackend({ definition: changed, libraryPath: copyStandIn(directory) });
    bridge = createBridge({ definition: changed, backend });
  });

  const call = async (method: string, params: Json): Promise<Reply | undefined> =>
    bridge.handle({ jsonrpc: '2.0', id: 1, method, params });
  const fail = (code: number) => call('AnyBool', { Code: code });

  it('of an earlier call does not make a zero a failure', async () => {
    expect(await fail(4242)).toMatchObject({ error: { code: -32000 } });
    expect(await call('AnyUnsigned64', { Number: '0' })).toEqual({ jsonrpc: '2.0', id: 1, result: { Value: '0' } });
    expect(await fail(4243)).toHaveProperty(isWindows ? 'error.data.win32' : 'error.data.errno', 4243);
  });

  it('is a Win32 error on Windows alone', async () => {
    const reply = await fail(5);
    expect(reply).toMatchObject({
      error: { data: isWindows ? { id: 'Win32Error', win32: 5 } : { id: 'NativeError', errno: 5 } },
    });
    expect(JSON.stringify(reply)).toMatch(isWindows ? /with Win32 error 5: \S/ : /with errno 5: Input\/output error/);
    if (!isWindows) expect(JSON.stringify(reply)).not.toMatch(/win32/i);
  });
});
