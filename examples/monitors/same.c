// -luser32
#include <windows.h>
#include <stdio.h>

static BOOL CALLBACK showMonitor(HMONITOR monitor, HDC context, LPRECT area, LPARAM data) {
  MONITORINFOEXW fact = {.cbSize = sizeof fact};
  if (context || data || !GetMonitorInfoW(monitor, (MONITORINFO *)&fact)) return FALSE;
  printf("%ls %s %ld %ld %ld %ld\n", fact.szDevice, fact.dwFlags ? "Primary" : "0", area->left, area->top, fact.rcMonitor.right, fact.rcWork.bottom);
  return TRUE;
}

int main(void) {
  if (!EnumDisplayMonitors(NULL, NULL, showMonitor, 0)) return 1;
  puts("done");
  return 0;
}
