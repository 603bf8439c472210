/**
 * Maps the type names of C, its standard libraries and the Windows headers to the types of definitions. Names with `P`
 * or `LP` before them, such as LPDWORD, are derived from these.
 *
 * Sources: C11 6.7.2 and 7.20; "Windows Data Types" on learn.microsoft.com; zconf.h of zlib.
 */
import { allKinds } from '../../kinds/index.js';
import type { LongType } from './long-form.js';
import type { Expression } from './syntax.js';

/** The role of a type, which determines how a pointer to it is read. */
export type Role =
  | 'void'
  | 'number'
  /** A number of 8 bits. A pointer to it usually points to memory. */
  | 'byte'
  /** Characters of 8 bits, of 16 bits, and of either (TCHAR). */
  | 'char'
  | 'wide'
  | 'either'
  | 'handle'
  | 'struct'
  /** An array with a type name. */
  | 'array'
  /** A struct without known fields: only pointers to it are passed on. */
  | 'opaque'
  /** A struct for which dllet passes NULL where that is permitted. */
  | 'absent'
  /** A pointer to a function that the library calls back. */
  | 'callback'
  /** A struct that contains its own size: a SID, a socket address. */
  | 'sized'
  /** A type that a definition cannot express. */
  | 'refused';

/** The parameters and the result of a function that the library calls back. */
export interface CalledBack {
  readonly parameters: readonly CalledParameter[];
  readonly returns: string;
  /** The reason why it cannot be used; absent if it can. */
  readonly problem?: string;
}

export interface CalledParameter {
  readonly name: string;
  readonly type: LongType;
  readonly pointer?: true;
  readonly ignored?: true;
}

export interface Base {
  readonly role: Role;
  /** The C name, for messages. */
  readonly name: string;
  /** Its type in a definition; absent if it has no values. */
  readonly type?: LongType;
  /** True for a name of the Windows headers. */
  readonly isWindows?: true;
  /** The tag of the struct without fields that it is another name for. */
  readonly tag?: string;
  /** The elements of an array with a type name. */
  readonly array?: { readonly element: NamedType; readonly lengths: readonly (Expression | undefined)[] };
  /** The handle type of a pointer to it, if a function releases the handle. */
  readonly handle?: LongType;
  /** True for a list of texts that ends with an empty text. */
  readonly isList?: true;
  /** The parameters and result of a callback. */
  readonly called?: CalledBack;
  /** The reason why it is refused. */
  readonly reason?: string;
}

/** A C type: its base, and for each pointer, the innermost first, whether the memory behind it is const. */
export interface NamedType {
  readonly base: Base;
  readonly pointers: readonly boolean[];
}

/** The types of C by their keywords, sorted. */
export const C_WORDS: Readonly<Record<string, Pick<Base, 'role' | 'type' | 'reason'>>> = {
  void: { role: 'void' },
  char: { role: 'char', type: 'char' },
  'char signed': { role: 'byte', type: 'signed char' },
  'char unsigned': { role: 'byte', type: 'unsigned char' },
  short: { role: 'number', type: 'short' },
  'short unsigned': { role: 'number', type: 'unsigned short' },
  int: { role: 'number', type: 'int' },
  unsigned: { role: 'number', type: 'unsigned int' },
  long: { role: 'number', type: 'long' },
  'long unsigned': { role: 'number', type: 'unsigned long' },
  'long long': { role: 'number', type: 'long long' },
  'long long unsigned': { role: 'number', type: 'unsigned long long' },
  float: { role: 'number', type: 'FLOAT' },
  double: { role: 'number', type: 'DOUBLE' },
  'double long': { role: 'refused', reason: 'long double has a different size on each system' },
  _Bool: { role: 'number', type: 'bool' },
  __int8: { role: 'byte', type: 'signed char' },
  '__int8 unsigned': { role: 'byte', type: 'unsigned char' },
  __int16: { role: 'number', type: 'SHORT' },
  '__int16 unsigned': { role: 'number', type: 'USHORT' },
  __int32: { role: 'number', type: 'INT' },
  '__int32 unsigned': { role: 'number', type: 'UINT' },
  __int64: { role: 'number', type: 'LONG64' },
  '__int64 unsigned': { role: 'number', type: 'ULONG64' },
};

/** The keywords of C's types. `signed` and `int` add nothing to other keywords. */
export const TYPE_WORDS = new Set(
  'void char short int long float double signed unsigned _Bool __int8 __int16 __int32 __int64 __signed__ _Complex'.split(
    ' ',
  ),
);

const WCHAR_T = 'wchar_t has 2 bytes on Windows and 4 elsewhere; write WCHAR or uint32_t';

