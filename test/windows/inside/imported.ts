/**
 * Runs in node.exe: the functions of Windows that scripts of PowerShell wrap most, those of the project PSReflect-Functions,
 * as far as the metadata has them. They are imported from it, and each is called, with arguments that change nothing.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bridge, createBridge } from '../../../src/bridge/bridge.js';
import type { Json, Reply } from '../../../src/bridge/messages.js';
import { expandDefinition } from '../../../src/definition/expand.js';
import type { DefinitionSource } from '../../../src/definition/types.js';
import { validateDefinitionText } from '../../../src/definition/validate.js';
import { importWin32 } from '../../../src/import/win32.js';
import { createNativeBackend } from '../../../src/native/backend.js';
import { readDocuments } from '../../support/win32json.js';

const documents = readDocuments();

/** What earlier calls returned, by the names of the outputs. */
type Known = Record<string, Json>;

/** A function, what it is given, and the outputs or the code that it answers with. */
type Row = readonly [
  name: string,
  given: Record<string, unknown> | ((known: Known) => Record<string, unknown>),
  answer: object | number,
];

const ANY = expect.anything();
const KEY = `Software\\dllet-imported-${process.versions.node.split('.')[0]}`;

/** In this order, in one bridge. The codes are those of the functions' pages, or of Wine, which has no server. */
const ROWS: readonly Row[] = [
  ['GetCurrentProcessId', {}, { Value: process.pid }],
  ['GetCurrentThreadId', {}, { Value: ANY }],
  ['GetCurrentProcess', {}, { Value: '-1' }],
  ['GetCurrentThread', {}, { Value: '-2' }],
  ['GetThreadId', { Thread: '-2' }, { Value: ANY }],
  [
    'OpenThread',
    ({ ThreadId }) => ({ DesiredAccess: 'THREAD_ALL_ACCESS', InheritHandle: false, ThreadId }),
    { Value: expect.stringMatching(/^CloseHandle:/) },
  ],
  ['ResumeThread', ({ OpenThread }) => ({ Thread: OpenThread }), { Value: 0 }],
  ['OpenThreadToken', { ThreadHandle: 'CurrentThread', DesiredAccess: 'TOKEN_QUERY', OpenAsSelf: true }, 1008],
  [
    'NtQueryInformationThread',
    {
      ThreadHandle: 'CurrentThread',
      ThreadInformationClass: 'ThreadIsIoPending',
      ThreadInformation: 'AAAAAA==',
      ReturnLength: 0,
    },
    { ReturnLength: 4 },
  ],
  [
    'OpenProcess',
    { DesiredAccess: 'PROCESS_QUERY_INFORMATION', InheritHandle: false, ProcessId: process.pid },
    { Value: expect.stringMatching(/^CloseHandle:/) },
  ],
  [
    'QueryFullProcessImageNameW',
    ({ OpenProcess }) => ({ Process: OpenProcess, Flags: 'PROCESS_NAME_WIN32' }),
    { ExeName: process.execPath },
  ],
  ['TerminateThread', ({ OpenProcess }) => ({ Thread: OpenProcess, ExitCode: 0 }), 6],
  [
    'NtQueryObject',
    ({ OpenProcess }) => ({ Handle: OpenProcess, ObjectInformationClass: 'ObjectTypeInformation' }),
    { ObjectInformation: ANY },
  ],
  [
    'OpenProcessToken',
    { ProcessHandle: 'CurrentProcess', DesiredAccess: 'TOKEN_QUERY, TOKEN_DUPLICATE, TOKEN_IMPERSONATE' },
    { TokenHandle: ANY },
  ],
  [
    'GetTokenInformation',
    ({ TokenHandle }) => ({ TokenHandle, TokenInformationClass: 'TokenSessionId' }),
    { TokenInformation: expect.stringMatching(/^.{6}==$/) },
  ],
  [
    'DuplicateToken',
    ({ TokenHandle }) => ({ ExistingTokenHandle: TokenHandle, ImpersonationLevel: 'SecurityImpersonation' }),
    { DuplicateTokenHandle: ANY },
  ],
  ['SetThreadToken', ({ DuplicateTokenHandle }) => ({ Token: DuplicateTokenHandle }), {}],
  ['ImpersonateLoggedOnUser', ({ DuplicateTokenHandle }) => ({ Token: DuplicateTokenHandle }), {}],
  ['RevertToSelf', {}, {}],
  ['SetThreadToken', {}, {}],
  ['CloseHandle', ({ DuplicateTokenHandle }) => ({ Object: DuplicateTokenHandle }), {}],
  [
    'LogonUserW',
    {
      Username: 'nobody',
      LogonType: 'LOGON32_LOGON_NETWORK',
      LogonProvider: 'LOGON32_PROVIDER_DEFAULT',
    },
    { Token: ANY },
  ],
  ['GetLengthSid', { Sid: 'S-1-5-32-544' }, { Value: 16 }],
  ['IsValidSecurityDescriptor', { SecurityDescriptor: '0' }, { Value: false }],
  ['LookupPrivilegeNameW', { Luid: { LowPart: 20, HighPart: 0 } }, { Name: 'SeDebugPrivilege' }],
  // Wine fails, and sets no code.
  ['LookupPrivilegeDisplayNameW', { Name: 'SeDebugPrivilege' }, 0],
  ['EncryptFileW', { FileName: 'C:\\nothing' }, {}],
  ['GetIpNetTable', { Order: false }, { IpNetTable: { table: expect.any(Array) } }],
  [
    'CreateFileW',
    {
      FileName: `C:\\imported-${process.pid}.txt`,
      DesiredAccess: 'FILE_GENERIC_READ, FILE_GENERIC_WRITE',
      ShareMode: 'FILE_SHARE_READ',
      CreationDisposition: 'CREATE_NEW',
      FlagsAndAttributes: 'FILE_FLAG_DELETE_ON_CLOSE',
    },
    { Value: ANY },
  ],
  ['WriteFile', ({ CreateFileW }) => ({ File: CreateFileW, Buffer: 'aGVsbG8=' }), { NumberOfBytesWritten: 5 }],
  // At the end of the file.
  ['ReadFile', ({ CreateFileW }) => ({ File: CreateFileW }), { Buffer: '' }],
  ['CloseHandle', ({ CreateFileW }) => ({ Object: CreateFileW }), {}],
  ['LoadLibraryW', { LibFileName: 'version.dll' }, { Value: ANY }],
  ['GetProcAddress', ({ LoadLibraryW }) => ({ Module: LoadLibraryW, ProcName: 'VerQueryValueW' }), { Value: ANY }],
  [
    'K32GetMappedFileNameW',
    ({ GetProcAddress }) => ({ Process: 'CurrentProcess', Lpv: GetProcAddress }),
    { Filename: expect.stringMatching(/\\version\.dll$/) },
  ],
  ['FindResourceW', ({ LoadLibraryW }) => ({ Module: LoadLibraryW, Name: '#1', Type: '#16' }), { Value: ANY }],
  [
    'LoadResource',
    ({ LoadLibraryW, FindResourceW }) => ({ Module: LoadLibraryW, ResInfo: FindResourceW }),
    { Value: ANY },
  ],
  ['LockResource', ({ LoadResource }) => ({ ResData: LoadResource }), { Value: ANY }],
  ['QueryDosDeviceW', { DeviceName: 'C:' }, { TargetPath: expect.stringMatching(/^\\Device\\/) }],
  ['NetApiBufferFree', {}, {}],
  ['NetFileEnum', {}, 50],
  ['NetGetAnyDCName', {}, 1355],
  ['NetGetDCName', {}, 2453],
  ['NetLocalGroupAddMembers', { GroupName: 'none', Buffer: [{ lgrmi3_domainandname: 'nobody' }] }, {}],
  ['NetLocalGroupDelMembers', { GroupName: 'none', Buffer: [{ lgrmi3_domainandname: 'nobody' }] }, {}],
  ['NetLocalGroupEnum', {}, { TotalEntries: 0 }],
  ['NetLocalGroupGetMembers', { LocalGroupName: 'Administrators' }, { TotalEntries: 0 }],
  ['NetSessionEnum', {}, { TotalEntries: 0 }],
  [
    'NetShareAdd',
    {
      ServerName: 'nowhere',
      Buffer: {
        ...{ shi2_netname: 'none', shi2_type: 0, shi2_remark: '', shi2_permissions: 0, shi2_max_uses: 1 },
        ...{ shi2_current_uses: 0, shi2_path: 'C:\\', shi2_passwd: '' },
      },
    },
    50,
  ],
  ['NetShareDel', { ServerName: 'nowhere', NetName: 'none' }, {}],
  ['NetShareEnum', {}, 50],
  ['NetWkstaUserEnum', {}, 87],
  [
    'NtOpenFile',
    {
      ...{ DesiredAccess: 1, ShareAccess: 1, OpenOptions: 0, IoStatusBlock: { Anonymous: 0, Information: '0' } },
    },
    0xc000_000d,
  ],
  ['NtClose', { Handle: 'CurrentProcess' }, {}],
  ['RtlInitUnicodeString', { DestinationString: '', SourceString: 'hello' }, { DestinationString: ANY }],
  // Beyond that list: what is called until there is no more.
  ['NetUserEnum', { Filter: 'FILTER_NORMAL_ACCOUNT' }, { Buffer: [{ usri20_name: ANY }] }],
  [
    'RegCreateKeyExW',
    {
      Key: 'HKEY_CURRENT_USER',
      SubKey: `${KEY}\\Inner`,
      Options: 'REG_OPTION_VOLATILE',
      DesiredAccess: 'KEY_ALL_ACCESS',
    },
    { ResultKey: ANY },
  ],
  ['RegEnumKeyExW', ({ ResultKey }) => ({ Key: ResultKey }), { Rows: [] }],
  ['RegSetValueExW', ({ ResultKey }) => ({ Key: ResultKey, ValueName: 'a', Type: 'REG_DWORD', Data: 'AQAAAA==' }), {}],
  [
    'RegSetValueExW',
    ({ ResultKey }) => ({
      Key: ResultKey,
      ValueName: 'long',
      Type: 'REG_BINARY',
      Data: Buffer.alloc(3000).toString('base64'),
    }),
    {},
  ],
  [
    'RegEnumValueW',
    ({ ResultKey }) => ({ Key: ResultKey }),
    {
      Rows: [
        { ValueName: 'a', Type: 4, Data: 'AQAAAA==' },
        { ValueName: 'long', Type: 3, Data: Buffer.alloc(3000).toString('base64') },
      ],
    },
  ],
  [
    'RegOpenKeyExW',
    { Key: 'HKEY_CURRENT_USER', SubKey: KEY, Options: 0, DesiredAccess: 'KEY_ALL_ACCESS' },
    { ResultKey: ANY },
  ],
  ['RegEnumKeyExW', ({ ResultKey }) => ({ Key: ResultKey }), { Rows: [{ Name: 'Inner', LastWriteTime: ANY }] }],
  ['RegDeleteTreeW', { Key: 'HKEY_CURRENT_USER', SubKey: KEY }, {}],
  [
    'EnumDynamicTimeZoneInformation',
    {},
    { Rows: expect.arrayContaining([{ TimeZoneInformation: expect.objectContaining({ TimeZoneKeyName: 'UTC' }) }]) },
  ],
];

