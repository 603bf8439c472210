import { describe, expect, it } from 'vitest';
import { expandDefinition } from '../../src/definition/expand.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { DefinitionSource } from '../../src/definition/types.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { cmdletName } from '../../src/import/cmdlets.js';
import { isMetadataDocument, type MetadataDocuments } from '../../src/import/metadata.js';
import { type ImportResult, importWin32 } from '../../src/import/win32.js';
import { resolveFunction } from '../../src/model/model.js';
import { planBinding } from '../../src/native/binding.js';
import { readDocuments } from '../support/win32json.js';

const GUID = '0f4c7d0e-6b0e-4b44-9b7a-0c0f3c5f9a11';

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
const list = (Child: unknown, CountConst = -1) => ({
  Kind: 'LPArray',
  NullNullTerm: false,
  CountConst,
  CountParamIndex: CountConst < 0 ? 1 : -1,
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
  type('Either', 'Union', { PackingSize: 0, Fields: [], NestedTypes: [] }),
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
  return importWin32({ documents: documentsOf(functions), api: 'Sample', functions: names, guid: GUID });
}

/** The definition; it has no mistakes, can be bound, and becomes a module. */
function accepted(result: ImportResult): DefinitionSource {
  if (result.kind !== 'definition') throw new Error(JSON.stringify(result));
  expect(validateDefinitionText(JSON.stringify(result.definition)).mistakes).toEqual([]);
  const definition = expandDefinition(result.definition);
  for (const one of Object.values(definition.functions)) planBinding(resolveFunction(one, definition));
  return result.definition;
}

const UINT32 = native('UInt32');
const VOID = native('Void');
const BOOL = ref('BOOL');

describe('a parameter', () => {
  it.each<[string, ReturnType<typeof parameter>, object]>([
    ['a number', parameter('n', UINT32, 'In'), { type: 'ULONG', direction: 'in' }],
    ['a Boolean', parameter('b', BOOL, 'In'), { type: 'BOOL', direction: 'in' }],
    ['a handle', parameter('h', ref('HWND'), 'In'), { type: 'HANDLE', direction: 'in' }],
    ['a socket', parameter('s', own('SOCKET'), 'In'), { type: 'HANDLE', direction: 'in' }],
    ['a pointer-sized number', parameter('l', ref('LPARAM'), 'In'), { type: 'LONG_PTR', direction: 'in' }],
    ['wide text', parameter('t', ref('PWSTR'), 'In', 'Const'), { type: 'LPCWSTR', direction: 'in' }],
    ['narrow text', parameter('t', ref('PSTR'), 'In', 'Const'), { type: 'LPCSTR', direction: 'in' }],
    ['an enum', parameter('c', own('Colour'), 'In'), { type: 'Colour', direction: 'in' }],
    ['flags', parameter('c', own('Options'), 'In'), { type: 'ULONG', direction: 'in' }],
    ['an output', parameter('o', to(native('UInt64')), 'Out'), { type: 'ULONG64', direction: 'out' }],
    ['both', parameter('o', to(UINT32), 'In', 'Out'), { type: 'ULONG', direction: 'inout' }],
    ['a handle that is written', parameter('o', to(ref('HANDLE')), 'Out'), { type: 'HANDLE', direction: 'out' }],
    ['a struct by value', parameter('p', own('Point'), 'In'), { type: 'Point', direction: 'in' }],
    ['a struct by pointer', parameter('p', to(own('Point')), 'In'), { type: 'Point', direction: 'inout' }],
    ['a struct that is written', parameter('p', to(own('Point')), 'Out'), { type: 'Point', direction: 'out' }],
    ['a struct with its size', parameter('p', to(own('Sized')), 'Out'), { type: 'Sized', direction: 'inout' }],
    ['an array', parameter('a', list(UINT32, 4), 'Out'), { type: { array: 'ULONG', length: 4 }, direction: 'out' }],
    [
      'text of fixed capacity',
      parameter('a', list(native('Char'), 260), 'Out'),
      { type: { string: 'utf16', capacity: 260 }, direction: 'out' },
    ],
    ['a reserved number', parameter('r', UINT32, 'Reserved'), { type: 'ULONG', direction: 'in', constant: 0 }],
    ['a reserved pointer', parameter('r', to(VOID), 'Reserved'), { type: 'PVOID', direction: 'in', constant: 0 }],
    [
      'an optional callback',
      parameter('c', own('Callback', 'FunctionPointer'), 'In', 'Optional'),
      { type: 'PVOID', direction: 'in', constant: 0 },
    ],
    [
      'optional security attributes',
      parameter('c', to(own('SECURITY_ATTRIBUTES')), 'In', 'Optional'),
      { type: 'PVOID', direction: 'in', constant: 0 },
    ],
  ])('%s', (_name, given, expected) => {
    const definition = accepted(importOf([fn('Call', UINT32, [given])]));
    expect(definition.functions.Call?.parameters).toMatchObject([{ name: given.Name, ...expected }]);
  });

  it.each<[string, ReturnType<typeof parameter>, RegExp]>([
    ['a pointer to a pointer', parameter('p', to(to(VOID)), 'Out'), /^it is a pointer to a pointer$/],
    ['a callback', parameter('p', own('Callback', 'FunctionPointer'), 'In'), /callback/],
    ['COM', parameter('p', own('IThing', 'Com'), 'In'), /COM/],
    ['a union', parameter('p', to(own('Either')), 'In'), /union Either/],
    ['memory', parameter('p', to(VOID), 'Out'), /memory of unknown size/],
    ['bytes', parameter('p', to(native('Byte')), 'Out'), /unknown number/],
    ['a sized buffer', parameter('p', to(UINT32), 'Out', { Kind: 'MemorySize', BytesParamIndex: 1 }), /buffer/],
    ['a counted array', parameter('p', list(UINT32), 'In'), /variable length/],
    ['a counted string', parameter('p', list(native('Char')), 'Out', 'Optional'), /capacity that another parameter/],
    ['a written string', parameter('p', ref('PWSTR'), 'Out'), /unknown capacity/],
    ['text with no end', parameter('p', ref('PWSTR'), 'In', 'NotNullTerminated'), /without a terminator/],
    ['a list of strings', parameter('p', ref('PWSTR'), 'In', 'NullNullTerminated'), /list of strings/],
    ['BSTR', parameter('p', ref('BSTR'), 'In'), /BSTR/],
    ['a flexible struct', parameter('p', to(own('Flexible')), 'Out'), /Items of Flexible is an array of variable/],
    ['a packed struct', parameter('p', to(own('Packed')), 'Out'), /packed/],
    ['a linked struct', parameter('p', to(own('Linked')), 'Out'), /field Next of Linked.*pointer/],
    ['a struct in itself', parameter('p', to(own('Endless')), 'Out'), /holds itself/],
    ['an opaque struct', parameter('p', to(own('Opaque')), 'In'), /opaque/],
    ['a struct with a callback', parameter('p', to(own('WithCallback')), 'In'), /field Call of WithCallback.*callback/],
    ['an unknown type', parameter('p', own('Nowhere'), 'In'), /Nowhere is not described in Sample$/],
    ['a file that is not there', parameter('p', ref('Thing', 'Other'), 'In'), /is in Other, which is not there/],
  ])('%s is refused', (_name, given, reason) => {
    expect(importOf([fn('Call', UINT32, [given])])).toMatchObject({
      kind: 'refused',
      refusals: [{ function: 'Call', parameter: 'p', reason: expect.stringMatching(reason) }],
    });
  });

  it('has a name that PowerShell leaves to it', () => {
    const params = ['Host', 'host_', '_in', 'Verbose', 'type', 'Type'].map((name) => parameter(name, UINT32, 'In'));
    const definition = accepted(importOf([fn('Call', UINT32, params)]));
    const names = definition.functions.Call?.parameters.map((one) => one.name);
    expect(names).toEqual(['HostValue', 'host2', 'in', 'VerboseValue', 'type', 'Type2']);
  });
});

describe('a size that metadata does not tell', () => {
  const INT = native('Int32');
  const named = (name: string, ...attributes: string[]) => parameter(name, UINT32, ...attributes);

  it.each<[string, ReturnType<typeof parameter>[], string, RegExp]>([
    [
      'a pointer to integers beside numbers (GetCharWidth32W)',
      [
        parameter('hdc', ref('HANDLE'), 'In'),
        named('iFirst', 'In'),
        named('iLast', 'In'),
        parameter('lpBuffer', to(INT), 'Out'),
      ],
      'lpBuffer',
      /^it is a pointer to numbers, and iFirst or iLast could tell how many; .* write this function by hand/,
    ],
    [
      'one whose number follows from a name (glGetIntegerv)',
      [named('pname', 'In'), parameter('data', to(INT), 'In', 'Out')],
      'data',
      /pname could tell how many/,
    ],
    [
      'a pointer to floats',
      [named('count', 'In'), parameter('v', to(native('Single')), 'Out')],
      'v',
      /count could tell how many/,
    ],
    [
      'a pointer to structs (GetCharABCWidthsW)',
      [named('wFirst', 'In'), parameter('lpABC', to(own('Point')), 'Out')],
      'wFirst',
      /could be the size of lpABC/,
    ],
    [
      'the length of a text (crc32)',
      [parameter('buf', ref('PSTR'), 'In', 'Const'), named('len', 'In')],
      'len',
      /could be the size of buf/,
    ],
    [
      'the capacity of a buffer of fixed length',
      [parameter('Text', list(native('Char'), 260), 'Out'), named('cchText', 'In')],
      'cchText',
      /could be the size of Text/,
    ],
  ])('%s is refused', (_name, params, refused, reason) => {
    expect(importOf([fn('Call', UINT32, params)])).toMatchObject({
      kind: 'refused',
      refusals: expect.arrayContaining([
        { function: 'Call', parameter: refused, reason: expect.stringMatching(reason) },
      ]),
    });
  });

  it('is none where the number has a type of its own, or stands beside a text with an end: then it says so, and notes the guess', () => {
    const params = [
      parameter('path', ref('PWSTR'), 'In', 'Const'),
      parameter('access', own('Options'), 'In'),
      named('mode', 'In'),
    ];
    const result = importOf([fn('Call', UINT32, params)]);
    expect(accepted(result).functions.Call?.parameters).toMatchObject([
      { name: 'path' },
      { isSize: false },
      { isSize: false, reviewed: false },
    ]);
    expect(result).toMatchObject({ notes: [expect.stringMatching(/^Call: mode: taken for no size of path/)] });
  });

  it('is none beside handles, and none where there is no memory', () => {
    const params = [parameter('h', to(ref('HANDLE')), 'Out'), named('n', 'In')];
    const definition = accepted(importOf([fn('Call', UINT32, params), fn('Other', UINT32, [named('nLength', 'In')])]));
    expect(JSON.stringify(definition)).not.toContain('isSize');
  });

  it('is the size of the struct itself in its first field, and can be nothing else', () => {
    const definition = accepted(importOf([fn('Call', UINT32, [parameter('p', to(own('Sized')), 'Out')])]));
    expect(definition.types?.Sized?.type).toMatchObject({
      struct: [{ name: 'cbSize', type: 'ULONG', minimum: 36, maximum: 36 }, { name: 'Name' }],
    });
  });
});

describe('the return value', () => {
  const last = { SetLastError: true };
  it.each<[string, object, object, object]>([
    ['Void', VOID, {}, { type: 'ULONG', failure: 'none' }],
    ['a number', native('UInt64'), {}, { type: 'ULONG64', failure: 'none', reviewed: false, resultName: 'Result' }],
    ['BOOL', BOOL, {}, { type: 'BOOL', failure: 'none', reviewed: false, resultName: 'Result' }],
    ['BOOL with GetLastError', BOOL, last, { type: 'BOOL', failure: 'lastErrorIfZero', reviewed: false }],
    [
      'a handle',
      ref('HANDLE'),
      last,
      { type: 'HANDLE', failure: 'lastErrorIfZero', reviewed: false, resultName: 'Result' },
    ],
    ['HRESULT', ref('HRESULT'), {}, { type: 'HRESULT', failure: 'hresult', reviewed: false }],
    ['NTSTATUS', ref('NTSTATUS'), {}, { type: 'NTSTATUS', failure: 'ntstatus', reviewed: false }],
    ['WIN32_ERROR', ref('WIN32_ERROR'), {}, { type: 'ULONG', failure: 'win32', reviewed: false }],
    ['an error code', UINT32, { DllImport: 'IPHLPAPI.dll' }, { type: 'ULONG', failure: 'win32', reviewed: false }],
    [
      'a socket',
      own('SOCKET'),
      {},
      { type: 'HANDLE', failure: 'lastErrorIfInvalidHandle', reviewed: false, resultName: 'Result' },
    ],
    ['text', ref('PWSTR'), {}, { type: 'LPCWSTR', failure: 'none', reviewed: false, resultName: 'Result' }],
    ['an enum', own('Colour'), {}, { type: 'Colour', failure: 'none', reviewed: false, resultName: 'Result' }],
  ])('%s', (_name, returned, more, expected) => {
    expect(accepted(importOf([fn('Call', returned, [], more)])).functions.Call?.returns).toEqual(expected);
  });

  it.each([
    ['a struct', own('Point')],
    ['a pointer', to(own('Point'))],
  ])('%s is refused', (_name, returned) => {
    const reason = expect.stringMatching(/^the return value/);
    expect(importOf([fn('Call', returned)])).toMatchObject({ kind: 'refused', refusals: [{ reason }] });
  });

  it('is INVALID_HANDLE_VALUE for the functions that have it, and an answer for those that ask', () => {
    const functions = [fn('CreateFileW', ref('HANDLE'), [], last), fn('IsThing', BOOL, [], last)];
    const definition = accepted(importOf(functions));
    expect(definition.functions.CreateFileW?.returns.failure).toBe('lastErrorIfInvalidHandle');
    expect(definition.functions.IsThing?.returns).toMatchObject({
      type: 'BOOL',
      failure: 'none',
      resultName: 'Result',
    });
  });

  it('has another name than the parameters', () => {
    const definition = accepted(importOf([fn('Call', UINT32, [parameter('result', UINT32, 'In')])]));
    expect(definition.functions.Call?.returns.resultName).toBe('ReturnValue');
  });
});

describe('a definition', () => {
  it('has the types that its functions use, and no other', () => {
    const params = [parameter('a', to(own('Point')), 'Out'), parameter('b', to(own('Outer')), 'Out')];
    expect(accepted(importOf([fn('Call', UINT32, params), fn('Other', own('Colour'))], ['Call'])).types).toEqual({
      Point: {
        type: {
          struct: [
            { name: 'X', type: 'INT' },
            { name: 'At', type: 'FILETIME' },
          ],
        },
      },
      Outer: { type: { struct: [{ name: 'Inner', type: { struct: [{ name: 'Value', type: 'ULONG64' }] } }] } },
    });
  });

  it('writes the values of an enum as its base holds them', () => {
    const definition = accepted(importOf([fn('Call', own('Colour'))]));
    expect(definition.types).toEqual({ Colour: { type: { enum: { Red: 1, Blue: 4294967295 }, base: 'ULONG' } } });
  });

  it('asks before it calls, and becomes a module', () => {
    const params = [parameter('Id', ref('HWND'), 'In'), parameter('Point', to(own('Point')), 'Out')];
    const definition = accepted(importOf([fn('DeleteThingW', BOOL, params, { SetLastError: true })]));
    expect(definition).toMatchObject({
      name: 'SampleFunctions',
      module: { guid: GUID },
      library: { fileName: 'SAMPLE.dll', location: 'system' },
      functions: { DeleteThingW: { callingConvention: 'stdcall', changesState: true } },
      errors: [],
      cmdlets: [{ name: 'Remove-Thing', shouldProcess: { target: 'Id {Id}' }, output: { kind: 'object' } }],
    });
    expect(generateModule(expandDefinition(definition)).size).toBeGreaterThan(3);
  });

  it('has one library, a DLL of the system directory, and all the functions or none', () => {
    const functions = [fn('One', UINT32), fn('Two', UINT32, [], { DllImport: 'other.dll' })];
    expect(importOf(functions)).toMatchObject({
      kind: 'refused',
      refusals: [{ function: 'Two', reason: expect.stringMatching(/it is in other\.dll, but One is in SAMPLE\.dll/) }],
    });
    const apiSet = fn('One', UINT32, [], { DllImport: 'api-ms-win-core-x-l1-1-0.dll' });
    expect(importOf([apiSet])).toMatchObject({
      kind: 'refused',
      refusals: [{ reason: expect.stringContaining('API set') }],
    });
    expect(importOf([fn('One', UINT32, [], { Architectures: ['X86'] })])).toMatchObject({ kind: 'refused' });
    expect(accepted(importOf([fn('One', UINT32, [], { DllImport: 'PLAIN' })])).library.fileName).toBe('PLAIN.dll');
  });

  it('gives functions of one cmdlet name the whole name', () => {
    const { cmdlets } = accepted(importOf([fn('GetThingA', UINT32), fn('GetThingW', UINT32)]));
    expect(cmdlets.map((one) => one.name)).toEqual(['Invoke-GetThingA', 'Invoke-GetThingW']);
  });

  it.each([
    ['SelectObject', 'Invoke-SelectObject'],
    ['CreateService', 'Invoke-CreateService'],
    ['TerminateProcess', 'Invoke-TerminateProcess'],
    ['Command', 'Invoke-CommandFunction'],
    ['TestSampleFunctionsModule', 'Invoke-TestSampleFunctionsModule'],
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
    expect(result).toMatchObject({ notes: [expect.stringMatching(/^Call: StartPort: its byte order/)] });
  });

  it.each([
    ['CreatePersistentUdpPortReservation', 'New-PersistentUdpPortReservation'],
    ['LookupPersistentTcpPortReservation', 'Get-PersistentTcpPortReservation'],
    ['IsValidThing', 'Test-ValidThing'],
    ['Sleep', 'Invoke-Sleep'],
    ['if_nametoindex', 'Invoke-IfNametoindex'],
  ])('%s becomes %s', (name, cmdlet) => {
    expect(cmdletName(name)).toBe(cmdlet);
  });
});

const documents = readDocuments();

describe.skipIf(documents.size === 0)('the metadata of Windows', () => {
  const imported = (api: string, ...functions: string[]) => importWin32({ documents, api, functions, guid: GUID });

  it('has the six port reservation functions as the built-in definition binds them', async () => {
    const builtIn = await loadDefinition('PersistentPortReservation');
    const names = Object.keys(builtIn.functions);
    expect(names).toHaveLength(6);
    const result = imported('NetworkManagement.IpHelper', ...names);
    const definition = expandDefinition(accepted(result));
    const plain = (fn: (typeof definition.functions)[string] | undefined) => ({
      ...fn?.returns,
      convention: fn?.callingConvention,
      parameters: fn?.parameters.map(({ name, direction, type: own }) => {
        const named = typeof own === 'string' ? builtIn.types[own]?.type : undefined;
        return { name, direction, type: named ?? own };
      }),
    });
    for (const name of names) expect(plain(definition.functions[name])).toEqual(plain(builtIn.functions[name]));
    expect(definition.library.fileName?.toLowerCase()).toBe(builtIn.library.fileName?.toLowerCase());
    expect(result).toMatchObject({
      notes: expect.arrayContaining([expect.stringMatching(/StartPort: its byte order/)]),
    });
  });

  it.each<[string, string, boolean]>([
    ['System.SystemInformation', 'GetTickCount64', true],
    ['System.SystemInformation', 'GetSystemTime', true],
    ['System.SystemInformation', 'GlobalMemoryStatusEx', true],
    ['System.SystemInformation', 'GetSystemDirectoryW', false],
    ['System.SystemInformation', 'GetSystemInfo', false],
    ['System.WindowsProgramming', 'GetComputerNameW', false],
    ['System.Threading', 'WaitForSingleObject', true],
    ['System.Threading', 'CreateEventW', true],
    ['System.Threading', 'CreateThread', false],
    ['Storage.FileSystem', 'CreateFileW', true],
    ['Storage.FileSystem', 'ReadFile', false],
  ])('%s %s: %s', (api, name, isAccepted) => {
    const result = imported(api, name);
    if (isAccepted) accepted(result);
    else
      expect(result).toMatchObject({
        kind: 'refused',
        refusals: expect.arrayContaining([
          { function: name, parameter: expect.any(String), reason: expect.any(String) },
        ]),
      });
  });

  it('is accepted without mistakes, or refused with a reason, function by function', () => {
    let total = 0;
    let taken = 0;
    const wrong: unknown[] = [];
    for (const [api, document] of documents) {
      for (const name of new Set(document.Functions.map((one) => one.Name))) {
        total += 1;
        const result = imported(api, name);
        if (result.kind === 'definition') {
          taken += 1;
          const { mistakes } = validateDefinitionText(JSON.stringify(result.definition));
          if (mistakes.length > 0) wrong.push({ name, mistakes });
        } else if (result.kind === 'unknown' || result.refusals.length === 0) wrong.push(result);
      }
    }
    expect(wrong).toEqual([]);
    expect(taken / total).toBeGreaterThan(0.34);
  });
});
