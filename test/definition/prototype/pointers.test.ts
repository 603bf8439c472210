/** What prototypes of Windows say of the memory behind their pointers, as their pages have them with a mark or two. */
import { describe, expect, it } from 'vitest';
import { parsePrototypes } from '../../../src/definition/prototype/index.js';

const TYPES = `
typedef struct _SHARE_INFO_1 { LPWSTR shi1_netname; DWORD shi1_type; LPWSTR shi1_remark; } SHARE_INFO_1, *PSHARE_INFO_1;
typedef struct _ADDRESS { ULONG Length; [next] struct _ADDRESS *Next; void *Sockaddr; } ADDRESS, *PADDRESS;
typedef struct _ADAPTER { [next] struct _ADAPTER *Next; PCHAR AdapterName; PADDRESS First; PWCHAR FriendlyName; } ADAPTER, *PADAPTER;
typedef struct _BLOB { DWORD cb; [count(cb)] BYTE *pb; } BLOB;
`;

const parse = (text: string) => parsePrototypes(TYPES + text);
const parameters = (text: string) => parse(text).functions[0]?.definition.parameters ?? [];
const parameter = (text: string, name: string) => parameters(text).find((one) => one.name === name);

const fieldsOf = (name: string) => {
  const type = parse('').types[name]?.type;
  return typeof type === 'object' && 'struct' in type ? type.struct : [];
};

describe('fields', () => {
  it('are texts, lists, counted memory and numbers', () => {
    expect(fieldsOf('SHARE_INFO_1').map(({ type }) => type)).toEqual(['LPCWSTR', 'DWORD', 'LPCWSTR']);
    expect(fieldsOf('ADAPTER')).toEqual([
      { name: 'Next', type: 'PVOID', next: true },
      { name: 'AdapterName', type: { string: 'ansi' } },
      { name: 'First', type: { pointer: 'ADDRESS' } },
      { name: 'FriendlyName', type: 'LPCWSTR' },
    ]);
    expect(fieldsOf('ADDRESS')[2]).toEqual({ name: 'Sockaddr', type: 'PVOID' });
    expect(fieldsOf('BLOB')[1]).toEqual({ name: 'pb', type: { pointer: 'BYTE', count: { field: 'cb' } } });
  });
});

describe('parameters', () => {
  it('are memory that the function allocates', () => {
    const text = `NET_API_STATUS NetShareEnum([in] LPCWSTR server, [out, allocated(NetApiBufferFree), count(entriesread)] SHARE_INFO_1 **bufptr,
      [in, value, constant(0xFFFFFFFF)] DWORD prefmaxlen, [out] LPDWORD entriesread);`;
    expect(parameter(text, 'bufptr')).toEqual({
      name: 'bufptr',
      type: { pointer: 'SHARE_INFO_1', count: { parameter: 'entriesread' } },
      direction: 'out',
      allocated: 'byFunction',
      free: 'NetApiBufferFree',
    });
    expect(parameter(text, 'prefmaxlen')).toMatchObject({ constant: 4_294_967_295, isSize: false });
    expect(parameter(text, 'entriesread')).toMatchObject({ direction: 'out' });
  });

  it('have the words of SAL beside the mark', () => {
    const text = 'BOOL ConvertSidToStringSidW(_In_ PSID Sid, [allocated(LocalFree)] _Outptr_ LPWSTR *StringSid);';
    expect(parameter(text, 'StringSid')).toMatchObject({ type: 'LPCWSTR', direction: 'out', free: 'LocalFree' });
  });

  it('stay the library’s, and are freed on success only, where it is said', () => {
    expect(parameter('int f([out, allocated] char **text);', 'text')).not.toHaveProperty('free');
    expect(parameter('int f([out, allocated(x, onSuccess)] char **text);', 'text')).toMatchObject({
      freed: 'onSuccess',
    });
  });

  it('are lists in memory of the caller, which are outputs whatever the page says', () => {
    const text =
      'ULONG GetAdaptersAddresses([in, out, bytes(Size), grow(111)] PADAPTER Addresses, [in, out] PULONG Size);';
    expect(parameter(text, 'Addresses')).toMatchObject({
      type: { array: 'ADAPTER', length: { parameter: 'Size', unit: 'bytes' } },
      direction: 'out',
    });
  });

  it('have structs in front of their texts', () => {
    const text =
      'BOOL f([out, bytes(size), each(returned)] SHARE_INFO_1 *all, DWORD size, [out] LPDWORD returned, [out, bytes(size), each(1)] SHARE_INFO_1 *one);';
    expect(parameter(text, 'all')?.type).toMatchObject({
      length: { parameter: 'size', unit: 'bytes', each: 'returned' },
    });
    expect(parameter(text, 'one')?.type).toMatchObject({ length: { each: 1 } });
  });
});

