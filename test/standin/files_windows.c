/* files.h with Win32: LockFileEx for the lock, GetModuleFileNameW for the path of the library itself. */
#ifdef _WIN32
#include "files.h"
#include "standin.h"

#include <stdlib.h>
#include <wchar.h>

struct locked_file {
    HANDLE handle;
};

static int sibling_path(const char *suffix, WCHAR *path, size_t size) {
    HMODULE module;
    DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExW(flags, (LPCWSTR)(uintptr_t)&sibling_exists, &module)) return 0;
    DWORD length = GetModuleFileNameW(module, path, (DWORD)size);
    if (length == 0 || length >= size) return 0;
    while (*suffix != '\0') {
        if (length + 1 >= size) return 0;
        path[length++] = (WCHAR)(unsigned char)*suffix++;
    }
    path[length] = L'\0';
    return 1;
}

void set_last_error(uint32_t code) { SetLastError(code); }

int sibling_exists(const char *suffix) {
    WCHAR path[4096];
    return sibling_path(suffix, path, 4096) && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

locked_file *sibling_open(const char *suffix, int create) {
    WCHAR path[4096];
    if (!sibling_path(suffix, path, 4096)) return NULL;
    HANDLE handle = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                NULL, create ? OPEN_ALWAYS : OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (handle == INVALID_HANDLE_VALUE) return NULL;
    OVERLAPPED whole = {0};
    /* The lock is on one byte far behind the text, so that a test can still read the file meanwhile. */
    whole.OffsetHigh = 0x40000000;
    locked_file *file = malloc(sizeof *file);
    if (file == NULL || !LockFileEx(handle, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &whole)) {
        free(file);
        CloseHandle(handle);
        return NULL;
    }
    file->handle = handle;
    return file;
}

char *locked_read(locked_file *file, size_t *length) {
    LARGE_INTEGER size;
    if (!GetFileSizeEx(file->handle, &size) || SetFilePointer(file->handle, 0, NULL, FILE_BEGIN) != 0) return NULL;
    char *text = malloc((size_t)size.QuadPart + 1);
    DWORD done = 0;
    if (text == NULL || !ReadFile(file->handle, text, (DWORD)size.QuadPart, &done, NULL)) {
        free(text);
        return NULL;
    }
    text[done] = '\0';
    *length = done;
    return text;
}

static int write_all(HANDLE handle, const char *text, size_t length) {
    DWORD done = 0;
    return WriteFile(handle, text, (DWORD)length, &done, NULL) && done == length;
}

int locked_replace(locked_file *file, const char *text, size_t length) {
    if (SetFilePointer(file->handle, 0, NULL, FILE_BEGIN) != 0 || !SetEndOfFile(file->handle)) return 0;
    return write_all(file->handle, text, length);
}

int locked_append(locked_file *file, const char *text, size_t length) {
    if (SetFilePointer(file->handle, 0, NULL, FILE_END) == INVALID_SET_FILE_POINTER) return 0;
    return write_all(file->handle, text, length);
}

void locked_close(locked_file *file) {
    CloseHandle(file->handle);
    free(file);
}
#endif
