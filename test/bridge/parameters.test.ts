import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { bench } from '../support/bridge.js';
import { definitionOfCall, sampleDefinition } from '../support/definitions.js';

/** A definition with `Call`, whose one parameter `P` has this type. */
const taking = (spec: object) => definitionOfCall({ parameters: [{ name: 'P', direction: 'in', ...spec }] });

describe('parameters that are refused', () => {
  const rows: readonly [string, Json, RegExp, object][] = [
    ['none', undefined as unknown as Json, /'First' is missing; 'Length' is missing/, { parameter: 'First' }],
    ['null', null, /must be a JSON object \(First, Length\), not null/, {}],
    ['an array', [1, 2], /must be a JSON object \(First, Length\), not \[1,2\]/, {}],
    ['one missing', { First: 1 }, /'Length' is missing/, { parameter: 'Length' }],
    ['another case', { first: 1, Length: 1 }, /'First' is missing; 'first' is not a parameter/, { parameter: 'First' }],
    [
      'one too many',
      { First: 1, Length: 1, More: 1 },
      /'More' is not a parameter \(First, Length\)/,
      { parameter: 'More' },
    ],
    ['an out parameter', { First: 1, Length: 1, Value: 1 }, /'Value' is not a parameter/, { parameter: 'Value' }],
    [
      'a name that objects have',
      { First: 1, Length: 1, toString: 1 },
      /'toString' is not a parameter/,
      { parameter: 'toString' },
    ],
    [
      'a string for a number',
      { First: '1', Length: 1 },
      /'First' must be a whole number from 0 to 65535, not "1"/,
      { parameter: 'First', minimum: 0, maximum: 65_535 },
    ],
    [
      'a fraction',
      { First: 1, Length: 1.5 },
      /'Length' must be a whole number from 1 to 100, not 1.5/,
      { parameter: 'Length', minimum: 1, maximum: 100 },
    ],
    ['null for a number', { First: null, Length: 1 }, /'First' must be .* not null/, { parameter: 'First' }],
    [
      'below the limit',
      { First: 1, Length: 0 },
      /'Length' must be a whole number from 1 to 100, not 0/,
      { parameter: 'Length', minimum: 1, maximum: 100 },
    ],
    [
      'above the limit',
      { First: 1, Length: 101 },
      /from 1 to 100, not 101/,
      { parameter: 'Length', minimum: 1, maximum: 100 },
    ],
    [
      'above the type',
      { First: 65_536, Length: 1 },
      /from 0 to 65535, not 65536/,
      { parameter: 'First', maximum: 65_535 },
    ],
    [
      'several',
      { First: -1, Length: true, More: 1 },
      /'First' must .*; 'Length' must .*; 'More' is not/,
      { parameter: 'First' },
    ],
  ];
  it.each(rows)('%s', async (_name, params, message, facts) => {
    const { errorOf, backend } = bench(sampleDefinition());
    const error = await errorOf('ReadRed', params);
    expect(error).toMatchObject({
      code: -32602,
      data: { id: 'InvalidParameter', function: 'ReadRed', category: 'InvalidArgument', ...facts },
    });
    expect(error.message).toMatch(message);
    expect(backend.calls).toEqual([]);
  });

  it.each<[string, object, Json, RegExp]>([
    ['a Boolean', { type: 'BOOL' }, 1, /must be true or false, not 1/],
    ['a float', { type: 'DOUBLE' }, '1', /must be a number, not "1"/],
    ['a double that is too large', { type: 'DOUBLE' }, Number.POSITIVE_INFINITY, /must be a number of at most 64 bits/],
    ['a float that is too large', { type: 'FLOAT' }, 1e39, /must be a number of at most 32 bits/],
    ['a string', { type: 'LPCWSTR' }, 1, /must be a string, not 1/],
    ['a string with NUL', { type: 'LPCWSTR' }, 'a\0b', /must not contain a NUL character/],
    ['a string with half a pair', { type: 'LPCWSTR' }, '\ud83d', /must not contain an unpaired surrogate/],
    [
      'an enum by another name',
      { type: { enum: { A: 1, B: 2 }, base: 'ULONG' } },
      'c',
      /must be one of A, B, or a number, not "c"/,
    ],
    [
      'an enum by a name that objects have',
      { type: { enum: { A: 1 }, base: 'ULONG' } },
      'toString',
      /must be one of A/,
    ],
    [
      'an enum by a number that is too large',
      { type: { enum: { A: 1 }, base: 'BYTE' } },
      256,
      /must be 0 to 255, not 256/,
    ],
    ['a short array', { type: { array: 'BYTE', length: 2 } }, [1], /must be an array of 2 elements, not \[1\]/],
    [
      'an array with a wrong element',
      { type: { array: 'BYTE', length: 2 } },
      [1, 256],
      /at \[1\]: must be a whole number from 0 to 255, not 256/,
    ],
    [
      'a struct that is a list',
      { type: { struct: [{ name: 'A', type: 'BYTE' }] } },
      [1],
      /must be an object, not \[1\]/,
    ],
    ['a struct without a field', { type: { struct: [{ name: 'A', type: 'BYTE' }] } }, {}, /lacks the field 'A'/],
    [
      'a struct with another field',
      { type: { struct: [{ name: 'A', type: 'BYTE' }] } },
      { A: 1, B: 1 },
      /has no field 'B'; its fields are A/,
    ],
    [
      'a struct with a wrong field',
      { type: { struct: [{ name: 'A', type: 'BYTE' }] } },
      { A: -1 },
      /at \.A: must be a whole number from 0 to 255, not -1/,
    ],
    ['a number that is not exact', { type: 'ULONG64' }, 2 ** 53, /as a decimal string, not 9007199254740992/],
    ['a handle in hex', { type: 'HANDLE' }, '0x10', /as a decimal string, not "0x10"/],
    ['a fraction in a string', { type: 'LONG64' }, '1.0', /as a decimal string, not "1.0"/],
    [
      'a long string of digits',
      { type: 'ULONG64' },
      '18446744073709551616',
      /from 0 to 18446744073709551615, not 18446744073709551616/,
    ],
  ])('%s', async (_name, spec, value, message) => {
    const { errorOf, backend } = bench(taking(spec));
    const error = await errorOf('Call', { P: value });
    expect(error).toMatchObject({ code: -32602, data: { id: 'InvalidParameter', parameter: 'P' } });
    expect(error.message).toMatch(message);
    expect(backend.calls).toEqual([]);
  });

  it('names the limits of a wide integer without losing a digit', async () => {
    const error = await bench(taking({ type: 'ULONG64' })).errorOf('Call', { P: -1 });
    expect(error.data).toMatchObject({ minimum: 0, maximum: '18446744073709551615' });
  });

  it('holds for every number outside the limits', async () => {
    const { errorOf, backend } = bench(sampleDefinition());
    const outside = fc.double().filter((value) => !(Number.isInteger(value) && value >= 1 && value <= 100));
    await fc.assert(
      fc.asyncProperty(outside, async (Length) => {
        expect((await errorOf('ReadRed', { First: 1, Length })).code).toBe(-32602);
      }),
    );
    expect(backend.calls).toEqual([]);
  });
});

