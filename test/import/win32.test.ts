import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { isMetadataDocument, type MetadataDocuments } from '../../src/import/metadata.js';
import { cmdletName } from '../../src/import/names/cmdlet-names.js';
import { type ImportResult, importWin32 } from '../../src/import/win32.js';
import { resolveFunction } from '../../src/model/model.js';
import { planBinding } from '../../src/native/binding.js';
import { readDocuments } from '../support/win32json.js';

const native = (Name: string) => ({ Kind: 'Native', Name });
const to = (Child: unknown) => ({ Kind: 'PointerTo', Child });
const ref = (Name: string, Api = 'Foundation', TargetKind = 'Default') => ({
  Kind: 'ApiRef',
  Name,
  TargetKind,
  Api,
  Parents: [],
});
const own = (Name: string, TargetKind = 'Default') => ref(Name, 'Sample', TargetKind);
const array = (Child: unknown, Size: number | undefined) => ({
  Kind: 'Array',
  Shape: Size === undefined ? null : { Size },
  Child,
});
const list = (Child: unknown, CountConst = -1, CountParamIndex = CountConst < 0 ? 1 : -1) => ({
  Kind: 'LPArray',
  NullNullTerm: false,
  CountConst,
  CountParamIndex,
  Child,
});
const parameter = (Name: string, Type: unknown, ...Attrs: unknown[]) => ({ Name, Type, Attrs });
const fn = (Name: string, ReturnType: unknown, Params: unknown[] = [], more: object = {}) => ({
  Name,
  SetLastError: false,
  DllImport: 'SAMPLE.dll',
  ReturnType,
  ReturnAttrs: [],
  Architectures: [],
  Platform: null,
  Attrs: [],
  Params,
  ...more,
});
const type = (Name: string, Kind: string, more: object) => ({ Name, Kind, Architectures: [], Platform: null, ...more });
const struct = (Name: string, Fields: unknown[], more: object = {}) =>
  type(Name, 'Struct', { Size: 0, PackingSize: 0, Attrs: [], Fields, NestedTypes: [], ...more });
const typedef = (Name: string, Def: unknown, more: object = {}) => type(Name, 'NativeTypedef', { Def, ...more });
const enumeration = (Name: string, values: Record<string, number>, more: object = {}) =>
  type(Name, 'Enum', {
    Flags: false,
    Values: Object.entries(values).map(([name, Value]) => ({ Name: name, Value })),
    IntegerBase: 'UInt32',
    ...more,
  });

const TEXT = to(native('Char'));
const FOUNDATION = [
  typedef('PWSTR', TEXT),
  typedef('PSTR', to(native('Byte'))),
  typedef('BSTR', TEXT),
  typedef('HWND', native('IntPtr')),
  typedef('PSID', to(native('Void'))),
  typedef('HANDLE', native('IntPtr'), { FreeFunc: 'CloseHandle' }),
  typedef('LPARAM', native('IntPtr')),
  struct('FILETIME', [parameter('Low', native('UInt32')), parameter('High', native('UInt32'))]),
];
const TYPES = [
  typedef('SOCKET', native('UIntPtr'), { FreeFunc: 'closesocket' }),
  enumeration('Colour', { Red: 1, Blue: -1 }),
  enumeration('Options', { One: 1, Two: 2 }, { Flags: true }),
  struct('Point', [parameter('X', native('Int32')), parameter('At', ref('FILETIME'))]),
  struct('Sized', [parameter('cbSize', native('UInt32')), parameter('Name', array(native('Char'), 16))]),
  struct('Outer', [parameter('Inner', own('_Inner'))], {
    NestedTypes: [struct('_Inner', [parameter('Value', native('UInt64'))])],
  }),
  struct('Flexible', [parameter('Count', native('UInt32')), parameter('Items', array(native('UInt32'), 1))]),
  struct('Packed', [parameter('A', native('Byte'))], { PackingSize: 1 }),
  struct('Linked', [parameter('Next', to(own('Linked')))]),
  struct('Endless', [parameter('Self', own('Endless'))]),
  struct('Opaque', []),
  struct('WithCallback', [parameter('Call', own('Callback', 'FunctionPointer'))]),
  type('Either', 'Union', {
    PackingSize: 0,
    Fields: [parameter('At', to(native('Void'))), parameter('Number', native('UInt64'))],
    NestedTypes: [],
  }),
  struct('WithUnion', [parameter('Kind', native('UInt32')), parameter('Either', own('Either'))]),
  struct('WithPointers', [
    parameter('Text', ref('PWSTR')),
    parameter('Memory', to(native('Void'))),
    parameter('Length', native('UInt32')),
  ]),
  struct(
    'Addresses',
    [
      parameter('Two', array(to(native('Void')), 2)),
      parameter('Which', own('_Pointers')),
      parameter('Inner', own('_Inner')),
    ],
    {
      NestedTypes: [
        type('_Pointers', 'Union', { Fields: [parameter('A', to(native('Void'))), parameter('B', ref('PWSTR'))] }),
        type('_Inner', 'Union', {
          Fields: [parameter('S', own('_S')), parameter('Number', native('UInt64'))],
          NestedTypes: [struct('_S', [parameter('Length', native('UInt32')), parameter('Memory', to(native('Void')))])],
        }),
      ],
    },
  ),
  struct('Counted', [
    parameter('Items', native('UInt32')),
    parameter('List', to(native('UInt32')), { Kind: 'NativeArrayInfo', CountFieldName: 'Items' }),
  ]),
  struct('Named', [parameter('Own', native('UInt32')), parameter('Other', native('UInt32'))], { SizeField: 'Own' }),
  struct('Bits', [
    parameter(
      '_bitfield',
      native('UInt32'),
      { Kind: 'NativeBitfield', Arguments: ['High', 8, 24] },
      { Kind: 'NativeBitfield', Arguments: ['Low', 0, 3] },
    ),
  ]),
  type('Row', 'FunctionPointer', {
    ReturnType: ref('BOOL'),
    Params: [parameter('Window', ref('HWND')), parameter('Data', ref('LPARAM'))],
  }),
  typedef('HTHING', native('IntPtr'), { FreeFunc: 'CloseThing' }),
  type('EACH_THING', 'FunctionPointer', { ReturnType: ref('BOOL'), Params: [parameter('Thing', own('HTHING'))] }),
  struct('THING_ROW', [parameter('Thing', own('HTHING')), parameter('N', native('UInt32'))]),
  struct('COORD', [parameter('X', native('Int16')), parameter('Y', native('Int16'))]),
  struct('SECURITY_ATTRIBUTES', [parameter('nLength', native('UInt32'))]),
];

