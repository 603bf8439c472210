/** Functions that are called more than once for one result. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import type { Json } from '../../src/bridge/messages.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { emptyBackend } from '../../src/simulation/backend.js';
import { backendWithReplies } from '../../src/simulation/replies.js';
import { type NativeLibrary, nativeLibrary, replyOf } from '../support/native-bridge.js';

const SOURCE = `
#include <stdio.h>
#include <string.h>
#include "standin.h"

/* The name of one thing; 259 past the last one, 234 if the memory is too small, 5 for the thing 'bad'. */
EXPORT unsigned NameAt(int count, int bad, unsigned at, char *name, unsigned *size, uint64_t *square) {
  char text[64];
  if (at >= (unsigned)count) return 259;
  if ((int)at == bad) return 5;
  memset(text, 'x', sizeof text);
  int length = at % 40;
  text[length] = 0;
  if (*size < (unsigned)length + 1) { *size = length + 1; return 234; }
  memcpy(name, text, length + 1);
  *size = length;
  *square = (uint64_t)at * at;
  return 0;
}

/* Up to *size numbers from *token on, and 234 as long as there are more. */
EXPORT unsigned Numbers(int count, int *values, unsigned *size, unsigned *token, unsigned *total) {
  unsigned written = 0;
  while (written < *size && *token < (unsigned)count) values[written++] = (int)(*token)++;
  *size = written;
  *total = count;
  return *token < (unsigned)count ? 234 : 0;
}
`;

const DEFINITION = {
  name: 'Again',
  library: { linux: 'again.so', win32: 'again.dll', location: 'module' },
  functions: [
    '[fails(nonzero, returned)] unsigned NameAt([in, value] int count, [in, value] int bad, [index(259)] unsigned at, [out, count(size), buffer(4, 100), grow(234)] char *name, [in, out] unsigned *size, [out] uint64_t *square);',
    '[fails(nonzero, returned)] unsigned Numbers([in, value] int count, [out, count(size), buffer(3, 3)] int *values, [in, out] unsigned *size, [in, out, resume(234)] unsigned *token, [out] unsigned *total);',
  ],
  cmdlets: { 'Get-Name': 'NameAt', 'Get-Number': 'Numbers' },
  simulation: {
    NameAt: [
      { times: 1, outputs: { name: 'a', square: '0' } },
      { times: 1, outputs: { name: 'b', square: '1' } },
      { absent: true },
    ],
  },
};

let library: NativeLibrary;
beforeAll(async () => {
  library = await nativeLibrary(SOURCE, DEFINITION);
});
afterAll(() => library.remove());

const call = (method: string, params: Json) => replyOf(library.newBridge(), method, params);

describe('an index', () => {
  it('makes a row of each call, with as much memory as each needs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(120), async (count) => {
        const rows = Array.from({ length: count }, (_, at) => ({ name: 'x'.repeat(at % 40), square: String(at * at) }));
        expect(await call('NameAt', { count, bad: -1 })).toHaveProperty('result', { Rows: rows });
      }),
      { numRuns: 30 },
    );
  });

  it('stops at an error, which is that of the call', async () => {
    expect(await call('NameAt', { count: 9, bad: 4 })).toHaveProperty('error.data.code', 5);
  });

  it('is neither asked for nor returned', async () => {
    expect(await call('NameAt', { count: 1, bad: -1, at: 0 })).toHaveProperty(
      'error.message',
      expect.stringContaining("'at' is not a parameter"),
    );
  });

  it('is simulated by replies of one call each', async () => {
    const rest = emptyBackend({ stateFile: path.join(library.directory, 'state.json') });
    const backend = backendWithReplies(library.definition, rest);
    const bridge = createBridge({ definition: library.definition, backend });
    const reply = await bridge.handle({ jsonrpc: '2.0', id: 1, method: 'NameAt', params: { count: 1, bad: -1 } });
    expect(reply).toHaveProperty('result.Rows', [
      { name: 'a', square: '0' },
      { name: 'b', square: '1' },
    ]);
  });
});

it('a token joins the arrays of all calls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(50), async (count) => {
      const values = Array.from({ length: count }, (_, index) => index);
      expect(await call('Numbers', { count })).toHaveProperty('result', { values, total: count });
    }),
    { numRuns: 30 },
  );
});

it.each([
  ['int f([index(259)] int at, [out] int *value)', /reports no code/],
  ['[fails(nonzero, returned)] int f([index(259)] int at)', /has no output that could be a row/],
  [
    '[fails(nonzero, returned)] int f([in, out, index(1)] int *at, [out] int *value)',
    /is an index, so it must be an in parameter/,
  ],
  [
    '[fails(nonzero, returned)] int f([resume(234)] int at, [out, count(3)] int *values)',
    /is a token, so it must be an inout parameter/,
  ],
  ['[fails(nonzero, returned)] int f([in, out, resume(234)] int *at, [out] int *value)', /has no array output/],
  ['[fails(nonzero, returned)] int f([index(1)] int a, [index(1)] int b, [out] int *value)', /only one parameter/],
  ['[fails(nonzero, returned)] int f([index(259)] const char *at, [out] int *value)', /not an integer/],
])('%s is refused', (prototype, message) => {
  const page = { name: 'Page', library: 'page.dll', functions: [prototype], cmdlets: { 'Get-It': 'f' } };
  const { mistakes } = validateDefinitionText(JSON.stringify(page));
  expect(mistakes.map((one) => one.message).join('\n')).toMatch(message);
});
