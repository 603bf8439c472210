/** Texts behind pointers in structs that do not end with a NUL, beside what C does with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/bridge/messages.js';
import { useNativeLibrary } from '../support/native-bridge.js';

const C = `
#include <stdlib.h>
#include <string.h>
#include "standin.h"
typedef struct { uint16_t Length; uint16_t MaximumLength; uint16_t *Buffer; } unicode;
typedef struct { uint16_t Length; uint16_t MaximumLength; char *Buffer; } ansi;
typedef struct { uint32_t n; const char *name; uint16_t cb; const uint16_t *wide; } Counted;
typedef struct { uint16_t Length; uint16_t MaximumLength; uint16_t *Buffer; uint32_t tag; } Own;
typedef struct { uint32_t tag; unicode name; unicode other; } Holder;

/* The lengths, and the sum of the characters and of the one behind them. */
static uint64_t digest(const unicode *text) {
  uint64_t sum = 0;
  for (int i = 0; i <= text->Length / 2 && text->Buffer; i++) sum = sum * 31 + text->Buffer[i];
  return ((uint64_t)text->Length << 48) + ((uint64_t)text->MaximumLength << 32) + (uint32_t)sum;
}
EXPORT uint64_t StringDigest(const unicode *text) { return text ? digest(text) : 7; }
EXPORT uint64_t StringHolder(const Holder *holder) { return digest(&holder->name) ^ digest(&holder->other) ^ holder->tag; }
EXPORT uint32_t StringAnsi(const ansi *text) { return text->Length * 1000 + text->MaximumLength; }
EXPORT uint64_t StringOwn(const Own *own) { return digest((const unicode *)own) + own->tag; }

