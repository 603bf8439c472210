/** `dllet explain`: one function in all its forms. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { explain } from '../../src/explanation/explain.js';
import type { Explanation } from '../../src/explanation/explanation.js';
import { decodeValue, type Json } from '../../src/kinds/index.js';
import { modelOf } from '../../src/model/model.js';
import { ROOT } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { LIBC, ZLIB } from '../support/short-form.js';

/** Functions with features that those of libc and zlib lack. */
const MORE = {
  name: 'Forms',
  library: { win32: 'forms.dll' },
  types: [
    '#pragma pack(push, 4)\ntypedef struct { [size] DWORD cb; [count(cItems)] const DWORD *items; DWORD cItems; DWORD low : 3; DWORD : 29; } THING;\n#pragma pack(pop)',
    'enum color { Red = 1, Green = 2 };',
    'struct node { [next] struct node *next; int n; };',
    '#ifdef _WIN64\ntypedef struct { BYTE a; LONG b; } TWO;\n#else\ntypedef struct { LONG b; BYTE a; } TWO;\n#endif',
  ],
  functions: [
    'BOOL ReadThing([out] THING *thing, [in, constant(2)] int level, [in, reserved] void *later);',
    '[fails(nonzero, returned)] int NextColor([index(259)] int at, [out] enum color *value);',
    '[fails(notIn(0, 5), win32)] DWORD CopyText([in] LPCWSTR text, [out, allocated(LocalFree)] LPWSTR *copy);',
    '[fails(mask(0x80000000), hresult)] HRESULT Once([out, allocated(ForgetAll, onSuccess)] struct node **list);',
    'void Each([collect] BOOL (CALLBACK *each)(int number, LPCWSTR name));',
    'LPCWSTR FindName(int at);',
    'void GetTwo([out] TWO *two);',
  ],
  cmdlets: { 'Read-Thing': 'ReadThing', 'Get-NextColor': 'NextColor', 'Copy-Text': 'CopyText', 'Get-Chain': 'Once' },
};

const directory = mkdtempSync(path.join(tmpdir(), 'dllet-explain-'));
afterAll(() => rmSync(directory, { recursive: true }));

const fileOf = ({ name }: { readonly name: string }) => path.join(directory, `${name}.json`);

beforeAll(() => {
  for (const one of [ZLIB, LIBC, MORE]) writeFileSync(fileOf(one), JSON.stringify(one));
});

