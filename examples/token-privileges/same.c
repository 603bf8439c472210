// -ladvapi32
#include <windows.h>
#include <stdio.h>

static const char *attributesOf(DWORD attributes) {
  static char text[100];
  const struct { DWORD bit; const char *name; } all[] = {
    {SE_PRIVILEGE_ENABLED_BY_DEFAULT, "EnabledByDefault"}, {SE_PRIVILEGE_ENABLED, "Enabled"}, {SE_PRIVILEGE_REMOVED, "Removed"}, {SE_PRIVILEGE_USED_FOR_ACCESS, "UsedForAccess"}};
  *text = 0;
  for (int at = 0; at < 4; at++)
    if (attributes & all[at].bit) sprintf(text + strlen(text), "%s%s", *text ? ", " : "", all[at].name);
  return *text ? text : "Disabled";
}

int main(void) {
  const HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, atoi(getenv("DLLET_PROCESS")));
  HANDLE token;
  DWORD size = 0;
  if (!OpenProcessToken(process, TOKEN_QUERY, &token)) return 1;
  GetTokenInformation(token, TokenPrivileges, NULL, 0, &size);
  TOKEN_PRIVILEGES *privileges = malloc(size);
  if (!GetTokenInformation(token, TokenPrivileges, privileges, size, &size)) return 1;
  printf("%lu\n", privileges->PrivilegeCount);
  for (DWORD at = 0; at < privileges->PrivilegeCount; at++) {
    LUID_AND_ATTRIBUTES *one = &privileges->Privileges[at];
    WCHAR name[100];
    DWORD length = 100;
    if (!LookupPrivilegeNameW(NULL, &one->Luid, name, &length)) return 1;
    printf("%lu %ls %s\n", one->Luid.LowPart, name, attributesOf(one->Attributes));
  }
  free(privileges);
  CloseHandle(token);
  CloseHandle(process);
  return 0;
}
