/** What one line can hold: neither its depth nor its width ends the bridge, or keeps it busy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { CALL_LIMIT, DEPTH_LIMIT, LINE_LIMIT, textProblem, VALUE_LIMIT } from '../../src/bridge/limits.js';
import type { Json } from '../../src/bridge/messages.js';
import { createServer } from '../../src/bridge/server.js';
import { fakeBackend } from '../support/backends.js';
import { definitionOfCall } from '../support/definitions.js';

const ANSWERED = 5_000;

/** A server over a function Call of a number A and an array of two, which always fails with code 9. */
function serving() {
  const parameters = [
    { name: 'A', type: 'ULONG', direction: 'in' },
    { name: 'Pair', type: { array: 'ULONG', length: 2 }, direction: 'in' },
  ];
  const definition = definitionOfCall({ parameters, returns: { type: 'ULONG', failure: 'win32' } });
  const backend = fakeBackend({ returnValue: 9, outputs: {} });
  const sent: string[] = [];
  const bridge = createBridge({ definition, backend });
  const server = createServer({ bridge, send: (line) => void sent.push(line) });
  return {
    backend,
    bridge,
    /** Returns the answers to a line and to the next one, which must work. */
    async ask(line: string) {
      sent.length = 0;
      const before = performance.now();
      server.receive(Buffer.from(`${line}\n{"jsonrpc":"2.0","id":"next","method":"No"}\n`));
      await server.end();
      expect(performance.now() - before).toBeLessThan(ANSWERED);
      const replies = sent.map((text) => JSON.parse(text));
      expect(replies.pop()).toMatchObject({ id: 'next', error: { code: -32601 } });
      return replies;
    },
  };
}

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const deepObject = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const wide = (length: number) => `[${'1,'.repeat(length - 1)}1]`;

/** Every place of a line that takes a value. */
const PLACES: readonly (readonly [string, (value: string) => string])[] = [
  ['the id', (value) => `{"jsonrpc":"2.0","id":${value},"method":"Call"}`],
  ['the version', (value) => `{"jsonrpc":${value},"id":1,"method":"Call"}`],
  ['the method', (value) => `{"jsonrpc":"2.0","id":1,"method":${value}}`],
  ['the parameters', (value) => `{"jsonrpc":"2.0","id":1,"method":"Call","params":${value}}`],
  ['a value', (value) => `{"jsonrpc":"2.0","id":1,"method":"Call","params":{"A":${value},"Pair":[1,2]}}`],
  ['an array', (value) => `{"jsonrpc":"2.0","id":1,"method":"Call","params":{"A":1,"Pair":${value}}}`],
  ['a reason', (value) => `{"jsonrpc":"2.0","id":1,"method":"Call","params":{"dllet.reason":${value}}}`],
  ['something unknown', (value) => `{"jsonrpc":"2.0","id":1,"method":"Call","other":${value}}`],
  ['a batch', (value) => value],
  ['a batch in a batch', (value) => `[${value},${value.length > LINE_LIMIT / 2 ? 1 : value}]`],
  ['the function of many', (value) => many(`"function":${value},"columns":{}`)],
  ['the columns of many', (value) => many(`"function":"Call","columns":${value}`)],
  ['a column of many', (value) => many(`"function":"Call","columns":{"A":${value}}`)],
  ['a value in a column of many', (value) => many(`"function":"Call","columns":{"A":[${value}]}`)],
];

const many = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"dllet.callMany","params":{${params}}}`;

const refused = [{ error: { code: -32600, message: expect.stringContaining('not read') } }];

describe('depth', () => {
  it.each(PLACES)('of 6,000, 500,000 or 2,000,000 levels in %s is refused', async (_name, put) => {
    const { ask, backend } = serving();
    for (const value of [deep(6_000), deepObject(6_000), deepObject(500_000), deep(2_000_000)]) {
      expect(await ask(put(value))).toMatchObject(refused);
    }
    expect(backend.calls).toEqual([]);
  });

  it.each(PLACES)('that the limit allows is answered in %s', async (_name, put) => {
    const replies = await serving().ask(put(deep(DEPTH_LIMIT - 6)));
    expect(replies).toHaveLength(1);
    expect(JSON.stringify(replies)).not.toContain('not read');
  });

  it('is not counted in a text', async () => {
    const text = `${'[{'.repeat(500)}\\"${'[{'.repeat(500)}\\\\`;
    expect(await serving().ask(`{"jsonrpc":"2.0","id":"${text}","method":"No"}`)).toMatchObject([
      { error: { code: -32601 } },
    ]);
  });

  it('of an unfinished line is refused too', async () => {
    expect(await serving().ask('['.repeat(LINE_LIMIT))).toMatchObject(refused);
  });
});

