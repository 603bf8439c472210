// -luser32
#include <windows.h>
#include <stdio.h>

static BOOL CALLBACK count(HWND window, LPARAM visible) {
  if (IsWindowVisible(window)) ++*(int *)visible;
  return TRUE;
}

int main(void) {
  int visible = 0;
  WCHAR name[257];
  if (!EnumWindows(count, (LPARAM)&visible)) return 1;
  printf("%d\n", visible);
  if (!GetClassNameW(GetDesktopWindow(), name, 257)) return 1;
  printf("%ls %s\n", name, IsWindowVisible(GetDesktopWindow()) ? "True" : "False");
  return 0;
}
