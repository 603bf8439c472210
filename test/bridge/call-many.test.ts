/** One function for many rows: every row has the same answer as a separate call. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, Reply } from '../../src/bridge/messages.js';
import type { CallOutcome, NativeArguments } from '../../src/definition/execution.js';
import { bench } from '../support/bridge.js';
import { definitionOfCall, sampleDefinition } from '../support/definitions.js';

const definition = sampleDefinition();
const many = (columns: Json, name: Json = 'ReadRed') => ({ function: name, columns });

/** First 3 fails with 2, First 4 with 7; the others give First times a large number. */
function outcomeFor(args: NativeArguments): CallOutcome {
  const first = Number(args.First);
  if (first === 3 || first === 4) return { returnValue: first === 3 ? 2 : 7, outputs: {} };
  return { returnValue: 0, outputs: { Value: BigInt(first) * 2n ** 55n } };
}

/** Every third row of this backend comes later. */
const mixed = (_name: string, args: NativeArguments) =>
  Number(args.First) % 3 === 0
    ? new Promise<CallOutcome>((resolve) => setTimeout(resolve, Number(args.First) % 5, outcomeFor(args)))
    : outcomeFor(args);

describe('a request that is refused', () => {
  it.each<[string, Json, RegExp]>([
    ['no parameters', undefined as unknown as Json, /"function" must be the name of a function, not null/],
    ['null', null, /"function" must be the name/],
    ['a list', ['ReadRed', {}], /"function" must be the name/],
    ['a text', 'ReadRed', /"function" must be the name/],
    ['a number for the name', many({}, 1), /"function" must be the name of a function, not 1/],
    ['no columns', { function: 'ReadRed' }, /"columns" must be an object of arrays, not null/],
    ['columns that are null', many(null), /"columns" must be an object of arrays, not null/],
    ['columns that are a list', many([[1]]), /"columns" must be an object of arrays, not \[\[1\]\]/],
    ['a column that is no list', many({ First: [1], Length: 1 }), /the column "Length" must be an array, not 1/],
    [
      'uneven columns',
      many({ First: [1, 2], Length: [1] }),
      /the column "Length" has 1 values, but the first column has 2/,
    ],
    ['an empty column beside a full one', many({ First: [], Length: [1] }), /has 1 values, but the first column has 0/],
    ['a third member', { ...many({}), rows: 1 }, /"rows" is not allowed here/],
  ])('%s', async (_name, params, message) => {
    const { errorOf, backend } = bench(definition);
    expect(await errorOf('dllet.callMany', params)).toMatchObject({
      code: -32602,
      message: expect.stringMatching(message),
      data: { id: 'InvalidParameter', category: 'InvalidArgument' },
    });
    expect(backend.calls).toEqual([]);
  });

  it.each(['Nothing', 'readred', 'constructor', '__proto__', 'dllet.callMany', ''])(
    'the unknown function %j',
    async (name) => {
      const error = await bench(definition).errorOf('dllet.callMany', many({}, name));
      expect(error).toMatchObject({ code: -32601, data: { id: 'FunctionNotFound', function: name } });
    },
  );
});