describe('width', () => {
  it.each(PLACES)('of 2,097,000 elements in %s is refused', async (_name, put) => {
    const { ask, backend } = serving();
    expect(await ask(put(wide(2_097_000)))).toMatchObject(refused);
    expect(backend.calls).toEqual([]);
  });

  it('a thousand mistakes are told by ten, and by how many more there are', async () => {
    const params = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`P${index}`, 1]));
    const [reply] = await serving().ask(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'Call', params }));
    expect(reply.error.message).toMatch(/^Call: 'A' is missing; .*'P7' is not a parameter \(A, Pair\); and 992 more$/);
  });

  const rows = (count: number) => ({
    jsonrpc: '2.0',
    id: 7,
    method: 'dllet.callMany',
    params: { function: 'Call', columns: { A: Array(count).fill(1), Pair: Array(count).fill([1, 2]) } },
  });
  const call = { jsonrpc: '2.0', id: 1, method: 'Call', params: { A: 1, Pair: [1, 2] } };

  it.each<[string, Json, number | null]>([
    ['a batch', Array(CALL_LIMIT + 1).fill(call), null],
    ['rows', rows(CALL_LIMIT + 1), 7],
    ['rows of two requests', [rows(CALL_LIMIT / 2), rows(CALL_LIMIT / 2), call], null],
    [
      'a column that is longer than the first',
      { ...rows(1), params: { function: 'Call', columns: { A: [1], Pair: Array(CALL_LIMIT + 1).fill(1) } } },
      7,
    ],
  ])(
    'of more calls than a line may ask for, in %s, is refused with the id, and nothing is called',
    async (_name, message, id) => {
      const { ask, backend } = serving();
      expect(await ask(JSON.stringify(message))).toMatchObject([{ id, error: { code: -32600 } }]);
      expect(backend.calls).toEqual([]);
    },
  );

  it('of as many rows as the limit allows is answered, though each of them fails', async () => {
    const [reply] = await serving().ask(JSON.stringify(rows(CALL_LIMIT)));
    expect(reply.result.errors).toHaveLength(CALL_LIMIT);
  });

  it('of as many requests as the limit allows is answered, though none is known', async () => {
    const [replies] = await serving().ask(JSON.stringify(Array(CALL_LIMIT).fill({ ...call, method: 'No' })));
    expect(replies).toHaveLength(CALL_LIMIT);
  });

  it('of the longest array that a definition can have is read', () => {
    expect(textProblem(wide(1_048_576))).toBeUndefined();
  });
});

describe('one call with its parameters as text', () => {
  it.each([
    ['deep', deep(6_000)],
    ['wide', wide(2_000_000)],
    ['long', `"${'x'.repeat(LINE_LIMIT)}"`],
  ])('refuses what is too %s', async (_name, text) => {
    expect(await serving().bridge.callWithText('Call', text)).toMatchObject(refused[0] as object);
  });

  it('refuses too many rows', async () => {
    const params = { function: 'Call', columns: { A: Array(CALL_LIMIT + 1).fill(1) } };
    expect(await serving().bridge.callWithText('dllet.callMany', JSON.stringify(params))).toMatchObject(
      refused[0] as object,
    );
  });
});

describe('any JSON', () => {
  const measure = (value: unknown): { depth: number; values: number } => {
    if (value === null || typeof value !== 'object') return { depth: 0, values: 0 };
    const inside = Object.values(value).map(measure);
    const depth = 1 + Math.max(0, ...inside.map((one) => one.depth));
    return { depth, values: inside.reduce((sum, one) => sum + one.values, Math.max(1, inside.length)) };
  };

  /** Around the limit of depth, with strings that hold what is counted. */
  const nested = fc
    .tuple(fc.jsonValue(), fc.array(fc.constantFrom('[', '{', '"'), { minLength: 0, maxLength: 140 }))
    .map(([core, wraps]) =>
      wraps.reduce<unknown>(
        (value, wrap) => (wrap === '[' ? [value, '[[{{"\\'] : wrap === '{' ? { 'a"{[\\': value } : [value]),
        core,
      ),
    );

  it('is refused for its depth exactly when it is too deep', () => {
    fc.assert(
      fc.property(nested, (value) => {
        const problem = textProblem(JSON.stringify(value));
        expect(problem !== undefined).toBe(measure(value).depth > DEPTH_LIMIT);
      }),
    );
    expect(VALUE_LIMIT).toBeGreaterThan(1_048_576);
  });

  it('as a line is answered once or not at all, and the next line works', async () => {
    const { ask } = serving();
    const message = fc.record(
      {
        jsonrpc: fc.oneof(fc.constant('2.0'), nested),
        id: fc.oneof(fc.nat(), nested),
        method: fc.oneof(fc.constantFrom('Call', 'dllet.callMany', 'dllet.handshake', 'dllet.resource'), nested),
        params: fc.oneof(
          nested,
          fc.record({ A: nested, Pair: nested }),
          fc.record({
            function: fc.oneof(fc.constant('Call'), nested),
            columns: fc.oneof(nested, fc.dictionary(fc.string(), nested)),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(message, nested, fc.array(fc.oneof(message, nested), { maxLength: 20 })),
        async (value) => {
          const replies = await ask(JSON.stringify(value));
          expect(replies.length).toBeLessThanOrEqual(1);
          expect(JSON.stringify(replies)).not.toContain('-32603');
        },
      ),
    );
  });
});