/** The standard C libraries: names by their type in definitions. */
const C_NAMES: Readonly<Record<string, string>> = {
  'signed char': 'int8_t',
  'unsigned char': 'uint8_t Byte Bytef u_char u_int8_t',
  SHORT: 'int16_t',
  USHORT: 'uint16_t in_port_t sa_family_t u_short u_int16_t',
  INT: 'int32_t pid_t clockid_t key_t',
  UINT: 'uint32_t uid_t gid_t mode_t socklen_t in_addr_t id_t useconds_t u_int32_t',
  LONG64: 'int64_t intmax_t time_t off64_t loff_t',
  ULONG64: 'uint64_t uintmax_t rlim_t ino_t u_int64_t',
  LONG_PTR: 'intptr_t',
  ULONG_PTR: 'uintptr_t',
  size_t: 'size_t z_size_t rsize_t',
  ptrdiff_t: 'ptrdiff_t ssize_t',
  long: 'off_t clock_t suseconds_t z_off_t',
  'unsigned int': 'uint uInt uIntf u_int',
  'unsigned long': 'uLong uLongf ulong u_long',
  int: 'intf errno_t',
  bool: 'bool',
};

/** The Windows headers: names by their type in definitions. */
const WINDOWS_NAMES: Readonly<Record<string, string>> = {
  BOOL: 'BOOL WINBOOL',
  BOOLEAN: 'BOOLEAN',
  BYTE: 'BYTE UINT8',
  UCHAR: 'UCHAR',
  SHORT: 'SHORT INT16',
  USHORT: 'USHORT UINT16 ADDRESS_FAMILY INTERNET_PORT',
  WORD: 'WORD ATOM LANGID',
  INT: 'INT INT32',
  UINT: 'UINT UINT32 MMRESULT',
  LONG: 'LONG LONG32 LSTATUS KPRIORITY',
  ULONG: 'ULONG ULONG32',
  DWORD:
    'DWORD DWORD32 LCID LCTYPE LGRPID COLORREF ACCESS_MASK REGSAM SECURITY_INFORMATION NET_API_STATUS NET_IFINDEX IF_INDEX NET_IF_COMPARTMENT_ID CALID CALTYPE EXECUTION_STATE CONFIGRET RPC_STATUS',
  HRESULT: 'HRESULT',
  NTSTATUS: 'NTSTATUS',
  LONG64: 'LONG64 LONGLONG INT64 LARGE_INTEGER USN',
  ULONG64: 'ULONG64 ULONGLONG UINT64 ULARGE_INTEGER DWORDLONG',
  DWORD64: 'DWORD64',
  LONG_PTR: 'LONG_PTR INT_PTR LPARAM LRESULT SSIZE_T',
  ULONG_PTR: 'ULONG_PTR UINT_PTR DWORD_PTR WPARAM',
  SIZE_T: 'SIZE_T',
  FLOAT: 'FLOAT',
  DOUBLE: 'DOUBLE DATE',
};

const HANDLES =
  'HANDLE HACCEL HBITMAP HBRUSH HCERTSTORE HCOLORSPACE HCONV HCONVLIST HCRYPTHASH HCRYPTKEY HCRYPTPROV HCRYPTMSG HCURSOR HDC HDDEDATA HDESK HDEVINFO HDEVNOTIFY HDROP HDWP HENHMETAFILE HFONT HGDIOBJ HGLOBAL HHOOK HICON HIMAGELIST HINSTANCE HINTERNET HKEY HKL HLOCAL HMENU HMETAFILE HMODULE HMONITOR HPALETTE HPCON HPEN HPOWERNOTIFY HRGN HRSRC HSZ HTHEME HTOKEN HWINEVENTHOOK HWINSTA HWND SC_HANDLE SERVICE_STATUS_HANDLE SOCKET WSAEVENT BCRYPT_ALG_HANDLE BCRYPT_HASH_HANDLE BCRYPT_KEY_HANDLE NCRYPT_HANDLE NCRYPT_KEY_HANDLE NCRYPT_PROV_HANDLE PDH_HQUERY PDH_HCOUNTER EVT_HANDLE';

/** Structs that callers do not fill in themselves: a pointer to one is a handle. */
const OPAQUE_WINDOWS =
  'SECURITY_DESCRIPTOR ACL CERT_CONTEXT TP_WORK TP_POOL TP_TIMER CRITICAL_SECTION SRWLOCK CONDITION_VARIABLE';
const OPAQUE_C = 'FILE DIR';

