/**
 * Random calls under a watch: nothing touches a byte beside the memory that a declaration describes.
 *
 * DLLET_TOUCHED sets the number of random functions.
 */
import { symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';
import {
  type Answer,
  CAUGHT,
  type Call,
  CLEAN,
  compileFor,
  sanitizerLibrary,
  serveWatched,
  WATCHES,
} from '../support/sanitizer.js';
import { LIBC, ZLIB } from '../support/short-form.js';
import { TOUCHING_C, touchingFunction } from '../support/touching.js';

const FUNCTIONS = Number(process.env.DLLET_TOUCHED ?? 20);
const CALLS_EACH = 50;
/** Of each of the modules over zlib and libc, under each watch: 10,000 in all. */
const CALLS = 2_500;

/** The zeros behind counted memory, which belong to it (SPARE in src/native/parameters.ts). */
const SPARE = 8;

const WRONG_C = `
#include <stddef.h>
#include <stdint.h>
uint64_t readBehind(const volatile unsigned char *p, size_t n, int more) {
  uint64_t sum = 0;
  for (size_t index = 0; index < n + more; index++) sum += p[index];
  return sum;
}
int writeBehind(volatile unsigned char *p, size_t n, int more) {
  for (size_t index = 0; index < n + more; index++) p[index] = 7;
  return 0;
}
int writeStruct(volatile unsigned char *p, int more) {
  for (int index = 0; index < 12 + more; index++) p[index] = 7;
  return 0;
}
`;

/** Declarations that hide how much their functions touch. */
const WRONG = {
  name: 'Wrong',
  library: { linux: 'wrong.so' },
  types: ['struct triple { int a; int b; int c; };'],
  functions: [
    'uint64_t readBehind([in, bytes(n)] const void *p, size_t n, [in, value] int more)',
    'int writeBehind([out, bytes(n), buffer(16, 16)] void *p, size_t n, [in, value] int more)',
    'int writeStruct([out] struct triple *p, [in, value] int more)',
  ],
  cmdlets: { 'Get-ReadBehind': 'readBehind', 'Get-WriteBehind': 'writeBehind', 'Get-WriteStruct': 'writeStruct' },
};

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe.skipIf(sanitizerLibrary() === undefined).each(WATCHES)('%s', (watch) => {
  it('catches one byte too many that is read, and that is written', async () => {
    const library = compileFor(watch, temporaryDirectory(), 'wrong', WRONG_C);
    const cases = [
      { method: 'readBehind', params: { p: base64(Buffer.from('abc')) }, spare: SPARE },
      { method: 'writeBehind', params: {}, spare: SPARE },
      { method: 'writeStruct', params: {}, spare: 0 },
    ];
    const caught = cases.map(async ({ method, params, spare }) => {
      const session = serveWatched(watch, WRONG, library);
      const [allowed] = await session.call([{ method, params: { ...params, more: spare } }]);
      const tooMany = await session.call([{ method, params: { ...params, more: spare + 1 } }]);
      return { allowed, tooMany, ...(await session.end()) };
    });
    for (const one of await Promise.all(caught)) {
      expect(one).toMatchObject({ allowed: { result: {} }, tooMany: [], ended: CAUGHT[watch] });
      if (watch === 'AddressSanitizer') expect(one.stderr).toMatch(/AddressSanitizer: heap-buffer-overflow/);
    }
  });

  it('sees random functions touch all that they may, and no more', async () => {
    const { seed, about } = someSeed();
    const functions = Array.from({ length: FUNCTIONS }, (_one, index) =>
      fc.sample(touchingFunction(`touch${index}`, CALLS_EACH), { seed: seed + index, numRuns: 1 }),
    ).flat();
    const source = TOUCHING_C + functions.map(({ c }) => c).join('\n');
    const library = compileFor(watch, temporaryDirectory(), 'touching', source);
    const definition = {
      name: 'Touching',
      library: { linux: 'touching.so' },
      types: functions.flatMap(({ types }) => types),
      functions: functions.map(({ prototype }) => prototype),
      cmdlets: Object.fromEntries(functions.map(({ name }) => [name.replace('touch', 'Get-Touched'), name])),
    };
    const session = serveWatched(watch, definition, library);
    const calls = functions.flatMap((one) => one.calls.map((params) => ({ method: one.name, params })));
    const answers = await session.call(calls);
    expect({ about, ...(await session.end()) }).toEqual({ about, ...CLEAN });
    expect(answers).toHaveLength(calls.length);
    const byName = new Map(functions.map((one) => [one.name, one]));
    const strays = answers.flatMap((answer, index) => {
      const { method = '' } = calls[index] ?? {};
      return (byName.get(method)?.written ?? [])
        .map((name) => answer.result?.[name])
        .filter((bytes) => typeof bytes === 'string' && !isPattern(Buffer.from(bytes, 'base64')))
        .map((bytes) => ({ method, bytes }));
    });
    expect(strays, about).toEqual([]);
    expect(answers.filter((one) => one.error?.data.id === 'InvalidParameter').length, about).toBeLessThan(
      calls.length / 10,
    );
  });

  it(`sees ${CALLS} calls of zlib answer as Node.js does`, async () => {
    const { seed, about } = someSeed();
    const session = serveWatched(watch, ZLIB);
    const some = fc.sample(zlibCall, { seed, numRuns: CALLS });
    const answers = await session.call(some.map(({ call }) => call));
    expect({ about, ...(await session.end()) }).toEqual({ about, ...CLEAN });
    expect(wrongOf(some, answers), about).toEqual([]);
  });

  it(`sees ${CALLS} calls of libc answer as Node.js does`, async () => {
    const { seed, about } = someSeed();
    const directory = temporaryDirectory();
    const session = serveWatched(watch, LIBC);
    const streams = 100;
    const some = fc.sample(libcCall(directory), { seed, numRuns: CALLS - 5 * streams });
    const answers = await session.call(some.map(({ call }) => call));
    const opened = await session.call(
      Array.from({ length: streams }, (_one, index) => ({
        method: 'fopen',
        params: { path: path.join(directory, `stream${index}`), mode: 'w' },
      })),
    );
    const handles = opened.map((one) => Object.values(one.result ?? {})[0]);
    const writes = fc.sample(fc.uint8Array({ maxLength: 300 }), { seed, numRuns: 2 * streams });
    const written = await session.call(
      writes.map((bytes, index) => ({
        method: 'fwrite',
        params: { ptr: base64(bytes), stream: handles[index % streams] },
      })),
    );
    const closed = await session.call(handles.map((stream) => ({ method: 'fclose', params: { stream } })));
    const again = await session.call(handles.map((stream) => ({ method: 'fclose', params: { stream } })));
    expect({ about, ...(await session.end()) }).toEqual({ about, ...CLEAN });
    expect(wrongOf(some, answers), about).toEqual([]);
    expect(written.map((one) => Object.values(one.result ?? {})[0])).toEqual(writes.map(({ length }) => `${length}`));
    expect(closed.filter((one) => one.result)).toHaveLength(streams);
    expect(again.filter((one) => one.error)).toHaveLength(streams);
  });
});

/** A seed, and what a failure says of it. */
function someSeed() {
  const seed = Math.floor(Math.random() * 2 ** 31);
  return { seed, about: `seed ${seed}` };
}

/** The bytes that the C functions write. */
const isPattern = (bytes: Uint8Array) => bytes.every((byte, index) => byte === ((0xa5 + index) & 0xff));

interface Expected {
  readonly call: Call;
  /** Of the only output; it is undefined if the call fails. */
  readonly isRight: (value: unknown) => boolean;
}

const is = (expected: unknown) => (value: unknown) => value === expected;

/** The first calls whose answers are not what was expected. */
function wrongOf(some: readonly Expected[], answers: readonly Answer[]) {
  return some
    .flatMap(({ call, isRight }, index) => {
      const answer = answers[index];
      return isRight(Object.values(answer?.result ?? {})[0]) ? [] : [{ call, answer }];
    })
    .slice(0, 3);
}

const someBytes = fc.oneof(
  { weight: 9, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  fc.tuple(fc.nat(255), fc.nat(20_000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
);

const bound = (length: bigint) => length + (length >> 12n) + (length >> 14n) + (length >> 25n) + 13n;

function adler32(first: number, bytes: Uint8Array): number {
  let [low, high] = [first & 0xffff, first >>> 16];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

const sameBytes = (bytes: Uint8Array) => (value: unknown) => value === base64(bytes);

const zlibCall: fc.Arbitrary<Expected> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 40n }).map((length) => ({
    call: { method: 'compressBound', params: { sourceLen: String(length) } },
    isRight: is(String(bound(length))),
  })),
  fc.tuple(someBytes, fc.nat()).map(([bytes, crc]) => ({
    call: { method: 'crc32', params: { crc: String(crc), buf: base64(bytes) } },
    isRight: is(String(crc32(bytes, crc))),
  })),
  fc.tuple(someBytes, fc.nat(65_520), fc.nat(65_520)).map(([bytes, low, high]) => ({
    call: { method: 'adler32', params: { adler: String(high * 65_536 + low), buf: base64(bytes) } },
    isRight: is(String(adler32(high * 65_536 + low, bytes))),
  })),
  fc.tuple(someBytes, fc.integer({ min: -1, max: 9 })).map(([bytes, level]) => ({
    call: { method: 'compress2', params: { source: base64(bytes), level } },
    isRight: (value: unknown) => typeof value === 'string' && inflateSync(Buffer.from(value, 'base64')).equals(bytes),
  })),
  someBytes.map((bytes) => ({
    call: { method: 'uncompress', params: { source: base64(deflateSync(bytes)) } },
    isRight: sameBytes(bytes),
  })),
  // Cut short, or never compressed.
  fc.tuple(someBytes, fc.boolean(), fc.nat(20)).map(([bytes, isCut, left]) => ({
    call: {
      method: 'uncompress',
      params: { source: base64(isCut ? deflateSync(bytes).subarray(0, -1 - left) : Buffer.from([0xff, ...bytes])) },
    },
    isRight: is(undefined),
  })),
);

function libcCall(directory: string): fc.Arbitrary<Expected> {
  const links = Array.from({ length: 60 }, (_one, index) => {
    const target = '/'.padEnd(1 + index * index, 'abc/def');
    const link = path.join(directory, `link${index}`);
    symlinkSync(target, link);
    return { link, target };
  });
  const text = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((one) => one.isWellFormed() && !/\0/.test(one));
  const fixed = (method: string, params: Call['params'], isRight: Expected['isRight']) =>
    fc.constant({ call: { method, params }, isRight });
  return fc.oneof(
    fixed('gethostname', {}, is(hostname())),
    fixed('getcwd', {}, is(path.resolve(ROOT))),
    fixed('uname', {}, (value) => (value as { sysname: string } | undefined)?.sysname === 'Linux'),
    fixed('clock_gettime', { clkId: 0 }, (value) => Number((value as { tv_sec: string }).tv_sec) > 1_000_000_000),
    fixed('clock_gettime', { clkId: 99_999 }, is(undefined)),
    fc.constantFrom(...links).map(({ link, target }) => ({
      call: { method: 'readlink', params: { path: link } },
      isRight: is(target),
    })),
    fixed('readlink', { path: directory }, is(undefined)),
    text.map((s) => ({ call: { method: 'strlen', params: { s } }, isRight: is(String(Buffer.byteLength(s))) })),
    text.map((name) => ({
      call: { method: 'getenv', params: { name: `DLLET ${name}` } },
      isRight: (value: unknown) => value === null,
    })),
    fc
      .constantFrom(...['PATH', 'HOME'].filter((name) => process.env[name] !== undefined))
      .map((name) => ({ call: { method: 'getenv', params: { name } }, isRight: is(process.env[name]) })),
    fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map((n) => ({
      call: { method: 'labs', params: { n: String(n) } },
      isRight: is(String(n < 0n ? -n : n)),
    })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({
      call: { method: 'atof', params: { nptr: String(value) } },
      isRight: (answer: unknown) => Number(answer) === value,
    })),
  );
}
