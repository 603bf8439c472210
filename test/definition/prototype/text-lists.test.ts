/** What prototypes say of lists of texts, of texts that a field counts, and of arrays of texts. */
import { describe, expect, it } from 'vitest';
import { parsePrototypes } from '../../../src/definition/prototype/index.js';

const functionOf = (text: string) => parsePrototypes(text).functions[0]?.definition;
const parameter = (text: string, name: string) => functionOf(text)?.parameters.find((one) => one.name === name);
const typesOf = (text: string) =>
  functionOf(text)?.parameters.map(({ type, direction, optional }) => [type, direction, optional]);
const fieldsOf = (text: string) => {
  const [spec] = Object.values(parsePrototypes(text).types);
  return typeof spec?.type === 'object' && 'struct' in spec.type ? spec.type.struct : [];
};

describe('lists of texts', () => {
  it('are known by the names of Windows', () => {
    expect(typesOf('int f([in] PZZWSTR a, PCZZWSTR b, [in, optional] PZZSTR c, PCZZSTR d, PCZZTSTR e);')).toEqual([
      [{ texts: 'utf16' }, 'in', undefined],
      [{ texts: 'utf16' }, 'in', undefined],
      [{ texts: 'utf8' }, 'in', true],
      [{ texts: 'utf8' }, 'in', undefined],
      [{ texts: 'utf16' }, 'in', undefined],
    ]);
    expect(typesOf('int fA([in] PZZSTR a, PCZZTSTR b);')).toEqual([
      [{ texts: 'ansi' }, 'in', undefined],
      [{ texts: 'ansi' }, 'in', undefined],
    ]);
  });

  it('are any text with the mark, or with the word of SAL', () => {
    const text =
      'DWORD f([in, multi] const char *a, [in, utf8, multi] BYTE *b, _In_ _NullNull_terminated_ LPCWSTR c, [in, out, count(n), multi] LPWSTR d, [in, out] DWORD *n, [out, multi] WCHAR e[80]);';
    expect(typesOf(text)?.map(([type]) => type)).toEqual([
      { texts: 'utf8' },
      { texts: 'utf8' },
      { texts: 'utf16' },
      { texts: 'utf16', capacity: { parameter: 'n' } },
      'DWORD',
      { texts: 'utf16', capacity: 80 },
    ]);
  });

  it('have the memory that the function is told of', () => {
    const drives =
      'DWORD GetLogicalDriveStringsW([in] DWORD nBufferLength, [out, count(nBufferLength), written(return), multi] LPWSTR lpBuffer);';
    expect(parameter(drives, 'lpBuffer')?.type).toEqual({
      texts: 'utf16',
      capacity: { parameter: 'nBufferLength', written: 'return' },
    });
    const value = 'LSTATUS f([out, bytes(*pcbData), grow(234), multi] LPWSTR pvData, [in, out] LPDWORD pcbData);';
    expect(parameter(value, 'pvData')).toMatchObject({
      type: { texts: 'utf16', capacity: { parameter: 'pcbData', unit: 'bytes' } },
      grow: { on: [234] },
    });
    expect(parameter('int f([out, bytes(n), multi] char *a, int n);', 'a')?.type).toEqual({
      texts: 'utf8',
      capacity: { parameter: 'n', unit: 'bytes' },
    });
  });

  it('are returned, or made by the function', () => {
    const returned = '[multi, allocated(FreeEnvironmentStringsW)] LPWCH GetEnvironmentStringsW(void);';
    expect(functionOf(returned)?.returns).toEqual({
      type: { texts: 'utf16' },
      failure: 'lastErrorIfZero',
      allocated: 'byFunction',
      free: 'FreeEnvironmentStringsW',
      resultName: 'Value',
    });
    expect(functionOf('PZZSTR f(void);')?.returns.type).toEqual({ texts: 'utf8' });
    expect(parameter('int f([out, multi, allocated(LocalFree)] LPWSTR *a);', 'a')?.type).toEqual({ texts: 'utf16' });
  });

  it('are fields: pointers, arrays and the end of the struct', () => {
    const text =
      'struct s { DWORD n; PCZZWSTR from; [multi] const char *to; [multi] LPSTR old; [multi] WCHAR inner[9]; [bytes(n), multi] WCHAR end[1]; };';
    expect(fieldsOf(text).map(({ type }) => type)).toEqual([
      'DWORD',
      { texts: 'utf16' },
      { texts: 'utf8' },
      { texts: 'ansi' },
      { texts: 'utf16', capacity: 9 },
      { texts: 'utf16', capacity: { field: 'n', unit: 'bytes' } },
    ]);
  });
});

