/** Structs that end with as many elements as a field of them says, beside what C does with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { useNativeLibrary } from '../support/native-bridge.js';

const TYPES = `
typedef struct { uint16_t kind; uint64_t id; uint8_t tag; } Row;
typedef struct { uint8_t flag; uint32_t n; Row rows[1]; } Table;
typedef struct { uint32_t n; Row rows[1]; } Plain;
#pragma pack(push, 1)
typedef struct { uint8_t flag; uint16_t n; uint64_t ids[1]; } Tight;
#pragma pack(pop)
typedef struct { uint32_t length; uint16_t name[1]; } Name;
typedef struct { uint32_t number; uint8_t n; uint8_t data[]; } Blob;
typedef struct { uint32_t cb; uint32_t n; uint32_t all[1]; } Sized;
typedef struct { uint32_t n; const char *texts[1]; } Texts;
`;

const C = `
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "standin.h"
${TYPES}
static int outstanding;
EXPORT int EndOutstanding(void) { return outstanding; }
EXPORT void EndFree(void *memory) { if (memory) outstanding--; free(memory); }

static void fill(Row *rows, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) { rows[i].kind = (uint16_t)(i + 7); rows[i].id = 0x100000000u + i; rows[i].tag = (uint8_t)(i * 3); }
}

/* 122 if there are too few bytes. The count is wrong by lie. */
EXPORT uint32_t EndList(Table *table, uint32_t *size, uint32_t wanted, int32_t lie) {
  uint32_t had = *size, needed = (uint32_t)(offsetof(Table, rows) + wanted * sizeof(Row));
  *size = needed;
  if (!table || had < needed) return 122;
  memset(table, 0xEE, needed);
  table->flag = 5;
  table->n = wanted + lie;
  fill(table->rows, wanted);
  return 0;
}

EXPORT uint32_t EndPlain(Plain *table, uint32_t *size, uint32_t wanted) {
  uint32_t had = *size, needed = (uint32_t)(offsetof(Plain, rows) + wanted * sizeof(Row));
  *size = needed;
  if (had < needed) return 122;
  table->n = wanted;
  fill(table->rows, wanted);
  return 0;
}

static Table *make(uint32_t wanted) {
  Table *table = malloc(offsetof(Table, rows) + wanted * sizeof(Row));
  outstanding++;
  table->flag = 6; table->n = wanted;
  fill(table->rows, wanted);
  return table;
}
EXPORT Table *EndMake(uint32_t wanted) { return wanted == 99 ? NULL : make(wanted); }
EXPORT uint32_t EndTake(uint32_t wanted, Table **table) { *table = make(wanted); return 0; }

static uint64_t sum(const Table *table) {
  uint64_t all = table->flag;
  for (uint32_t i = 0; i < table->n; i++) all = all * 31 + table->rows[i].kind + table->rows[i].id * 7 + table->rows[i].tag;
  return all;
}
EXPORT uint64_t EndSum(const Table *table) { return sum(table); }
EXPORT uint64_t EndSumOf(const Table *table, uint32_t size) {
  if (size < sizeof(Table) || size < offsetof(Table, rows) + table->n * sizeof(Row)) return 0;
  return sum(table);
}
EXPORT uint32_t EndRaise(Table *table, uint32_t size) {
  for (uint32_t i = 0; i < table->n; i++) table->rows[i].id++;
  return size;
}

EXPORT uint32_t EndTight(const Tight *in, Tight *out, uint32_t size) {
  size_t needed = offsetof(Tight, ids) + in->n * sizeof(uint64_t);
  if (size < needed) return 122;
  memcpy(out, in, needed);
  out->flag++;
  for (int i = 0; i < in->n; i++) out->ids[i]++;
  return 0;
}

/* The count is in bytes. */
EXPORT uint32_t EndName(const Name *in, Name *out, uint32_t size) {
  if (size < offsetof(Name, name) + in->length) return 122;
  out->length = in->length;
  for (uint32_t i = 0; i < in->length / 2; i++) out->name[i] = in->name[in->length / 2 - 1 - i];
  return 0;
}

EXPORT uint32_t EndBlob(const Blob *in, Blob *out, uint32_t size) {
  if (size < offsetof(Blob, data) + in->n) return 122;
  out->number = in->number + 1; out->n = in->n;
  for (int i = 0; i < in->n; i++) out->data[i] = (uint8_t)~in->data[i];
  return 0;
}

