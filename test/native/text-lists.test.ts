/** Lists of texts that an empty one ends, and arrays of texts, beside what C does with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { useNativeLibrary } from '../support/native-bridge.js';

const C = `
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "standin.h"
static int outstanding;
EXPORT int ListOutstanding(void) { return outstanding; }
EXPORT void ListFree(void *memory) { if (memory) outstanding--; free(memory); }

/* The characters of a list, with all NULs. */
static uint32_t length16(const uint16_t *list) {
  const uint16_t *at = list;
  while (*at) { while (*at) at++; at++; }
  return (uint32_t)(at + 1 - list);
}
static uint32_t length8(const char *list) {
  const char *at = list;
  while (*at) at += strlen(at) + 1;
  return (uint32_t)(at + 1 - list);
}
static void *copy(const void *from, size_t size) { outstanding++; return memcpy(malloc(size), from, size); }

EXPORT uint32_t ListLength(const uint16_t *list) { return list ? length16(list) : 999; }
EXPORT uint32_t ListLength8(const char *list) { return length8(list); }
/* What is behind an empty list, whose first NUL length16 counts. */
EXPORT uint32_t ListSecond(const uint16_t *list) { return list[1]; }
EXPORT uint16_t *ListCopy(const uint16_t *list) { return list ? copy(list, length16(list) * 2) : NULL; }
EXPORT uint32_t ListCopyOut(const char *list, char **made) { *made = copy(list, length8(list)); return 0; }

/* 234 if there is too little memory, which is counted in bytes. */
EXPORT uint32_t ListRead(const uint16_t *list, uint16_t *out, uint32_t *size) {
  uint32_t had = *size;
  *size = length16(list) * 2;
  if (had < *size) return 234;
  memset(out, 0xEE, had);
  memcpy(out, list, *size);
  return 0;
}
/* As GetLogicalDriveStringsW: what it needs, or what it wrote without the last NUL. */
EXPORT uint32_t ListDrives(uint32_t size, char *out, uint32_t wanted) {
  uint32_t needed = wanted * 4 + 1;
  if (size < needed) return needed;
  for (uint32_t i = 0; i < wanted; i++) memcpy(out + i * 4, "A:\\\\", 4), out[i * 4] = (char)('A' + i);
  out[wanted * 4] = 0;
  return needed - 1;
}
/* Fills all of the memory, without a NUL behind the last text. */
EXPORT uint32_t ListRaw(uint32_t units, uint16_t *out, uint32_t size, uint32_t *written) {
  static const uint16_t RAW[] = {'a', 'b', 0, 'c', 0, 0, 'd', 'e'};
  memset(out, 0xEE, size * 2);
  memcpy(out, RAW, units * 2);
  *written = units;
  return 0;
}
/* A list at the end of a page, behind which there is none. */
EXPORT const uint16_t *ListAtEnd(uint32_t units, int isOdd) {
  char *pages = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(pages + 3 * 4096, 4096);
  uint16_t *end = (uint16_t *)(pages + 3 * 4096 - isOdd), *list = end - units;
  for (uint32_t i = 0; i + 2 < units; i++) list[i] = i % 9 == 8 ? 0 : 'x';
  return list;
}
EXPORT const char *ListEmpty(void) { return ""; }

