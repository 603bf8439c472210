/*
 * A planted Iphlpapi.dll: it exports the function that the program looks up. When it is loaded, it leaves a mark: a
 * file beside itself, with ".loaded" appended to its name, that contains the path of the program.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdint.h>
#include <wchar.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) {
    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    WCHAR mark[4096];
    WCHAR program[4096];
    DWORD length = GetModuleFileNameW(instance, mark, 4000);
    if (length == 0 || length >= 4000) return TRUE;
    wcscpy(mark + length, L".loaded");
    HANDLE file = CreateFileW(mark, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return TRUE;
    DWORD written = 0;
    DWORD count = GetModuleFileNameW(NULL, program, 4096);
    WriteFile(file, program, count * sizeof program[0], &written, NULL);
    CloseHandle(file);
    return TRUE;
}

/* A token that only this DLL gives. */
#define LOOKUP(name)                                                                                             \
    __declspec(dllexport) uint32_t WINAPI name(uint16_t start, uint16_t count, uint64_t *token) {                \
        (void)start, (void)count;                                                                                \
        *token = 666;                                                                                            \
        return 0;                                                                                                \
    }

LOOKUP(LookupPersistentUdpPortReservation)
LOOKUP(LookupPersistentTcpPortReservation)