/* The size of the struct must be in it. */
EXPORT uint32_t EndSized(Sized *out, uint32_t size) {
  if (out->cb != sizeof(Sized)) return 87;
  out->n = 2; out->all[0] = out->cb; out->all[1] = size;
  return 0;
}

/* Texts behind the pointers to them; the last one leads out of the memory for a lie. */
EXPORT uint32_t EndTexts(Texts *out, uint32_t size, uint32_t lie) {
  char *text = (char *)out + size - 4;
  memcpy(text, "abc", 4);
  out->n = 2; out->texts[0] = text; out->texts[1] = lie ? "elsewhere" : text + 1;
  return 0;
}`;

const MARKED = TYPES.replaceAll(/Row rows\[/g, '[count(n)] Row rows[')
  .replace('uint64_t ids[', '[count(n)] uint64_t ids[')
  .replace('uint16_t name[', '[bytes(length)] WCHAR name[')
  .replace('uint8_t data[', '[count(n)] uint8_t data[')
  .replace('uint32_t number', '[value] uint32_t number')
  .replace('uint32_t cb;', '[size] uint32_t cb;')
  .replace('uint32_t all[', '[count(n)] uint32_t all[');

const DEFINITION = {
  name: 'OpenEnds',
  library: { linux: 'openends.so', location: 'module' },
  types: {
    Texts: {
      type: {
        struct: [
          { name: 'n', type: 'uint32_t' },
          { name: 'texts', type: { array: 'LPCSTR', length: { field: 'n' } } },
        ],
      },
    },
    rest: MARKED.replace(/^typedef struct .* Texts;$/m, ''),
  },
  functions: [
    'int EndOutstanding(void);',
    '[fails(nonzero, win32)] DWORD EndList([out, optional, bytes(*size), grow(122), buffer(1, 1048576)] Table *table, [in, out] uint32_t *size, [in, value] uint32_t wanted, [in, value] int32_t lie);',
    '[fails(nonzero, win32)] DWORD EndPlain([out, bytes(size), grow(122)] Plain *table, [in, out] uint32_t *size, [in, value] uint32_t wanted);',
    '[allocated(EndFree), fails(never)] Table *EndMake(uint32_t wanted);',
    '[fails(nonzero, win32)] DWORD EndTake([in, value] uint32_t wanted, [out, allocated(EndFree)] Table **table);',
    'uint64_t EndSum([in] const Table *table);',
    'uint64_t EndSumOf([in, bytes(size)] const Table *table, uint32_t size);',
    '[returns(Bytes)] uint32_t EndRaise([in, out, bytes(size)] Table *table, uint32_t size);',
    '[fails(nonzero, win32)] DWORD EndTight([in] const Tight *in, [out, bytes(size)] Tight *out, uint32_t size);',
    '[fails(nonzero, win32)] DWORD EndName([in] const Name *in, [out, bytes(size), buffer(4096, 4096)] Name *out, uint32_t size);',
    '[fails(nonzero, win32)] DWORD EndBlob([in] const Blob *in, [out, bytes(size), buffer(512, 512)] Blob *out, uint32_t size);',
    '[fails(nonzero, win32)] DWORD EndSized([out, bytes(size)] Sized *out, uint32_t size);',
    '[fails(nonzero, win32)] DWORD EndTexts([out, bytes(size)] Texts *out, uint32_t size, [in, value] uint32_t lie);',
  ],
  cmdlets: { 'Get-EndRow': 'EndList' },
};

const { call } = useNativeLibrary(C, DEFINITION);
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    kind: i + 7,
    id: String(2n ** 32n + BigInt(i)),
    tag: (i * 3) & 0xff,
  }));

describe('an output in memory of a number of bytes', () => {
  it.each([0, 1, 2, 3, 10, 1000])('has its %d rows, and grows for them', async (wanted) => {
    expect((await call('EndList', { wanted, lie: 0 })).result).toEqual({ table: { flag: 5, rows: rows(wanted) } });
    expect((await call('EndPlain', { wanted })).result).toEqual({ table: { rows: rows(wanted) } });
  });

  it.each([1, 2, 1_000_000, 2_000_000_000, -1 - 3])(
    'is never read past its end, with %d rows too many',
    async (lie) => {
      const { error } = await call('EndList', { wanted: 3, lie });
      expect(error?.data).toMatchObject({ id: 'OutputInvalid' });
      expect(error?.message).toMatch(/a pointer or a count in table is outside the memory|refers to \d+ bytes/);
    },
  );

  it('has the size of its struct in it before the call', async () => {
    expect((await call('EndSized')).result).toEqual({ out: { all: [12, 256] } });
  });

  it('has what it points to behind it', async () => {
    expect((await call('EndTexts', { lie: 0 })).result).toEqual({ out: { texts: ['abc', 'bc'] } });
    expect((await call('EndTexts', { lie: 1 })).error?.data).toMatchObject({ id: 'OutputInvalid' });
  });
});

describe('behind a pointer of the library', () => {
  it('is copied and freed, returned or written', async () => {
    for (const wanted of [0, 1, 2, 500]) {
      expect((await call('EndMake', { wanted })).result).toEqual({ Value: { flag: 6, rows: rows(wanted) } });
      expect((await call('EndTake', { wanted })).result).toEqual({ table: { flag: 6, rows: rows(wanted) } });
    }
    expect((await call('EndMake', { wanted: 99 })).result).toEqual({ Value: null });
    expect((await call('EndOutstanding')).result).toEqual({ Value: 0 });
  });
});

describe('an input', () => {
  const row = fc.record({
    kind: fc.integer({ min: 0, max: 0xffff }),
    id: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    tag: fc.integer({ min: 0, max: 255 }),
  });
  const table = fc.record({ flag: fc.integer({ min: 0, max: 255 }), rows: fc.array(row, { maxLength: 50 }) });
  const sumOf = ({ flag, rows }: { flag: number; rows: { kind: number; id: string; tag: number }[] }) =>
    rows.reduce(
      (all, { kind, id, tag }) => BigInt.asUintN(64, all * 31n + BigInt(kind) + BigInt(id) * 7n + BigInt(tag)),
      BigInt(flag),
    );

  it('is what C sums up, with its count and its size', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (one) => {
        const expected = { Value: String(sumOf(one)) };
        expect((await call('EndSum', { table: one })).result).toEqual(expected);
        expect((await call('EndSumOf', { table: one })).result).toEqual(expected);
      }),
    );
  });

  it('is changed where it is', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (one) => {
        const raised = one.rows.map((each) => ({
          ...each,
          id: String(BigInt.asUintN(64, BigInt(each.id) + 1n)),
        }));
        expect((await call('EndRaise', { table: one })).result).toEqual({
          Bytes: Math.max(8 + 24 * one.rows.length, 32),
          table: { ...one, rows: raised },
        });
      }),
    );
  });

  it('is packed', async () => {
    const ids = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 2n }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(ids, async (all) => {
        expect((await call('EndTight', { in: { flag: 1, ids: all.map(String) } })).result).toEqual({
          out: { flag: 2, ids: all.map((id) => String(id + 1n)) },
        });
      }),
    );
    expect((await call('EndTight', { in: { flag: 1, ids: new Array(40).fill('1') } })).error?.data).toMatchObject({
      win32: 122,
    });
  });

  it('ends with a text, counted in bytes', async () => {
    const text = fc.string({ unit: fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code)) });
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const turned = [...name].reverse().join('');
        expect((await call('EndName', { in: { name } })).result).toEqual({ out: { name: turned } });
      }),
    );
  });

  it('ends with bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 255 }), async (data) => {
        const turned = Buffer.from(data.map((byte) => ~byte)).toString('base64');
        expect(
          (await call('EndBlob', { in: { number: 3, data: Buffer.from(data).toString('base64') } })).result,
        ).toEqual({ out: { number: 4, data: turned } });
      }),
    );
    const tooMany = Buffer.alloc(256).toString('base64');
    const { error } = await call('EndBlob', { in: { number: 3, data: tooMany } });
    expect(error?.data).toMatchObject({ id: 'InvalidParameter', parameter: 'in.n' });
  });

  it('has no count, and needs its elements', async () => {
    const message = async (given: Json) => (await call('EndSum', { table: given })).error?.message;
    expect(await message({ flag: 1, n: 3, rows: [] })).toMatch(/has no field 'n'; its fields are flag, rows/);
    expect(await message({ flag: 1 })).toMatch(/lacks the field 'rows'/);
    expect(await message({ flag: 1, rows: 7 })).toMatch(/must be an array/);
  });
});
