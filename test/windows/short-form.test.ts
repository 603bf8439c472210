/** Modules over DLLs of Windows, written as prototypes from documentation pages, against what .NET says in the same session. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { registerOutput } from '../../src/outputs/registry.js';
import { TALLY } from '../support/tally-output.js';
import { useModule } from './powershell/module-bench.js';

const KERNEL = {
  name: 'KernelFacts',
  library: 'kernel32.dll',
  types: [
    'typedef enum _COMPUTER_NAME_FORMAT { ComputerNameNetBIOS, ComputerNameDnsHostname, ComputerNameDnsDomain } COMPUTER_NAME_FORMAT;',
    'typedef struct _MEMORYSTATUSEX { [size] DWORD dwLength; DWORD dwMemoryLoad; DWORDLONG ullTotalPhys; DWORDLONG ullAvailPhys; DWORDLONG ullTotalPageFile; DWORDLONG ullAvailPageFile; DWORDLONG ullTotalVirtual; DWORDLONG ullAvailVirtual; DWORDLONG ullAvailExtendedVirtual; } MEMORYSTATUSEX, *LPMEMORYSTATUSEX;',
  ],
  functions: [
    'ULONGLONG GetTickCount64();',
    'void GetSystemTime([out] LPSYSTEMTIME lpSystemTime);',
    'BOOL SystemTimeToFileTime([in] const SYSTEMTIME *lpSystemTime, [out] LPFILETIME lpFileTime);',
    'BOOL GetComputerNameExW([in] COMPUTER_NAME_FORMAT NameType, [out, optional, count(nSize), buffer(2, 1024), grow(234)] LPWSTR lpBuffer, [in, out] LPDWORD nSize);',
    'BOOL GetDiskFreeSpaceExW(_In_opt_ LPCWSTR lpDirectoryName, _Out_opt_ PULARGE_INTEGER available, _Out_opt_ PULARGE_INTEGER total, _Out_opt_ PULARGE_INTEGER free);',
    'BOOL GlobalMemoryStatusEx([in, out] LPMEMORYSTATUSEX lpBuffer);',
    'BOOL GetVolumeInformationW([in, optional] LPCWSTR root, [out, optional, count(nameSize)] LPWSTR volume, [in] DWORD nameSize, [out, optional] LPDWORD serial, [out, optional] LPDWORD longest, [out, optional] LPDWORD flags, [out, optional, count(fileSystemSize)] LPWSTR fileSystem, [in] DWORD fileSystemSize);',
    'BOOL SetEnvironmentVariableA([in] LPCSTR lpName, [in, optional] LPCSTR lpValue);',
    '[fails(zero, lastError)] DWORD GetEnvironmentVariableA([in, optional] LPCSTR lpName, [out, optional, count(nSize), written(return), buffer(2, 32767)] LPSTR lpBuffer, [in] DWORD nSize);',
    '[fails(zero, lastError)] DWORD GetEnvironmentVariableW([in, optional] LPCWSTR lpName, [out, optional, count(nSize), written(return), buffer(2, 32767)] LPWSTR lpBuffer, [in] DWORD nSize);',
    'int lstrlenA([in] LPCSTR lpString);',
    'void SetLastError([in] DWORD dwErrCode);',
    'DWORD GetCurrentProcessId();',
    'LPSTR GetCommandLineA();',
    'LPWSTR GetCommandLineW();',
    'LONG CompareFileTime([in] const FILETIME *lpFileTime1, [in] const FILETIME *lpFileTime2);',
  ],
  cmdlets: {
    'Get-TickCount': 'GetTickCount64',
    // A kind of output that exists only in tests.
    'Get-TickTally': { function: 'GetTickCount64', output: { kind: 'tally', of: 'Value' } },
    'Get-SystemTime': 'GetSystemTime',
    'ConvertTo-FileTime': 'SystemTimeToFileTime',
    'Get-ComputerNameEx': 'GetComputerNameExW',
    'Get-DiskSpace': 'GetDiskFreeSpaceExW',
    'Get-MemoryStatus': {
      function: 'GlobalMemoryStatusEx',
      output: { from: 'lpBuffer', rename: { dwMemoryLoad: 'LoadPercent' } },
    },
    'Get-VolumeFact': 'GetVolumeInformationW',
    'Set-AnsiVariable': 'SetEnvironmentVariableA',
    'Get-AnsiVariable': 'GetEnvironmentVariableA',
    'Get-WideVariable': 'GetEnvironmentVariableW',
    'Measure-AnsiText': 'lstrlenA',
    'Set-LastCode': 'SetLastError',
    'Get-ProgramId': 'GetCurrentProcessId',
    'Get-AnsiCommandLine': 'GetCommandLineA',
    'Get-WideCommandLine': 'GetCommandLineW',
    'Compare-FileTime': 'CompareFileTime',
  },
};

/** The registry, with handles as numbers, and values as bytes with their type. */
const REGISTRY = {
  name: 'RegistryFacts',
  library: 'advapi32.dll',
  functions: [
    'LSTATUS RegOpenKeyExW([in] HKEY hKey, [in, optional] LPCWSTR lpSubKey, [in] DWORD ulOptions, [in] REGSAM samDesired, [out] PHKEY phkResult);',
    'LSTATUS RegQueryValueExW([in] HKEY hKey, [in, optional] LPCWSTR lpValueName, LPDWORD lpReserved, [out, optional] LPDWORD lpType, [out, optional, bytes(lpcbData), buffer(2, 65536), grow(234)] LPBYTE lpData, [in, out, optional] LPDWORD lpcbData);',
    'LSTATUS RegCloseKey([in] HKEY hKey);',
  ],
  cmdlets: {
    'Open-RegistryKey': 'RegOpenKeyExW',
    'Get-RegistryValue': 'RegQueryValueExW',
    'Close-RegistryKey': 'RegCloseKey',
  },
};

