// -luser32
#include <windows.h>
#include <stdio.h>

static BOOL CALLBACK countVisible(HWND window, LPARAM visible) {
  if (IsWindowVisible(window)) ++*(int *)visible;
  return TRUE;
}

int main(void) {
  int visible = 0;
  WCHAR name[257];
  if (!EnumWindows(countVisible, (LPARAM)&visible)) return 1;
  printf("%d\n", visible);
  if (!GetClassNameW(GetDesktopWindow(), name, 257)) return 1;
  printf("%ls %s []\n", name, IsWindowVisible(GetDesktopWindow()) ? "True" : "False");
  if (GetWindowThreadProcessId((HWND)1, NULL)) return 1;
  printf("%lu\n", GetLastError());
  return 0;
}
