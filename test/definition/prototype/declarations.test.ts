/** Declarations as headers and documentation pages have them, and the long form of each. */
import { describe, expect, it } from 'vitest';
import {
  type LongParameter,
  type LongReturns,
  type LongType,
  parsePrototypes,
} from '../../../src/definition/prototype/index.js';

type More = Omit<LongParameter, 'name' | 'type' | 'direction'>;

const given = (name: string, type: LongType, more: More = {}): LongParameter => ({
  name,
  type,
  direction: 'in',
  ...more,
});
/** A number that is no size. */
const plain = (name: string, type: LongType) => given(name, type, { isSize: false });
/** A value that the function only reads, through a pointer. */
const pointed = (name: string, type: LongType) => given(name, type, { pointer: true });
const written = (name: string, type: LongType, more: More = {}): LongParameter => ({
  name,
  type,
  direction: 'out',
  ...more,
});
const both = (name: string, type: LongType, more: More = {}): LongParameter => ({
  name,
  type,
  direction: 'inout',
  ...more,
});

/** Types that some of the declarations use. */
const KNOWN = parsePrototypes(`
  struct utsname { char sysname[65]; char nodename[65]; char release[65]; char version[65]; char machine[65]; char domainname[65]; };
  typedef enum _COMPUTER_NAME_FORMAT { ComputerNameNetBIOS, ComputerNameDnsHostname, ComputerNameDnsDomain } COMPUTER_NAME_FORMAT;
  typedef struct _MEMORYSTATUSEX { [size] DWORD dwLength; DWORD dwMemoryLoad; DWORDLONG ullTotalPhys; } MEMORYSTATUSEX, *LPMEMORYSTATUSEX;
`);

type Row = readonly [text: string, convention: string, parameters: readonly LongParameter[], returns: LongReturns];

