/** Calls of system libraries from definitions in the short form, compared with the results of Node.js. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, release, tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Bridge, createBridge } from '../../src/bridge/bridge.js';
import { loadDefinition } from '../../src/definition/load.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { LIBC, ZLIB } from '../support/short-form.js';

const directory = mkdtempSync(path.join(tmpdir(), 'dllet-short-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function bridgeOver(definition: { readonly name: string }): Promise<Bridge> {
  const file = path.join(directory, `${definition.name}.json`);
  writeFileSync(file, JSON.stringify(definition));
  const loaded = await loadDefinition(file);
  return createBridge({ definition: loaded, backend: createNativeBackend({ definition: loaded }) });
}

type Answer = { result?: Record<string, never>; error?: { message: string; data: Record<string, unknown> } };

const call = (bridge: Bridge, method: string, params: Record<string, unknown> = {}) =>
  bridge.handle({ jsonrpc: '2.0', id: 1, method, params: params as Record<string, string> }) as unknown as Answer;

const value = (bridge: Bridge, method: string, params?: Record<string, unknown>) =>
  Object.values(call(bridge, method, params).result ?? {})[0];

const HELLO = Buffer.from('hello');

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

describe.skipIf(process.platform !== 'linux')('zlib', () => {
  let zlib: Bridge;
  beforeAll(async () => {
    zlib = await bridgeOver(ZLIB);
  });

  it('answers with its version and its bound', () => {
    expect(value(zlib, 'zlibVersion')).toMatch(/^1\.\d+/);
    expect(value(zlib, 'compressBound', { sourceLen: '100' })).toBe('113');
  });

  it('has the checksums of Node.js for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(value(zlib, 'crc32', { crc: 0, buf: base64(bytes) })).toBe(String(crc32(bytes)));
      }),
    );
  });

  it('compresses and expands any bytes, in memory that starts too small', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 3_000 }),
          fc
            .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ max: 300_000, min: 0 }))
            .map(([byte, length]) => Buffer.alloc(length, byte)),
        ),
        fc.integer({ min: 0, max: 9 }),
        (bytes, level) => {
          const packed = value(zlib, 'compress2', { source: base64(bytes), level });
          expect(inflateSync(Buffer.from(String(packed), 'base64')).equals(Buffer.from(bytes))).toBe(true);
          const again = value(zlib, 'uncompress', { source: base64(deflateSync(bytes)) });
          expect(Buffer.from(String(again), 'base64').equals(Buffer.from(bytes))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tells NULL from no bytes where the function does', () => {
    // With NULL, adler32 answers with its first value; no bytes leave the value as it was.
    expect(value(zlib, 'adler32', { adler: '7' })).toBe('1');
    expect(value(zlib, 'adler32', { adler: '7', buf: null })).toBe('1');
    expect(value(zlib, 'adler32', { adler: '7', buf: '' })).toBe('7');
  });

  it('reports a code of its own as a code, and with the words of the definition', () => {
    const damaged = call(zlib, 'uncompress', { source: base64(Buffer.from('no zlib data at all')) });
    expect(damaged.error).toMatchObject({ data: { id: 'DataDamaged', symbol: 'Z_DATA_ERROR', code: -3 } });
    const level = call(zlib, 'compress2', { source: '', level: 77 });
    expect(level.error?.data).toMatchObject({ id: 'NativeError', code: -2 });
    expect(JSON.stringify(level)).not.toMatch(/win32/i);
  });

  it('stops at the limit of the definition', async () => {
    const small = await bridgeOver({
      ...ZLIB,
      name: 'ZlibSmall',
      functions: ZLIB.functions.map((one) => one.replace('67108864', '1000')),
    } as typeof ZLIB);
    expect(call(small, 'uncompress', { source: base64(deflateSync(Buffer.alloc(5_000))) }).error?.data).toMatchObject({
      id: 'OutputTooLarge',
      parameter: 'dest',
      maximum: 1_000,
    });
  });

  test.each(['len', 'destLen', 'sourceLen'])('a size is no parameter: %s is refused', (name) => {
    const method = name === 'len' ? 'crc32' : 'compress2';
    const params = name === 'len' ? { crc: 0, buf: '' } : { source: '', level: 1 };
    const answer = call(zlib, method, { ...params, [name]: 9 });
    expect(answer.error?.data).toMatchObject({ id: 'InvalidParameter', parameter: name });
  });
});

describe.skipIf(process.platform !== 'linux')('libc', () => {
  let libc: Bridge;
  beforeAll(async () => {
    libc = await bridgeOver(LIBC);
  });

  it('answers what Node.js answers', () => {
    expect(value(libc, 'getpid')).toBe(process.pid);
    expect(value(libc, 'gethostname')).toBe(hostname());
    expect(value(libc, 'uname')).toMatchObject({ sysname: 'Linux', nodename: hostname(), release: release() });
    expect(value(libc, 'getenv', { name: 'PATH' })).toBe(process.env.PATH);
    expect(value(libc, 'getenv', { name: 'DLLET_NOT_THERE' })).toBeNull();
    expect(value(libc, 'getcwd')).toBe(process.cwd());
    expect(value(libc, 'readlink', { path: '/proc/self/exe' })).toBe(realpathSync(process.execPath));
    expect(value(libc, 'atof', { nptr: '2.5' })).toBe(2.5);
    expect(value(libc, 'strlen', { s: 'Grüße' })).toBe('7');
    const { tv_sec } = value(libc, 'clock_gettime', { clkId: 0 }) as unknown as { tv_sec: string };
    expect(Math.abs(Number(tv_sec) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('has a long of the width of the system', () => {
    expect(value(libc, 'labs', { n: '-9223372036854775807' })).toBe('9223372036854775807');
    expect(call(libc, 'srand', { seed: 1 })).toMatchObject({ result: {} });
    expect(call(libc, 'srand', { seed: 4_294_967_296 }).error?.data).toMatchObject({ id: 'InvalidParameter' });
  });

  it('fails with errno, its name and its text', () => {
    const failed = call(libc, 'chdir', { path: '/not/there' });
    expect(failed.error).toMatchObject({
      message: 'chdir failed with errno 2 (ENOENT): No such file or directory',
      data: { id: 'NativeError', errno: 2, symbol: 'ENOENT' },
    });
  });

  it('gives memory of one count one size, and says which two differ', async () => {
    const copy = await bridgeOver({
      name: 'Copies',
      library: { linux: 'libc.so.6' },
      functions: [
        'void swab([in, bytes(n)] const void *from, [out, bytes(n)] void *to, [in] ssize_t n)',
        'int memcmp([in, bytes(n)] const void *s1, [in, bytes(n)] const void *s2, size_t n)',
      ],
      cmdlets: { 'Get-Swabbed': 'swab', 'Compare-Memory': 'memcmp' },
    } as never);
    expect(value(copy, 'swab', { from: base64(Buffer.from('abcd')) })).toBe(base64(Buffer.from('badc')));
    expect(value(copy, 'memcmp', { s1: base64(HELLO), s2: base64(HELLO) })).toBe(0);
    const unequal = call(copy, 'memcmp', { s1: base64(HELLO), s2: '' });
    expect(unequal.error?.message).toMatch(/s1 has 5 elements and s2 has 0/);
  });

  it('repeats no change for the sake of its output', async () => {
    const name = 'Changing';
    const functions = LIBC.functions.filter((one) => one.includes(' readlink('));
    const changing = await bridgeOver({ ...LIBC, name, functions, cmdlets: { 'Set-Link': 'readlink' } } as never);
    expect(call(changing, 'readlink', { path: '/proc/self/exe' }).error).toMatchObject({
      message: expect.stringContaining('readlink was called, but buf has more elements than the 4'),
      data: { id: 'OutputTooLarge', parameter: 'buf' },
    });
  });

  it('gives out a pointer as a handle', () => {
    const file = path.join(directory, 'written');
    const stream = value(libc, 'fopen', { path: file, mode: 'w' });
    expect(value(libc, 'fwrite', { ptr: base64(Buffer.from('dllet')), stream })).toBe('5');
    expect(call(libc, 'fclose', { stream })).toMatchObject({ result: {} });
    expect(readFileSync(file, 'utf8')).toBe('dllet');
  });
});
