/** Pieces of headers and of pages, pasted as they are. */
import { expect, it } from 'vitest';
import { parsePrototypes } from '../../../src/definition/prototype/index.js';

const ZLIB = `
#ifndef ZLIB_H
#define ZLIB_H
#include "zconf.h"
#ifdef __cplusplus
extern "C" {
#endif
#define ZLIB_VERSION "1.3.1"
#define Z_NO_FLUSH      0
#define Z_BEST_COMPRESSION (-1)
typedef voidpf (*alloc_func)(voidpf opaque, uInt items, uInt size);
typedef void   (*free_func)(voidpf opaque, voidpf address);
struct internal_state;
ZEXTERN const char * ZEXPORT zlibVersion(void);
/* The application can compare */
ZEXTERN uLong ZEXPORT compressBound(uLong sourceLen);
ZEXTERN uLong ZEXPORT crc32(uLong crc, [in, bytes(len)] const Bytef *buf, uInt len);
ZEXTERN uLong ZEXPORT adler32_z(uLong adler, [bytes(len)] const Bytef *buf,
                                z_size_t len);
ZEXTERN const z_crc_t FAR * ZEXPORT get_crc_table(void);
#ifdef __cplusplus
}
#endif
#endif /* ZLIB_H */
`;

const WINDOWS = `
#pragma once
#if _WIN32_WINNT >= 0x0600
typedef enum _FINDEX_INFO_LEVELS {
    FindExInfoStandard,
    FindExInfoBasic,
    FindExInfoMaxInfoLevel
} FINDEX_INFO_LEVELS;
#endif
typedef struct _WIN32_FIND_DATAW {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD nFileSizeHigh;
    DWORD nFileSizeLow;
    DWORD dwReserved0;
    DWORD dwReserved1;
    _Field_z_ WCHAR  cFileName[ MAX_PATH ];
    _Field_z_ WCHAR  cAlternateFileName[ 14 ];
#ifdef _MAC
    DWORD dwFileType;
#endif
} WIN32_FIND_DATAW, *PWIN32_FIND_DATAW, *LPWIN32_FIND_DATAW;

WINBASEAPI
HANDLE
WINAPI
FindFirstFileW(
    _In_ LPCWSTR lpFileName,
    _Out_ LPWIN32_FIND_DATAW lpFindFileData
    );

WINBASEAPI
BOOL
WINAPI
FindClose(
    _Inout_ HANDLE hFindFile
    );

WINBASEAPI
_Success_(return != 0 && return < nBufferLength)
DWORD
WINAPI
GetFullPathNameW(
    _In_ LPCWSTR lpFileName,
    _In_ DWORD nBufferLength,
    _Out_writes_to_opt_(nBufferLength, return + 1) LPWSTR lpBuffer,
    _Outptr_opt_ LPWSTR* lpFilePart
    );
`;

const PAGE = `
BOOL GetSystemPowerStatus(
  [out] LPSYSTEM_POWER_STATUS lpSystemPowerStatus
);

typedef struct _SYSTEM_POWER_STATUS {
  BYTE  ACLineStatus;
  BYTE  BatteryFlag;
  BYTE  BatteryLifePercent;
  BYTE  SystemStatusFlag;
  DWORD BatteryLifeTime;
  DWORD BatteryFullLifeTime;
} SYSTEM_POWER_STATUS, *LPSYSTEM_POWER_STATUS;
`;

const GLIBC = `
extern int chdir (const char *__path) __attribute__ ((__nothrow__ , __leaf__)) __attribute__ ((__nonnull__ (1))) ;
extern __inline __attribute__ ((__gnu_inline__)) double fabs (double __x);
extern char *getcwd ([out, count(size)] char *buf, size_t size) __attribute__ ((__nothrow__));
struct tm { int tm_sec; int tm_min; int tm_hour; int tm_mday; int tm_mon; int tm_year; int tm_wday; int tm_yday; int tm_isdst; long int tm_gmtoff; void *tm_zone; };
extern time_t mktime ([in, out] struct tm *__tp) __attribute__ ((__nothrow__ , __leaf__));
`;

const of = (text: string) => {
  const { functions, types } = parsePrototypes(text);
  const parameters = ({ definition }: (typeof functions)[number]) =>
    definition.parameters.map(({ name, direction }) => `${direction} ${name}`).join(', ');
  return {
    functions: functions.map((one) => `${one.name}(${parameters(one)})`),
    types: Object.keys(types),
  };
};

it('zlib.h', () => {
  expect(of(ZLIB)).toEqual({
    functions: [
      'zlibVersion()',
      'compressBound(in sourceLen)',
      'crc32(in crc, in buf, in len)',
      'adler32_z(in adler, in buf, in len)',
      'get_crc_table()',
    ],
    types: [],
  });
});

it('fileapi.h and minwinbase.h', () => {
  expect(of(WINDOWS)).toEqual({
    functions: [
      'FindFirstFileW(in lpFileName, out lpFindFileData)',
      'FindClose(in hFindFile)',
      'GetFullPathNameW(in lpFileName, in nBufferLength, out lpBuffer, in lpFilePart)',
    ],
    types: ['FINDEX_INFO_LEVELS', 'WIN32_FIND_DATAW'],
  });
});

it('a page that has the function before its struct', () => {
  expect(of(PAGE)).toEqual({
    functions: ['GetSystemPowerStatus(out lpSystemPowerStatus)'],
    types: ['SYSTEM_POWER_STATUS'],
  });
});

it('what the preprocessor makes of headers of glibc', () => {
  expect(of(GLIBC)).toEqual({
    functions: ['chdir(in path)', 'fabs(in x)', 'getcwd(out buf, in size)', 'mktime(inout tp)'],
    types: ['tm'],
  });
});