/** Structs that form one value: names by their type in definitions, from the kinds. */
const STANDARD: Readonly<Record<string, string>> = Object.fromEntries(
  allKinds().flatMap(({ namesInC = {} }) =>
    Object.entries(namesInC).map(([type, names]) => [type, `${type} ${names}`]),
  ),
);

/** The names of structs that form one value. */
export const STANDARD_NAMES = new Set(Object.values(STANDARD).flatMap((names) => names.split(' ')));

/** Structs for which nearly every caller passes NULL. */
const ABSENT = 'SECURITY_ATTRIBUTES OVERLAPPED';

type Row = Omit<NamedType, 'base'> & { readonly base: Omit<Base, 'name'> };

const named = (names: string, row: Row): [string, NamedType][] =>
  names.split(' ').map((name) => [name, { ...row, base: { ...row.base, name } }]);

const numbers = (table: Readonly<Record<string, string>>, more: { isWindows?: true }): [string, NamedType][] =>
  Object.entries(table).flatMap(([type, names]) => {
    const isByte = /^(BYTE|UCHAR|signed char|unsigned char)$/.test(type);
    return named(names, { base: { role: isByte ? 'byte' : 'number', type, ...more }, pointers: [] });
  });

const windows = { isWindows: true } as const;
const char: Omit<Base, 'name'> = { role: 'char', type: 'CHAR', ...windows };
const wide: Omit<Base, 'name'> = { role: 'wide', type: 'USHORT', ...windows };
const either: Omit<Base, 'name'> = { role: 'either', ...windows };

/** Every name with its type. */
export const KNOWN_NAMES: ReadonlyMap<string, NamedType> = new Map<string, NamedType>([
  ...numbers(C_NAMES, {}),
  ...numbers(WINDOWS_NAMES, windows),
  ...named(HANDLES, { base: { role: 'handle', type: 'HANDLE', ...windows }, pointers: [] }),
  ...named(OPAQUE_WINDOWS, { base: { role: 'opaque', ...windows }, pointers: [] }),
  ...named(OPAQUE_C, { base: { role: 'opaque' }, pointers: [] }),
  ...named(ABSENT, { base: { role: 'absent', ...windows }, pointers: [] }),
  ...Object.entries(STANDARD).flatMap(([type, names]) => {
    const isC = (name: string) => /^[a-z]/.test(name);
    return names
      .split(' ')
      .flatMap((name) => named(name, { base: { role: 'struct', type, ...(!isC(name) && windows) }, pointers: [] }));
  }),
  ...named('SID _SID', { base: { role: 'sized', type: 'PSID', ...windows }, pointers: [] }),
  ...named('SOCKADDR', { base: { role: 'sized', type: 'LPSOCKADDR', ...windows }, pointers: [] }),
  ...named('sockaddr', { base: { role: 'sized', type: 'LPSOCKADDR' }, pointers: [] }),
  ...named('VOID', { base: { role: 'void', ...windows }, pointers: [] }),
  ...named('CHAR CCHAR', { base: char, pointers: [] }),
  ...named('INT8', { base: { role: 'byte', type: 'CHAR', ...windows }, pointers: [] }),
  ...named('WCHAR OLECHAR CHAR16', { base: wide, pointers: [] }),
  ...named('wchar_t', { base: { role: 'wide', reason: WCHAR_T }, pointers: [] }),
  ...named('TCHAR', { base: either, pointers: [] }),
  ...named('LPSTR PSTR NPSTR', { base: char, pointers: [false] }),
  ...named('LPCSTR PCSTR', { base: char, pointers: [true] }),
  ...named('LPWSTR PWSTR NWPSTR LPOLESTR', { base: wide, pointers: [false] }),
  ...named('LPCWSTR PCWSTR LPCOLESTR', { base: wide, pointers: [true] }),
  ...named('LPTSTR PTSTR', { base: either, pointers: [false] }),
  ...named('LPCTSTR PCTSTR', { base: either, pointers: [true] }),
  ...named('LPWCH PWCH', { base: wide, pointers: [false] }),
  ...named('LPCWCH PCWCH', { base: wide, pointers: [true] }),
  ...named('LPCH PCH', { base: char, pointers: [false] }),
  ...named('LPCCH PCCH', { base: char, pointers: [true] }),
  ...named('PZZSTR', { base: { ...char, isList: true }, pointers: [false] }),
  ...named('PCZZSTR', { base: { ...char, isList: true }, pointers: [true] }),
  ...named('PZZWSTR', { base: { ...wide, isList: true }, pointers: [false] }),
  ...named('PCZZWSTR', { base: { ...wide, isList: true }, pointers: [true] }),
  ...named('PZZTSTR', { base: { ...either, isList: true }, pointers: [false] }),
  ...named('PCZZTSTR', { base: { ...either, isList: true }, pointers: [true] }),
  ...named('BSTR', {
    base: { role: 'refused', reason: 'a BSTR is memory of OLE, which is not supported', ...windows },
    pointers: [],
  }),
  ...named('va_list', { base: { role: 'refused', reason: 'it is a variable argument list' }, pointers: [] }),
  ...named('voidp voidpf voidpc', { base: { role: 'void' }, pointers: [false] }),
  ['voidpc', { base: { role: 'void', name: 'voidpc' }, pointers: [true] }],
  ...named('gzFile iconv_t', { base: { role: 'handle', type: 'HANDLE' }, pointers: [] }),
  ...named('charf', { base: { role: 'char', type: 'char' }, pointers: [] }),
]);