describe('structs that end with as many elements as a field says', () => {
  const ENDS = `
    typedef struct { DWORD dwNumEntries; [count(dwNumEntries)] BLOB table[ANYSIZE_ARRAY]; } TABLE, *PTABLE;
    typedef struct { DWORD FileNameLength; [bytes(FileNameLength)] WCHAR FileName[1]; } NAME;
    typedef struct { DWORD Length; [bytes(Length)] BYTE Data[1]; } DATA;
    struct text { uint8_t n; [count(n), ansi] char text[]; };
    struct rows { unsigned n; [count(n)] int rows[][3]; };
    struct bytes { unsigned n; [bytes(n)] int all[1]; };
    struct one { unsigned n; [count(1)] int all[1]; };
    struct both { int n, a[1]; };`;
  const lastOf = (name: string) => {
    const type = parse(ENDS.replace('struct both { int n, a[1]; };', '')).types[name]?.type;
    return typeof type === 'object' && 'struct' in type ? type.struct.at(-1)?.type : undefined;
  };

  it('are arrays, texts and bytes', () => {
    expect(lastOf('TABLE')).toEqual({ array: 'BLOB', length: { field: 'dwNumEntries' } });
    expect(lastOf('NAME')).toEqual({ string: 'utf16', capacity: { field: 'FileNameLength', unit: 'bytes' } });
    expect(lastOf('DATA')).toEqual({ bytes: { field: 'Length' } });
    expect(lastOf('text')).toEqual({ string: 'ansi', capacity: { field: 'n' } });
    expect(lastOf('rows')).toEqual({ array: { array: 'int', length: 3 }, length: { field: 'n' } });
    expect(lastOf('bytes')).toEqual({ array: 'int', length: { field: 'n', unit: 'bytes' } });
    expect(lastOf('one')).toEqual({ array: 'int', length: 1 });
  });

  it('are asked for where several names stand in one line', () => {
    expect(() => parse(ENDS)).toThrow(/how many elements are in 'a' at the end of the struct\? Write \[count\(n\)\]/);
  });

  it('are one struct in memory of the caller, or behind a pointer', () => {
    const before = ENDS.replace('struct both { int n, a[1]; };', '');
    const text = `${before} [fails(nonzero, win32)] DWORD f([out, optional, bytes(*size), grow(122)] PTABLE table, [in, out] PULONG size);`;
    expect(parameter(text, 'table')).toEqual({
      name: 'table',
      type: { buffer: 'TABLE', size: { parameter: 'size' } },
      direction: 'out',
      optional: true,
      grow: { on: [122] },
    });
    expect(parameter(`${before} int f([in] const TABLE *t);`, 't')).toMatchObject({ type: 'TABLE', pointer: true });
    const taken = parameter(`${before} int f([out, allocated(free)] TABLE **t);`, 't');
    expect(taken?.type).toEqual({ pointer: 'TABLE' });
  });
});

it('returns are structs, lists and allocated texts', () => {
  const returns = (text: string) => parse(text).functions[0]?.definition.returns;
  expect(returns('SHARE_INFO_1 *f(void);')).toMatchObject({ type: { pointer: 'SHARE_INFO_1' }, resultName: 'Value' });
  expect(returns('[allocated(free)] char *f(void);')).toMatchObject({
    type: 'LPCSTR',
    allocated: 'byFunction',
    free: 'free',
  });
});
