/*
 * A fake node.exe that exits with status 3 at once, so that the error of the module shows which one was started.
 * With --version it prints the content of the file beside it that has its name and ".version".
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdio.h>
#include <string.h>
#include <wchar.h>

int main(int count, char **arguments) {
    if (count != 2 || strcmp(arguments[1], "--version") != 0) return 3;
    WCHAR name[4096];
    DWORD length = GetModuleFileNameW(NULL, name, 4000);
    if (length == 0 || length >= 4000) return 4;
    wcscpy(name + length, L".version");
    FILE *file = _wfopen(name, L"r");
    char line[64];
    if (file == NULL || fgets(line, sizeof line, file) == NULL) return 5;
    puts(line);
    return 0;
}
