// -lversion -luser32
#include <windows.h>
#include <stdio.h>

static int showVersion(const WCHAR *path) {
  static unsigned char block[65536];
  const WCHAR *texts[] = {L"FileVersion", L"OriginalFilename"};
  struct { WORD language, codePage; } *translation;
  VS_FIXEDFILEINFO *fixed;
  UINT size;
  if (!GetFileVersionInfoW(path, 0, sizeof block, block) || !VerQueryValueW(block, L"\\", (void **)&fixed, &size)) return 1;
  if (!VerQueryValueW(block, L"\\VarFileInfo\\Translation", (void **)&translation, &size)) return 1;
  printf("%lu %lu %lu %lu %lu\n", GetFileVersionInfoSizeW(path, NULL), fixed->dwSignature, fixed->dwFileVersionMS, fixed->dwFileVersionLS, fixed->dwFileType);
  for (int at = 0; at < 2; at++) {
    WCHAR *text, name[100];
    wsprintfW(name, L"\\StringFileInfo\\%04x%04x\\%s", translation->language, translation->codePage, texts[at]);
    if (!VerQueryValueW(block, name, (void **)&text, &size)) return 1;
    printf("%ls\n", text);
  }
  return 0;
}

int main(void) { return showVersion(L"C:\\windows\\system32\\kernel32.dll") || showVersion(L"C:\\windows\\system32\\user32.dll"); }
