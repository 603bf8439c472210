/** Arrays of texts and of rows as parameters, beside what C does with them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { useNativeLibrary } from '../support/native-bridge.js';

const C = `
#include <string.h>
#include "standin.h"
/* A digest of the texts; each must have memory of its own. */
EXPORT uint32_t TextsDigest(const char **texts, int32_t n) {
  uint32_t sum = 7;
  if (!texts) return 999;
  for (int32_t i = 0; i < n; i++) {
    for (const char *at = texts[i]; *at; at++) sum = sum * 31 + (uint8_t)*at;
    sum = sum * 31 + 1;
  }
  return sum;
}
EXPORT uint32_t TextsWide(uint16_t n, const uint16_t *const *texts) {
  uint32_t sum = 7;
  for (uint16_t i = 0; i < n; i++) {
    for (const uint16_t *at = texts[i]; *at; at++) sum = sum * 31 + *at;
    sum = sum * 31 + 1;
  }
  return sum;
}
EXPORT uint32_t TextsThree(const char *const texts[3]) { return (uint32_t)(strlen(texts[0]) * 10000 + strlen(texts[1]) * 100 + strlen(texts[2])); }
EXPORT uint32_t TextsLists(const char **lists, int32_t n) {
  uint32_t sum = 0;
  for (int32_t i = 0; i < n; i++) for (const char *at = lists[i]; *at; at += strlen(at) + 1) sum++;
  return sum;
}
EXPORT uint32_t RowsRaise(int32_t rows[][3], uint32_t n) {
  for (uint32_t i = 0; i < n; i++) for (int j = 0; j < 3; j++) rows[i][j] += (int32_t)(i * 10) + j;
  return n;
}
EXPORT uint32_t RowsMake(int64_t rows[][2][2], uint32_t *n, uint32_t wanted) {
  uint32_t had = *n;
  *n = wanted;
  if (had < wanted) return 234;
  for (uint32_t i = 0; i < wanted * 4; i++) ((int64_t *)rows)[i] = i;
  return 0;
}
EXPORT uint32_t RowsFixed(const int32_t rows[2][3]) { return (uint32_t)(rows[0][0] * 1000 + rows[1][2]); }
EXPORT uint32_t RowsBytes(const int32_t rows[][3], uint32_t size) { return size * 100 + (uint32_t)rows[1][0]; }
EXPORT uint32_t RowsText(const uint16_t names[][8], uint32_t n, char (*out)[8]) {
  for (uint32_t i = 0; i < n; i++) for (int j = 0; j < 8; j++) out[i][j] = (char)names[i][j];
  return 0;
}
`;

const DEFINITION = {
  name: 'Rows',
  library: { linux: 'rows.so', location: 'module' },
  functions: [
    'uint32_t TextsDigest([in, optional, count(n)] const char **texts, int32_t n);',
    'uint32_t TextsWide(WORD n, [in, count(n)] LPCWSTR *texts);',
    'uint32_t TextsThree([in] const char *const texts[3]);',
    'uint32_t TextsLists([in, count(n), multi] const char **lists, int32_t n);',
    '[returns(Count)] uint32_t RowsRaise([in, out, count(n)] int32_t rows[][3], uint32_t n);',
    '[fails(nonzero, win32)] DWORD RowsMake([out, count(*n), buffer(1, 1000), grow(234)] int64_t rows[][2][2], [in, out] uint32_t *n, [in, value] uint32_t wanted);',
    'uint32_t RowsFixed([in] const int32_t rows[2][3]);',
    'uint32_t RowsBytes([in, bytes(size)] const int32_t rows[][3], uint32_t size);',
    '[fails(nonzero, win32)] DWORD RowsText([in, count(n)] const WCHAR names[][8], uint32_t n, [out, count(n)] char out[][8]);',
  ],
  cmdlets: { 'Get-TextDigest': 'TextsDigest', 'Get-Row': 'RowsMake' },
};

const { call, value } = useNativeLibrary(C, DEFINITION);

const digestOf = (units: readonly (readonly number[])[]) =>
  units.reduce((sum, one) => {
    const inner = one.reduce((all, unit) => (Math.imul(all, 31) + unit) >>> 0, sum);
    return (Math.imul(inner, 31) + 1) >>> 0;
  }, 7);
const wideUnits = (text: string) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
const texts = fc.array(fc.stringMatching(/^[a-zäöü€😀 ]{0,20}$/u), { maxLength: 40 });

it('texts are given in memory of their own, empty ones among them', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (given) => {
      const bytes = given.map((one) => [...Buffer.from(one, 'utf8')]);
      expect(await value('TextsDigest', { texts: given })).toBe(digestOf(bytes));
      expect(await value('TextsWide', { texts: given })).toBe(digestOf(given.map(wideUnits)));
    }),
  );
  expect(await value('TextsDigest', {})).toBe(999);
  expect(await value('TextsThree', { texts: ['a', 'Grüße', ''] })).toBe(10700);
  expect(await value('TextsLists', { lists: [['a', 'b'], [], ['c']] })).toBe(3);
});

it('texts are refused with their place', async () => {
  const message = async (method: string, given: Json) => (await call(method, given)).error?.message;
  expect(await message('TextsDigest', { texts: ['a', null] })).toMatch(/at \[1\]: must be a string, not null/);
  expect(await message('TextsDigest', { texts: 'abc' })).toMatch(/must be an array/);
  expect(await message('TextsDigest', { texts: ['a', 'b\0'] })).toMatch(/at \[1\]: must not contain a NUL character/);
  expect(await message('TextsThree', { texts: ['a'] })).toMatch(/must be an array of 3 elements/);
  expect(await message('TextsLists', { lists: [['a'], ['b', '']] })).toMatch(/at \[1\]: at \[1\]: must not be empty/);
});

it('rows are changed where they are', async () => {
  const row = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
      const raised = rows.map((one, i) => one.map((number, j) => number + i * 10 + j));
      expect((await call('RowsRaise', { rows })).result).toEqual({ Count: rows.length, rows: raised });
    }),
  );
});

it('rows are made, and their memory grows', async () => {
  for (const wanted of [0, 1, 2, 50]) {
    const rows = Array.from({ length: wanted }, (_, i) => [
      [String(i * 4), String(i * 4 + 1)],
      [String(i * 4 + 2), String(i * 4 + 3)],
    ]);
    expect(await value('RowsMake', { wanted })).toEqual(rows);
  }
});

it('rows have a fixed number, a number of bytes, or are texts', async () => {
  expect(
    await value('RowsFixed', {
      rows: [
        [7, 0, 0],
        [0, 0, 9],
      ],
    }),
  ).toBe(7009);
  expect(
    await value('RowsBytes', {
      rows: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    }),
  ).toBe(2404);
  expect(await value('RowsText', { names: ['abc', '', 'defghij'] })).toEqual(['abc', '', 'defghij']);
  expect((await call('RowsText', { names: ['too long a text'] })).error?.data).toMatchObject({ parameter: 'names[0]' });
  expect((await call('RowsFixed', { rows: [[1, 2], [3]] })).error?.message).toMatch(/must be an array of 3 elements/);
});