const WINDOWS = {
  name: 'WindowList',
  library: 'user32.dll',
  types: ['typedef BOOL (CALLBACK *WNDENUMPROC)(HWND hwnd, LPARAM lParam);'],
  functions: ['BOOL EnumWindows([collect] WNDENUMPROC lpEnumFunc, LPARAM lParam);'],
  cmdlets: { 'Get-WindowHandle': 'EnumWindows' },
};

const CODE_PAGES = {
  name: 'CodePages',
  library: 'kernel32.dll',
  types: ['typedef BOOL (CALLBACK *CODEPAGE_ENUMPROCW)(LPWSTR lpCodePageString);'],
  functions: [
    'BOOL EnumSystemCodePagesW([collect] CODEPAGE_ENUMPROCW lpCodePageEnumProc, [in, constant(1)] DWORD dwFlags);',
  ],
  cmdlets: { 'Get-InstalledCodePage': 'EnumSystemCodePagesW' },
};

const ADAPTERS = {
  name: 'Adapters',
  library: 'iphlpapi.dll',
  types: [
    'typedef struct _IP_ADAPTER_UNICAST_ADDRESS_LH { ULONG Length; DWORD Flags; [next] struct _IP_ADAPTER_UNICAST_ADDRESS_LH *Next; SOCKET_ADDRESS Address; } IP_ADAPTER_UNICAST_ADDRESS;',
    'typedef struct _IP_ADAPTER_ADDRESSES_LH { ULONG Length; DWORD IfIndex; [next] struct _IP_ADAPTER_ADDRESSES_LH *Next; char *AdapterName; IP_ADAPTER_UNICAST_ADDRESS *FirstUnicastAddress; void *FirstAnycastAddress; void *FirstMulticastAddress; void *FirstDnsServerAddress; WCHAR *DnsSuffix; WCHAR *Description; WCHAR *FriendlyName; BYTE PhysicalAddress[8]; DWORD PhysicalAddressLength; DWORD Flags; DWORD Mtu; DWORD IfType; } IP_ADAPTER_ADDRESSES_LH, *PIP_ADAPTER_ADDRESSES;',
  ],
  functions: [
    '[fails(nonzero, win32)] ULONG GetAdaptersAddresses([in] ULONG Family, [in] ULONG Flags, [in, reserved] PVOID Reserved, [in, out, bytes(SizePointer), buffer(1024, 1048576), grow(111)] PIP_ADAPTER_ADDRESSES AdapterAddresses, [in, out] PULONG SizePointer);',
  ],
  cmdlets: { 'Get-AdapterAddress': 'GetAdaptersAddresses' },
};