/** Imported as well, but a call of it in Wine ends the process. */
const NOT_IN_WINE = ['NetConnectionEnum'];

/** Not imported: a script cannot be what a new thread runs. */
const REFUSED = ['CreateRemoteThread', 'CreateThread'];

const placeOf = (name: string) => {
  const [api = ''] = [...documents].find(([, { Functions }]) => Functions.some(({ Name }) => Name === name)) ?? [];
  return { api, name };
};

describe.skipIf(documents.size === 0)('functions imported from metadata', () => {
  const known: Known = {};
  let bridge: Bridge | undefined;

  beforeAll(() => {
    const names = [...new Set([...ROWS.map(([name]) => name), ...NOT_IN_WINE])];
    const result = importWin32({ documents, functions: names.map(placeOf), name: 'Wrapped' });
    if (result.kind !== 'definition') throw new Error(JSON.stringify(result));
    const { mistakes, value } = validateDefinitionText(JSON.stringify(result.definition));
    expect(mistakes).toEqual([]);
    const definition = expandDefinition(value as DefinitionSource);
    bridge = createBridge({ definition, backend: createNativeBackend({ definition }) });
  });

  it.each(REFUSED)('%s is refused, with the reason', (name) => {
    expect(importWin32({ documents, functions: [placeOf(name)] })).toMatchObject({
      refusals: [{ function: name, reason: expect.stringContaining('callback') }],
    });
  });

  it.each(ROWS.map(([name, given, answer], index) => [index + 1, name, given, answer] as const))(
    '%i: %s answers',
    async (id, method, given, answer) => {
      const params = (typeof given === 'function' ? given(known) : given) as Record<string, Json>;
      const reply = (await bridge?.handle({ jsonrpc: '2.0', id, method, params })) as Reply;
      if (typeof answer === 'object') expect(reply).toMatchObject({ result: answer });
      else expect('error' in reply ? Object.values(reply.error.data ?? {}) : reply).toContain(answer);
      if ('result' in reply) remember(method, reply.result as Record<string, Json>);
    },
  );

  /** Outputs by their names, and values by the name of the function. */
  function remember(method: string, { Value, ...outputs }: Record<string, Json>): void {
    Object.assign(known, outputs);
    if (Value !== undefined) known[method.replace(/^GetCurrent/, '')] = Value;
  }
});