function documentsOf(functions: readonly unknown[]): MetadataDocuments {
  const document = (Types: unknown, Functions: unknown) => {
    const value: unknown = { Constants: [], Types, Functions, UnicodeAliases: [] };
    if (!isMetadataDocument(value)) throw new Error('not the form of win32json');
    return value;
  };
  return new Map([
    ['Sample', document(TYPES, functions)],
    ['Foundation', document(FOUNDATION, [])],
  ]);
}

function importOf(functions: readonly { Name: string }[], names = functions.map((one) => one.Name)): ImportResult {
  const places = names.map((name) => ({ api: 'Sample', name }));
  return importWin32({ documents: documentsOf(functions), functions: places });
}

/** The prototype of the first function, whether its failure was reviewed or not; the definition has no mistakes, can be bound, and becomes a module. */
function prototypeOf(result: ImportResult): string {
  accepted(result);
  const [first] = result.kind === 'definition' ? result.definition.functions : [];
  const text = typeof first === 'string' ? first : String(first?.prototype);
  return text.replace(', unreviewed]', ']');
}

/** The definition as it is used; it has no mistakes, can be bound, and becomes a module. */
function accepted(result: ImportResult): DefinitionSource {
  if (result.kind !== 'definition') throw new Error(JSON.stringify(result));
  const { mistakes, value } = validateDefinitionText(JSON.stringify(result.definition));
  expect(mistakes).toEqual([]);
  const definition = expandDefinition(value as DefinitionSource);
  for (const one of Object.values(definition.functions)) planBinding(resolveFunction(one, definition));
  return value as DefinitionSource;
}

const UINT32 = native('UInt32');
const VOID = native('Void');
const BOOL = ref('BOOL');

describe('a parameter', () => {
  it.each<[string, ReturnType<typeof parameter>, string]>([
    ['a number', parameter('n', UINT32, 'In'), '[in] DWORD n'],
    ['a Boolean', parameter('b', BOOL, 'In'), '[in] BOOL b'],
    ['a handle', parameter('h', ref('HWND'), 'In'), '[in] HWND h'],
    ['a socket', parameter('s', own('SOCKET'), 'In'), '[in] SOCKET Socket'],
    ['a pointer-sized number', parameter('l', ref('LPARAM'), 'In'), '[in] LPARAM l'],
    ['wide text', parameter('t', ref('PWSTR'), 'In', 'Const'), '[in] PCWSTR t'],
    ['narrow text', parameter('t', ref('PSTR'), 'In', 'Const', 'Optional'), '[in, optional] PCSTR t'],
    ['a list of texts', parameter('t', ref('PWSTR'), 'In', 'NullNullTerminated'), '[in, multi] PCWSTR t'],
    ['a SID', parameter('s', ref('PSID'), 'In'), '[in] PSID s'],
    ['an enum', parameter('c', own('Colour'), 'In'), '[in] Colour c'],
    ['flags', parameter('c', own('Options'), 'In'), '[in] Options c'],
    [
      'a number with names',
      parameter('n', UINT32, 'In', { Kind: 'AssociatedEnum', Arguments: ['Colour'] }),
      '[in] Colour n',
    ],
    [
      'a text that the function makes, and who frees it',
      parameter('t', to(ref('PWSTR')), 'Out', { Kind: 'FreeWith', Arguments: ['LocalFree'] }),
      '[out, allocated(LocalFree)] PWSTR *t',
    ],
    ['an output', parameter('o', to(native('UInt64')), 'Out'), '[out, value] UINT64 *o'],
    ['an output that can be left out', parameter('o', to(UINT32), 'Out', 'Optional'), '[out, value] DWORD *o'],
    ['both', parameter('o', to(UINT32), 'In', 'Out'), '[in, out, value] DWORD *o'],
    ['a handle that is written', parameter('o', to(ref('HANDLE')), 'Out'), '[out] HANDLE *o'],
    ['a struct by value', parameter('p', own('Point'), 'In'), '[in] Point p'],
    ['a struct by pointer', parameter('p', to(own('Point')), 'In'), '[in] const Point *p'],
    ['a struct that is written', parameter('p', to(own('Point')), 'Out'), '[out] Point *p'],
    ['a GUID', parameter('g', to(native('Guid')), 'In'), '[in] const GUID *g'],
    ['an array', parameter('a', list(UINT32, 4), 'Out'), '[out, count(4)] DWORD *a'],
    ['text of fixed capacity', parameter('a', list(native('Char'), 260), 'Out'), '[out, count(260)] WCHAR *a'],
    ['a reserved number', parameter('r', UINT32, 'Reserved'), '[reserved] DWORD r'],
    ['a reserved pointer', parameter('r', to(VOID), 'Reserved'), '[reserved] void *r'],
    ['a reserved pointer by name', parameter('pvReserved', to(VOID), 'In', 'Out'), '[reserved] void *Reserved'],
    [
      'an optional callback',
      parameter('c', own('Callback', 'FunctionPointer'), 'In', 'Optional'),
      '[reserved] void *c',
    ],
    [
      'optional security attributes',
      parameter('c', to(own('SECURITY_ATTRIBUTES')), 'In', 'Optional'),
      '[reserved] void *c',
    ],
    ['optional memory of unknown size', parameter('c', to(VOID), 'In', 'Optional'), '[reserved] void *c'],
    ['a text that the function makes', parameter('t', to(ref('PWSTR')), 'Out'), '[out, allocated] PWSTR *t'],
    ['a struct that the function makes', parameter('t', to(to(own('Point'))), 'Out'), '[out, allocated] Point **t'],
    ['what the function makes', parameter('t', to(to(VOID)), 'Out'), '[out] void **t'],
  ])('%s', (_name, given, expected) => {
    expect(plain(prototypeOf(importOf([fn('Call', UINT32, [given])])))).toBe(
      plain(`[fails(never)] DWORD WINAPI Call(${expected})`),
    );
  });

  it.each<[string, ReturnType<typeof parameter>, RegExp]>([
    ['a pointer to pointers', parameter('p', to(to(VOID)), 'In'), /^it is an array of pointers$/],
    ['a callback', parameter('p', own('Callback', 'FunctionPointer'), 'In'), /callback/],
    ['COM', parameter('p', own('IThing', 'Com'), 'In'), /COM/],
    ['memory', parameter('p', to(VOID), 'Out'), /memory of unknown size/],
    ['bytes', parameter('p', to(native('Byte')), 'Out'), /unknown number/],
    ['a written string', parameter('p', ref('PWSTR'), 'Out'), /unknown capacity/],
    ['text with no end', parameter('p', ref('PWSTR'), 'In', 'NotNullTerminated'), /without a terminator/],
    ['BSTR', parameter('p', ref('BSTR'), 'In'), /BSTR/],
    ['a struct in itself', parameter('p', to(own('Endless')), 'Out'), /contains itself/],
    ['an unknown type', parameter('p', own('Nowhere'), 'In'), /Nowhere is not described in Sample$/],
    ['a file that is not there', parameter('p', ref('Thing', 'Other'), 'In'), /is in Other, which was not found/],
  ])('%s is refused', (_name, given, reason) => {
    expect(importOf([fn('Call', UINT32, [given])])).toMatchObject({
      kind: 'refused',
      refusals: [{ function: 'Call', parameter: 'p', reason: expect.stringMatching(reason) }],
    });
  });

  it('has a name that PowerShell leaves to it', () => {
    const params = ['Host', 'host_', '_in', 'Verbose', 'type', 'Type'].map((name) => parameter(name, UINT32, 'In'));
    const names = accepted(importOf([fn('Call', UINT32, params)])).functions.Call?.parameters.map((one) => one.name);
    expect(new Set(names?.map((name) => name.toLowerCase())).size).toBe(6);
    for (const name of names ?? []) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
    expect(names?.map((name) => name.toLowerCase())).not.toContain('host');
    expect(names?.map((name) => name.toLowerCase())).not.toContain('verbose');
  });
});

