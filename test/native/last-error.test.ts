/** The last error that a failed call is reported with is its own, never one that an earlier call has left. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import type { Json, Reply } from '../../src/bridge/messages.js';
import { expandDefinition } from '../../src/definition/expand.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { ExpandedFunction } from '../../src/definition/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { compileLibrary, copyStandIn } from '../standin/build.js';
import { editedSample } from '../support/definitions.js';
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
    expect(JSON.stringify(reply)).toMatch(
      isWindows ? /with Win32 error 5: \S/ : /with errno 5 \(EIO\): Input\/output error/,
    );
    if (!isWindows) expect(JSON.stringify(reply)).not.toMatch(/win32/i);
  });
});

describe('the code of a call on another thread', () => {
  const NAMES = ['Slow0', 'Slow1', 'Slow2', 'Slow3'];
  const SOURCE = `
    #include "standin.h"
    #include <errno.h>
    #ifdef _WIN32
    #define wait(code) Sleep((code) % 5)
    void set_last_error(uint32_t code) { SetLastError(code); }
    #else
    #include <unistd.h>
    #define wait(code) usleep((code) % 5 * 1000)
    void set_last_error(uint32_t code) { errno = (int)code; }
    #endif
    #define SLOW(name) EXPORT int32_t name(uint32_t code) { wait(code); if (code) set_last_error(code); return code ? -1 : 0; }
    ${NAMES.map((name) => `SLOW(${name})`).join('\n')}`;
  const directory = scratchDirectory();

  // No compiler runs where these tests run on Windows; the stand-in has one such function.
  const names = isWindows ? ['AnyBool'] : NAMES;

  it.each(isWindows ? ['lastError'] : ['lastError', 'errno'])(
    'is its own, with 64 of them at once: %s',
    async (code) => {
      const libraryPath = isWindows ? copyStandIn(directory) : compileLibrary(directory, `slow-${code}`, SOURCE);
      const returns = isWindows
        ? { type: 'BOOL', failure: 'lastErrorIfZero' }
        : { type: 'INT', failure: { when: 'minusOne', code } };
      const functions = names.map((name) => [
        name,
        {
          description: 'Waits, then fails.',
          callingConvention: 'cdecl',
          parameters: [{ name: 'Code', type: 'ULONG', direction: 'in' }],
          returns,
          changesState: false,
          mayBlock: true,
        },
      ]);
      const definition = expandDefinition(editedSample({ '/functions': Object.fromEntries(functions) }));
      const bridge = createBridge({ definition, backend: createNativeBackend({ definition, libraryPath }) });
      const call = (index: number, Code: number) =>
        bridge.handle({ jsonrpc: '2.0', id: index, method: names[index % names.length] as string, params: { Code } });
      const codes = Array.from({ length: 64 }, (_, index) => 5000 + index);
      const replies = await Promise.all(codes.map((each, index) => call(index, each)));
      const found = replies.map((reply) => reply as unknown as { error: { data: Record<string, unknown> } });
      expect(found.map(({ error }) => error.data[isWindows ? 'win32' : 'errno'])).toEqual(codes);
      expect(await call(0, 0)).toHaveProperty('result');
    },
  );
});