/** Structs for which .NET has a type. */
const STANDARD = {
  name: 'StandardFacts',
  library: 'kernel32.dll',
  libraries: { advapi: 'advapi32.dll', ole: 'ole32.dll', nt: 'ntdll.dll' },
  types: [
    'typedef struct _TIME_ZONE_INFORMATION { LONG Bias; WCHAR StandardName[32]; SYSTEMTIME StandardDate; LONG StandardBias; WCHAR DaylightName[32]; SYSTEMTIME DaylightDate; LONG DaylightBias; } TIME_ZONE_INFORMATION, *LPTIME_ZONE_INFORMATION;',
  ],
  functions: {
    GetSystemTimeAsFileTime: 'void GetSystemTimeAsFileTime([out] LPFILETIME lpSystemTimeAsFileTime);',
    RtlSecondsSince1970ToTime: {
      prototype: 'void RtlSecondsSince1970ToTime([in] UNIXTIME32 Seconds, [out] FILETIME *Time);',
      library: 'nt',
    },
    RtlTimeToSecondsSince1970: {
      prototype:
        '[fails(zero, none)] BOOLEAN RtlTimeToSecondsSince1970([in] const FILETIME *Time, [out] UNIXTIME32 *Seconds);',
      library: 'nt',
    },
    GetTimeZoneInformation:
      '[returns(none)] DWORD GetTimeZoneInformation([out] LPTIME_ZONE_INFORMATION lpTimeZoneInformation);',
    CreateWellKnownSid: {
      prototype:
        'BOOL CreateWellKnownSid([in] int WellKnownSidType, [in, optional] PSID DomainSid, [out, bytes(*cbSid), buffer(8, 68), grow(122)] PSID pSid, [in, out] DWORD *cbSid);',
      library: 'advapi',
      changesState: false,
    },
    ConvertSidToStringSidW: {
      prototype: 'BOOL ConvertSidToStringSidW([in] PSID Sid, [out, allocated(LocalFree)] LPWSTR *StringSid);',
      library: 'advapi',
    },
    ConvertStringSidToSidW: {
      prototype: 'BOOL ConvertStringSidToSidW([in] LPCWSTR StringSid, [out, allocated(LocalFree)] PSID *Sid);',
      library: 'advapi',
    },
    LocalFree: '[fails(never), returns(none)] HLOCAL LocalFree([in, value] HLOCAL hMem);',
    CoCreateGuid: { prototype: 'HRESULT CoCreateGuid([out] GUID *pguid);', library: 'ole' },
    StringFromGUID2: {
      prototype:
        '[fails(zero, none)] int StringFromGUID2([in] REFGUID rguid, [out, count(cchMax), buffer(64, 64)] LPOLESTR lpsz, [in] int cchMax);',
      library: 'ole',
    },
  },
  cmdlets: {
    'Get-FileTimeNow': 'GetSystemTimeAsFileTime',
    'ConvertFrom-UnixTime': 'RtlSecondsSince1970ToTime',
    'ConvertTo-UnixTime': 'RtlTimeToSecondsSince1970',
    'Get-TimeZoneFact': 'GetTimeZoneInformation',
    'Get-WellKnownSid': 'CreateWellKnownSid',
    'ConvertFrom-Sid': 'ConvertSidToStringSidW',
    'ConvertTo-Sid': 'ConvertStringSidToSidW',
    'Get-NewGuid': 'CoCreateGuid',
    'ConvertFrom-Guid': 'StringFromGUID2',
  },
};

const REGISTRY_LIST = {
  name: 'RegistryList',
  library: 'advapi32.dll',
  functions: [
    'LSTATUS RegOpenKeyExW([in] HKEY hKey, [in, optional] LPCWSTR lpSubKey, [in] DWORD ulOptions, [in] REGSAM samDesired, [out] PHKEY phkResult);',
    'LSTATUS RegEnumValueW([in] HKEY hKey, [in, index(259)] DWORD dwIndex, [out, count(lpcchValueName), buffer(4, 16384), grow(234)] LPWSTR lpValueName, [in, out] LPDWORD lpcchValueName, LPDWORD lpReserved, [out, optional] LPDWORD lpType, [out, optional, bytes(lpcbData), buffer(4, 65536), grow(234)] LPBYTE lpData, [in, out, optional] LPDWORD lpcbData);',
    'LSTATUS RegCloseKey([in] HKEY hKey);',
  ],
  cmdlets: {
    'Open-RegistryList': 'RegOpenKeyExW',
    'Get-RegistryListItem': 'RegEnumValueW',
    'Close-RegistryList': 'RegCloseKey',
  },
};

const FILES = {
  name: 'FileSearch',
  library: 'kernel32.dll',
  types: [
    'typedef struct { DWORD dwFileAttributes; FILETIME ftCreationTime; FILETIME ftLastAccessTime; FILETIME ftLastWriteTime; DWORD nFileSizeHigh; DWORD nFileSizeLow; DWORD dwReserved0; DWORD dwReserved1; WCHAR cFileName[260]; WCHAR cAlternateFileName[14]; } WIN32_FIND_DATAW, *LPWIN32_FIND_DATAW;',
    '[handle(FindClose)] typedef HANDLE FIND_HANDLE;',
  ],
  functions: {
    FindFirstFileW: {
      prototype:
        '[returns(Handle)] FIND_HANDLE FindFirstFileW([in] LPCWSTR lpFileName, [out] LPWIN32_FIND_DATAW lpFindFileData);',
      changesState: false,
    },
    FindNextFileW: {
      prototype: 'BOOL FindNextFileW([in] FIND_HANDLE hFindFile, [out] LPWIN32_FIND_DATAW lpFindFileData);',
      returns: { type: 'BOOL', failure: { when: 'zero', code: 'lastError', absent: [18] } },
    },
    FindClose: 'BOOL FindClose([in, out] HANDLE hFindFile);',
  },
  cmdlets: { 'Open-FileSearch': 'FindFirstFileW', 'Get-NextFile': 'FindNextFileW', 'Close-FileSearch': 'FindClose' },
};