describe('a function that enumerates', () => {
  const at = parameter('dwIndex', UINT32, 'In');
  const row = parameter('pCode', to(UINT32), 'Out');

  it('is called by index until there are no more, as its page says', () => {
    const text = prototypeOf(importOf([fn('RegEnumKeyW', UINT32, [at, row])]));
    expect(text).toBe(
      '[fails(nonzero, win32)] DWORD WINAPI RegEnumKeyW([in, index(259)] DWORD Index, [out, value] DWORD *Code)',
    );
  });

  it.each([
    ['nobody has read its page', 'EnumSomething', [at, row]],
    ['it enumerates nothing', 'NetGetDisplayInformationIndex', [at, row]],
    ['two parameters could be the index', 'RegEnumKeyW', [at, parameter('MemberIndex', UINT32, 'In'), row]],
    ['the index is written', 'RegEnumKeyW', [parameter('dwIndex', to(UINT32), 'Out'), row]],
    [
      'it makes no elements that could be joined',
      'NetShareEnum',
      [parameter('resume_handle', to(UINT32), 'In', 'Out'), row],
    ],
  ])('is called once if %s', (_why, name, parameters) => {
    expect(prototypeOf(importOf([fn(name, UINT32, parameters)]))).not.toMatch(/index\(|resume\(/);
  });
});

describe('a struct', () => {
  const typesOf = (name: string, ...attributes: string[]) => {
    const result = importOf([fn('Call', UINT32, [parameter('p', to(own(name)), ...attributes)])]);
    accepted(result);
    return result.kind === 'definition' ? result.definition.types : undefined;
  };

  it.each<[string, string, string]>([
    ['with others', 'Point', 'typedef struct Point { INT X; FILETIME At; } Point;'],
    ['with its own size', 'Sized', 'typedef struct Sized { [size] DWORD cbSize; WCHAR Name[16]; } Sized;'],
    ['with a struct in it', 'Outer', 'typedef struct Outer { struct { UINT64 Value; } Inner; } Outer;'],
    ['that is packed', 'Packed', '#pragma pack(push, 1)\ntypedef struct Packed { BYTE A; } Packed;\n#pragma pack(pop)'],
    [
      'with a text, and with what only the library can follow',
      'WithPointers',
      'typedef struct WithPointers { PWSTR Text; [constant(0)] void *Memory; [value] DWORD Length; } WithPointers;',
    ],
  ])('%s', (_what, name, text) => {
    expect(typesOf(name, 'Out')).toEqual([text]);
    expect(typesOf(name, 'In')).toEqual([text]);
  });

  it.each([
    [
      'is counted by another field',
      'Counted',
      'typedef struct Counted { DWORD Items; [count(Items)] DWORD *List; } Counted;',
    ],
    ['has the size that metadata names', 'Named', 'typedef struct Named { [size] DWORD Own; DWORD Other; } Named;'],
    ['has bit fields', 'Bits', 'typedef struct Bits { DWORD Low : 3; DWORD : 5; DWORD High : 24; } Bits;'],
  ])('%s, as metadata says', (_what, name, text) => {
    expect(typesOf(name, 'Out')).toEqual([text]);
  });

  it('with a union has the first field of it that is no pointer', () => {
    expect(typesOf('WithUnion', 'Out')).toEqual([
      '[use(Number)] typedef union Either { UINT_PTR At; [value] UINT64 Number; } Either;',
      'typedef struct WithUnion { DWORD Kind; Either Either; } WithUnion;',
    ]);
  });

  it('never takes an address from a caller: in an array, in a union of pointers, and in the struct of a union', () => {
    expect(typesOf('Addresses', 'In')).toEqual([
      'typedef struct Addresses { [constant(0)] void *Two0; [constant(0)] void *Two1; [constant(0)] void *Which; ' +
        '[use(S)] union { struct { [value] DWORD Length; [constant(0)] void *Memory; } S; [value] UINT64 Number; } Inner; } Addresses;',
    ]);
  });

  it('that ends with any number of elements is read as far as the field before says', () => {
    const params = [
      parameter('p', to(own('Flexible')), 'Out', { Kind: 'MemorySize', BytesParamIndex: 1 }),
      parameter('cb', UINT32, 'In'),
    ];
    const result = importOf([fn('Call', UINT32, params)]);
    expect(prototypeOf(result)).toContain(
      '(p), grow'.replace('(p), grow', '[out, bytes(Size), grow(122, 234, 111)] Flexible *P'),
    );
    expect(result).toMatchObject({
      definition: {
        types: ['typedef struct Flexible { [value] DWORD Count; [count(Count)] DWORD Items[1]; } Flexible;'],
      },
    });
  });
});

describe('memory', () => {
  const size = (name: string, ...attributes: string[]) => parameter(name, UINT32, ...attributes);
  const bytes = { Kind: 'MemorySize', BytesParamIndex: 1 };

  it.each<[string, ReturnType<typeof parameter>[], string]>([
    [
      'of a number of bytes',
      [parameter('p', to(VOID), 'Out', bytes), size('cb', 'In')],
      '[out, bytes(Size), grow(122, 234, 111)] void *p, [in] DWORD Size',
    ],
    [
      'that is given',
      [parameter('p', to(native('Byte')), 'In', 'Const', bytes), size('cb', 'In')],
      '[in, bytes(Size)] const BYTE *p, [in] DWORD Size',
    ],
    [
      'of a number of elements',
      [parameter('p', list(UINT32), 'In', 'Optional'), size('n', 'In')],
      '[in, optional, count(n)] const DWORD *p, [in] DWORD n',
    ],
    [
      'of a text, whose count comes back',
      [parameter('p', list(native('Char')), 'Out', 'Optional'), parameter('n', to(UINT32), 'In', 'Out')],
      '[out, count(n), grow(122, 234, 111)] WCHAR *p, [in, out] DWORD *n',
    ],
    ['of texts', [parameter('p', list(ref('PWSTR')), 'In'), size('n', 'In')], '[in, count(n)] PCWSTR *p, [in] DWORD n'],
    [
      'whose size only the name of the next number tells (crc32)',
      [parameter('buf', to(native('Byte')), 'In', 'Const'), size('len', 'In')],
      '[in, bytes(Length)] const BYTE *Buffer, [in] DWORD Length',
    ],
    [
      'of structs, beside their size',
      [parameter('p', to(own('Point')), 'Out'), size('cbPoint', 'In')],
      '[out, bytes(PointSize), grow(122, 234, 111)] Point *p, [in] DWORD PointSize',
    ],
    [
      'of a SID',
      [parameter('cbSid', UINT32, 'In'), parameter('p', ref('PSID'), 'Out')],
      '[in] DWORD SidSize, [out, bytes(SidSize)] PSID p',
    ],
  ])('%s', (_what, params, expected) => {
    expect(plain(prototypeOf(importOf([fn('Call', UINT32, params)])))).toBe(
      plain(`[fails(never)] DWORD WINAPI Call(${expected})`),
    );
  });

  it.each<[string, ReturnType<typeof parameter>[], RegExp]>([
    [
      'integers beside the first and the last of them (GetCharWidth32W)',
      [size('iFirst', 'In'), size('iLast', 'In'), parameter('lpBuffer', to(native('Int32')), 'Out')],
      /^it is a pointer to numbers, and iFirst or iLast could be the count, but .* write this function by hand/,
    ],
    [
      'integers beside the length of a text (GetStringTypeW)',
      [
        parameter('lpSrcStr', list(native('Char')), 'In'),
        size('cchSrc', 'In'),
        parameter('lpChars', to(native('UInt16')), 'Out'),
      ],
      /it is a pointer to numbers, and cchSrc could be the count/,
    ],
    [
      'integers whose number follows from a name (glGetIntegerv)',
      [size('pname', 'In'), parameter('data', to(native('Int32')), 'In', 'Out')],
      /pname could be the count/,
    ],
    [
      'structs beside the width and height of their memory (ReadConsoleOutputW)',
      [parameter('lpBuffer', to(own('Point')), 'Out'), parameter('dwBufferSize', own('COORD'), 'In')],
      /it is a pointer to structs, and dwBufferSize could be the count/,
    ],
    [
      'structs beside the first and the last of them (GetCharABCWidthsW)',
      [size('wFirst', 'In'), size('wLast', 'In'), parameter('lpABC', to(own('Point')), 'Out')],
      /it is a pointer to structs, and wFirst or wLast could be the count/,
    ],
  ])('of %s is refused', (_what, params, reason) => {
    expect(importOf([fn('Call', UINT32, params)])).toMatchObject({
      kind: 'refused',
      refusals: [{ function: 'Call', reason: expect.stringMatching(reason) }],
    });
  });

  it('is none where a number stands beside a text with an end: then it says so, and notes a name of a size', () => {
    const params = [
      parameter('path', ref('PWSTR'), 'In', 'Const'),
      parameter('options', own('Options'), 'In'),
      size('nCount', 'In'),
    ];
    const result = importOf([fn('Call', UINT32, params)]);
    expect(prototypeOf(result)).toContain('[in, value] Options Options, [in, value, unreviewed] DWORD Count');
    expect(result).toMatchObject({ notes: [expect.stringMatching(/^Call: nCount: assumed not to be the size/)] });
  });
});

describe('a handle', () => {
  const open = fn('OpenThing', own('HTHING'), [], { SetLastError: true });
  const close = fn('CloseThing', BOOL, [parameter('h', own('HTHING'), 'In')], { SetLastError: true });
  const use = fn('UseThing', UINT32, [parameter('h', own('HTHING'), 'In')]);

  it('that a function opens brings the one that releases it', () => {
    const result = importOf([open, close, use], ['OpenThing', 'UseThing']);
    const { functions } = accepted(result);
    expect(result).toMatchObject({
      added: ['CloseThing'],
      definition: { types: ['[handle(CloseThing)] typedef void *HTHING;'] },
    });
    expect(functions.UseThing?.parameters[0]?.type).toBe('HTHING');
  });

  it('that is an address without a function that makes it is for a person to look at', () => {
    const params = [parameter('p', to(own('Opaque')), 'In'), parameter('hInf', to(VOID), 'In')];
    const result = importOf([fn('Call', UINT32, params)]);
    expect(plain(prototypeOf(result))).toContain('[in, value, unreviewed] opaque *p, [in, value, unreviewed] void *');
    expect(result).toMatchObject({
      notes: expect.arrayContaining([expect.stringMatching(/^Call: p: an address that the library returned/)]),
    });
  });

  it('brings the library of what frees memory', () => {
    const text = parameter('t', to(ref('PWSTR')), 'Out', { Kind: 'FreeWith', Arguments: ['FreeThing'] });
    const free = fn('FreeThing', VOID, [parameter('p', to(VOID), 'In')], { DllImport: 'other.dll' });
    const definition = accepted(importOf([fn('Call', UINT32, [text]), free], ['Call']));
    expect(definition).toMatchObject({ libraries: { other: { fileName: 'other.dll' } } });
    expect(Object.keys(definition.functions)).toEqual(['Call']);
  });

  it('that nothing opens is a number', () => {
    expect(importOf([open, close, use], ['UseThing'])).toMatchObject({
      added: [],
      definition: { types: ['typedef void *HTHING;'] },
    });
  });

  it('that a function only looks up is not released', () => {
    expect(importOf([fn('GetThing', own('HTHING')), close])).toMatchObject({
      definition: { types: ['typedef void *HTHING;'] },
    });
  });

  it('that a function only looks up is lent where another one opens such handles', () => {
    const tell = fn('GetThings', UINT32, [parameter('h', to(own('HTHING')), 'Out')]);
    const { functions, types } = accepted(
      importOf(
        [open, close, use, fn('GetThing', own('HTHING')), tell],
        ['OpenThing', 'UseThing', 'GetThing', 'GetThings'],
      ),
    );
    expect(functions.OpenThing?.returns.type).toBe('HTHING');
    expect(functions.GetThing?.returns.type).toBe('LENT_HTHING');
    expect(functions.GetThings?.parameters[0]?.type).toBe('LENT_HTHING');
    expect(types?.LENT_HTHING).toEqual({ type: { handle: 'HANDLE', release: 'CloseThing', lent: true } });
  });

  it('among what a function tells of in calls, and in a struct that is changed, is lent too', () => {
    const listing = fn('EnumThings', UINT32, [parameter('each', own('EACH_THING', 'FunctionPointer'), 'In')]);
    const change = fn('ChangeThing', UINT32, [parameter('row', to(own('THING_ROW')), 'In', 'Out')]);
    const result = importOf([open, close, listing, change], ['OpenThing', 'EnumThings', 'ChangeThing']);
    expect(accepted(result).functions.ChangeThing?.parameters[0]).toMatchObject({ direction: 'inout' });
  });
});

describe('a callback', () => {
  it('of a function that enumerates gives its rows', () => {
    const params = [
      parameter('lpEnumFunc', own('Row', 'FunctionPointer'), 'In'),
      parameter('lParam', ref('LPARAM'), 'In'),
    ];
    const result = importOf([fn('EnumThings', BOOL, params, { SetLastError: true })]);
    expect(prototypeOf(result)).toBe(
      '[fails(zero, lastError)] BOOL WINAPI EnumThings([in, collect] Row EnumFunc, [in] LPARAM LParam)',
    );
    expect(result).toMatchObject({
      definition: { types: ['typedef BOOL (CALLBACK *Row)(HWND Window, LPARAM Data);'] },
    });
  });
});

describe('the return value', () => {
  it('is an output beside a single value that is written, where the function reports failure by one number', () => {
    const high = parameter('lpHigh', to(UINT32), 'Out');
    expect(prototypeOf(importOf([fn('GetFileSize', UINT32, [high])]))).toContain('success(0), returns(Value)] DWORD');
    expect(prototypeOf(importOf([fn('Call', BOOL, [high])]))).not.toContain('returns');
  });

  const last = { SetLastError: true };
  it.each<[string, object, object, string]>([
    ['Void', VOID, {}, 'void'],
    ['a number', native('UInt64'), {}, '[fails(never)] UINT64'],
    ['BOOL', BOOL, {}, '[fails(never)] BOOL'],
    ['BOOL with GetLastError', BOOL, last, '[fails(zero, lastError)] BOOL'],
    ['a handle', ref('HANDLE'), last, '[fails(zero, lastError)] HANDLE'],
    ['HRESULT', ref('HRESULT'), {}, '[fails(negative, hresult)] HRESULT'],
    ['NTSTATUS', ref('NTSTATUS'), {}, '[fails(negative, ntstatus)] NTSTATUS'],
    ['WIN32_ERROR', ref('WIN32_ERROR'), {}, '[fails(nonzero, win32)] DWORD'],
    ['an error code', UINT32, { DllImport: 'IPHLPAPI.dll' }, '[fails(nonzero, win32)] DWORD'],
    ['a socket', own('SOCKET'), {}, '[fails(minusOne, lastError)] SOCKET'],
    ['text', ref('PWSTR'), {}, '[fails(never)] PCWSTR'],
    ['an enum', own('Colour'), {}, '[fails(never)] Colour'],
    ['a pointer to a struct', to(own('Point')), last, '[fails(zero, lastError)] Point *'],
    ['any other pointer', to(UINT32), {}, '[fails(never)] void *'],
  ])('%s', (_name, returned, more, expected) => {
    expect(prototypeOf(importOf([fn('Call', returned, [], more)]))).toBe(`${expected} WINAPI Call()`);
  });

  it.each([
    ['a struct', own('Point'), /struct by value/],
    ['COM', to(own('IThing', 'Com')), /^the return value.*COM/],
  ])('%s is refused', (_name, returned, reason) => {
    expect(importOf([fn('Call', returned)])).toMatchObject({
      kind: 'refused',
      refusals: [{ reason: expect.stringMatching(reason) }],
    });
  });

  it('is marked where nobody compared it with the page of the function', () => {
    const functions = [
      fn('CloseHandle', BOOL, [parameter('hObject', ref('HWND'), 'In')], last),
      fn('Call', BOOL, [], last),
    ];
    expect(importOf(functions)).toMatchObject({
      definition: {
        functions: [
          {
            prototype: expect.stringMatching(/^\[fails\(zero, lastError\)\] BOOL WINAPI CloseHandle/),
            documentation: 'https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-closehandle',
          },
          '[fails(zero, lastError), unreviewed] BOOL WINAPI Call()',
        ],
      },
    });
  });

  it('is INVALID_HANDLE_VALUE for the functions that have it, and an answer for those that ask', () => {
    const functions = [fn('CreateFileW', ref('HWND'), [], last), fn('IsThing', BOOL, [], last)];
    const definition = accepted(importOf(functions));
    expect(definition.functions.CreateFileW?.returns.failure).toBe('lastErrorIfInvalidHandle');
    expect(definition.functions.IsThing?.returns).toMatchObject({
      type: 'BOOL',
      failure: 'none',
      resultName: 'Value',
    });
  });
});

describe('a definition', () => {
  it('has the types that its functions use, and no other', () => {
    const params = [parameter('a', to(own('Point')), 'Out'), parameter('b', to(own('Outer')), 'Out')];
    const result = importOf([fn('Call', UINT32, params), fn('Other', own('Colour'))], ['Call']);
    expect(Object.keys(accepted(result).types ?? {})).toEqual(['Point', 'Outer']);
  });

  it('writes the values of an enum as its base holds them', () => {
    const definition = accepted(importOf([fn('Call', own('Colour'))]));
    expect(definition.types).toEqual({ Colour: { type: { enum: { Red: 1, Blue: 4294967295 }, base: 'DWORD' } } });
  });

  it('asks before it changes something, and becomes a module', () => {
    const params = [parameter('Id', ref('HWND'), 'In'), parameter('Point', to(own('Point')), 'Out')];
    const definition = accepted(importOf([fn('DeleteThingW', BOOL, params, { SetLastError: true })]));
    expect(definition).toMatchObject({
      name: 'SampleFunctions',
      library: { fileName: 'SAMPLE.dll', location: 'system' },
      functions: { DeleteThingW: { callingConvention: 'stdcall', changesState: true } },
      errors: [],
      cmdlets: [{ name: 'Remove-Thing', shouldProcess: { target: expect.any(String) }, output: { kind: 'value' } }],
    });
    expect(generateModule(expandDefinition(definition)).size).toBeGreaterThan(3);
  });

  it('has a library for each DLL, and all the functions or none', () => {
    const functions = [fn('One', UINT32), fn('Two', UINT32, [], { DllImport: 'other.dll' })];
    const definition = accepted(importOf(functions));
    expect(definition).toMatchObject({
      library: { fileName: 'SAMPLE.dll' },
      libraries: { other: { fileName: 'other.dll', location: 'system' } },
      functions: { Two: { library: 'other' } },
    });
    const apiSet = fn('One', UINT32, [], { DllImport: 'api-ms-win-core-x-l1-1-0.dll' });
    expect(accepted(importOf([apiSet])).library.fileName).toBe('api-ms-win-core-x-l1-1-0.dll');
    expect(importOf([fn('One', UINT32, [], { Architectures: ['X86'] })])).toMatchObject({ kind: 'refused' });
    expect(accepted(importOf([fn('One', UINT32, [], { DllImport: 'PLAIN' })])).library.fileName).toBe('PLAIN.dll');
  });

  it('tells functions of one name apart', () => {
    const { cmdlets } = accepted(importOf([fn('GetThingA', UINT32), fn('GetThingW', UINT32)]));
    expect(cmdlets.map((one) => one.name)).toEqual(['Get-ThingAnsi', 'Get-Thing']);
  });

  it.each([
    ['SelectObject', 'Select-GdiObject'],
    ['CreateService', 'New-Win32Service'],
    ['TerminateProcess', 'Stop-Win32Process'],
    ['Command', 'Send-Command'],
    ['TestSampleFunctionsModule', 'Test-Win32SampleFunctionsModule'],
  ])('does not take the name of a command that is there: %s becomes %s', (name, cmdlet) => {
    expect(accepted(importOf([fn(name, UINT32)])).cmdlets.map((one) => one.name)).toEqual([cmdlet]);
  });

  it('names near functions for one that is not there', () => {
    const functions = [fn('GetThingA', UINT32), fn('GetThingW', UINT32), fn('Unrelated', UINT32)];
    expect(importOf(functions, ['getthing'])).toMatchObject({
      kind: 'unknown',
      names: [{ name: 'getthing', near: ['GetThingA', 'GetThingW'] }],
    });
  });

  it('notes that a port has an unknown byte order', () => {
    const result = importOf([fn('Call', UINT32, [parameter('StartPort', native('UInt16'), 'In')])]);
    expect(result).toMatchObject({
      notes: [expect.stringMatching(/^Call: StartPort: the metadata does not give its byte order/)],
    });
  });

  it.each([
    ['CreatePersistentUdpPortReservation', 'New-PersistentUdpPortReservation'],
    ['LookupPersistentTcpPortReservation', 'Get-PersistentTcpPortReservation'],
    ['IsValidThing', 'Test-ValidThing'],
    ['Sleep', 'Start-Win32Sleep'],
    ['if_nametoindex', 'Convert-InterfaceNameToIndex'],
  ])('%s becomes %s', (name, cmdlet) => {
    expect(cmdletName(name)).toBe(cmdlet);
  });
});

const documents = readDocuments();

describe.skipIf(documents.size === 0)('the metadata of Windows', () => {
  const imported = (api: string, ...functions: string[]) =>
    importWin32({ documents, functions: functions.map((name) => ({ api, name })) });

  it('has the six port reservation functions as the built-in definition binds them', async () => {
    const builtIn = await loadDefinition('PersistentPortReservation');
    const names = Object.keys(builtIn.functions);
    expect(names).toHaveLength(6);
    const result = imported('NetworkManagement.IpHelper', ...names);
    const definition = expandDefinition(accepted(result));
    for (const name of names) {
      const [one, other] = [definition.functions[name], builtIn.functions[name]];
      expect(one?.parameters.map(({ name: each, direction }) => [each, direction])).toEqual(
        other?.parameters.map(({ name: each, direction }) => [each, direction]),
      );
      expect(one?.returns.failure).toEqual(other?.returns.failure);
    }
    expect(definition.library.fileName?.toLowerCase()).toBe(builtIn.library.fileName?.toLowerCase());
    expect(result).toMatchObject({
      notes: expect.arrayContaining([expect.stringMatching(/StartPort: the metadata does not give its byte order/)]),
    });
  });

  it.each<[string, string, string]>([
    [
      'System.Registry',
      'RegQueryValueExW',
      '[fails(nonzero, win32)] DWORD WINAPI RegQueryValueExW([in] HKEY hKey, [in, optional] PCWSTR lpValueName, [reserved] void *lpReserved, ' +
        '[out, value] REG_VALUE_TYPE *lpType, [out, bytes(DataSize), grow(234)] BYTE *lpData, [in, out] DWORD *DataSize)',
    ],
    [
      'System.WindowsProgramming',
      'GetComputerNameW',
      '[fails(zero, lastError)] BOOL WINAPI GetComputerNameW([out, count(nSize), grow(122, 234, 111)] WCHAR *lpBuffer, [in, out] DWORD *nSize)',
    ],
    [
      'Storage.FileSystem',
      'GetVolumeInformationW',
      '[fails(zero, lastError)] BOOL WINAPI GetVolumeInformationW([in, optional] PCWSTR RootPathName, [out, count(VolumeNameSize), grow(122, 234, 111)] WCHAR *VolumeNameBuffer, ' +
        '[in] DWORD VolumeNameSize, [out, value] DWORD *VolumeSerialNumber, [out, value] DWORD *MaximumComponentLength, [out, value] DWORD *FileSystemFlags, ' +
        '[out, count(FileSystemNameSize), grow(122, 234, 111)] WCHAR *FileSystemNameBuffer, [in] DWORD FileSystemNameSize)',
    ],
    [
      'UI.WindowsAndMessaging',
      'EnumWindows',
      '[fails(zero, lastError)] BOOL WINAPI EnumWindows([in, collect] WNDENUMPROC EnumFunc, [in] LPARAM LParam)',
    ],
  ])('%s %s', (api, name, expected) => {
    expect(plain(prototypeOf(imported(api, name)))).toBe(plain(expected));
  });

  it.each<[string, string, ...string[]]>([
    ['System.Registry', 'RegEnumKeyExW', '[fails(nonzero, win32)] DWORD', '[in, index(259)] DWORD Index,'],
    ['System.Registry', 'RegEnumValueW', '[in, index(259)] DWORD Index,'],
    ['System.Time', 'EnumDynamicTimeZoneInformation', '[in, index(259)] DWORD Index,'],
    [
      'Storage.FileSystem',
      'NetShareEnum',
      '[fails(nonzero, win32)] DWORD',
      '[in, value, constant(1)] DWORD Level, [out, allocated(NetApiBufferFree), count(EntriesRead)] SHARE_INFO_1 **Buffer, ' +
        '[in, value, constant(4294967295)] DWORD PreferredMaxLength, [out] DWORD *EntriesRead,',
      '[in, out, value, resume(234)] DWORD *ResumeHandle)',
    ],
    ['Storage.FileSystem', 'NetSessionEnum', 'SESSION_INFO_10 **Buffer', 'resume(234)'],
    ['NetworkManagement.NetManagement', 'NetLocalGroupGetMembers', 'LOCALGROUP_MEMBERS_INFO_2 **', 'resume(234)'],
    [
      'NetworkManagement.NetManagement',
      'NetLocalGroupAddMembers',
      '[in, count(TotalEntries)] const LOCALGROUP_MEMBERS_INFO_3 *Buffer, [in] DWORD TotalEntries)',
    ],
    ['NetworkManagement.NetManagement', 'NetGetDCName', '[out, allocated(NetApiBufferFree)] PWSTR *Buffer'],
    ['Storage.FileSystem', 'CreateFileW', '[in, optional] KERNEL_HANDLE TemplateFile'],
    ['System.Threading', 'SetThreadToken', '[in, optional, value] const HANDLE *Thread'],
    ['System.Threading', 'GetCurrentProcess', '[fails(never)] HANDLE'],
    ['Security', 'GetTokenInformation', '[out, bytes(TokenInformationLength), written(ReturnLength), grow(122)]'],
    ['Networking.WinSock', 'WSAIoctl', 'written(BytesReturned)'],
    ['NetworkManagement.IpHelper', 'GetBestInterfaceEx', '[in] const SOCKADDR_INET *DestAddr'],
    // The data of a call whose memory was too small would be lost in the next call.
    ['Storage.FileSystem', 'ReadFile', 'success(234)', 'grow(122, 111)'],
  ])('%s %s', (api, name, ...expected) => {
    const text = prototypeOf(imported(api, name));
    for (const one of expected) expect(text).toContain(one);
  });

  it.each([
    ['getservbyname', 'SHORT s_port; PSTR s_proto;'],
    ['WSAStartup', 'CHAR szSystemStatus[129]; USHORT iMaxSockets;'],
  ])('has a struct of %s as in 64-bit and in 32-bit Windows', (name, in32Bit) => {
    const text = JSON.stringify(imported('Networking.WinSock', name));
    expect(text.split('#ifdef _WIN64')).toHaveLength(2);
    expect(text.slice(text.indexOf('#else'))).toContain(in32Bit);
    expect(JSON.stringify(imported('Networking.WinSock', 'gethostname'))).not.toContain('_WIN64');
  });

  it('knows the handles that stand for the calling process and thread, and lets handles in structs be NULL', () => {
    const text = JSON.stringify(imported('System.Threading', 'OpenProcess', 'CreateProcessW'));
    expect(text).toContain('known(CurrentProcess, -1), known(CurrentThread, -2)] typedef void *KERNEL_HANDLE;');
    expect(text).toContain('[optional] KERNEL_HANDLE hStdInput;');
  });

  it.each([
    ['NetworkManagement.IpHelper', 'NotifyAddrChange', /^it is an OVERLAPPED that must not be NULL/],
    ['Storage.FileSystem', 'CreateTransaction', /^it is a SECURITY_ATTRIBUTES that must not be NULL/],
    [
      'System.SystemInformation',
      'GetSystemInfo',
      /PROCESSOR_ARCHITECTURE is in System.Diagnostics.Debug, which was not found$/,
    ],
  ])('says why %s %s is not imported', (api, name, reason) => {
    expect(imported(api, name)).toMatchObject({ refusals: [{ reason: expect.stringMatching(reason) }] });
  });

  it('knows how many elements there are where metadata has one, and that a fd_set can say more than it has', () => {
    const array = (api: string, name: string) => prototypeOf(imported(api, name));
    expect(array('Networking.WinSock', 'WSAPoll')).toContain(
      '[in, out, count(SocketCount)] WSAPOLLFD *Sockets, [in] DWORD SocketCount',
    );
    expect(array('Networking.WinSock', 'WSCWriteProviderOrder')).toContain(
      '[in, count(NumberOfEntries)] const DWORD *',
    );
    expect(array('Globalization', 'GetStringTypeW')).toContain('[out, count(SrcLength)] USHORT *CharType');
    expect(imported('NetworkManagement.IpHelper', 'PfRemoveFilterHandles')).toMatchObject({ kind: 'refused' });
    expect(imported('Networking.WinSock', 'select')).toMatchObject({
      refusals: [{ reason: expect.stringMatching(/^fd_count of its fd_set could be more than the 64 sockets/) }],
    });
  });

  it('polls sockets, and lends what is no handle of the caller, where other functions open and close such handles', () => {
    accepted(imported('Networking.WinSock', 'socket', 'WSAPoll'));
    const { functions } = accepted(imported('System.Console', 'CreatePseudoConsole', 'GetStdHandle'));
    expect(functions.GetStdHandle?.returns.type).toBe('HANDLE');
  });

  it('frees what a function makes, as its page says, and knows the structs of levels that are set', () => {
    const makes = (api: string, name: string) => prototypeOf(imported(api, name));
    expect(makes('NetworkManagement.IpHelper', 'GetIfTable2')).toContain('allocated(FreeMibTable)] MIB_IF_TABLE2 **');
    expect(makes('Networking.WinSock', 'GetAddrInfoW')).toContain('allocated(FreeAddrInfoW)] ADDRINFOW **');
    expect(makes('NetworkManagement.NetManagement', 'NetUseEnum')).toContain('count(EntriesRead)] USE_INFO_1 **');
    expect(makes('NetworkManagement.NetManagement', 'NetUseAdd')).toContain('[in] const USE_INFO_1 *Buffer');
    expect(makes('NetworkManagement.NetManagement', 'NetUserSetInfo')).toContain('constant(1008)] DWORD Level');
    expect(imported('System.Power', 'PowerGetActiveScheme')).toMatchObject({
      definition: { libraries: { kernel32: 'KERNEL32.dll' } },
    });
  });

  it('says which level was taken', () => {
    expect(imported('Storage.FileSystem', 'NetFileEnum')).toMatchObject({
      notes: expect.arrayContaining([
        'NetFileEnum: level: always 3, for FILE_INFO_3; another level has another struct',
      ]),
    });
  });

  it('gives the command line of a new process', () => {
    expect(prototypeOf(imported('System.Threading', 'CreateProcessW'))).toContain('[in, optional] PCWSTR CommandLine');
  });

  it('is accepted without mistakes, or refused with a reason, function by function', () => {
    let total = 0;
    let taken = 0;
    const wrong: unknown[] = [];
    for (const [api, document] of documents) {
      const names = [...new Set(document.Functions.map((one) => one.Name))];
      for (const name of names.filter((_, index) => index % 20 === 0)) {
        total += 1;
        const result = imported(api, name);
        if (result.kind === 'definition') taken += 1;
        else if (result.kind === 'unknown' || result.refusals.length === 0) wrong.push(result);
      }
    }
    expect(wrong).toEqual([]);
    expect(taken / total).toBeGreaterThan(0.88);
  });
});

/** The names of parameters are another matter (`names.test.ts`). */
const plain = (text: string) => text.replaceAll(/\b(lpcb|lp|dw|n|h)(?=[A-Z])/g, '').toLowerCase();
