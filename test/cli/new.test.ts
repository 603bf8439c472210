/** `dllet new`: from C prototypes to a definition. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { type Conversation, converse, type Known } from '../../src/cli/new-dialogue.js';
import { UsageError } from '../../src/cli/usage.js';
import { nameFor } from '../../src/definition/draft.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { cmdletName } from '../../src/import/names/cmdlet-names.js';
import { CLI } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';

const CRC32 =
  'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)';
const BOUND = 'unsigned long compressBound(unsigned long sourceLen);';

describe('with arguments', () => {
  const make = async (args: readonly string[], input?: string) => {
    const out = path.join(temporaryDirectory(), 'made.json');
    const finished = await dlletInside(['new', '--out', out, ...args], input === undefined ? {} : { input });
    const text = existsSync(out) ? readFileSync(out, 'utf8') : undefined;
    return { ...finished, out, text, made: text === undefined ? undefined : JSON.parse(text) };
  };

  it('writes a definition in the short form that is valid, and never over a file', async () => {
    const args = ['--library', 'libz.so.1', '--library', 'zlib1.dll', '--prototype', CRC32, '--prototype', BOUND];
    const { status, stdout, out, text, made } = await make([...args, '--cmdlet', 'Get-Crc32=crc32', '--name', 'Zlib']);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `${out}: 2 cmdlets: Get-Crc32 calls crc32, ${cmdletName('compressBound')} calls compressBound\n` +
        `next: dllet generate ${out} --out Zlib\n`,
    );
    expect(made).toEqual({
      name: 'Zlib',
      library: { linux: 'libz.so.1', win32: 'zlib1.dll' },
      functions: [CRC32, BOUND],
      cmdlets: { 'Get-Crc32': 'crc32', [cmdletName('compressBound')]: 'compressBound' },
    });
    expect(validateDefinitionText(text ?? '').mistakes).toEqual([]);
    expect(await dlletInside(['new', '--out', out, ...args])).toMatchObject({
      status: 2,
      stderr: `'${out}' already exists\n`,
    });
    expect(readFileSync(out, 'utf8')).toBe(text);
  });

  it('takes the reviewed rule of failure for a function of Windows, unless the author says it', async () => {
    const prototypes = [
      'struct s { int a; }; // of another function\nLSTATUS RegFlushKey(HKEY hKey);',
      '[fails(never)] DWORD SetServiceBits(void);',
      'DWORD WINAPI LsaNtStatusToWinError(LONG Status); [returns(none)] BOOL AdjustTokenX(void);',
    ].flatMap((one) => ['--prototype', one]);
    const page = 'https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regflushkey';
    const { made, stderr } = await make(['--library', 'advapi32.dll', '--name', 'Rules', ...prototypes]);
    expect(made.functions).toEqual([
      {
        prototype:
          'struct s { int a; }; // of another function\n[fails(nonzero, win32)] LSTATUS RegFlushKey(HKEY hKey);',
        documentation: page,
      },
      '[fails(never)] DWORD SetServiceBits(void);',
      expect.stringMatching(
        /^\[fails\(.*\)\] DWORD WINAPI LsaNtStatusToWinError.*; \[returns\(none\)\] BOOL AdjustTokenX/,
      ),
    ]);
    expect(stderr).toContain(
      `prototype 1: how RegFlushKey reports failure is taken from its page: [fails(nonzero, win32)], ${page}`,
    );
    expect(stderr).not.toContain('SetServiceBits');
    // Another library can have a function of that name.
    const other = await make(['--library', 'other.dll', '--prototype', 'LSTATUS RegFlushKey(HKEY hKey);']);
    expect(other.made.functions).toEqual(['LSTATUS RegFlushKey(HKEY hKey);']);
  });

  it('takes prototypes from stdin and from files; types stand by themselves, and texts on one line', async () => {
    const struct = path.join(temporaryDirectory(), 'struct.h');
    writeFileSync(struct, 'struct pair {\r\n  int one;\r\n  int other;\r\n};\n');
    const piped = 'void pair_get(\n  [out] struct pair *value);\n';
    const args = ['--library', 'linux=libpairs.so', '--prototype', `@${struct}`, '--prototype', piped];
    const { made } = await make(args);
    expect(made).toMatchObject({
      name: 'Pairs',
      types: ['struct pair { int one; int other; };'],
      functions: ['void pair_get( [out] struct pair *value);'],
    });
    const fromStdin = await make(['-', '--library', 'kernel32.dll'], `// Ticks\nDWORD GetTicks(void);\n`);
    expect(fromStdin.made).toEqual({
      name: 'Kernel32',
      library: 'kernel32.dll',
      functions: ['// Ticks\nDWORD GetTicks(void);'],
      cmdlets: { [cmdletName('GetTicks')]: 'GetTicks' },
    });
  });

  it('proposes no command that is there already, and no name twice', async () => {
    const all = 'DWORD GetProcess(void); DWORD GetThingW(void); DWORD GetThing(void);';
    const { made } = await make(['--library', 'odd.dll', '--prototype', all]);
    expect(Object.values(made.cmdlets)).toEqual(['GetProcess', 'GetThingW', 'GetThing']);
    expect(made.cmdlets).not.toHaveProperty('Get-Process');
  });

  it.each([
    ['libsqlite3.so.0', 'Sqlite3'],
    ['libz.so.1', 'Libz'],
    ['IPHLPAPI.DLL', 'IPHLPAPI'],
    ['7z.dll', 'ZFunctions'],
    ['dism.dll', 'DismFunctions'],
    ['con.dll', 'ConFunctions'],
  ])('proposes a name that a module can have: %s', (file, name) => {
    expect(nameFor(file)).toBe(name);
  });

  it('takes a library beside the definition into the module', async () => {
    const out = path.join(temporaryDirectory(), 'made.json');
    const library = path.join(path.dirname(out), 'libodd.so');
    await dlletInside(['new', '--out', out, '--library', library, '--prototype', 'int odd(void)']);
    expect(JSON.parse(readFileSync(out, 'utf8')).library).toEqual({ linux: 'libodd.so', location: 'module' });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing', ['--yes'], /^Give --library and --prototype/],
    ['no prototype', ['--library', 'libz.so.1'], /^missing: --prototype/],
    ['types alone', ['--library', 'libz.so.1', '--prototype', 'struct a { int b; };'], /declares only types/],
    ['a name of no system', ['--library', 'libz', '--prototype', BOUND], /write linux=libz, win32=libz or darwin=libz/],
    ['two files of one system', ['--library', 'a.dll', '--library', 'b.dll', '--prototype', BOUND], /given twice/],
    [
      'a path elsewhere',
      ['--library', '/elsewhere/liba.so', '--prototype', BOUND],
      /copy it to the directory of the definition/,
    ],
    [
      'a bad name',
      ['--library', 'liba.so', '--prototype', BOUND, '--name', 'My-Zlib'],
      /"My-Zlib" does not have the form/,
    ],
    [
      'a cmdlet alone',
      ['--library', 'liba.so', '--prototype', BOUND, '--cmdlet', 'Get-Bound'],
      /such as Get-Crc32=crc32/,
    ],
    [
      'a cmdlet of another function',
      ['--library', 'liba.so', '--prototype', BOUND, '--cmdlet', 'Get-Bound=compresBound'],
      /the functions are compressBound/,
    ],
    [
      'a cmdlet of PowerShell',
      ['--library', 'liba.so', '--prototype', BOUND, '--cmdlet', 'Get-Process=compressBound'],
      /'Get-Process' would hide a command of/,
    ],
    [
      'an option without its value',
      ['--library', 'liba.so', '--prototype'],
      /Not enough arguments following: prototype/,
    ],
  ])('refuses %s, and writes nothing', async (_name, args, message) => {
    expect(await make(args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
      text: undefined,
    });
  });

  it('shows every mistake at its place, and what C does not say', async () => {
    const { status, stderr, text } = await make([
      ...['--library', 'liba.so', '--prototype', 'int f(int *value)'],
      ...['--prototype', 'int g(strange a)', '--prototype', 'int h(FILE *stream)'],
    ]);
    expect({ status, text }).toEqual({ status: 2, text: undefined });
    expect(stderr).toMatch(
      /^prototype 1: does the function read what 'value' points to.*\n {2}int f\(int \*value\)\n {13}\^/m,
    );
    expect(stderr).toMatch(/^prototype 2: .*'strange'.*\n.*\n {8}\^/m);
    expect(stderr).toMatch(/^prototype 3: which function releases 'stream'\?/m);
  });

  it('writes nothing where the folder of the module is taken', async () => {
    const folder = temporaryDirectory();
    mkdirSync(path.join(folder, 'Zlib'));
    const args = ['--library', 'libz.so.1', '--prototype', BOUND, '--name', 'Zlib', '--generate', folder];
    expect(await make(args)).toMatchObject({
      status: 2,
      text: undefined,
      stderr: expect.stringMatching(/already exists/),
    });
  });
});

describe('the questions', () => {
  const KNOWN: Known = { directory: '/work', platform: 'linux' };

  /** Answers one question after the other, and records everything. */
  async function answer(lines: readonly string[], known = KNOWN) {
    const left = [...lines];
    const said: string[] = [];
    const asked: string[] = [];
    const host: Conversation = {
      ask: async (question) => {
        asked.push(question);
        const line = left.shift();
        if (line === undefined) throw new UsageError('no more answers');
        return line;
      },
      say: (text) => void said.push(text),
    };
    const answers = await converse(host, known);
    expect(left).toEqual([]);
    return { ...answers, made: JSON.parse(answers.checked.text), said: said.join('\n'), asked };
  }

  it('make a definition, with a proposal for every name', async () => {
    const { made, said, asked, generate } = await answer(['libz.so.1', 'zlib1.dll', '', CRC32, '', '', '', '', '']);
    expect(made).toEqual({
      name: 'Libz',
      library: { linux: 'libz.so.1', win32: 'zlib1.dll' },
      functions: [CRC32],
      cmdlets: { [cmdletName('crc32')]: 'crc32' },
    });
    expect(asked.slice(0, 3)).toEqual([
      expect.stringContaining('on Linux'),
      expect.stringContaining('on Windows'),
      expect.stringContaining('on macOS'),
    ]);
    expect(asked).toContain('Name of the module [Libz]: ');
    expect(asked).toContain(`Cmdlet for crc32, or - for none [${cmdletName('crc32')}]: `);
    expect(said).toContain('"cmdlets": {');
    expect(generate).toBeUndefined();
  });

  it('are asked again for what is wrong, with the place of a mistake', async () => {
    const { made, said, generate } = await answer([
      ...['', '', '', 'a b', 'libc.so.6', 'libc', '', ''],
      ...[
        '',
        'int f(int *p)',
        '',
        'struct pair {',
        'int a; };',
        '',
        '',
        'int f([out] struct pair *p);',
        'int g(void);',
        '',
        '',
      ],
      ...['2bad', 'Odd', 'Get-Process', 'Get-Pair', 'get-pair', '-', 'modules'],
    ]);
    expect(made).toEqual({
      name: 'Odd',
      library: { linux: 'libc.so.6' },
      types: ['struct pair { int a; };'],
      functions: ['int f([out] struct pair *p); int g(void);'],
      cmdlets: { 'Get-Pair': 'f' },
    });
    expect(generate).toBe('modules');
    expect(said).toMatch(/file name for at least one system/);
    expect(said).toMatch(/"a b" does not have the form/);
    expect(said).toMatch(/'libc' has no extension/);
    expect(said).toMatch(/does the function read what 'p' points to.*\n {2}int f\(int \*p\)\n {13}\^/);
    expect(said).toMatch(/at least one function/);
    expect(said).toMatch(/"2bad" does not have the form/);
    expect(said).toMatch(/'Get-Process' would hide a command of/);
    expect(said).toMatch(/get-pair is already used for another function/);
  });

  test('what belongs together is pasted together: a handle and the function that releases it', async () => {
    const open = 'FILE *fopen(const char *path, const char *mode);';
    const close = 'int fclose(FILE *stream);';
    const write = 'int fputc(int c, FILE *stream);';
    const { made, said } = await answer([
      ...[
        'libc.so.6',
        '',
        '',
        write,
        '',
        open,
        close,
        write,
        '',
        '',
        '',
        'Open-File',
        'Close-File',
        'Write-Character',
        '',
      ],
    ]);
    expect(said).toMatch(/which function releases 'stream'/);
    expect(made.functions).toEqual([`${open} ${close} ${write}`]);
  });
});

const hasScript = existsSync('/usr/bin/script');

it.skipIf(!hasScript)('asks on a terminal, and takes what is pasted at once', async () => {
  const directory = temporaryDirectory();
  const command = `'${process.execPath}' '${CLI}' new --out made.json`;
  const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], { cwd: directory });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // A terminal has lost what was written before a program reads from it.
    if (!shown.includes('on Linux') && `${shown}${text}`.includes('on Linux'))
      child.stdin.write('libc.so.6\n\n\nint abs(\n  int number);\n\n\n\nGet-Magnitude\n\n');
    shown += text;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(shown).toContain('made.json: 1 cmdlet: Get-Magnitude calls abs');
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(path.join(directory, 'made.json'), 'utf8'))).toMatchObject({
    functions: ['int abs( int number);'],
    cmdlets: { 'Get-Magnitude': 'abs' },
  });
});