/** Structs that end with as many rows, or as long a text, as a field of them says. */
const TABLES = {
  name: 'NetworkTables',
  library: 'iphlpapi.dll',
  types: [
    'typedef struct _MIB_IFROW { WCHAR wszName[256]; DWORD dwIndex; DWORD dwType; DWORD dwMtu; DWORD dwSpeed; DWORD dwPhysAddrLen; UCHAR bPhysAddr[8]; DWORD dwAdminStatus; DWORD dwOperStatus; DWORD dwLastChange; DWORD dwInOctets; DWORD dwInUcastPkts; DWORD dwInNUcastPkts; DWORD dwInDiscards; DWORD dwInErrors; DWORD dwInUnknownProtos; DWORD dwOutOctets; DWORD dwOutUcastPkts; DWORD dwOutNUcastPkts; DWORD dwOutDiscards; DWORD dwOutErrors; DWORD dwOutQLen; DWORD dwDescrLen; UCHAR bDescr[256]; } MIB_IFROW, *PMIB_IFROW;',
    'typedef struct _MIB_IFTABLE { DWORD dwNumEntries; [count(dwNumEntries)] MIB_IFROW table[ANYSIZE_ARRAY]; } MIB_IFTABLE, *PMIB_IFTABLE;',
    'typedef struct _MIB_UDPROW_OWNER_PID { DWORD dwLocalAddr; DWORD dwLocalPort; DWORD dwOwningPid; } MIB_UDPROW_OWNER_PID;',
    'typedef struct _MIB_UDPTABLE_OWNER_PID { DWORD dwNumEntries; [count(dwNumEntries)] MIB_UDPROW_OWNER_PID table[ANYSIZE_ARRAY]; } MIB_UDPTABLE_OWNER_PID, *PMIB_UDPTABLE_OWNER_PID;',
  ],
  functions: [
    '[fails(nonzero, win32)] DWORD GetIfTable([out, optional, bytes(*pdwSize), grow(122)] PMIB_IFTABLE pIfTable, [in, out] PULONG pdwSize, [in] BOOL bOrder);',
    '[fails(nonzero, win32)] DWORD GetExtendedUdpTable([out, bytes(*pdwSize), buffer(4, 1048576), grow(122)] PMIB_UDPTABLE_OWNER_PID pUdpTable, [in, out] PDWORD pdwSize, [in] BOOL bOrder, [in, constant(2)] ULONG ulAf, [in, constant(1)] int TableClass, [in] ULONG Reserved);',
  ],
  cmdlets: {
    'Get-IfTable': { function: 'GetIfTable', parameters: { bOrder: { default: true } } },
    'Get-IfTableWhole': { function: 'GetIfTable', output: { from: 'pIfTable' } },
    'Get-UdpTable': 'GetExtendedUdpTable',
  },
};

const FILE_NAMES = {
  name: 'FileNames',
  library: 'kernel32.dll',
  types: [
    'typedef struct _FILE_NAME_INFO { DWORD FileNameLength; [bytes(FileNameLength)] WCHAR FileName[1]; } FILE_NAME_INFO;',
  ],
  functions: [
    'HANDLE CreateFileW([in] LPCWSTR lpFileName, [in, value] DWORD dwDesiredAccess, [in, constant(3)] DWORD dwShareMode, [in, reserved] PVOID lpSecurityAttributes, [in, constant(3)] DWORD dwCreationDisposition, [in, constant(0)] DWORD dwFlagsAndAttributes, [in, reserved] HANDLE hTemplateFile);',
    'BOOL GetFileInformationByHandleEx([in] HANDLE hFile, [in, constant(2)] int FileInformationClass, [out, bytes(dwBufferSize), buffer(1024, 65536)] FILE_NAME_INFO *lpFileInformation, [in] DWORD dwBufferSize);',
    'BOOL CloseHandle([in] HANDLE hObject);',
  ],
  cmdlets: {
    'Open-PlainFile': 'CreateFileW',
    'Get-FileNameInfo': 'GetFileInformationByHandleEx',
    'Close-PlainFile': 'CloseHandle',
  },
};

