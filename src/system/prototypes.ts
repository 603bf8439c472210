/**
 * The functions of the operating system that the program itself calls: library, prototype, way to report failure, and
 * documentation of each. A header means learn.microsoft.com/windows/win32/api/<header>/nf-<header>-<function in lower
 * case>.
 */
import type { PrototypeTable } from '../native/prototype.js';

const KERNEL = 'kernel32.dll';
const ADVAPI = 'advapi32.dll';
/** The C runtime function exists in every C runtime; the caller selects one. */
const C_RUNTIME = 'ucrtbase.dll';
const LIBC = 'c';

/** Windows. */
export const WINDOWS = {
  // Libraries and errors.
  GetLastError: [KERNEL, 'DWORD ()', 'none', 'errhandlingapi'],
  SetLastError: [KERNEL, 'VOID (DWORD)', 'none', 'errhandlingapi'],
  FormatMessageW: [KERNEL, 'DWORD (DWORD, PVOID, DWORD, DWORD, PVOID, DWORD, PVOID)', 'zero', 'winbase'],
  GetSystemDirectoryW: [KERNEL, 'DWORD (PVOID, DWORD)', 'zero', 'sysinfoapi'],
  SetDefaultDllDirectories: [KERNEL, 'BOOL (DWORD)', 'zero', 'libloaderapi'],
  LoadLibraryExW: [KERNEL, 'HANDLE (LPCWSTR, PVOID, DWORD)', 'zero', 'libloaderapi'],
  GetModuleHandleW: [KERNEL, 'HANDLE (LPCWSTR)', 'zero', 'libloaderapi'],
  GetProcAddress: [KERNEL, 'HANDLE (HANDLE, LPCSTR)', 'zero', 'libloaderapi'],
  CloseHandle: [KERNEL, 'BOOL (HANDLE)', 'zero', 'handleapi'],
  LocalFree: [KERNEL, 'HANDLE (HANDLE)', 'none', 'winbase'],
  lstrlenA: [KERNEL, 'LONG (HANDLE)', 'none', 'winbase'],
  lstrlenW: [KERNEL, 'LONG (HANDLE)', 'none', 'winbase'],
  lstrcpynW: [KERNEL, 'HANDLE (PVOID, HANDLE, LONG)', 'zero', 'winbase'],

  // Text in the ANSI code page of Windows.
  MultiByteToWideChar: [KERNEL, 'LONG (DWORD, DWORD, PVOID, LONG, PVOID, LONG)', 'zero', 'stringapiset'],
  WideCharToMultiByte: [KERNEL, 'LONG (DWORD, DWORD, PVOID, LONG, PVOID, LONG, PVOID, PVOID)', 'zero', 'stringapiset'],

  // Standard output.
  GetStdHandle: [KERNEL, 'HANDLE (LONG)', 'none', 'processenv'],
  SetStdHandle: [KERNEL, 'BOOL (LONG, HANDLE)', 'zero', 'processenv'],
  SetHandleInformation: [KERNEL, 'BOOL (HANDLE, DWORD, DWORD)', 'zero', 'handleapi'],
  GetStartupInfoW: [KERNEL, 'VOID (PVOID)', 'none', 'processthreadsapi'],
  CreateFileW: [KERNEL, 'HANDLE (LPCWSTR, DWORD, DWORD, PVOID, DWORD, DWORD, HANDLE)', 'minusOne', 'fileapi'],
  _dup2: [C_RUNTIME, 'cdecl INT (INT, INT)', 'minusOne', 'c-runtime-library/reference/dup-dup2'],
  _close: [C_RUNTIME, 'cdecl INT (INT)', 'minusOne', 'c-runtime-library/reference/close'],

  // Processes.
  OpenProcess: [KERNEL, 'HANDLE (DWORD, BOOL, DWORD)', 'zero', 'processthreadsapi'],
  QueryFullProcessImageNameW: [KERNEL, 'BOOL (HANDLE, DWORD, PVOID, PVOID)', 'zero', 'winbase'],
  RegisterWaitForSingleObject: [KERNEL, 'BOOL (PVOID, HANDLE, HANDLE, HANDLE, DWORD, DWORD)', 'zero', 'winbase'],

  // The token of this process, and the account behind it.
  OpenProcessToken: [ADVAPI, 'BOOL (HANDLE, DWORD, PVOID)', 'zero', 'processthreadsapi'],
  GetTokenInformation: [ADVAPI, 'BOOL (HANDLE, LONG, PVOID, DWORD, PVOID)', 'zero', 'securitybaseapi'],
  CreateRestrictedToken: [
    ADVAPI,
    'BOOL (HANDLE, DWORD, DWORD, SID_AND_ATTRIBUTES *, DWORD, PVOID, DWORD, PVOID, PVOID)',
    'zero',
    'securitybaseapi',
  ],
  ImpersonateLoggedOnUser: [ADVAPI, 'BOOL (HANDLE)', 'zero', 'securitybaseapi'],
  RevertToSelf: [ADVAPI, 'BOOL ()', 'zero', 'securitybaseapi'],
  ConvertSidToStringSidW: [ADVAPI, 'BOOL (HANDLE, PVOID)', 'zero', 'sddl'],
  ConvertStringSidToSidW: [ADVAPI, 'BOOL (LPCWSTR, PVOID)', 'zero', 'sddl'],
  LookupAccountSidW: [ADVAPI, 'BOOL (PVOID, HANDLE, PVOID, PVOID, PVOID, PVOID, PVOID)', 'zero', 'winbase'],

  // The registry and the event log.
  RegGetValueW: [ADVAPI, 'LONG (HANDLE, LPCWSTR, LPCWSTR, DWORD, PVOID, PVOID, PVOID)', 'code', 'winreg'],
  RegisterEventSourceW: [ADVAPI, 'HANDLE (LPCWSTR, LPCWSTR)', 'zero', 'winbase'],
  ReportEventW: [ADVAPI, 'BOOL (HANDLE, WORD, WORD, DWORD, HANDLE, WORD, DWORD, LPCWSTR *, PVOID)', 'zero', 'winbase'],
  DeregisterEventSource: [ADVAPI, 'BOOL (HANDLE)', 'zero', 'winbase'],

  // The display language.
  GetUserDefaultUILanguage: [KERNEL, 'WORD ()', 'none', 'winnls'],
  LCIDToLocaleName: [KERNEL, 'INT (DWORD, PVOID, INT, DWORD)', 'zero', 'winnls'],
  GetOEMCP: [KERNEL, 'DWORD ()', 'none', 'winnls'],
} as const satisfies PrototypeTable;

/** Linux, macOS and similar systems. */
export const POSIX = {
  fcntl: [LIBC, 'cdecl INT (INT, INT, ...)', 'minusOne', 'fcntl(2)'],
  dup2: [LIBC, 'cdecl INT (INT, INT)', 'minusOne', 'dup(2)'],
  prctl: [LIBC, 'cdecl INT (INT, ULONG, ULONG, ULONG, ULONG)', 'minusOne', 'prctl(2)'],
  strerror: [LIBC, 'cdecl LPCSTR (INT)', 'none', 'strerror(3)'],
} as const satisfies PrototypeTable;
