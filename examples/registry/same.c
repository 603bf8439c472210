// -ladvapi32
#include <windows.h>
#include <stdio.h>

static unsigned long long number(FILETIME time) {
  return ((unsigned long long)time.dwHighDateTime << 32) + time.dwLowDateTime;
}

int main(void) {
  HKEY key;
  FILETIME written;
  DWORD keys, values;
  if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\Microsoft\\Windows NT\\CurrentVersion", 0, KEY_READ, &key)) return 1;
  for (DWORD at = 0;; at++) {
    WCHAR name[256];
    DWORD length = 256;
    if (RegEnumKeyExW(key, at, name, &length, NULL, NULL, NULL, &written)) break;
    printf("%ls %llu\n", name, number(written));
  }
  if (RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, &written)) return 1;
  printf("%lu %lu %llu\n", keys, values, number(written));
  return RegCloseKey(key);
}