/** Texts one after the other, up to an empty one. */
const TEXT_LISTS = {
  name: 'TextLists',
  library: 'kernel32.dll',
  libraries: { registry: 'advapi32.dll' },
  functions: {
    GetLogicalDriveStringsW:
      'DWORD GetLogicalDriveStringsW([in] DWORD nBufferLength, [out, count(nBufferLength), written(return), buffer(1, 4096), multi] LPWSTR lpBuffer);',
    GetLogicalDriveStringsA:
      'DWORD GetLogicalDriveStringsA([in] DWORD nBufferLength, [out, count(nBufferLength), written(return), buffer(1, 4096), multi] LPSTR lpBuffer);',
    GetEnvironmentStringsW: '[multi, allocated(FreeEnvironmentStringsW)] LPWCH GetEnvironmentStringsW(void);',
    RegGetValueW: {
      prototype:
        'LSTATUS RegGetValueW([in] HKEY hkey, [in, optional] LPCWSTR lpSubKey, [in, optional] LPCWSTR lpValue, [in, constant(0x20)] DWORD dwFlags, [out, optional] LPDWORD pdwType, [out, bytes(*pcbData), buffer(2, 65536), grow(234), multi] LPWSTR pvData, [in, out] LPDWORD pcbData);',
      library: 'registry',
    },
    RegisterEventSourceW: {
      prototype:
        '[handle(DeregisterEventSource)] HANDLE RegisterEventSourceW([in, optional] LPCWSTR lpUNCServerName, [in] LPCWSTR lpSourceName);',
      library: 'registry',
    },
    ReportEventW: {
      prototype:
        'BOOL ReportEventW([in, handle(DeregisterEventSource)] HANDLE hEventLog, [in] WORD wType, [in] WORD wCategory, [in] DWORD dwEventID, [in, optional] PSID lpUserSid, [in] WORD wNumStrings, [in] DWORD dwDataSize, [in, optional, count(wNumStrings)] LPCWSTR *lpStrings, [in, optional, bytes(dwDataSize)] LPVOID lpRawData);',
      library: 'registry',
    },
    DeregisterEventSource: {
      prototype: 'BOOL DeregisterEventSource([in, handle(DeregisterEventSource)] HANDLE hEventLog);',
      library: 'registry',
    },
  },
  cmdlets: {
    'Get-DriveRoot': { function: 'GetLogicalDriveStringsW', output: { from: 'lpBuffer' } },
    'Get-AnsiDriveRoot': { function: 'GetLogicalDriveStringsA', output: { from: 'lpBuffer' } },
    'Open-EventSource': 'RegisterEventSourceW',
    'Write-EventText': 'ReportEventW',
    'Close-EventSource': 'DeregisterEventSource',
    'Get-ProgramVariable': 'GetEnvironmentStringsW',
    'Get-RegistryText': { function: 'RegGetValueW', output: { from: 'pvData' } },
  },
};

/** Texts with their lengths in a struct. */
const NATIVE_STRINGS = {
  name: 'NativeStrings',
  library: 'ntdll.dll',
  functions: [
    'NTSTATUS RtlUnicodeStringToInteger([in] PCUNICODE_STRING String, [in, value] ULONG Base, [out] PULONG Value);',
    'NTSTATUS RtlUpcaseUnicodeString([out] PUNICODE_STRING DestinationString, [in] PCUNICODE_STRING SourceString, [in, constant(1)] BOOLEAN AllocateDestinationString);',
  ],
  cmdlets: { 'ConvertTo-NativeNumber': 'RtlUnicodeStringToInteger', 'ConvertTo-UpperText': 'RtlUpcaseUnicodeString' },
};

registerOutput(TALLY);

const bench = useModule();

const text = (value: unknown): string => String((value as { value?: unknown })?.value ?? value);

beforeAll(async () => {
  for (const definition of [
    KERNEL,
    REGISTRY,
    WINDOWS,
    CODE_PAGES,
    FILES,
    ADAPTERS,
    STANDARD,
    REGISTRY_LIST,
    TABLES,
    FILE_NAMES,
    TEXT_LISTS,
    NATIVE_STRINGS,
  ]) {
    const file = path.join(bench.directory, `${definition.name}.json`);
    writeFileSync(file, JSON.stringify(definition));
    const manifest = await bench.addModule(await loadDefinition(file));
    const { errors } = await bench.run(bench.importLine({ NodePath: bench.node }, manifest));
    expect(errors).toEqual([]);
  }
});

/** What a script shows, as text. */
async function shown(script: string): Promise<string[]> {
  const { output, errors } = await bench.run(script);
  expect(errors.map(({ message }) => message)).toEqual([]);
  return output.map(text);
}

