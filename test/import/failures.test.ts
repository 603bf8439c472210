/** The reviewed failure rules, and the guesses for functions that were not reviewed. */
import { describe, expect, it } from 'vitest';
import { failureRule } from '../../src/definition/failure-rules.js';
import type { TypeExpression } from '../../src/definition/types.js';
import { failureRuleOf } from '../../src/import/failures/failure-rule-of.js';
import { namesOf, REVIEWED, reviewedFunction } from '../../src/import/failures/reviewed-functions.js';
import type { MetadataFunction, MetadataType } from '../../src/import/metadata.js';
import { readDocuments } from '../support/win32json.js';

const ref = (Name: string): MetadataType => ({
  Kind: 'ApiRef',
  Name,
  TargetKind: 'Default',
  Api: 'Foundation',
  Parents: [],
});
const native = (Name: string): MetadataType => ({ Kind: 'Native', Name });

function fn(Name: string, ReturnType: MetadataType, more: Partial<MetadataFunction> = {}): MetadataFunction {
  const plain = { SetLastError: false, DllImport: 'SAMPLE.dll', Architectures: [], Platform: null, Params: [] };
  return { ...plain, Name, ReturnType, ...more };
}

const ruleOf = (name: string, returned: MetadataType, type: TypeExpression) => failureRuleOf(fn(name, returned), type);
const BOOL = ref('BOOL');
const UINT32 = native('UInt32');