const DECLARATIONS: readonly Row[] = [
  [
    'unsigned long compressBound([in] unsigned long sourceLen)',
    'cdecl',
    [given('sourceLen', 'unsigned long')],
    { type: 'unsigned long', failure: 'none', resultName: 'Value' },
  ],
  [
    'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)',
    'cdecl',
    [given('crc', 'unsigned long'), given('buf', { bytes: { parameter: 'len' } }), given('len', 'unsigned int')],
    { type: 'unsigned long', failure: 'none', resultName: 'Value' },
  ],
  [
    'ZEXTERN uLong ZEXPORT adler32(uLong adler, [bytes(len)] const Bytef *buf, uInt len);',
    'cdecl',
    [given('adler', 'unsigned long'), given('buf', { bytes: { parameter: 'len' } }), given('len', 'unsigned int')],
    { type: 'unsigned long', failure: 'none', resultName: 'Value' },
  ],
  [
    'ZEXTERN const char * ZEXPORT zlibVersion(void);',
    'cdecl',
    [],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    'extern LZMA_API(uint32_t) lzma_crc32([in, bytes(size)] const uint8_t *buf, size_t size, uint32_t crc) lzma_nothrow lzma_attr_pure;',
    'cdecl',
    [given('buf', { bytes: { parameter: 'size' } }), given('size', 'size_t'), given('crc', 'UINT')],
    { type: 'UINT', failure: 'none', resultName: 'Value' },
  ],
  [
    'CJSON_PUBLIC(const char *) cJSON_Version(void);',
    'cdecl',
    [],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    'LWSTDAPI_(int) StrCmpLogicalW([in] PCWSTR psz1, [in] PCWSTR psz2);',
    'stdcall',
    [given('psz1', 'LPCWSTR'), given('psz2', 'LPCWSTR')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'LUA_API double (lua_version) (int given);',
    'cdecl',
    [given('given', 'int')],
    { type: 'DOUBLE', failure: 'none', resultName: 'Value' },
  ],
  [
    '[fails(nonzero, returned)] int compress([out, bytes(destLen)] Bytef *dest, uLongf *destLen, [bytes(sourceLen)] const Bytef *source, uLong sourceLen)',
    'cdecl',
    [
      written('dest', { bytes: { parameter: 'destLen' } }),
      both('destLen', 'unsigned long'),
      given('source', { bytes: { parameter: 'sourceLen' } }),
      given('sourceLen', 'unsigned long'),
    ],
    { type: 'int', failure: { when: 'nonzero', code: 'returned' } },
  ],
  [
    '[fails(nonzero, returned)] int compress2([out, bytes(destLen), buffer(1024, 67108864)] Bytef *dest, uLongf *destLen, [in, bytes(sourceLen)] const Bytef *source, uLong sourceLen, int level)',
    'cdecl',
    [
      written('dest', { bytes: { parameter: 'destLen', start: 1024, limit: 67108864 } }),
      both('destLen', 'unsigned long'),
      given('source', { bytes: { parameter: 'sourceLen' } }),
      given('sourceLen', 'unsigned long'),
      given('level', 'int'),
    ],
    { type: 'int', failure: { when: 'nonzero', code: 'returned' } },
  ],
  [
    'gzFile gzopen(const char *path, const char *mode)',
    'cdecl',
    [given('path', 'LPCSTR'), given('mode', 'LPCSTR')],
    { type: 'HANDLE', failure: 'none', resultName: 'Value' },
  ],
  [
    'int gzclose(gzFile file)',
    'cdecl',
    [given('file', 'HANDLE')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'int gzwrite(gzFile file, [bytes(len)] voidpc buf, unsigned len)',
    'cdecl',
    [given('file', 'HANDLE'), given('buf', { bytes: { parameter: 'len' } }), given('len', 'unsigned int')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  ['pid_t getpid(void);', 'cdecl', [], { type: 'INT', failure: 'none', resultName: 'Value' }],
  [
    'extern int chdir (const char *__path) __THROW __nonnull ((1)) __wur;',
    'cdecl',
    [given('path', 'LPCSTR')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    '[fails(minusOne, errno)] int gethostname([out, count(len)] char *name, size_t len)',
    'cdecl',
    [written('name', { string: 'utf8', capacity: { parameter: 'len' } }), given('len', 'size_t')],
    { type: 'int', failure: { when: 'minusOne', code: 'errno' } },
  ],
  [
    '[fails(minusOne, errno)] int clock_gettime(clockid_t clockid, [out] struct timespec *tp)',
    'cdecl',
    [plain('clockid', 'INT'), written('tp', 'timespec')],
    { type: 'int', failure: { when: 'minusOne', code: 'errno' } },
  ],
  [
    'char *getenv(const char *name)',
    'cdecl',
    [given('name', 'LPCSTR')],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    '[fails(zero, errno)] FILE *fopen(const char *restrict pathname, const char *restrict mode);',
    'cdecl',
    [given('pathname', 'LPCSTR'), given('mode', 'LPCSTR')],
    { type: 'HANDLE', failure: { when: 'zero', code: 'errno' }, resultName: 'Value' },
  ],
  [
    'size_t fwrite([in, bytes(size)] const void *ptr, size_t size, size_t nmemb, FILE *stream)',
    'cdecl',
    [
      given('ptr', { bytes: { parameter: 'size' } }),
      given('size', 'size_t'),
      given('nmemb', 'size_t'),
      given('stream', 'HANDLE'),
    ],
    { type: 'size_t', failure: 'none', resultName: 'Value' },
  ],
  [
    'int fclose(FILE *stream)',
    'cdecl',
    [given('stream', 'HANDLE')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  ['double sqrt(double x)', 'cdecl', [given('x', 'DOUBLE')], { type: 'DOUBLE', failure: 'none', resultName: 'Value' }],
  ['long labs(long j)', 'cdecl', [given('j', 'long')], { type: 'long', failure: 'none', resultName: 'Value' }],
  [
    'long long int llabs(long long int j)',
    'cdecl',
    [given('j', 'long long')],
    { type: 'long long', failure: 'none', resultName: 'Value' },
  ],
  ['void srand(unsigned int seed)', 'cdecl', [given('seed', 'unsigned int')], { type: 'void', failure: 'none' }],
  [
    'time_t time([out, optional] time_t *tloc)',
    'cdecl',
    [written('tloc', 'LONG64', { optional: true })],
    { type: 'LONG64', failure: 'none', resultName: 'Value' },
  ],
  [
    'char *strerror(int errnum)',
    'cdecl',
    [given('errnum', 'int')],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    '[[nodiscard]] int abs([[maybe_unused]] int j) noexcept;',
    'cdecl',
    [given('j', 'int')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'ssize_t read(int fd, [out, bytes(count), written(return)] void *buf, size_t count)',
    'cdecl',
    [
      given('fd', 'int'),
      written('buf', { bytes: { parameter: 'count', written: 'return' } }),
      given('count', 'size_t'),
    ],
    { type: 'ptrdiff_t', failure: 'none', resultName: 'Value' },
  ],
  [
    'SQLITE_API int sqlite3_open(const char *filename, [out] sqlite3 **ppDb)',
    'cdecl',
    [given('filename', 'LPCSTR'), written('ppDb', 'HANDLE')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'SQLITE_API int sqlite3_close(sqlite3*)',
    'cdecl',
    [given('Arg1', 'HANDLE')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'SQLITE_API const char *sqlite3_errmsg(sqlite3*)',
    'cdecl',
    [given('Arg1', 'HANDLE')],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    '[utf8] const unsigned char *sqlite3_column_text(sqlite3_stmt*, int iCol)',
    'cdecl',
    [given('Arg1', 'HANDLE'), given('iCol', 'int')],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  ['const char *sqlite3_libversion(void)', 'cdecl', [], { type: 'LPCSTR', failure: 'none', resultName: 'Value' }],
  ['void sqlite3_free(void*)', 'cdecl', [given('Arg1', 'HANDLE')], { type: 'void', failure: 'none' }],
  ['ULONGLONG GetTickCount64();', 'stdcall', [], { type: 'ULONG64', failure: 'none', resultName: 'Value' }],
  [
    'void GetSystemTime([out] LPSYSTEMTIME lpSystemTime);',
    'stdcall',
    [written('lpSystemTime', 'SYSTEMTIME')],
    { type: 'void', failure: 'none' },
  ],
  [
    'WINBASEAPI BOOL WINAPI SetSystemTime(_In_ CONST SYSTEMTIME* lpSystemTime);',
    'stdcall',
    [pointed('lpSystemTime', 'SYSTEMTIME')],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL GetDiskFreeSpaceExW([in, optional] LPCWSTR lpDirectoryName, [out, optional] PULARGE_INTEGER lpFreeBytesAvailableToCaller, [out, optional] PULARGE_INTEGER lpTotalNumberOfBytes, [out, optional] PULARGE_INTEGER lpTotalNumberOfFreeBytes);',
    'stdcall',
    [
      given('lpDirectoryName', 'LPCWSTR', { optional: true }),
      written('lpFreeBytesAvailableToCaller', 'ULONG64', { optional: true }),
      written('lpTotalNumberOfBytes', 'ULONG64', { optional: true }),
      written('lpTotalNumberOfFreeBytes', 'ULONG64', { optional: true }),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL GetVolumeInformationW([in, optional] LPCWSTR lpRootPathName, [out, optional, count(nVolumeNameSize)] LPWSTR lpVolumeNameBuffer, [in] DWORD nVolumeNameSize, [out, optional] LPDWORD lpVolumeSerialNumber, [out, optional] LPDWORD lpMaximumComponentLength, [out, optional] LPDWORD lpFileSystemFlags, [out, optional, count(nFileSystemNameSize)] LPWSTR lpFileSystemNameBuffer, [in] DWORD nFileSystemNameSize);',
    'stdcall',
    [
      given('lpRootPathName', 'LPCWSTR', { optional: true }),
      written(
        'lpVolumeNameBuffer',
        { string: 'utf16', capacity: { parameter: 'nVolumeNameSize' } },
        { optional: true },
      ),
      given('nVolumeNameSize', 'DWORD'),
      written('lpVolumeSerialNumber', 'DWORD', { optional: true }),
      written('lpMaximumComponentLength', 'DWORD', { optional: true }),
      written('lpFileSystemFlags', 'DWORD', { optional: true }),
      written(
        'lpFileSystemNameBuffer',
        { string: 'utf16', capacity: { parameter: 'nFileSystemNameSize' } },
        { optional: true },
      ),
      given('nFileSystemNameSize', 'DWORD'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'LSTATUS RegOpenKeyExW([in] HKEY hKey, [in, optional] LPCWSTR lpSubKey, [in] DWORD ulOptions, [in] REGSAM samDesired, [out] PHKEY phkResult);',
    'stdcall',
    [
      given('hKey', 'HANDLE'),
      given('lpSubKey', 'LPCWSTR', { optional: true }),
      plain('ulOptions', 'DWORD'),
      plain('samDesired', 'DWORD'),
      written('phkResult', 'HANDLE'),
    ],
    { type: 'LONG', failure: 'win32' },
  ],
  [
    'LSTATUS RegQueryValueExW([in] HKEY hKey, [in, optional] LPCWSTR lpValueName, LPDWORD lpReserved, [out, optional] LPDWORD lpType, [out, optional, bytes(lpcbData), grow(234), buffer(256, 1048576)] LPBYTE lpData, [in, out, optional] LPDWORD lpcbData);',
    'stdcall',
    [
      given('hKey', 'HANDLE'),
      given('lpValueName', 'LPCWSTR', { optional: true }),
      given('lpReserved', 'PVOID', { null: 'always' }),
      written('lpType', 'DWORD', { optional: true }),
      written(
        'lpData',
        { bytes: { parameter: 'lpcbData', start: 256, limit: 1048576 } },
        { grow: { on: [234] }, optional: true },
      ),
      both('lpcbData', 'DWORD', { optional: true }),
    ],
    { type: 'LONG', failure: 'win32' },
  ],
  [
    'LSTATUS APIENTRY RegQueryValueExW(_In_ HKEY hKey, _In_opt_ LPCWSTR lpValueName, _Reserved_ LPDWORD lpReserved, _Out_opt_ LPDWORD lpType, _Out_writes_bytes_to_opt_(*lpcbData, *lpcbData) __out_data_source(REGISTRY) LPBYTE lpData, _When_(lpData == NULL, _Out_opt_) _When_(lpData != NULL, _Inout_opt_) LPDWORD lpcbData);',
    'stdcall',
    [
      given('hKey', 'HANDLE'),
      given('lpValueName', 'LPCWSTR', { optional: true }),
      given('lpReserved', 'PVOID', { null: 'always' }),
      written('lpType', 'DWORD', { optional: true }),
      written('lpData', { bytes: { parameter: 'lpcbData' } }, { optional: true }),
      both('lpcbData', 'DWORD'),
    ],
    { type: 'LONG', failure: 'win32' },
  ],
  [
    'LONG RegEnumValueW(HKEY hKey, DWORD dwIndex, [out, count(lpcchValueName)] LPWSTR lpValueName, LPDWORD lpcchValueName, LPDWORD lpReserved, [out, optional] LPDWORD lpType, [out, optional, bytes(lpcbData)] LPBYTE lpData, [in, out, optional] LPDWORD lpcbData);',
    'stdcall',
    [
      given('hKey', 'HANDLE'),
      plain('dwIndex', 'DWORD'),
      written('lpValueName', { string: 'utf16', capacity: { parameter: 'lpcchValueName' } }),
      both('lpcchValueName', 'DWORD'),
      given('lpReserved', 'PVOID', { null: 'always' }),
      written('lpType', 'DWORD', { optional: true }),
      written('lpData', { bytes: { parameter: 'lpcbData' } }, { optional: true }),
      both('lpcbData', 'DWORD', { optional: true }),
    ],
    { type: 'LONG', failure: 'win32' },
  ],
  ['LSTATUS RegCloseKey([in] HKEY hKey);', 'stdcall', [given('hKey', 'HANDLE')], { type: 'LONG', failure: 'win32' }],
  [
    'HANDLE CreateFileW([in] LPCWSTR lpFileName, [in] DWORD dwDesiredAccess, [in] DWORD dwShareMode, [in, optional] LPSECURITY_ATTRIBUTES lpSecurityAttributes, [in] DWORD dwCreationDisposition, [in] DWORD dwFlagsAndAttributes, [in, optional] HANDLE hTemplateFile);',
    'stdcall',
    [
      given('lpFileName', 'LPCWSTR'),
      plain('dwDesiredAccess', 'DWORD'),
      plain('dwShareMode', 'DWORD'),
      given('lpSecurityAttributes', 'PVOID', { null: 'always' }),
      plain('dwCreationDisposition', 'DWORD'),
      plain('dwFlagsAndAttributes', 'DWORD'),
      given('hTemplateFile', 'HANDLE', { optional: true }),
    ],
    { type: 'HANDLE', failure: 'lastErrorIfInvalidHandle', resultName: 'Value' },
  ],
  [
    'WINBASEAPI _Must_inspect_result_ BOOL WINAPI ReadFile(_In_ HANDLE hFile, _Out_writes_bytes_to_opt_(nNumberOfBytesToRead, *lpNumberOfBytesRead) __out_data_source(FILE) LPVOID lpBuffer, _In_ DWORD nNumberOfBytesToRead, _Out_opt_ LPDWORD lpNumberOfBytesRead, _Inout_opt_ LPOVERLAPPED lpOverlapped);',
    'stdcall',
    [
      given('hFile', 'HANDLE'),
      written(
        'lpBuffer',
        { bytes: { parameter: 'nNumberOfBytesToRead', written: 'lpNumberOfBytesRead' } },
        { optional: true },
      ),
      given('nNumberOfBytesToRead', 'DWORD'),
      written('lpNumberOfBytesRead', 'DWORD', { optional: true }),
      given('lpOverlapped', 'PVOID', { null: 'always' }),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'DWORD WINAPI GetModuleFileNameW(_In_opt_ HMODULE hModule, _Out_writes_to_(nSize, ((return < nSize) ? (return + 1) : nSize)) LPWSTR lpFilename, _In_ DWORD nSize);',
    'stdcall',
    [
      given('hModule', 'HANDLE', { optional: true }),
      written('lpFilename', { string: 'utf16', capacity: { parameter: 'nSize' } }),
      given('nSize', 'DWORD'),
    ],
    { type: 'DWORD', failure: 'none', resultName: 'Value' },
  ],
  [
    'BOOL SetEnvironmentVariableA([in] LPCSTR lpName, [in, optional] LPCSTR lpValue);',
    'stdcall',
    [given('lpName', { string: 'ansi' }), given('lpValue', { string: 'ansi' }, { optional: true })],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL IsWow64Process([in] HANDLE hProcess, [out] PBOOL Wow64Process);',
    'stdcall',
    [given('hProcess', 'HANDLE'), written('Wow64Process', 'BOOL')],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL IsWindow([in, optional] HWND hWnd);',
    'stdcall',
    [given('hWnd', 'HANDLE', { optional: true })],
    { type: 'BOOL', failure: 'none', resultName: 'Value' },
  ],
  [
    'DWORD WaitForMultipleObjects([in] DWORD nCount, [in, count(nCount)] const HANDLE *lpHandles, [in] BOOL bWaitAll, [in] DWORD dwMilliseconds);',
    'stdcall',
    [
      given('nCount', 'DWORD'),
      given('lpHandles', { array: 'HANDLE', length: { parameter: 'nCount' } }),
      given('bWaitAll', 'BOOL'),
      given('dwMilliseconds', 'DWORD'),
    ],
    { type: 'DWORD', failure: 'none', resultName: 'Value' },
  ],
  [
    'HRESULT CoCreateGuid([out] GUID *pguid);',
    'stdcall',
    [written('pguid', 'GUID')],
    { type: 'HRESULT', failure: 'hresult' },
  ],
  [
    'NTSTATUS NTAPI NtQuerySystemTime(OUT PLARGE_INTEGER SystemTime);',
    'stdcall',
    [written('SystemTime', 'LONG64')],
    { type: 'NTSTATUS', failure: 'ntstatus' },
  ],
  [
    'int WSAAPI gethostname(_Out_writes_bytes_(namelen) char FAR * name, _In_ int namelen);',
    'stdcall',
    [written('name', { bytes: { parameter: 'namelen' } }), given('namelen', 'int')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    '[fails(minusOne, lastError)] SOCKET WSAAPI socket([in] int af, [in] int type, [in] int protocol);',
    'stdcall',
    [given('af', 'int'), given('type', 'int'), given('protocol', 'int')],
    { type: 'HANDLE', failure: 'lastErrorIfInvalidHandle', resultName: 'Value' },
  ],
  [
    'int WINAPI MessageBoxW(IN HWND hWnd OPTIONAL, IN LPCWSTR lpText OPTIONAL, IN LPCWSTR lpCaption OPTIONAL, IN UINT uType);',
    'stdcall',
    [
      given('hWnd', 'HANDLE', { optional: true }),
      given('lpText', 'LPCWSTR', { optional: true }),
      given('lpCaption', 'LPCWSTR', { optional: true }),
      plain('uType', 'UINT'),
    ],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'BOOL GetUserNameW(__out_ecount_opt(*pcbBuffer) LPWSTR lpBuffer, __inout LPDWORD pcbBuffer);',
    'stdcall',
    [
      written('lpBuffer', { string: 'utf16', capacity: { parameter: 'pcbBuffer' } }, { optional: true }),
      both('pcbBuffer', 'DWORD'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  ['LPWSTR GetCommandLineW();', 'stdcall', [], { type: 'LPCWSTR', failure: 'lastErrorIfZero', resultName: 'Value' }],
  [
    'HLOCAL LocalFree([in] _Frees_ptr_opt_ HLOCAL hMem);',
    'stdcall',
    [given('hMem', 'HANDLE')],
    { type: 'HANDLE', failure: 'lastErrorIfZero', resultName: 'Value' },
  ],
  [
    'VOID WINAPI Sleep(_In_ DWORD dwMilliseconds);',
    'stdcall',
    [given('dwMilliseconds', 'DWORD')],
    { type: 'void', failure: 'none' },
  ],
  [
    'UINT GetSystemDirectoryW([out, count(uSize)] LPWSTR lpBuffer, [in] UINT uSize);',
    'stdcall',
    [written('lpBuffer', { string: 'utf16', capacity: { parameter: 'uSize' } }), given('uSize', 'UINT')],
    { type: 'UINT', failure: 'none', resultName: 'Value' },
  ],
  [
    'void SetLastError([in] DWORD dwErrCode);',
    'stdcall',
    [given('dwErrCode', 'DWORD')],
    { type: 'void', failure: 'none' },
  ],
  [
    'BOOL QueryPerformanceCounter([out] LARGE_INTEGER *lpPerformanceCount);',
    'stdcall',
    [written('lpPerformanceCount', 'LONG64')],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'SC_HANDLE OpenSCManagerW([in, optional] LPCWSTR lpMachineName, [in, optional] LPCWSTR lpDatabaseName, [in] DWORD dwDesiredAccess);',
    'stdcall',
    [
      given('lpMachineName', 'LPCWSTR', { optional: true }),
      given('lpDatabaseName', 'LPCWSTR', { optional: true }),
      plain('dwDesiredAccess', 'DWORD'),
    ],
    { type: 'HANDLE', failure: 'lastErrorIfZero', resultName: 'Value' },
  ],
  [
    'BOOL GetTokenInformation([in] HANDLE TokenHandle, [in] int TokenInformationClass, [out, optional, bytes(TokenInformationLength), written(ReturnLength), grow(122)] LPVOID TokenInformation, [in] DWORD TokenInformationLength, [out] PDWORD ReturnLength);',
    'stdcall',
    [
      given('TokenHandle', 'HANDLE'),
      given('TokenInformationClass', 'int'),
      written(
        'TokenInformation',
        { bytes: { parameter: 'TokenInformationLength', written: 'ReturnLength' } },
        { grow: { on: [122] }, optional: true },
      ),
      given('TokenInformationLength', 'DWORD'),
      written('ReturnLength', 'DWORD'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL LookupAccountSidW([in, optional] LPCWSTR lpSystemName, [in] PSID Sid, [out, optional, count(cchName)] LPWSTR Name, [in, out] LPDWORD cchName, [out, optional, count(cchReferencedDomainName)] LPWSTR ReferencedDomainName, [in, out] LPDWORD cchReferencedDomainName, [out] int *peUse);',
    'stdcall',
    [
      given('lpSystemName', 'LPCWSTR', { optional: true }),
      given('Sid', 'PSID'),
      written('Name', { string: 'utf16', capacity: { parameter: 'cchName' } }, { optional: true }),
      both('cchName', 'DWORD'),
      written(
        'ReferencedDomainName',
        { string: 'utf16', capacity: { parameter: 'cchReferencedDomainName' } },
        { optional: true },
      ),
      both('cchReferencedDomainName', 'DWORD'),
      written('peUse', 'int'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL CryptGenRandom([in] HCRYPTPROV hProv, [in] DWORD dwLen, [in, out, bytes(dwLen)] BYTE *pbBuffer);',
    'stdcall',
    [given('hProv', 'HANDLE'), given('dwLen', 'DWORD'), both('pbBuffer', { bytes: { parameter: 'dwLen' } })],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'extern int uname ([out] struct utsname *__name) __THROW;',
    'cdecl',
    [written('name', 'utsname')],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'BOOL GetComputerNameExW([in] COMPUTER_NAME_FORMAT NameType, [out, optional, count(nSize), grow(234)] LPWSTR lpBuffer, [in, out] LPDWORD nSize);',
    'stdcall',
    [
      given('NameType', 'COMPUTER_NAME_FORMAT'),
      written(
        'lpBuffer',
        { string: 'utf16', capacity: { parameter: 'nSize' } },
        { grow: { on: [234] }, optional: true },
      ),
      both('nSize', 'DWORD'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'BOOL GlobalMemoryStatusEx([in, out] LPMEMORYSTATUSEX lpBuffer);',
    'stdcall',
    [written('lpBuffer', 'MEMORYSTATUSEX')],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'LPVOID VirtualAlloc([in, optional, value] LPVOID lpAddress, [in] SIZE_T dwSize, [in] DWORD flAllocationType, [in] DWORD flProtect);',
    'stdcall',
    [
      given('lpAddress', 'HANDLE', { optional: true }),
      given('dwSize', 'SIZE_T'),
      given('flAllocationType', 'DWORD'),
      given('flProtect', 'DWORD'),
    ],
    { type: 'HANDLE', failure: 'lastErrorIfZero', resultName: 'Value' },
  ],
  [
    'HRESULT CLSIDFromProgID([in] LPCOLESTR lpszProgID, [out] LPCLSID lpclsid);',
    'stdcall',
    [given('lpszProgID', 'LPCWSTR'), written('lpclsid', 'GUID')],
    { type: 'HRESULT', failure: 'hresult' },
  ],
  [
    '[fails(notIn(0, 1168), returned)] DWORD WNetThing(DWORD dwReserved, LPVOID lpReserved);',
    'stdcall',
    [given('dwReserved', 'DWORD', { constant: 0 }), given('lpReserved', 'PVOID', { null: 'always' })],
    { type: 'DWORD', failure: { when: { notIn: [0, 1168] }, code: 'win32' }, resultName: 'Value' },
  ],
  [
    'HANDLE WINAPI FindFirstThingW([in] LPCWSTR lpName, [out] LPDWORD lpSize);',
    'stdcall',
    [given('lpName', 'LPCWSTR'), written('lpSize', 'DWORD')],
    { type: 'HANDLE', failure: 'lastErrorIfInvalidHandle', resultName: 'Handle' },
  ],
  [
    '[fails(mask(0x80000000), returned), returns(Handle)] uint32_t open_thing(const char *name);',
    'cdecl',
    [given('name', 'LPCSTR')],
    { type: 'UINT', failure: { when: { mask: 2147483648 }, code: 'returned' }, resultName: 'Handle' },
  ],
  [
    'BOOLEAN WINAPI CreateSymbolicLinkA(LPCTSTR lpSymlinkFileName, LPCTSTR lpTargetFileName, DWORD dwFlags);',
    'stdcall',
    [
      given('lpSymlinkFileName', { string: 'ansi' }),
      given('lpTargetFileName', { string: 'ansi' }),
      plain('dwFlags', 'DWORD'),
    ],
    { type: 'BOOLEAN', failure: 'lastErrorIfZero' },
  ],
  [
    '[utf8] const char *f([utf8] const unsigned char *text, [in, count(n)] const wchar_t *counted, size_t n);',
    'cdecl',
    [
      given('text', 'LPCSTR'),
      given('counted', { string: 'utf16', capacity: { parameter: 'n' } }),
      given('n', 'size_t'),
    ],
    { type: 'LPCSTR', failure: 'none', resultName: 'Value' },
  ],
  [
    'int average([count(n)] const double values[], unsigned n, [out, value] unsigned char *result);',
    'cdecl',
    [
      given('values', { array: 'DOUBLE', length: { parameter: 'n' } }),
      given('n', 'unsigned int'),
      written('result', 'unsigned char'),
    ],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'void swap([in, out] int *a, [in, value] const short *b);',
    'cdecl',
    [both('a', 'int'), { ...pointed('b', 'short'), isSize: false }],
    { type: 'void', failure: 'none' },
  ],
  [
    'BOOL InternetGetCookieA([in] LPCSTR lpszUrl, [in] LPCSTR lpszCookieName, [out, optional, count(lpdwSize)] LPSTR lpszCookieData, [in, out] LPDWORD lpdwSize);',
    'stdcall',
    [
      given('lpszUrl', { string: 'ansi' }),
      given('lpszCookieName', { string: 'ansi' }),
      written('lpszCookieData', { string: 'ansi', capacity: { parameter: 'lpdwSize' } }, { optional: true }),
      both('lpdwSize', 'DWORD'),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    'DWORD GetLogicalDriveStringsW(_In_ DWORD nBufferLength, _Out_writes_to_opt_(nBufferLength, return + 1) LPWSTR lpBuffer);',
    'stdcall',
    [
      given('nBufferLength', 'DWORD'),
      written('lpBuffer', { string: 'utf16', capacity: { parameter: 'nBufferLength' } }, { optional: true }),
    ],
    { type: 'DWORD', failure: 'none', resultName: 'Value' },
  ],
  [
    'BOOL FindClose([in, out] HANDLE hFindFile);',
    'stdcall',
    [given('hFindFile', 'HANDLE')],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
  [
    '[fails(nonzero, returned)] MMRESULT midiOutReset(HMODULE device);',
    'stdcall',
    [given('device', 'HANDLE')],
    { type: 'UINT', failure: { when: 'nonzero', code: 'returned' } },
  ],
  [
    '[fails(nonzero, returned)] DWORD NetThing([in, constant(1)] DWORD level, [in, constant(0xFFFFFFFF)] DWORD most, [in, value] DWORD flags, [in, constant(-1)] HANDLE process);',
    'stdcall',
    [
      given('level', 'DWORD', { constant: 1 }),
      given('most', 'DWORD', { constant: 4294967295 }),
      given('flags', 'DWORD', { isSize: false }),
      given('process', 'HANDLE', { constant: -1 }),
    ],
    { type: 'DWORD', failure: 'win32' },
  ],
  [
    '[absent(18)] BOOL FindNextThing([in] HANDLE search);',
    'stdcall',
    [given('search', 'HANDLE')],
    { type: 'BOOL', failure: { when: 'zero', code: 'lastError', absent: [18] } },
  ],
  [
    '[success(1150, 0x2A)] BOOL VerifyThing(DWORD thing);',
    'stdcall',
    [given('thing', 'DWORD')],
    { type: 'BOOL', failure: { when: 'zero', code: 'lastError', success: [1150, 42] }, resultName: 'Value' },
  ],
  [
    '[fails(zero, lastError), absent(1168)] DWORD GetThingLength([in] HANDLE thing);',
    'stdcall',
    [given('thing', 'HANDLE')],
    { type: 'DWORD', failure: { when: 'zero', code: 'lastError', success: [0], absent: [1168] }, resultName: 'Value' },
  ],
  [
    '[fails(nonzero, win32), success(234), absent(259), unreviewed] DWORD EnumThing(DWORD thing);',
    'stdcall',
    [given('thing', 'DWORD')],
    { type: 'DWORD', failure: { when: 'nonzero', code: 'win32', success: [234], absent: [259] }, reviewed: false },
  ],
  [
    '[unreviewed] HRESULT MakeThing(DWORD thing);',
    'stdcall',
    [given('thing', 'DWORD')],
    { type: 'HRESULT', failure: 'hresult', reviewed: false },
  ],
  [
    '[returns(none)] unsigned char *MD5([in, bytes(n)] const unsigned char *d, unsigned long n, [out] unsigned char md[16]);',
    'cdecl',
    [given('d', { bytes: { parameter: 'n' } }), given('n', 'unsigned long'), written('md', { bytes: 16 })],
    { type: 'HANDLE', failure: 'none' },
  ],
  [
    '[fails(zero, none)] int *f([out] int *value);',
    'cdecl',
    [written('value', 'int')],
    { type: 'HANDLE', failure: { when: 'zero', code: 'none' } },
  ],
  ['[fails(negative, hresult), returns(none)] int f(void);', 'cdecl', [], { type: 'int', failure: 'hresult' }],
  [
    '[fails(never)] BOOL Ask([in] HWND window);',
    'stdcall',
    [given('window', 'HANDLE')],
    { type: 'BOOL', failure: 'none', resultName: 'Value' },
  ],
  [
    'ssize_t read(int fd, [out, written(return)] void buf[.count], size_t count);',
    'cdecl',
    [
      given('fd', 'int'),
      written('buf', { bytes: { parameter: 'count', written: 'return' } }),
      given('count', 'size_t'),
    ],
    { type: 'ptrdiff_t', failure: 'none', resultName: 'Value' },
  ],
  [
    'int f(const char s[_Nullable restrict .n], size_t n, [in, value] time_t *_Nonnull one);',
    'cdecl',
    [
      given('s', { string: 'utf8', capacity: { parameter: 'n' } }, { optional: true }),
      given('n', 'size_t'),
      given('one', 'LONG64', { pointer: true, isSize: false }),
    ],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'int f(int n, const int values[static restrict n], [out] int rest[*], [in] int more[static 4]);',
    'cdecl',
    [
      given('n', 'int'),
      given('values', { array: 'int', length: { parameter: 'n' } }),
      written('rest', 'int'),
      given('more', { array: 'int', length: 4 }),
    ],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'typedef unsigned char uuid_t[16]; typedef int grid[2][3]; int f(const uuid_t one, [out] uuid_t other, const grid g);',
    'cdecl',
    [
      given('one', { bytes: 16 }),
      written('other', { bytes: 16 }),
      given('g', { array: { array: 'int', length: 3 }, length: 2 }),
    ],
    { type: 'int', failure: 'none', resultName: 'Value' },
  ],
  [
    'BOOL CopyFileExW([in] LPCWSTR from, [in, optional] BOOL (CALLBACK *progress)(int), [out, optional] LPWSTR *rest);',
    'stdcall',
    [
      given('from', 'LPCWSTR'),
      given('progress', 'PVOID', { null: 'always' }),
      given('rest', 'PVOID', { null: 'always' }),
    ],
    { type: 'BOOL', failure: 'lastErrorIfZero' },
  ],
];

describe('declarations', () => {
  it.each(DECLARATIONS)('%s', (text, callingConvention, parameters, returns) => {
    const { functions } = parsePrototypes(text, KNOWN);
    expect(functions.map(({ definition }) => definition)).toEqual([{ callingConvention, parameters, returns }]);
  });

  it('are found by name and place, several in one text', () => {
    const text = '/* int none(void); */ int first(void);\nextern "C" {\n  int second(int a); // two\n}';
    const { functions } = parsePrototypes(text);
    expect(functions.map(({ name, at }) => text.slice(at, at + name.length))).toEqual(['first', 'second']);
    expect(functions.map(({ name }) => name)).toEqual(['first', 'second']);
  });
});