describe('rows', () => {
  const Length = [1, 1, 1, 1, 1];

  it.each([
    ['at once', outcomeFor],
    ['later', (args: NativeArguments) => Promise.resolve(outcomeFor(args))],
    ['both ways', (args: NativeArguments) => mixed('', args)],
  ])('are called in order and answered by columns, from a backend that answers %s', async (_name, answer) => {
    const { resultOf, backend } = bench(definition, (_function, args) => answer(args));
    const result = (await resultOf('dllet.callMany', many({ First: [1, 3, 2, 4, 0], Length }))) as {
      errors: { index: number; error: { data: object } }[];
    };
    expect(backend.calls.map(({ args }) => args.First)).toEqual([1, 3, 2, 4, 0]);
    expect(result).toMatchObject({
      columns: { Value: [(2n ** 55n).toString(), null, (2n ** 56n).toString(), null, '0'] },
      errors: [
        { index: 1, error: { code: -32000, data: { id: 'TwoFailed', win32: 2 } } },
        { index: 3, error: { message: 'No RED at 4 to 4.', data: { id: 'SevenFailed', win32: 7 } } },
      ],
    });
  });

  it('that are refused do not hold up the others, and are not called', async () => {
    const { resultOf, backend } = bench(definition, (_name, args) => outcomeFor(args));
    const columns = { First: [1, -1, 'x', 199, 2], Length: [1, 1, 1, 3, 100] };
    expect(await resultOf('dllet.callMany', many(columns))).toMatchObject({
      columns: { Value: [(2n ** 55n).toString(), null, null, null, (2n ** 56n).toString()] },
      errors: [
        { index: 1, error: { code: -32602, data: { id: 'InvalidParameter', parameter: 'First' } } },
        { index: 2, error: { code: -32602, data: { id: 'InvalidParameter', parameter: 'First' } } },
        { index: 3, error: { code: -32602, data: { id: 'PastTheEnd' } } },
      ],
    });
    expect(backend.calls.map(({ args }) => args.First)).toEqual([1, 2]);
  });

  it('none: empty columns, no error, no call', async () => {
    const { resultOf, backend } = bench(definition);
    const result = await resultOf('dllet.callMany', many({ First: [], Length: [] }));
    expect(result).toEqual({ columns: { Value: [] }, errors: [] });
    expect(backend.calls).toEqual([]);
  });

  it('of a function without parameters: there is no column to count, so it is one', async () => {
    const { resultOf, backend } = bench(definition, { returnValue: true, outputs: {} });
    expect(await resultOf('dllet.callMany', many({}, 'Ping'))).toEqual({ columns: {}, errors: [] });
    expect(backend.calls).toHaveLength(1);
  });

  it('that lack a column or have one too many fail each on its own', async () => {
    const result = await bench(definition).resultOf('dllet.callMany', many({ First: [1, 2], More: [1, 2] }));
    const error = { code: -32602, message: "ReadRed: 'Length' is missing; 'More' is not a parameter (First, Length)" };
    expect(result).toMatchObject({
      errors: [
        { index: 0, error },
        { index: 1, error },
      ],
    });
  });

  it('a backend that throws is an error of the row', async () => {
    const { resultOf } = bench(definition, (_name, args) => {
      if (args.First === 2) throw new Error('no library');
      return outcomeFor(args);
    });
    const result = await resultOf('dllet.callMany', many({ First: [1, 2], Length: [1, 1] }));
    expect(result).toMatchObject({ errors: [{ index: 1, error: { code: -32603 } }] });
  });

  it('a return value with a name is a column beside the outputs', async () => {
    const call = definitionOfCall({
      parameters: [
        { name: 'A', type: 'ULONG', direction: 'in' },
        { name: 'B', type: 'ULONG', direction: 'inout' },
        { name: 'Size', type: 'ULONG', direction: 'inout', constant: 4 },
      ],
      returns: { type: 'ULONG', failure: 'none', resultName: 'Count' },
    });
    const { resultOf } = bench(call, (_name, { A, B }) => ({
      returnValue: Number(A) + 1,
      outputs: { B: Number(B) * 2 },
    }));
    expect(await resultOf('dllet.callMany', many({ A: [1, 2], B: [5, 6] }, 'Call'))).toEqual({
      columns: { Count: [2, 3], B: [10, 12] },
      errors: [],
    });
  });
});

it('gives each row the answer of a single call, whatever the rows', async () => {
  const cell = fc.oneof({ weight: 4, arbitrary: fc.nat(210) }, fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>);
  const names = fc.uniqueArray(fc.constantFrom('First', 'Length', 'Value', '__proto__', 'toString'), {
    minLength: 1,
    maxLength: 4,
  });
  const tables = fc
    .tuple(fc.constantFrom([], ['First', 'Length']), names, fc.nat(6))
    .chain(([usual, more, count]) =>
      fc.tuple(
        ...[...new Set([...usual, ...(usual.length > 0 ? [] : more)])].map((name) =>
          fc.tuple(fc.constant(name), fc.array(cell, { minLength: count, maxLength: count })),
        ),
      ),
    );
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const { call, resultOf } = bench(definition, mixed);
      const count = table[0]?.[1].length ?? 0;
      const rows = Array.from({ length: count }, (_, index) =>
        Object.fromEntries(table.map(([name, values]) => [name, values[index] as Json])),
      );
      const single = await Promise.all(rows.map((row) => call('ReadRed', row)));
      const result = await resultOf('dllet.callMany', many(Object.fromEntries(table)));
      expect(result).toEqual({
        columns: { Value: single.map((reply) => ('result' in reply ? valueIn(reply) : null)) },
        errors: single.flatMap((reply, index) => ('error' in reply ? [{ index, error: reply.error }] : [])),
      });
    }),
    { numRuns: 100 },
  );
});

function valueIn(reply: Extract<Reply, { readonly result: Json }>): Json | undefined {
  return (reply.result as { readonly Value?: Json }).Value;
}