describe('the list', () => {
  const names = REVIEWED.flatMap(namesOf);

  it('has each function once, by its name in C', () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[A-Za-z_]\w*$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(2000);
  });

  it('has no function for ANSI texts, which that for UTF-16 stands for', () => {
    const all = new Set(names);
    expect(names.filter((name) => all.has(name.replace(/A$/, 'W')) && name.endsWith('A'))).toEqual([]);
  });

  it('names pages by a header or a path', () => {
    const odd = REVIEWED.filter(({ pages }) => !/^([a-z][a-z0-9_]*|windows(-hardware)?(\/[a-z0-9-]+)+)$/.test(pages));
    expect(odd).toEqual([]);
  });

  it('has codes only where a failure has one, of 32 bits', () => {
    for (const { failure, absent = [], more = [], tooSmall = [], functions } of REVIEWED) {
      const rule = failureRule(failure);
      const codes = [...absent, ...more, ...tooSmall, ...(rule?.success ?? [])];
      expect(codes.filter((code) => !Number.isInteger(code) || code < 0 || code > 0xffffffff)).toEqual([]);
      if (codes.length > 0) expect(rule?.code, functions).not.toBe('none');
      if (codes.length > 0) expect(rule, functions).toBeDefined();
    }
  });

  it('agrees with what metadata says of types: codes are returned as such, and a last error is set', () => {
    const wrong: string[] = [];
    for (const { Functions } of readDocuments().values()) {
      for (const one of Functions) {
        const reviewed = reviewedFunction(one.Name);
        if (!reviewed || one.ReturnType.Kind !== 'ApiRef') continue;
        const code = failureRule(reviewed.failure)?.code;
        const type = one.ReturnType.Name;
        if (type === 'HRESULT' && code !== 'hresult') wrong.push(one.Name);
        if (type === 'WIN32_ERROR' && code !== 'win32') wrong.push(one.Name);
        if (type === 'NTSTATUS' && code !== 'ntstatus' && code !== 'win32') wrong.push(one.Name);
        if (/^BOOL(EAN)?$/.test(type) && code !== 'lastError' && code !== 'none' && code !== undefined)
          wrong.push(one.Name);
      }
    }
    // Metadata takes what these return for codes, and their pages do not.
    const waits = ['ForMultipleObjects', 'ForMultipleObjectsEx', 'ForSingleObject', 'ForSingleObjectEx'];
    const known = ['GetLastError', 'SignalObjectAndWait', ...waits.map((name) => `Wait${name}`)];
    expect(wrong.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a reviewed function', () => {
  const zero = { when: 'zero', code: 'lastError' };
  it.each<[string, MetadataType, TypeExpression, unknown]>([
    ['RegOpenKeyExW', ref('WIN32_ERROR'), 'ULONG', 'win32'],
    ['RegEnumKeyExW', ref('WIN32_ERROR'), 'ULONG', { when: 'nonzero', code: 'win32', absent: [259] }],
    ['NetUserEnum', UINT32, 'ULONG', { when: 'nonzero', code: 'win32', success: [234] }],
    ['GetIfTable2', ref('NTSTATUS'), 'NTSTATUS', 'win32'],
    ['LsaOpenPolicy', ref('NTSTATUS'), 'NTSTATUS', 'ntstatus'],
    ['CloseHandle', BOOL, 'BOOL', 'lastErrorIfZero'],
    ['FindNextFileW', BOOL, 'BOOL', { ...zero, absent: [18] }],
    ['FindFirstFileW', ref('FindFileHandle'), 'HANDLE', { when: 'minusOne', code: 'lastError', absent: [2] }],
    ['CreateFileW', ref('HANDLE'), 'HANDLE', 'lastErrorIfInvalidHandle'],
    ['OpenProcess', ref('HANDLE'), 'HANDLE', 'lastErrorIfZero'],
    ['GetStdHandle', ref('HANDLE'), 'HANDLE', 'lastErrorIfInvalidHandle'],
    ['GetWindowTextLengthW', native('Int32'), 'INT', 'lastErrorIfZero'],
    ['GetFileAttributesW', UINT32, 'ULONG', { when: 'minusOne', code: 'lastError' }],
    ['GetFileSize', UINT32, 'ULONG', { when: 'minusOne', code: 'lastError', success: [0] }],
    ['SetFilePointer', UINT32, 'ULONG', { when: 'minusOne', code: 'lastError', success: [0] }],
    ['WaitForSingleObject', UINT32, 'ULONG', { when: 'minusOne', code: 'lastError' }],
    ['GetTimeZoneInformation', UINT32, 'ULONG', { when: 'minusOne', code: 'lastError' }],
    ['closesocket', native('Int32'), 'INT', { when: 'minusOne', code: 'lastError' }],
    ['SetErrorMode', UINT32, 'ULONG', 'none'],
    ['PtInRect', BOOL, 'BOOL', 'none'],
    ['PathFileExistsW', BOOL, 'BOOL', 'none'],
    ['IsWow64Process', BOOL, 'BOOL', 'lastErrorIfZero'],
    ['VerifyVersionInfoW', BOOL, 'BOOL', { ...zero, success: [1150] }],
    ['EnableRouter', UINT32, 'ULONG', { when: { notIn: [997] }, code: 'win32' }],
    ['CM_Get_Parent', ref('CONFIGRET'), 'CONFIGRET', { when: 'nonzero', code: 'returned' }],
    ['NtEnumerateKey', ref('NTSTATUS'), 'NTSTATUS', { when: 'negative', code: 'ntstatus', absent: [0x8000001a] }],
    ['LocalFree', ref('HLOCAL'), 'HANDLE', { when: 'nonzero', code: 'lastError' }],
    ['WinVerifyTrust', native('Int32'), 'INT', { when: 'nonzero', code: 'hresult' }],
  ])('%s', (name, returned, type, failure) => {
    expect(ruleOf(name, returned, type)).toMatchObject({ failure, isReviewed: true });
  });

  it('is also that for ANSI texts', () => {
    expect(ruleOf('RegOpenKeyExA', ref('WIN32_ERROR'), 'ULONG')).toEqual(
      ruleOf('RegOpenKeyExW', ref('WIN32_ERROR'), 'ULONG'),
    );
  });

  it('says which codes mean that the memory is too small, and that there is more', () => {
    expect(ruleOf('GetTokenInformation', BOOL, 'BOOL').tooSmall).toEqual([122]);
    expect(ruleOf('GetAdaptersAddresses', UINT32, 'ULONG')).toMatchObject({
      tooSmall: [111],
      failure: { absent: [232] },
    });
    expect(ruleOf('NetShareEnum', UINT32, 'ULONG').more).toEqual([234]);
  });

  it.each([
    ['RegGetValueW', 'https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-reggetvaluew'],
    ['K32EnumProcesses', 'https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocesses'],
    ['CreateNamedPipeW', 'https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-createnamedpipew'],
    ['GetConsoleTitleW', 'https://learn.microsoft.com/windows/console/getconsoletitle'],
    ['EnumPrintersW', 'https://learn.microsoft.com/windows/win32/printdocs/enumprinters'],
    ['NtQueryKey', 'https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/nf-wdm-zwquerykey'],
    ['CM_Get_Device_IDW', 'https://learn.microsoft.com/windows/win32/api/cfgmgr32/nf-cfgmgr32-cm_get_device_idw'],
  ])('%s has a page', (name, page) => {
    expect(reviewedFunction(name)?.page).toBe(page);
  });
});

describe('a function that nobody reviewed', () => {
  const last = { SetLastError: true };
  const output = [{ Name: 'o', Type: { Kind: 'PointerTo', Child: UINT32 } as const, Attrs: ['Out'] }];
  it.each<[string, MetadataFunction, TypeExpression, string]>([
    ['HRESULT', fn('SampleCall', ref('HRESULT')), 'HRESULT', 'hresult'],
    ['NTSTATUS', fn('SampleCall', ref('NTSTATUS')), 'NTSTATUS', 'ntstatus'],
    ['a Win32 error', fn('SampleCall', ref('WIN32_ERROR')), 'ULONG', 'win32'],
    ['RPC_STATUS', fn('SampleCall', ref('RPC_STATUS')), 'RPC_STATUS', 'win32'],
    ['a truth with a last error', fn('SampleCall', BOOL, last), 'BOOL', 'lastErrorIfZero'],
    ['a truth without one', fn('SampleCall', BOOL), 'BOOL', 'none'],
    ['a question', fn('IsSample', BOOL, last), 'BOOL', 'none'],
    ['a question about rectangles', fn('EqualSample', BOOL, last), 'BOOL', 'none'],
    [
      'a question whose answer is written',
      fn('IsSample', BOOL, { ...last, Params: output }),
      'BOOL',
      'lastErrorIfZero',
    ],
    ['no question', fn('IssueSample', BOOL, last), 'BOOL', 'lastErrorIfZero'],
    ['a handle', fn('SampleCall', ref('HANDLE'), last), 'HANDLE', 'lastErrorIfZero'],
    ['a handle of a search', fn('SampleCall', ref('FindFileHandle'), last), 'HANDLE', 'lastErrorIfInvalidHandle'],
    ['a socket', fn('SampleCall', ref('SOCKET')), 'HANDLE', 'lastErrorIfInvalidHandle'],
    ['a number', fn('SampleCall', UINT32), 'ULONG', 'none'],
  ])('returns %s', (_name, one, type, failure) => {
    expect(failureRuleOf(one, type)).toMatchObject({ failure, isReviewed: false });
  });

  it('returns nothing, so that there is nothing to review', () => {
    expect(ruleOf('SampleCall', native('Void'), 'ULONG')).toEqual({ failure: 'none', isReviewed: true });
  });
});
