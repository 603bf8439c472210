/** Functions that a library calls back: each call is a row, and nothing is thrown through the library. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { useNativeLibrary } from '../support/native-bridge.js';

const SOURCE = `
#include <stdio.h>
#include "standin.h"

typedef struct { int id; double weight; } Item;

/* Calls back until the answer is not 0. Every third name is NULL, and so is every other item. */
EXPORT int Each(int count, int (*each)(int number, const char *name, const Item *item, void *data), void *data) {
  char name[32];
  for (int i = 0; i < count; i++) {
    Item item = { i, i / 2.0 };
    snprintf(name, sizeof name, "n%d", i);
    int answer = each(i, i % 3 ? name : NULL, i % 2 ? &item : NULL, data);
    if (answer) return answer;
  }
  return 0;
}

EXPORT int Few(int count, int (*each)(int number, const char *name, const Item *item, void *data), void *data) {
  return Each(count, each, data);
}

EXPORT void Wide(void (*each)(const uint16_t *text, uint64_t large, float single)) {
  static const uint16_t text[] = { 'z', 0xE4, 0x20AC, 0 };
  each(text, UINT64_MAX, 0.5f);
  each(NULL, 0, -1);
}
`;

const DEFINITION = {
  name: 'Each',
  library: { linux: 'each.so', win32: 'each.dll', location: 'module' },
  types: ['typedef struct { int id; double weight; } Item;'],
  functions: {
    Each: '[fails(nonzero, none)] int Each([in, value] int count, [collect(0)] int (*each)(int number, const char *name, const Item *item, void *data), void *data);',
    // The long form has a word for the most rows.
    Few: {
      parameters: [
        { name: 'count', type: 'int', direction: 'in', isSize: false },
        {
          name: 'each',
          direction: 'out',
          type: {
            callback: {
              parameters: [
                { name: 'number', type: 'int' },
                { name: 'name', type: 'LPCSTR' },
                { name: 'item', type: 'Item', pointer: true },
                { name: 'data', type: 'PVOID', ignored: true },
              ],
              returns: 'int',
              answer: 0,
              limit: 1000,
            },
          },
        },
        { name: 'data', type: 'PVOID', direction: 'in', null: 'always' },
      ],
      returns: { type: 'int', failure: { when: 'nonzero', code: 'none' } },
    },
    Wide: 'void Wide([collect] void (*each)(LPCWSTR text, uint64_t large, float single));',
  },
  cmdlets: { 'Get-Each': 'Each', 'Get-Wide': 'Wide' },
};

const { call } = useNativeLibrary(SOURCE, DEFINITION);

describe('a function that calls back', () => {
  it('gives a row for each call, with numbers, texts and structs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300), async (count) => {
        const rows = Array.from({ length: count }, (_, number) => ({
          number,
          name: number % 3 ? `n${number}` : null,
          item: number % 2 ? { id: number, weight: number / 2 } : null,
        }));
        expect(await call('Each', { count })).toHaveProperty('result', { each: rows });
      }),
      { numRuns: 30 },
    );
  });

  it('and returns nothing is told nothing', async () => {
    expect(await call('Wide', {})).toHaveProperty('result.each', [
      { text: 'zä€', large: '18446744073709551615', single: 0.5 },
      { text: null, large: '0', single: -1 },
    ]);
  });

  it('too often is an error, and the library is told to stop', async () => {
    const reply = await call('Few', { count: 2_000_000_000 });
    expect(reply).toHaveProperty('error.data', expect.objectContaining({ id: 'OutputTooLarge', maximum: 1000 }));
  });
});

describe('a callback', () => {
  const mistakesOf = (prototype: string) => {
    const definition = { name: 'Page', library: 'page.dll', functions: [prototype], cmdlets: { 'Get-It': 'f' } };
    return validateDefinitionText(JSON.stringify(definition)).mistakes.map(({ message }) => message);
  };

  it.each([
    ['int f(int (*each)(int number))', /write \[collect\] before it/],
    [
      'int f([collect] int (*each)(int number))',
      /what does 'each' return to continue\? Write \[collect\(0\)\] or \[collect\(1\)\]/,
    ],
    ['int f([collect(0)] void (*each)(int number))', /'each' returns nothing/],
    ['int f([collect(0)] int (*each)(void *data))', /no parameter that could be a column/],
    ['int f([collect(0)] int (*each)(char **names))', /cannot be read: 'names' is a pointer to pointers/],
    ['int f([collect(0)] int (*each)(const unsigned char *data))', /the size of the memory behind 'data' is unknown/],
    ['int f([collect(0)] int count)', /the mark 'collect' is only for a callback/],
    [
      'void f([in, out, bytes(size)] void *base, size_t size, int (*compare)(const void *, const void *))',
      /it compares two values for the library/,
    ],
  ])('%s is refused', (prototype, message) => {
    expect(mistakesOf(prototype)).toEqual([expect.stringMatching(message)]);
  });

  it('that may be NULL is NULL without the mark', () => {
    expect(mistakesOf('int f([in, value] int a, [in, optional] int (*each)(int number))')).toEqual([]);
  });
});
