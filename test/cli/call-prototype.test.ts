/** `dllet call --prototype`: one call of one function, without a definition. */
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { createBridge } from '../../src/bridge/bridge.js';
import { readPrototypeCall } from '../../src/cli/call-prototype.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { dllet } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';

const CRC32 =
  'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)';
const UTSNAME =
  'struct utsname { char sysname[65]; char nodename[65]; char release[65]; char version[65]; char machine[65]; char domainname[65]; };';
const UNAME = '[fails(minusOne, errno)] int uname([out] struct utsname *buf);';
const CHDIR = '[fails(minusOne, errno), returns(none)] int chdir(const char *path)';

const prototypes = (...all: readonly string[]) => all.flatMap((one) => ['--prototype', one]);

/** Returns the reply of a call, in the process of the test. */
async function reply(library: string, texts: readonly string[], json = '{}', named?: string) {
  const { definition, functionName, library: libraryPath } = await readPrototypeCall(texts, library, named);
  const bridge = createBridge({ definition, backend: createNativeBackend({ definition, libraryPath }) });
  const answer = await bridge.callWithText(functionName, json);
  await bridge.close();
  return answer;
}

describe.skipIf(process.platform !== 'linux')('a call of a prototype', () => {
  test.each<[string, readonly string[], string | undefined, string | undefined, object]>([
    ['a number', ['int abs(int number)'], '{"number":-3}', undefined, { Value: 3 }],
    [
      'text of a text',
      ['[returns(Rest)] const char *strstr(const char *text, const char *part)'],
      '{"text":"abc","part":"b"}',
      undefined,
      { Rest: 'bc' },
    ],
    ['nothing', ['int getpid(void)'], undefined, undefined, { Value: process.pid }],
    [
      'a struct of another prototype',
      [UTSNAME, UNAME],
      undefined,
      undefined,
      { buf: { sysname: 'Linux', nodename: hostname() } },
    ],
    [
      'the function that is named, and not the last one',
      ['FILE *fopen(const char *path, const char *mode);', 'int fclose(FILE *stream);'],
      '{"path":"/dev/null","mode":"r"}',
      'fopen',
      { Value: expect.stringMatching(/^fclose:1@/) },
    ],
    [
      'memory that the library made',
      ['[allocated(free)] char *strdup(const char *text)'],
      '{"text":"Grüße"}',
      undefined,
      { Value: 'Grüße' },
    ],
    [
      'a result that is larger than its first memory',
      ['[fails(zero, errno)] char *getcwd([out, count(n), buffer(2, 4096), grow(34)] char *buf, size_t n)'],
      undefined,
      undefined,
      { buf: process.cwd() },
    ],
  ])('gives %s', async (_name, texts, json, named, result) => {
    expect(await reply('libc.so.6', texts, json, named)).toMatchObject({ jsonrpc: '2.0', id: 1, result });
  });

  test.each<[string, string, readonly string[], string, object]>([
    ['no such export', 'libc.so.6', ['int dllet_nothing(void)'], '{}', { data: { id: 'FunctionNotFound' } }],
    ['JSON that is none', 'libc.so.6', ['int abs(int number)'], '{number:1}', { code: -32700 }],
    [
      'a size that dllet sets',
      'libc.so.6',
      ['[fails(minusOne, errno)] int gethostname([out, count(len)] char *name, size_t len);'],
      '{"len":"9"}',
      { code: -32602, data: { id: 'InvalidParameter', parameter: 'len' } },
    ],
    ['no such file', '/not/there.so', ['int f(void)'], '{}', { message: expect.stringMatching(/does not exist/) }],
    [
      'no such library of the system',
      'libdllet-nothing.so.1',
      ['int f(void)'],
      '{}',
      { message: expect.stringMatching(/not found in the library directories of/), data: { id: 'LibraryNotFound' } },
    ],
    ['no library', '/etc/passwd', ['int f(void)'], '{}', { data: { id: 'LibraryNotFound', category: 'InvalidData' } }],
  ])('fails with %s', async (_name, library, texts, json, error) => {
    expect(await reply(library, texts, json)).toMatchObject({ error });
  });

  it('takes the library by its path, the prototype from a file and the parameters from stdin', async () => {
    const file = path.join(temporaryDirectory(), 'zlib.h');
    writeFileSync(file, `\uFEFF/* zlib */\n#define Z_OK 0\n${CRC32};\n`);
    const library = `/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/libz.so.1`;
    const args = ['call', '--library', library, '--prototype', `@${file}`];
    const finished = await dllet(args, { input: '{"crc":0,"buf":"aGVsbG8="}' });
    expect(finished).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(finished.stdout)).toMatchObject({ result: { Value: String(crc32('hello')) } });
  });

  it('that fails ends with status 1, and the JSON error', async () => {
    const { status, stdout } = await dllet(['call', '--library', 'libc.so.6', ...prototypes(CHDIR), '{"path":"/no"}']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ data: { id: 'NativeError', errno: 2, symbol: 'ENOENT' } });
  });
});

it('a function of Windows fails as its page says, unless a mark says otherwise', async () => {
  const failureOf = async (mark: string) => {
    const { definition } = await readPrototypeCall([`${mark}DWORD SetServiceBits(void);`], 'advapi32.dll', undefined);
    return definition.functions.SetServiceBits?.returns.failure;
  };
  expect(await failureOf('')).toBe('lastErrorIfZero');
  expect(await failureOf('[fails(never)] ')).toBe('none');
});

describe('a wrong command', () => {
  const call = (...args: readonly string[]) => dlletInside(['call', ...args]);

  it.each<[string, readonly string[], RegExp]>([
    ['no library', prototypes('int f(void)'), /--prototype needs --library/],
    ['a relative path', ['--library', './lib.so', ...prototypes('int f(void)')], /absolute path or the file name/],
    ['a function without a prototype', ['--function', 'f', 'x.json'], /--function is only for calls with --prototype/],
    [
      'a definition as well',
      ['--library', 'libc.so.6', ...prototypes('int f(void)'), 'x.json', 'f', '{}'],
      /give only the JSON parameters/,
    ],
    ['types alone', ['--library', 'libc.so.6', ...prototypes('struct a { int b; };')], /declares only types/],
    ['no text', ['--library', 'libc.so.6', ...prototypes(' ')], /there is no prototype in --prototype/],
    ['no file', ['--library', 'libc.so.6', ...prototypes('@no/such.h')], /cannot read the prototypes in 'no\/such\.h'/],
    ['stdin', ['--library', 'libc.so.6', ...prototypes('-')], /--prototype @file/],
    [
      'a simulation',
      ['--library', 'libc.so.6', '--backend', 'simulated', ...prototypes('int f(void)')],
      /--prototype cannot be used with --backend simulated/,
    ],
  ])('%s: status 2', async (_name, args, message) => {
    expect(await call(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('shows the place of each mistake, and asks what C does not say', async () => {
    const { status, stderr } = await call(
      '--library',
      'libc.so.6',
      ...prototypes('int f(int *p)', 'int g(int a'),
      '{}',
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^prototype 1: does the function read what 'p' points to, .* \(line 1, column 12\)\n {2}int f\(int \*p\)\n {13}\^\n/,
    );
    expect(stderr).toMatch(/^prototype 2: the text ends here: ',' or '\)' is missing/m);
  });

  it('gives no pointer away: a handle has the function that releases it', async () => {
    const { status, stderr } = await call('--library', 'libc.so.6', ...prototypes('int fileno(FILE *stream)'), '{}');
    expect(status).toBe(2);
    expect(stderr).toMatch(/which function releases 'stream'\?/);
  });
});
