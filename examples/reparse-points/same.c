// -lkernel32
#include <windows.h>
#include <stdio.h>

static HANDLE openPath(const WCHAR *path) {
  return CreateFileW(path, 0, 7, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

int main(void) {
  const WCHAR *paths[] = {L"C:\\", L"C:\\windows\\SYSTEM32\\Kernel32.dll"};
  static unsigned char point[16384];
  WCHAR path[1000];
  DWORD size;
  for (int at = 0; at < 2; at++) {
    if (!GetFinalPathNameByHandleW(openPath(paths[at]), path, 1000, 0)) return 1;
    printf("%ls\n", path);
  }
  if (DeviceIoControl(openPath(L"C:\\windows"), 0x900A8, NULL, 0, point, sizeof point, &size, NULL)) return 1;
  printf("%lu\n", GetLastError());
  return 0;
}
