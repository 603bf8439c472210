/** Unions whose member another field of the struct selects. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { type NativeLibrary, nativeLibrary, replyOf } from '../support/native-bridge.js';

const C = `
#include <string.h>
#include "standin.h"
typedef struct { uint32_t Low; uint16_t Half; } Pair;
typedef struct { int16_t Mode : 3; uint16_t Rest : 13; } Mode;
typedef struct {
  uint32_t Type;
  union { uint32_t Number; uint64_t Wide; const char *Text; Pair Both; uint8_t Raw[8]; } Value;
  Mode mode;
} Entry;
static const char text[] = "lent";
/* Fills a value of the type; where it is no text, the union holds what leads to no memory. */
EXPORT void EntryFill(uint32_t type, uint64_t bits, Entry *entry) {
  entry->Type = type;
  entry->Value.Wide = bits;
  if (type == 3) entry->Value.Text = text;
}
EXPORT uint64_t EntryBits(const Entry *entry) { return entry->Type == 3 ? strlen(entry->Value.Text) : entry->Value.Wide; }
EXPORT void EntryTurn(Entry *entry) { if (entry->Type != 3) entry->Value.Wide = ~entry->Value.Wide; }
EXPORT int EntriesTypes(const Entry *entries, int count) {
  int sum = 0;
  for (int at = 0; at < count; at++) sum += (int)entries[at].Type;
  return sum;
}
typedef struct { int8_t Sign; union { int32_t Negative; int32_t Positive; }; } Signed;
EXPORT void SignedTurn(Signed *value) { value->Sign = -value->Sign; value->Negative = -value->Negative; }
`;

const DEFINITION = {
  name: 'Switched',
  library: { linux: 'switched.so', location: 'module' },
  types: [
    '#define TYPE_TEXT 3',
    'enum kind { Number = 1, Half = 2, Both = 4, Wide = 7, None = 9 };',
    'typedef struct { uint32_t Low; uint16_t Half; } Pair;',
    'typedef struct { int16_t Mode : 3; uint16_t Rest : 13; } Mode;',
    `typedef struct { uint32_t Type; [switch_is(Type)] union { [case(1, 2), value] uint32_t Number; [case(Wide)] uint64_t Wide;
       [case(TYPE_TEXT)] const char *Text; [case(4)] Pair Both; [case(5)] uint8_t Raw[8]; } Value; Mode mode; } Entry;`,
    'typedef struct { int8_t Sign; [switch_is(Sign)] union { [case(-1)] int32_t Negative; [default] int32_t Positive; }; } Signed;',
  ],
  functions: [
    'void EntryFill([in, value] uint32_t type, [in, value] uint64_t bits, [out] Entry *entry);',
    '[fails(never)] uint64_t EntryBits([in] const Entry *entry);',
    'void EntryTurn([in, out] Entry *entry);',
    'int EntriesTypes([in, count(count)] const Entry *entries, int count);',
    'void SignedTurn([in, out] Signed *value);',
  ],
  cmdlets: {
    'Get-Entry': 'EntryFill',
    'Measure-Entry': 'EntryBits',
    'Set-Entry': 'EntryTurn',
    'Measure-EntryType': 'EntriesTypes',
    'Set-Signed': 'SignedTurn',
  },
};

let library: NativeLibrary;
beforeAll(async () => {
  library = await nativeLibrary(C, DEFINITION);
});
afterAll(() => library.remove());
const call = (method: string, params: Json) => replyOf(library.newBridge(), method, params);

const NONE = { Number: null, Wide: null, Text: null, Both: null, Raw: null };
const mode = { Mode: -2, Rest: 8191 };
/** An address at which nothing is. */
const NOWHERE = '18446744073709551615';

describe('a union in a struct', () => {
  const filled = async (type: number, bits = NOWHERE) => {
    const reply = (await call('EntryFill', { type, bits })) as unknown as { result: { entry: { Value: unknown } } };
    return reply.result.entry.Value;
  };

  it('is read as the member that the other field says, and as no other one', async () => {
    expect(await filled(1)).toEqual({ ...NONE, Number: 4_294_967_295 });
    expect(await filled(2)).toEqual({ ...NONE, Number: 4_294_967_295 });
    expect(await filled(3)).toEqual({ ...NONE, Text: 'lent' });
    expect(await filled(4)).toEqual({ ...NONE, Both: { Low: 4_294_967_295, Half: 65_535 } });
    expect(await filled(5)).toEqual({ ...NONE, Raw: new Array(8).fill(255) });
    expect(await filled(7)).toEqual({ ...NONE, Wide: NOWHERE });
    expect(await filled(6)).toEqual(NONE);
  });

  it('is given as the member that the other field says', async () => {
    const bits = async (Type: number, Value: Json) => {
      const reply = (await call('EntryBits', { entry: { Type, Value, mode } })) as unknown as {
        result: { Value: unknown };
      };
      return reply.result.Value;
    };
    expect(await bits(1, { Number: 7 })).toBe('7');
    expect(await bits(3, { Text: 'abc', Number: null })).toBe('3');
    expect(await bits(4, { Both: { Low: 1, Half: 2 } })).toBe('8589934593');
    expect(await bits(7, { Wide: NOWHERE })).toBe(NOWHERE);
    expect(await bits(6, {})).toBe('0');
  });

  it.each<[number, Json, string]>([
    [1, { Text: 'abc' }, 'only the member Number, because Type is 1'],
    [1, { Number: 1, Wide: '1' }, 'only the member Number, because Type is 1'],
    [3, {}, 'entry.Value.Text is missing'],
    [6, { Number: 1 }, 'no member, because there is none for the Type 6'],
    [1, { Nummer: 1 }, "has no member 'Nummer'; its members are Number, Wide, Text, Both, Raw"],
    [1, { Number: -1 }, 'must be a whole number from 0'],
    [1, 7, 'must be an object, not 7'],
  ])('of type %j is not %j', async (Type, Value, message) => {
    expect(await call('EntryBits', { entry: { Type, Value, mode } })).toMatchObject({
      error: { message: expect.stringContaining(message), data: { id: 'InvalidParameter' } },
    });
  });

  it('is in the elements of arrays, where each has its own', async () => {
    const entries = [
      { Type: 1, Value: { Number: 1 }, mode },
      { Type: 3, Value: { Text: 'x' }, mode },
      { Type: 6, Value: {}, mode },
    ];
    expect(await call('EntriesTypes', { entries })).toHaveProperty('result', { Value: 10 });
  });

  it('comes back as it was given, but turned', async () => {
    const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const wide = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const raw = fc.array(fc.nat(255), { minLength: 8, maxLength: 8 });
    const turned = fc.oneof(
      fc
        .tuple(fc.constantFrom(1, 2), number)
        .map(([type, one]) => [type, { Number: one }, { Number: ~one >>> 0 }] as const),
      wide.map((one) => [7, { Wide: String(one) }, { Wide: String(BigInt.asUintN(64, ~one)) }] as const),
      raw.map((one) => [5, { Raw: one }, { Raw: one.map((byte) => 255 - byte) }] as const),
      fc.integer({ min: 8, max: 2 ** 32 - 1 }).map((type) => [type, {}, {}] as const),
    );
    await fc.assert(
      fc.asyncProperty(turned, fc.integer({ min: -4, max: 3 }), async ([Type, Value, after], Mode) => {
        const entry = { Type, Value, mode: { ...mode, Mode } };
        expect(await call('EntryTurn', { entry })).toHaveProperty('result', {
          entry: { ...entry, Value: { ...NONE, ...after } },
        });
      }),
    );
  });

  it('without a name has one, and a member for all other values', async () => {
    const turn = (Sign: number, Anonymous: Json) => call('SignedTurn', { value: { Sign, Anonymous } });
    expect(await turn(-1, { Negative: 5 })).toHaveProperty('result', {
      value: { Sign: 1, Anonymous: { Negative: null, Positive: -5 } },
    });
    expect(await turn(1, { Positive: 5 })).toHaveProperty('result', {
      value: { Sign: -1, Anonymous: { Negative: -5, Positive: null } },
    });
    expect(await turn(1, { Negative: 5 })).toHaveProperty('error');
  });
});