describe('texts that a field counts', () => {
  it('are counted in characters or bytes, and can have room', () => {
    const text =
      'struct s { DWORD n; [count(n)] const char *a; [count(n)] LPSTR b; [bytes(n)] PWSTR c; [bytes(n)] char *d; [bytes(n), utf8] BYTE *e; DWORD room; [bytes(room), written(n)] PWCHAR f; [count(room), written(n)] char *g; };';
    const count = { field: 'n' };
    const bytes = { field: 'n', unit: 'bytes' };
    expect(fieldsOf(text).map(({ type }) => type)).toEqual([
      'DWORD',
      { countedString: 'utf8', count },
      { countedString: 'ansi', count },
      { countedString: 'utf16', count: bytes },
      { pointer: 'BYTE', count },
      { countedString: 'utf8', count: bytes },
      'DWORD',
      { countedString: 'utf16', count: bytes, capacity: { field: 'room', unit: 'bytes' } },
      { countedString: 'utf8', count, capacity: { field: 'room' } },
    ]);
  });

  it('are one value in the structs of Windows for them', () => {
    const text =
      'typedef struct _UNICODE_STRING { USHORT Length; USHORT MaximumLength; PWSTR Buffer; } UNICODE_STRING, *PUNICODE_STRING; NTSTATUS f([in] PUNICODE_STRING a, [in, optional] PLSA_UNICODE_STRING b, [out] LSA_UNICODE_STRING *c, [in] PLSA_STRING d);';
    expect(functionOf(text)?.parameters.map(({ name, type, direction }) => [name, type, direction])).toEqual([
      ['a', 'UNICODE_STRING', 'in'],
      ['b', 'UNICODE_STRING', 'in'],
      ['c', 'UNICODE_STRING', 'out'],
      ['d', 'ANSI_STRING', 'in'],
    ]);
    expect(parsePrototypes(text).types).toEqual({});
  });
});

describe('arrays of arrays', () => {
  it('are texts that a caller gives, each behind a pointer', () => {
    expect(
      typesOf(
        'int f([in, count(n)] const char **a, [in, count(n)] char *b[], const char *const c[3], [in, optional, count(n)] LPCWSTR *d, int n, [in, count(n)] PCZZWSTR *e, _In_reads_(n) PCWSTR *f);',
      ),
    ).toEqual([
      [{ array: 'LPCSTR', length: { parameter: 'n' } }, 'in', undefined],
      [{ array: 'LPCSTR', length: { parameter: 'n' } }, 'in', undefined],
      [{ array: 'LPCSTR', length: 3 }, 'in', undefined],
      [{ array: 'LPCWSTR', length: { parameter: 'n' } }, 'in', true],
      ['int', 'in', undefined],
      [{ array: { texts: 'utf16' }, length: { parameter: 'n' } }, 'in', undefined],
      [{ array: 'LPCWSTR', length: { parameter: 'n' } }, 'in', undefined],
    ]);
    expect(parameter('BOOL fA([in, count(n)] LPCSTR *a, WORD n);', 'a')?.type).toEqual({
      array: { string: 'ansi' },
      length: { parameter: 'n' },
    });
  });

  it('are rows of a fixed length', () => {
    const text =
      'int f([in, count(n)] int a[][3], [in, out] int b[2][3], [out, count(n)] double c[][2][4], [in, count(n)] WCHAR d[][16], [in] char e[4][16], int n, [in, bytes(size)] int g[][3], int size);';
    expect(typesOf(text)?.map(([type]) => type)).toEqual([
      { array: { array: 'int', length: 3 }, length: { parameter: 'n' } },
      { array: { array: 'int', length: 3 }, length: 2 },
      { array: { array: { array: 'DOUBLE', length: 4 }, length: 2 }, length: { parameter: 'n' } },
      { array: { string: 'utf16', capacity: 16 }, length: { parameter: 'n' } },
      { array: { string: 'utf8', capacity: 16 }, length: 4 },
      'int',
      { array: { array: 'int', length: 3 }, length: { parameter: 'size', unit: 'bytes' } },
      'int',
    ]);
  });
});