describe('functions of kernel32.dll, as their pages print them', () => {
  test.each([
    ['a 64-bit result', '[Math]::Abs([int64](Get-TickCount) - [Environment]::TickCount64) -lt 60000'],
    [
      'a kind of output that was registered',
      '[Math]::Abs([int64](Get-TickTally).Total - [Environment]::TickCount64) -lt 60000',
    ],
    ['a struct that is written', '[Math]::Abs(((Get-SystemTime) - [DateTime]::UtcNow).TotalMinutes) -le 1'],
    ['a text whose memory grows', '(Get-ComputerNameEx ComputerNameNetBIOS) -eq [Environment]::MachineName'],
    ['three outputs', "(Get-DiskSpace -lpDirectoryName 'C:\\').total -eq [IO.DriveInfo]::new('C').TotalSize"],
    ['an optional text that is left out', '(Get-DiskSpace).total -gt 0'],
    [
      'a struct with its own size',
      '(Get-MemoryStatus).ullTotalPhys -gt 1GB -and (Get-MemoryStatus).LoadPercent -le 100',
    ],
    ['a field that is set by dllet is not shown', "$null -eq (Get-MemoryStatus).PSObject.Properties['dwLength']"],
    ['two texts and three numbers', "(Get-VolumeFact -root 'C:\\').longest -eq 255"],
    ['no size is a parameter', "-not (Get-Command Get-VolumeFact).Parameters.ContainsKey('nameSize')"],
    [
      'a returned text in the code page',
      '(Get-AnsiCommandLine) -ceq (Get-WideCommandLine) -and (Get-AnsiCommandLine) -match "node"',
    ],
    ['a process id', '(Get-ProgramId) -ne $PID -and (Get-Process -Id (Get-ProgramId)).ProcessName -eq "node"'],
    [
      'structs that are only read',
      '$one = ConvertTo-FileTime (Get-SystemTime); (Compare-FileTime $one $one) -eq 0 -and $one.Kind -eq "Utc"',
    ],
  ])('%s', async (_, script) => {
    expect(await shown(script)).toEqual(['True']);
  });

  test('ANSI text is in the code page of Windows, and its length in bytes of it', async () => {
    const script = `
      Set-AnsiVariable DLLET_TRIAL 'äöü' -Confirm:$false
      (Get-AnsiVariable DLLET_TRIAL) -ceq 'äöü'
      (Get-WideVariable DLLET_TRIAL) -ceq 'äöü'
      Measure-AnsiText 'äöü'
      Set-AnsiVariable DLLET_TRIAL -Confirm:$false`;
    expect(await shown(script)).toEqual(['True', 'True', '3']);
  });

  test('a variable that is not there is the error of the system', async () => {
    const { errors } = await bench.run('Get-WideVariable DLLET_NOT_THERE');
    expect(errors[0]?.fullyQualifiedErrorId).toBe('Win32Error,Get-WideVariable');
    expect(errors[0]?.message).toContain('203');
  });

  test('a last error of an earlier call is not taken for one of this call', async () => {
    expect(await shown('Set-LastCode 5 -Confirm:$false; Get-TickCount | ForEach-Object { $_ -gt 0 }')).toEqual([
      'True',
    ]);
  });
});

test('values of the registry of every type are what .NET reads', async () => {
  const script = `
    $path = 'HKCU:\\Software\\DlletTrial'
    $null = New-Item $path -Force
    $set = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Software\\DlletTrial', $true)
    $set.SetValue('Number', 305419896, 'DWord')
    $set.SetValue('Wide', 9223372036854775807, 'QWord')
    $set.SetValue('Text', 'Grüße', 'String')
    $set.SetValue('Many', [string[]]('a', 'bc'), 'MultiString')
    $set.SetValue('Raw', [byte[]](1, 0, 255), 'Binary')
    $set.SetValue('None', [byte[]]@(), 'None')
    $set.Dispose()
    # HKEY_CURRENT_USER, KEY_READ.
    $key = Open-RegistryKey 2147483649 'Software\\DlletTrial' 0 0x20019 -Confirm:$false
    foreach ($name in 'Number', 'Wide', 'Text', 'Many', 'Raw', 'None') {
      $value = Get-RegistryValue $key $name
      "$name $($value.lpType) $(($value.lpData | ForEach-Object { $_ }) -join '.')"
    }
    try { Get-RegistryValue $key 'NotThere' -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; $_.Exception.Message -match ' 2' }
    Close-RegistryKey $key
    try { Get-RegistryValue $key 'Raw' -ErrorAction Stop } catch { $_.Exception.Message -replace '"RegCloseKey:\\d+"', 'it' }
    (Open-RegistryKey HKEY_CURRENT_USER Software 0 0x20019 -Confirm:$false).ReleasedBy
    Remove-Item $path`;
  const bytes = (content: string) => [...Buffer.from(content, 'utf16le')].join('.');
  expect(await shown(script)).toEqual([
    'Number 4 120.86.52.18',
    'Wide 11 255.255.255.255.255.255.255.127',
    `Text 1 ${bytes('Grüße\0')}`,
    `Many 7 ${bytes('a\0bc\0\0')}`,
    'Raw 3 1.0.255',
    'None 0 ',
    'Win32Error,Get-RegistryValue',
    'True',
    "RegQueryValueExW: 'hKey' is the handle it, which is already released",
    'RegCloseKey',
  ]);
});

test('windows and code pages are listed by a function that calls back', async () => {
  // There is no desktop here, so that there may be no window.
  expect(await shown('@(Get-WindowHandle | Where-Object { $_.hwnd -eq 0 }).Count')).toEqual(['0']);
  const script = "$pages = (Get-InstalledCodePage).lpCodePageString; $pages.Count -gt 5; $pages -contains '1252'";
  expect(await shown(script)).toEqual(['True', 'True']);
});