typedef struct { uint32_t number; const uint16_t *from; const char *to; char inner[8]; } Names;
EXPORT uint32_t ListOfStruct(const Names *names) {
  return (names->from ? length16(names->from) : 100) * 10000 + length8(names->to) * 100 + length8(names->inner);
}
EXPORT uint32_t ListInStruct(const uint16_t *list, Names *names) {
  static const uint16_t FIXED[] = {'o', 0, 0xFC, 0, 0};
  names->number = list[0];
  names->from = list[0] ? FIXED : NULL;
  names->to = "p\\0qr\\0";
  memcpy(names->inner, "x\\0y\\0zzzz", 8);
  return 0;
}
/* As QueryServiceConfig: a struct in front of its list, which has no end in the memory for a lie. */
typedef struct { uint32_t number; const uint16_t *names; } Config;
EXPORT uint32_t ListConfig(uint32_t lie, Config *config, uint32_t size) {
  uint16_t *list = (uint16_t *)(config + 1);
  uint32_t units = (size - (uint32_t)sizeof *config) / 2;
  for (uint32_t i = 0; i < units; i++) list[i] = i % 3 == 2 ? 0 : 'x';
  if (lie == 0) list[5] = list[6] = 0;
  config->number = units;
  config->names = lie == 2 ? u"elsewhere\0" : list;
  return 0;
}
typedef struct { uint32_t cb; uint16_t names[1]; } Tail;
EXPORT uint32_t ListTail(const Tail *in, Tail *out, uint32_t size) {
  if (size < 4 + in->cb) return 122;
  memcpy(out, in, 4 + in->cb);
  return 0;
}
`;

const DEFINITION = {
  name: 'TextLists',
  library: { linux: 'textlists.so', location: 'module' },
  types: [
    'typedef struct { [value] uint32_t number; [optional] PCZZWSTR from; [multi] const char *to; [multi] char inner[8]; } Names;',
    'typedef struct { [value] uint32_t number; PCZZWSTR names; } Config;',
    'typedef struct { uint32_t cb; [bytes(cb), multi] WCHAR names[1]; } Tail;',
  ],
  functions: [
    'int ListOutstanding(void);',
    'uint32_t ListLength([in, optional] PZZWSTR list);',
    'uint32_t ListLength8([in, multi] const char *list);',
    'uint32_t ListSecond([in] PCZZWSTR list);',
    '[multi, allocated(ListFree), fails(never)] LPWCH ListCopy([in, optional] PZZWSTR list);',
    '[fails(nonzero, win32)] DWORD ListCopyOut([in, multi] const char *list, [out, multi, allocated(ListFree)] char **made);',
    '[fails(nonzero, win32)] DWORD ListRead([in] PZZWSTR list, [out, bytes(*size), buffer(2, 65536), grow(234), multi] LPWSTR out, [in, out] DWORD *size);',
    '[returns(none)] uint32_t ListDrives([in] uint32_t size, [out, count(size), written(return), buffer(2, 4096), multi] char *out, [in, value] uint32_t wanted);',
    '[fails(nonzero, win32)] DWORD ListRaw([in, value] DWORD units, [out, count(size), written(written), buffer(8, 8), multi] LPWSTR out, [in] DWORD size, [out] DWORD *written);',
    '[multi, fails(never)] LPCWSTR ListAtEnd([in, value] uint32_t units, [in, value] int isOdd);',
    '[multi, fails(never)] const char *ListEmpty(void);',
    'uint32_t ListOfStruct([in] const Names *names);',
    '[fails(nonzero, win32)] DWORD ListInStruct([in] PZZWSTR list, [out] Names *names);',
    '[fails(nonzero, win32)] DWORD ListConfig([in, value] uint32_t lie, [out, bytes(size), each(1), buffer(64, 64)] Config *config, uint32_t size);',
    '[fails(nonzero, win32)] DWORD ListTail([in] const Tail *in, [out, bytes(size), buffer(4096, 4096)] Tail *out, uint32_t size);',
  ],
  cmdlets: { 'Get-TextListLength': 'ListLength', 'Get-DriveText': 'ListDrives', 'Get-RawText': 'ListRaw' },
};

const { call, value } = useNativeLibrary(C, DEFINITION);

const text = fc.stringMatching(/^[a-zäöü€😀 ]{1,9}$/u);
const list = fc.array(text, { maxLength: 40 });
const charactersOf = (texts: readonly string[]) => texts.reduce((sum, one) => sum + one.length + 1, 1);

describe('a list of texts', () => {
  it('is what C reads, and comes back the same', async () => {
    await fc.assert(
      fc.asyncProperty(list, async (texts) => {
        expect(await value('ListLength', { list: texts })).toBe(charactersOf(texts));
        expect(await value('ListCopy', { list: texts })).toEqual(texts);
        expect(await value('ListCopyOut', { list: texts })).toEqual(texts);
        expect(await value('ListRead', { list: texts })).toEqual(texts);
        expect(await value('ListTail', { in: { names: texts } })).toEqual({ names: texts });
      }),
    );
    expect(await value('ListOutstanding')).toBe(0);
  });

  it('is two NULs if it is empty, and NULL if it is left out', async () => {
    expect(await value('ListSecond', { list: [] })).toBe(0);
    expect(await value('ListLength', {})).toBe(999);
    expect(await value('ListCopy', {})).toBeNull();
    expect(await value('ListLength8', { list: ['é'] })).toBe(4);
  });

  it('has no empty text, which would end it', async () => {
    const message = async (given: Json) => (await call('ListLength', { list: given })).error?.message;
    expect(await message(['a', '', 'b'])).toMatch(/at \[1\]: must not be empty, because an empty text ends the list/);
    expect(await message(['a', 'b\0c'])).toMatch(/at \[1\]: must not contain a NUL character/);
    expect(await message('a')).toMatch(/must be an array of strings, not "a"/);
    expect(await message(['a', 7])).toMatch(/at \[1\]: must be a string, not 7/);
  });
});

describe('an output', () => {
  it.each([0, 1, 2, 26])('has %d texts, and grows for them', async (wanted) => {
    const drives = Array.from({ length: wanted }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
    expect((await call('ListDrives', { wanted })).result).toEqual({ out: drives });
  });

  it.each([
    [0, []],
    [1, ['a']],
    [2, ['ab']],
    [4, ['ab', 'c']],
    [8, ['ab', 'c']],
  ])('of %d characters ends with an empty text, or with what was written', async (units, expected) => {
    const { result, error } = await call('ListRaw', { units });
    if (units < 8) expect(result?.out).toEqual(expected);
    // What fills the memory can have been cut.
    else expect(error?.data).toMatchObject({ id: 'OutputTooLarge' });
  });
});

describe('behind a pointer of the library', () => {
  it.each([2, 3, 100, 2048, 2049, 4095, 4096, 6000])(
    '%d characters at the end of a page are read, and no more',
    async (units) => {
      const given = Array.from({ length: units - 2 }, (_, index) => (index % 9 === 8 ? '\0' : 'x')).join('');
      const expected = given.split('\0').filter((one) => one !== '');
      expect(await value('ListAtEnd', { units, isOdd: 0 })).toEqual(expected);
      expect(await value('ListAtEnd', { units, isOdd: 1 })).toEqual(expected);
    },
  );

  it('can be empty', async () => {
    expect(await value('ListEmpty')).toEqual([]);
  });
});

describe('a field', () => {
  it('is a pointer to the texts, or the texts themselves', async () => {
    const of = (names: Json) => call('ListOfStruct', { names });
    expect((await of({ number: 1, from: ['ab', 'c'], to: ['d'], inner: ['e', 'fgh'] })).result).toEqual({
      Value: 60307,
    });
    expect((await of({ number: 1, to: [], inner: [] })).result).toEqual({ Value: 1000101 });
    expect((await of({ number: 1, to: [], inner: ['abcdefg'] })).error?.message).toMatch(/takes at most 8 characters/);
    expect((await of({ number: 1, to: [''], inner: [] })).error?.message).toMatch(
      /at \.to: at \[0\]: must not be empty/,
    );
    expect(await value('ListInStruct', { list: ['a'] })).toEqual({
      number: 97,
      from: ['o', 'ü'],
      to: ['p', 'qr'],
      inner: ['x', 'y', 'zzzz'],
    });
    expect(await value('ListInStruct', { list: [] })).toMatchObject({ from: null });
  });
});

it('in a buffer with the struct that points to it, it must end there', async () => {
  expect(await value('ListConfig', { lie: 0 })).toEqual([{ number: 24, names: ['xx', 'xx'] }]);
  for (const lie of [1, 2]) {
    const { error } = await call('ListConfig', { lie });
    expect(error?.data).toMatchObject({ id: 'OutputInvalid' });
    expect(error?.message).toMatch(/in config is outside the memory/);
  }
});
