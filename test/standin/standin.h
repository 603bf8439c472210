/* What the parts of the stand-in share: Win32 names with their Windows widths, exports, the last error. */
#ifndef DLLET_STANDIN_H
#define DLLET_STANDIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#define EXPORT __declspec(dllexport)
#define STDCALL __stdcall
#else
#define EXPORT __attribute__((visibility("default")))
#define STDCALL
#endif

#define ERROR_CODE_ACCESS_DENIED 5u
#define ERROR_CODE_NOT_ENOUGH_MEMORY 8u
#define ERROR_CODE_INVALID_DATA 13u
#define ERROR_CODE_WRITE_FAULT 29u
#define ERROR_CODE_SHARING_VIOLATION 32u
#define ERROR_CODE_INVALID_PARAMETER 87u
#define ERROR_CODE_NOT_FOUND 1168u

/* SetLastError on Windows, errno elsewhere. */
void set_last_error(uint32_t code);

#endif