describe('the range of a computed value', () => {
  it('is kept, with the texts of the definition', async () => {
    const { errorOf, backend } = bench(sampleDefinition());
    expect(await errorOf('ReadBlue', { First: 150, Length: 52 })).toEqual({
      code: -32602,
      message: '52 BLUE from 150 would end at 201.',
      data: {
        id: 'PastTheEnd',
        function: 'ReadBlue',
        maximum: 200,
        category: 'InvalidArgument',
        recommendedAction: 'Take fewer than 52.',
      },
    });
    expect(backend.calls).toEqual([]);
  });

  it('is what the sum says, for all numbers', async () => {
    const { call, backend } = bench(sampleDefinition(), { returnValue: 0, outputs: { Value: 0n } });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 1, max: 100 }), async (First, Length) => {
        const before = backend.calls.length;
        const reply = await call('ReadRed', { First, Length });
        const fits = First + Length - 1 <= 200;
        expect('result' in reply).toBe(fits);
        expect(backend.calls.length - before).toBe(fits ? 1 : 0);
      }),
    );
  });
});

describe('parameters that are passed on', () => {
  it.each<[string, object, Json, unknown]>([
    ['an integer', { type: 'LONG' }, -5, -5],
    ['a negative zero', { type: 'LONG' }, -0, 0],
    ['a wide integer as a number', { type: 'ULONG64' }, 5, 5n],
    ['a wide integer as a string', { type: 'LONG64' }, '-9223372036854775808', -(2n ** 63n)],
    ['a pointer-sized integer', { type: 'SIZE_T' }, '18446744073709551615', 2n ** 64n - 1n],
    ['a handle', { type: 'HANDLE' }, '4', 4n],
    ['a Boolean', { type: 'BOOL' }, true, true],
    ['a float', { type: 'FLOAT' }, 1.5, 1.5],
    ['infinity', { type: 'FLOAT' }, '-Infinity', Number.NEGATIVE_INFINITY],
    ['no number', { type: 'DOUBLE' }, 'NaN', Number.NaN],
    ['negative zero', { type: 'DOUBLE' }, '-0', -0],
    ['a string', { type: 'LPCWSTR' }, 'gr\u00fc\u00df \u{1f600}', 'gr\u00fc\u00df \u{1f600}'],
    ['an enum by name', { type: { enum: { A: 1 }, base: 'ULONG' } }, 'A', 1],
    ['an enum by number', { type: { enum: { A: 1 }, base: 'ULONG' } }, 1, 1],
    ['an array', { type: { array: 'ULONG64', length: 2 } }, ['1', 2], [1n, 2n]],
    [
      'a struct',
      {
        type: {
          struct: [
            { name: 'B', type: 'BYTE' },
            { name: 'A', type: 'ULONG64' },
          ],
        },
      },
      { A: '1', B: 2 },
      { B: 2, A: 1n },
    ],
  ])('%s', async (_name, spec, value, wanted) => {
    const { resultOf, backend } = bench(taking(spec));
    expect(await resultOf('Call', { P: value })).toEqual({});
    expect(backend.calls).toEqual([{ name: 'Call', args: { P: wanted } }]);
  });

  it('are those that a caller gives: a constant is neither asked for nor accepted', async () => {
    const parameters = [
      { name: 'Flags', type: 'ULONG', direction: 'in', constant: 7 },
      { name: 'P', type: 'BYTE', direction: 'in' },
      { name: 'Size', type: 'ULONG', direction: 'inout', constant: 16 },
    ];
    const { resultOf, errorOf, backend } = bench(definitionOfCall({ parameters }));
    expect(await resultOf('Call', { P: 1 })).toEqual({});
    expect(backend.calls).toEqual([{ name: 'Call', args: { P: 1 } }]);
    expect((await errorOf('Call', { P: 1, Flags: 7 })).message).toMatch(/'Flags' is not a parameter \(P\)/);
  });
});

describe('64-bit integers', () => {
  const definition = definitionOfCall({ parameters: [{ name: 'P', type: 'ULONG64', direction: 'inout' }] });

  it('go in and come out with every digit, over all of 0 to 2^64-1', async () => {
    const any = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.constantFrom(0n, 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n),
    );
    await fc.assert(
      fc.asyncProperty(any, async (value) => {
        const { resultOf, backend } = bench(definition, { returnValue: 0, outputs: { P: value } });
        expect(await resultOf('Call', { P: value.toString() })).toEqual({ P: value.toString() });
        expect(backend.calls[0]?.args).toEqual({ P: value });
      }),
    );
  });
});