/* The reverse of a text, in memory of its own without a NUL; way 1: NULL, 2: NULs at the end. */
EXPORT uint32_t StringTurn(const unicode *text, uint32_t way, unicode *turned) {
  static uint16_t memory[40000];
  int n = text->Length / 2;
  for (int i = 0; i < n; i++) memory[i] = text->Buffer[n - 1 - i];
  memory[n] = memory[n + 1] = way == 2 ? 0 : 0xEEEE;
  turned->Buffer = way == 1 ? NULL : memory;
  turned->Length = (uint16_t)(text->Length + (way == 2 ? 4 : 0));
  turned->MaximumLength = turned->Length;
  return 0;
}
EXPORT Own *StringMade(uint32_t units) {
  static Own own;
  static const uint16_t MEMORY[] = {'a', 0xFC, 'c', 'd', 'e'};
  own.Buffer = units == 9 ? NULL : (uint16_t *)MEMORY;
  own.Length = (uint16_t)(units == 9 ? 0 : units * 2);
  own.MaximumLength = 10;
  own.tag = 5;
  return &own;
}
EXPORT uint32_t StringSum(const Counted *counted) {
  uint32_t sum = counted->n * 1000 + counted->cb;
  for (uint32_t i = 0; i < counted->n; i++) sum += (uint8_t)counted->name[i];
  return sum;
}
EXPORT uint32_t StringFill(Counted *counted, uint32_t n) {
  static const uint16_t WIDE[] = {'x', 'y', 'z', 'v'};
  counted->n = n; counted->name = "Gr\\xC3\\xBC\\xC3\\x9F" "e and more";
  counted->cb = (uint16_t)(n * 2); counted->wide = n > 4 ? NULL : WIDE;
  return 0;
}
/* In one buffer of a number of bytes: the structs at its front, their texts behind. */
EXPORT uint32_t StringsInto(unicode *all, uint32_t size, uint32_t *n, uint32_t lie) {
  uint16_t *text = (uint16_t *)(all + 2);
  *n = 2;
  if (size < 2 * sizeof(unicode) + 8) return 234;
  memcpy(text, "a\\0b\\0c\\0d", 8);
  all[0] = (unicode){(uint16_t)(lie ? 60000 : 6), 6, text};
  all[1] = (unicode){2, 2, text + 3};
  return 0;
}
`;

const DEFINITION = {
  name: 'CountedTexts',
  library: { linux: 'countedtexts.so', location: 'module' },
  types: [
    'typedef struct _UNICODE_STRING { USHORT Length; USHORT MaximumLength; PWSTR Buffer; } UNICODE_STRING, *PUNICODE_STRING;',
    'typedef struct { uint32_t n; [count(n), optional] const char *name; uint16_t cb; [bytes(cb)] const WCHAR *wide; } Counted;',
    'typedef struct { USHORT Length; USHORT MaximumLength; [bytes(MaximumLength), written(Length), optional] PWSTR Buffer; uint32_t tag; } Own;',
    'typedef struct { uint32_t tag; UNICODE_STRING name; LSA_UNICODE_STRING other; } Holder;',
  ],
  functions: [
    'uint64_t StringDigest([in, optional] PUNICODE_STRING text);',
    'uint64_t StringHolder([in] const Holder *holder);',
    'uint32_t StringAnsi([in] const ANSI_STRING *text);',
    'uint64_t StringOwn([in] const Own *own);',
    '[fails(nonzero, win32)] DWORD StringTurn([in] const UNICODE_STRING *text, [in, value] uint32_t way, [out] UNICODE_STRING *turned);',
    '[fails(never)] Own *StringMade([in, value] uint32_t units);',
    'uint32_t StringSum([in] const Counted *counted);',
    '[fails(nonzero, win32)] DWORD StringFill([out] Counted *counted, [in, value] uint32_t n);',
    '[fails(nonzero, win32)] DWORD StringsInto([out, bytes(size), each(n), buffer(64, 64)] UNICODE_STRING *all, uint32_t size, [out] uint32_t *n, [in, value] uint32_t lie);',
  ],
  cmdlets: { 'Get-StringDigest': 'StringDigest' },
};

const { call, value } = useNativeLibrary(C, DEFINITION);

/** What digest in C makes of a text. */
function digestOf(text: string | null): bigint {
  if (text === null) return 0n;
  const bytes = BigInt(text.length * 2);
  const sum = [...`${text}\0`].flatMap((one) => [...Buffer.from(one, 'utf16le').values()]);
  let digest = 0n;
  for (let at = 0; at < sum.length; at += 2)
    digest = BigInt.asUintN(64, digest * 31n + BigInt((sum[at] as number) + (sum[at + 1] as number) * 256));
  return (bytes << 48n) + ((bytes + 2n) << 32n) + BigInt.asUintN(32, digest);
}

const text = fc.stringMatching(/^[a-zäöü€ ]{0,50}$/);

describe('a UNICODE_STRING', () => {
  it('is a text, whose lengths are set, with a NUL behind it', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.option(text), async (one, other, own) => {
        expect(await value('StringDigest', { text: one })).toBe(String(digestOf(one)));
        expect(await value('StringHolder', { holder: { tag: 3, name: one, other } })).toBe(
          String(digestOf(one) ^ digestOf(other) ^ 3n),
        );
        const sum = await value('StringOwn', { own: { Buffer: own, tag: 9 } });
        expect(sum).toBe(String(digestOf(own) + 9n));
      }),
    );
  });

  it('is read as far as its length says', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(0, 2), async (one, way) => {
        expect(await value('StringTurn', { text: one, way })).toBe([...one].reverse().join(''));
      }),
    );
    expect(await value('StringTurn', { text: 'a', way: 1 })).toBeNull();
  });

  it('can be NULL where its pointer is optional, and has at most 65,535 bytes', async () => {
    expect(await value('StringDigest', {})).toBe('7');
    expect(await value('StringDigest', { text: 'a'.repeat(32_766) })).toMatch(/^\d+$/);
    expect((await call('StringDigest', { text: 'a'.repeat(32_767) })).error).toMatchObject({
      message: expect.stringContaining('takes a text of at most 65535 bytes in utf16, its NUL included'),
      data: { id: 'InvalidParameter' },
    });
    expect((await call('StringDigest', { text: 'a\0' })).error?.message).toMatch(/must not contain a NUL character/);
    expect((await call('StringDigest', { text: { Buffer: 'a' } })).error?.message).toMatch(/must be a string/);
    expect(await value('StringAnsi', { text: 'Grüße' })).toBe(7008);
  });

  it('is in front of its text in a buffer, and leads nowhere else', async () => {
    expect(await value('StringsInto', { lie: 0 })).toEqual(['abc', 'd']);
    expect((await call('StringsInto', { lie: 1 })).error?.data).toMatchObject({ id: 'OutputInvalid' });
  });
});

describe('a text that a field counts', () => {
  it('is given with its count, in characters or bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(text), text, async (name, wide) => {
        const bytes = Buffer.from(name ?? '', 'utf8');
        const expected = bytes.length * 1000 + wide.length * 2 + bytes.reduce((sum, byte) => sum + byte, 0);
        expect(await value('StringSum', { counted: { name, wide } })).toBe(expected);
      }),
    );
  });

  it('is read as far as its count says; NULL is null', async () => {
    expect(await value('StringFill', { n: 2 })).toEqual({ name: 'Gr', wide: 'xy' });
    expect(await value('StringFill', { n: 4 })).toEqual({ name: 'Grü', wide: 'xyzv' });
    expect(await value('StringFill', { n: 0 })).toEqual({ name: '', wide: '' });
    expect(await value('StringFill', { n: 8 })).toEqual({ name: 'Grüße ', wide: null });
    expect(await value('StringMade', { units: 3 })).toEqual({ Buffer: 'aüc', tag: 5 });
    expect(await value('StringMade', { units: 9 })).toEqual({ Buffer: null, tag: 5 });
  });

  it('has neither a count nor a room that anybody could give', async () => {
    const message = async (own: Json) => (await call('StringOwn', { own })).error?.message;
    expect(await message({ Buffer: 'a', tag: 1, MaximumLength: 9 })).toMatch(/has no field 'MaximumLength'/);
    expect((await call('StringOwn', { own: { Buffer: 'a'.repeat(32_767), tag: 1 } })).error?.data).toMatchObject({
      id: 'InvalidParameter',
      parameter: 'own.MaximumLength',
    });
  });
});