async function explained(definition: { readonly name: string }, name: string): Promise<Explanation> {
  const { status, stdout, stderr } = await dlletInside(['explain', fileOf(definition), name, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('as text', () => {
  it('has every form of a function', async () => {
    const file = fileOf(ZLIB);
    const { status, stdout } = await dlletInside(['explain', file, 'compress2']);
    expect(status).toBe(0);
    for (const line of [
      'compress2 of zlib1.dll (Windows), libz.so.1 (Linux)',
      `  ${ZLIB.functions[4]}`,
      '  destLen    set     unsigned long *destLen       ulong',
      '  level      input   int level                    int32     1           int',
      '  __cdecl int32 compress2(void *, void *, void *, ulong, int32)',
      `  dllet call ${file} compress2 '{"source":"aGVsbG8=","level":1}'`,
      '  Compress-Byte [-source] <Byte[]> [-level] <Int32> [<CommonParameters>]',
      '  returns System.Byte[]',
      '  A call has failed if it returns anything but 0; the value is the code, as the library defines it.',
      '  With the code -5, dest was too small: dllet calls the function again with more memory.',
      '  -3 Z_DATA_ERROR: DataDamaged. The data is damaged, or was not compressed by zlib.',
      '  destLen: the number of elements of dest',
    ])
      expect(stdout.split('\n')).toContain(line);
    expect(stdout).not.toContain('\u001B');
  });

  it('has colors where they are wanted', async () => {
    const { stdout } = await dlletInside(['explain', fileOf(ZLIB), 'crc32', '--color']);
    expect(stdout).toContain('\u001B[1;36mFailure\u001B[0m\n');
  });

  it('has a call in it that can be made as it is', async () => {
    const { stdout } = await dlletInside(['explain', fileOf(ZLIB), 'crc32']);
    expect(stdout).toContain(`crc32 '{"crc":"1","buf":"aGVsbG8="}'\n`);
  });

  it('has only its own declaration of a text that declares several', async () => {
    const pasted = {
      name: 'Pasted',
      library: { linux: 'libc.so.6' },
      types: ['typedef struct { int quot, rem; } div_t;'],
      functions: [
        'int rand(void);\n[fails(never)] int abs(int j)',
        'struct timespec { long tv_sec; long tv_nsec; };\n/* A clock. */ [fails(nonzero, errno)] int\n  clock_gettime(int id,\n                [out] struct timespec *tp);\nextern "C" { long labs(long j); }',
      ],
      cmdlets: { 'Get-Clock': 'clock_gettime' },
    };
    writeFileSync(fileOf(pasted), JSON.stringify(pasted));
    const declarations = async (name: string) => {
      const { stdout } = await dlletInside(['explain', fileOf(pasted), name]);
      return /^C\n(.*?)\n\n/ms.exec(stdout)?.[1]?.replaceAll(/^ {2}/gm, '');
    };
    expect(await declarations('clock_gettime')).toBe(
      [
        'typedef struct { long tv_sec; long tv_nsec; } timespec;',
        '[fails(nonzero, errno)] int',
        '  clock_gettime(int id,',
        '                [out] struct timespec *tp);',
      ].join('\n'),
    );
    expect(await declarations('abs')).toBe('[fails(never)] int abs(int j)');
    expect(await declarations('labs')).toBe('long labs(long j);');
  });

  it('names the function that was meant', async () => {
    expect(await dlletInside(['explain', fileOf(ZLIB), 'crc23'])).toEqual({
      status: 2,
      stdout: '',
      stderr: "the definition Zlib has no function 'crc23'; did you mean 'crc32'?\n",
    });
  });
});

it('shows both layouts of a type that is another one in 32-bit Windows', async () => {
  const { stdout } = await dlletInside(['explain', fileOf(MORE), 'GetTwo']);
  const both = [
    '#ifdef _WIN64',
    'typedef struct { BYTE a; LONG b; } TWO;',
    '#else',
    'typedef struct { LONG b; BYTE a; } TWO;',
  ];
  expect(stdout).toContain([...both, '#endif', 'void GetTwo('].map((line) => `  ${line}`).join('\n'));
});

describe('the page of a function of Windows', () => {
  const failureIn = async (prototype: string, library = 'advapi32.dll') => {
    const definition = { name: 'Keys', library, functions: [prototype], cmdlets: { 'Sync-RegKey': 'RegFlushKey' } };
    writeFileSync(fileOf(definition), JSON.stringify(definition));
    return (await explained(definition, 'RegFlushKey')).failure.documented;
  };
  const documented = {
    marks: '[fails(nonzero, win32)]',
    page: 'https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regflushkey',
  };

  it('says the same as the definition, or otherwise', async () => {
    expect(await failureIn('LSTATUS RegFlushKey(HKEY key);')).toEqual({ ...documented, isSame: true });
    expect(await failureIn('[fails(never)] LSTATUS RegFlushKey(HKEY key);')).toEqual({ ...documented, isSame: false });
    expect(await failureIn('LSTATUS RegFlushKey(HKEY key);', 'other.dll')).toBeNull();
  });
});

describe('as JSON', () => {
  it('says what dllet sets, in structs as well', async () => {
    const { sets, types, c, written } = await explained(MORE, 'ReadThing');
    expect(sets).toEqual([
      { name: 'level', text: 'always 2' },
      { name: 'later', text: 'always NULL' },
      { name: 'thing.cb', text: 'the size of the struct' },
      { name: 'thing.cItems', text: 'counts items' },
    ]);
    expect(types).toEqual([
      expect.stringMatching(
        /^typedef struct \/\* pack\(4\) \*\/ \{ DWORD cb; DWORD \*items; DWORD cItems; DWORD low : 3; DWORD : 29; \} THING;$/,
      ),
    ]);
    expect(c).toBe('BOOL __stdcall ReadThing(THING *thing, int level, PVOID later);');
    expect(written).toBe(MORE.functions[0]);
  });

  it.each<[string, readonly (string | RegExp)[]]>([
    ['ReadThing', ['A call has failed if it returns 0, FALSE or NULL; the code is GetLastError']],
    ['FindName', [/^A call has failed if it returns 0/, 'It also succeeds with the code 0.']],
    [
      'NextColor',
      [
        'A call has failed if it returns anything but 0; the value is the code, as',
        /^With the code 259, nothing was found/,
      ],
    ],
    ['CopyText', ['A call has failed if it returns anything but 0 or 5; the value is a Windows error code']],
    ['Once', ['A call has failed if it returns a value with one of the bits 0x80000000; the value is an HRESULT']],
    ['Each', ['The function reports no failure.']],
  ])('says how %s fails', async (name, sentences) => {
    const { failure } = await explained(MORE, name);
    for (const [index, sentence] of sentences.entries())
      expect(failure.rule[index]).toMatch(
        typeof sentence === 'string' ? new RegExp(`^${sentence.replaceAll(/[.()]/g, '\\$&')}`) : sentence,
      );
  });

  it.each<[object & { readonly name: string }, string, readonly (readonly [string, RegExp])[]]>([
    [
      MORE,
      'CopyText',
      [['copy', /allocates the memory; dllet frees it with LocalFree, once, also if the call failed/]],
    ],
    [MORE, 'Once', [['list', /frees it with ForgetAll, once, if the call succeeded/]]],
    [LIBC, 'getenv', [['Value', /the library keeps the memory/]]],
    [LIBC, 'fopen', [['Value', /a new handle; release it with fclose/]]],
    [LIBC, 'fwrite', [['stream', /a handle that fclose releases; it stays open/]]],
    [LIBC, 'fclose', [['stream', /fclose releases this handle/]]],
    [LIBC, 'uname', []],
  ])('says who releases what: %s %s', async (definition, name, owners) => {
    expect((await explained(definition, name)).owners).toEqual(
      owners.map(([value, text]) => ({ name: value, text: expect.stringMatching(text) })),
    );
  });

  it('tells an index, an enum and a callback', async () => {
    const color = await explained(MORE, 'NextColor');
    expect(color.sets).toEqual([{ name: 'at', text: 'counts up from 0; each call is a row of the output' }]);
    expect(color.types).toEqual([expect.stringContaining('{ Red = 1, Green = 2 } color;')]);
    expect(color.reply).toMatchObject({ result: { Rows: [{ value: 'Red' }] } });
    const each = await explained(MORE, 'Each');
    expect(each.c).toContain('BOOL (*each)(int number, LPCWSTR name)');
    expect(each.native.parameters[0]).toMatchObject({ type: 'void *', memory: 'int32 (*)(int32, str16)' });
    expect(each.cmdlets).toEqual([]);
  });
});

describe('every function', () => {
  const HANDLES = { find: () => 1n, open: () => '' };
  const DEFINITIONS = [fileOf(ZLIB), fileOf(LIBC), fileOf(MORE), 'PersistentPortReservation'];

  test.each(DEFINITIONS)('of %s has a request that is taken, and what the page says', async (file) => {
    const definition = await loadDefinition(file);
    const model = modelOf(definition);
    const page = readFileSync(path.join(ROOT, 'docs', 'explain.md'), 'utf8');
    const documented = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    );
    for (const fn of model.functions) {
      const explanation = explain(definition, fn);
      const { params } = explanation.request as { readonly params: Readonly<Record<string, Json>> };
      for (const { name, shape } of fn.inputs)
        expect(() => decodeValue(shape, params[name] as Json, HANDLES), name).not.toThrow();
      expect(explanation.c).toContain(`${fn.name}(`);
      expect(Object.keys(explanation).sort()).toEqual(documented.sort());
      expect(explanation.values.filter(({ role }) => role === 'set').map(({ json }) => json)).not.toContain(undefined);
    }
  });
});