/** Structs that pages refer to without declaring them. */
export const KNOWN_STRUCTS: Readonly<Record<string, string>> = {
  LUID: 'typedef struct _LUID { DWORD LowPart; LONG HighPart; } LUID;',
  POINT: 'typedef struct tagPOINT { LONG x; LONG y; } POINT;',
  SIZE: 'typedef struct tagSIZE { LONG cx; LONG cy; } SIZE;',
  RECT: 'typedef struct tagRECT { LONG left; LONG top; LONG right; LONG bottom; } RECT;',
  COORD: 'typedef struct _COORD { SHORT X; SHORT Y; } COORD;',
  SMALL_RECT: 'typedef struct _SMALL_RECT { SHORT Left; SHORT Top; SHORT Right; SHORT Bottom; } SMALL_RECT;',
  SOCKET_ADDRESS:
    'typedef struct _SOCKET_ADDRESS { [bytes(iSockaddrLength)] LPSOCKADDR lpSockaddr; INT iSockaddrLength; } SOCKET_ADDRESS;',
  BLOB: 'typedef struct tagBLOB { ULONG cbSize; [bytes(cbSize)] BYTE *pBlobData; } BLOB;',
  PROCESSOR_NUMBER: 'typedef struct _PROCESSOR_NUMBER { WORD Group; BYTE Number; BYTE Reserved; } PROCESSOR_NUMBER;',
  timespec: 'struct timespec { time_t tv_sec; long tv_nsec; };',
  timeval: 'struct timeval { time_t tv_sec; suseconds_t tv_usec; };',
};

/** Other names of the structs above. */
export const STRUCT_ALIASES: Readonly<Record<string, string>> = {
  tagPOINT: 'POINT',
  tagRECT: 'RECT',
};

/** Constants that array lengths are written with. */
export const KNOWN_CONSTANTS: Readonly<Record<string, bigint>> = {
  MAX_PATH: 260n,
  PATH_MAX: 4096n,
  ANYSIZE_ARRAY: 1n,
  TRUE: 1n,
  FALSE: 0n,
  NULL: 0n,
};

/** Words that do not affect the type of a value. */
export const IGNORED_WORDS = new Set(
  (
    'extern static inline __inline __inline__ __forceinline register auto __extension__ volatile restrict __restrict ' +
    '__restrict__ _Noreturn noreturn near far NEAR FAR _far _near __ptr64 __ptr32 __unaligned UNALIGNED VOLATILE ' +
    'WINBASEAPI WINUSERAPI WINADVAPI WINGDIAPI NTSYSAPI NTSYSCALLAPI WINSOCK_API_LINKAGE DECLSPEC_IMPORT EXTERN_C ' +
    'IPHLPAPI_DLL_LINKAGE NET_API_FUNCTION DECLSPEC_NORETURN WINCRYPT32API ZEXTERN ZEXPORT FORCEINLINE typedef'
  ).split(' '),
);

/** Words for const. */
export const CONST_WORDS = new Set(['const', 'CONST', '__const']);

const conventions = (names: string, convention: string) => names.split(' ').map((name) => [name, convention] as const);

/** Calling conventions, including those that a definition cannot have. */
export const CONVENTIONS: ReadonlyMap<string, string> = new Map([
  ...conventions(
    'WINAPI APIENTRY CALLBACK NTAPI WSAAPI PASCAL STDAPICALLTYPE STDMETHODCALLTYPE WMIAPI IMAGEAPI RPC_ENTRY __stdcall _stdcall',
    'stdcall',
  ),
  ...conventions('WINAPIV CDECL __cdecl _cdecl STDAPIVCALLTYPE', 'cdecl'),
  ...conventions('__fastcall _fastcall __vectorcall __thiscall __clrcall', 'other'),
]);