test('files are listed with a handle, up to the code that says that there are no more', async () => {
  const script = `
    $folder = Join-Path $env:TEMP 'dllet-find'
    $null = New-Item -ItemType Directory -Force $folder
    1..5 | ForEach-Object { Set-Content -LiteralPath (Join-Path $folder "f$_.txt") ('x' * $_) }
    $first = Open-FileSearch (Join-Path $folder 'f*.txt')
    $names = @($first.lpFindFileData.cFileName)
    while ($next = Get-NextFile $first.Handle) { $names += $next.cFileName }
    Close-FileSearch $first.Handle
    ($names | Sort-Object) -join ' '
    Remove-Item -Recurse $folder`;
  expect(await shown(script)).toEqual(['f1.txt f2.txt f3.txt f4.txt f5.txt']);
});

test('the values of a key are listed by their index, up to the code that says that there are no more', async () => {
  const script = `
    $path = 'HKCU:\\Software\\DlletList'
    $null = New-Item $path -Force
    1..7 | ForEach-Object { $null = New-ItemProperty $path ('value' + 'x' * $_) -Value ([byte[]](1..$_)) -PropertyType Binary -Force }
    $key = Open-RegistryList HKEY_CURRENT_USER 'Software\\DlletList' 0 0x20019 -Confirm:$false
    Get-RegistryListItem $key | Sort-Object lpValueName | ForEach-Object { "$($_.lpValueName) $($_.lpType) $($_.lpData.Count)" }
    Close-RegistryList $key
    Remove-Item $path`;
  expect(await shown(script)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `value${'x'.repeat(n)} 3 ${n}`));
});

test('a linked list in a buffer that grows is what .NET lists', async () => {
  const script = `
    $ours = @(Get-AdapterAddress 0 0)
    $theirs = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces())
    $ours.Count -ge 1
    (($ours.AdapterName | Sort-Object) -join ' ') -eq (($theirs.Id | Sort-Object) -join ' ')
    @($ours | Where-Object { $_.FriendlyName -eq '' }).Count`;
  expect(await shown(script)).toEqual(['True', 'True', '0']);
});

test('the rows of a table that tells their number are what .NET says of the interfaces', async () => {
  const script = `
    $ours = @(Get-IfTable)
    $theirs = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces())
    $ours.Count -ge 1
    $one = { param($name, $type, $address) "$name $type $([BitConverter]::ToString([byte[]]@($address | Where-Object { $null -ne $_ })))" }
    $said = $ours | ForEach-Object { & $one ($_.wszName -replace '^.*_(?={)') $_.dwType ($_.bPhysAddr | Select-Object -First $_.dwPhysAddrLen) }
    $known = $theirs | ForEach-Object { & $one $_.Id ([int]$_.NetworkInterfaceType) $_.GetPhysicalAddress().GetAddressBytes() }
    (($said | Sort-Object) -join ' ') -eq (($known | Sort-Object) -join ' ')
    $whole = Get-IfTableWhole $true
    @($whole.PSObject.Properties.Name) -join ' '
    $whole.table.Count -eq $ours.Count`;
  expect(await shown(script)).toEqual(['True', 'True', 'table', 'True']);
});

test('sockets are in a table that grows with them', async () => {
  const script = `
    $ports = { @(Get-UdpTable $true | ForEach-Object { (($_.dwLocalPort -band 0xff) -shl 8) -bor (($_.dwLocalPort -shr 8) -band 0xff) }) }
    $sockets = 1..40 | ForEach-Object { [System.Net.Sockets.UdpClient]::new([System.Net.IPEndPoint]::new([System.Net.IPAddress]::Loopback, 0)) }
    $mine = $sockets | ForEach-Object { $_.Client.LocalEndPoint.Port }
    # Wine reads the table of the system in parts, and passes over a socket if others are closed meanwhile: it is read until all are there.
    $after = @()
    for ($reading = 0; $reading -lt 10 -and @($mine | Where-Object { $_ -notin $after }).Count -gt 0; $reading++) { $after = & $ports }
    @($mine | Where-Object { $_ -notin $after }).Count
    @($after).Count -ge 40
    @(Get-UdpTable $true | Where-Object { $_.dwLocalAddr -eq 0x0100007f }).Count -ge 40
    $sockets | ForEach-Object { $_.Dispose() }
    @($mine | Where-Object { $_ -in (& $ports) }).Count`;
  expect(await shown(script)).toEqual(['0', 'True', 'True', '0']);
});

test('a text that ends a struct is as long as a field of it says', async () => {
  const script = `
    $path = Join-Path $env:TEMP 'dllet-Grüße-näme.txt'
    Set-Content -LiteralPath $path 'x'
    $file = Open-PlainFile $path 2147483648 -Confirm:$false
    $name = (Get-FileNameInfo $file).FileName
    $name -eq $path.Substring(2)
    Close-PlainFile $file
    Remove-Item -LiteralPath $path`;
  expect(await shown(script)).toEqual(['True']);
});

