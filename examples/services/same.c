// -ladvapi32
#include <windows.h>
#include <stdio.h>

int main(void) {
  static unsigned char memory[1000000], configuration[65536];
  const char *starts[] = {"Boot", "System", "Automatic", "Manual", "Disabled"};
  DWORD needed, count;
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
  if (!EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, memory, sizeof memory, &needed, &count, NULL, NULL)) return 1;
  ENUM_SERVICE_STATUS_PROCESSW *all = (ENUM_SERVICE_STATUS_PROCESSW *)memory;
  QUERY_SERVICE_CONFIGW *one = (QUERY_SERVICE_CONFIGW *)configuration;
  for (DWORD at = 0; at < count; at++) {
    SC_HANDLE service = OpenServiceW(manager, all[at].lpServiceName, SERVICE_QUERY_CONFIG);
    if (!QueryServiceConfigW(service, one, sizeof configuration, &needed)) return 1;
    printf("%ls [%ls] %s %ls [", all[at].lpServiceName, all[at].lpDisplayName, starts[one->dwStartType], one->lpBinaryPathName);
    for (WCHAR *text = one->lpDependencies; text && *text; text += wcslen(text) + 1) printf("%s%ls", text == one->lpDependencies ? "" : ",", text);
    puts("]");
    CloseServiceHandle(service);
  }
  return !CloseServiceHandle(manager);
}