test('lists of texts are what .NET says of the drives and of a value, and are freed', async () => {
  const script = `
    ((Get-DriveRoot) -join ' ') -eq ([IO.DriveInfo]::GetDrives().Name -join ' ')
    ((Get-AnsiDriveRoot) -join ' ') -eq ((Get-DriveRoot) -join ' ')
    1..50 | ForEach-Object { $variables = @(Get-ProgramVariable) }
    @($variables -match '^SystemRoot=[A-Z]:').Count
    @($variables -notmatch '=').Count
    $path = 'HKCU:\\Software\\DlletTexts'
    $null = New-Item $path -Force
    $set = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Software\\DlletTexts', $true)
    $set.SetValue('Many', [string[]]('Grüße', 'b c', 'd'), 'MultiString')
    $set.SetValue('Long', [string[]](1..300 | ForEach-Object { "text $_" }), 'MultiString')
    $set.SetValue('None', [string[]]@(), 'MultiString')
    (Get-RegistryText 2147483649 'Software\\DlletTexts' 'Many') -join '|'
    @(Get-RegistryText 2147483649 'Software\\DlletTexts' 'None').Count
    ((Get-RegistryText 2147483649 'Software\\DlletTexts' 'Long') -join '|') -ceq ($set.GetValue('Long') -join '|')
    $set.Dispose()
    Remove-Item $path`;
  expect(await shown(script)).toEqual(['True', 'True', '1', '0', 'Grüße|b c|d', '0', 'True']);
});

test('a UNICODE_STRING is a text', async () => {
  const script =
    "ConvertTo-NativeNumber '0x1F' 0; ConvertTo-NativeNumber ' 77' 10; ConvertTo-UpperText 'Grüne Bäume'; (ConvertTo-UpperText '') -eq ''";
  expect(await shown(script)).toEqual(['31', '77', 'GRÜNE BÄUME', 'True']);
});

test('an array of texts is taken, also an empty one and none', async () => {
  const script = `
    $source = Open-EventSource -lpSourceName 'dllet'
    Write-EventText $source 4 0 1 -lpStrings 'Grüße', '', 'more' -lpRawData 1, 2
    Write-EventText $source 4 0 1 -lpStrings @()
    Write-EventText $source 4 0 1
    Close-EventSource $source
    'done'`;
  expect(await shown(script)).toEqual(['done']);
});

test('the addresses of adapters, each with its length, are those of .NET', async () => {
  const script = `
    $ours = @(Get-AdapterAddress 0 0 | ForEach-Object { $_.FirstUnicastAddress } | Where-Object { $_ } | ForEach-Object { $_.Address.lpSockaddr.Address.ToString() })
    $theirs = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces() |
      ForEach-Object { $_.GetIPProperties().UnicastAddresses } | ForEach-Object { $_.Address.ToString() })
    $ours.Count -ge 1
    (($ours | Sort-Object) -join ' ') -eq (($theirs | Sort-Object) -join ' ')`;
  expect(await shown(script)).toEqual(['True', 'True']);
});

describe('structs for which .NET has a type', () => {
  test.each([
    [
      'seconds since 1970',
      "(ConvertFrom-UnixTime '2026-01-31T12:00:00Z') -eq [datetime]::new(2026, 1, 31, 12, 0, 0, [DateTimeKind]::Utc)",
    ],
    [
      'seconds since 1970, to the last',
      "(ConvertTo-UnixTime '2106-02-07T06:28:15.9Z').ToString('o') -ceq '2106-02-07T06:28:15.0000000Z'",
    ],
    ['a FILETIME', '[Math]::Abs(((Get-FileTimeNow) - [DateTime]::UtcNow).TotalMinutes) -le 1'],
    [
      'a SYSTEMTIME that is a rule or a time',
      '$zone = Get-TimeZoneFact; $null -ne $zone.StandardDate -and $zone.Bias -eq -[TimeZoneInfo]::Local.BaseUtcOffset.TotalMinutes',
    ],
    [
      'a SID is a SecurityIdentifier',
      "$sid = Get-WellKnownSid 26; $sid -is [System.Security.Principal.SecurityIdentifier] -and $sid.Value -eq 'S-1-5-32-544'",
    ],
    [
      'a SID of .NET can be given',
      "(ConvertFrom-Sid ([System.Security.Principal.SecurityIdentifier]'S-1-5-21-1-2-3-500')) -eq 'S-1-5-21-1-2-3-500'",
    ],
    ['a SID that the function allocates', "(ConvertTo-Sid 'S-1-5-18').Value -eq 'S-1-5-18'"],
    ['a GUID', '$id = Get-NewGuid; $id -is [guid] -and (ConvertFrom-Guid $id) -eq $id.ToString("B")'],
  ])('%s', async (_name, script) => {
    expect(await shown(script)).toEqual(['True']);
  });
});
