// -lkernel32
#include <windows.h>
#include <stdio.h>

int main(void) {
  const char *types[] = {"Unknown", "NoRootDirectory", "Removable", "Fixed", "Remote", "CdRom", "RamDisk"};
  WCHAR roots[1000], label[261], system[261];
  DWORD serial, longest, flags;
  ULARGE_INTEGER available, total, unused;
  if (!GetLogicalDriveStringsW(1000, roots)) return 1;
  for (WCHAR *root = roots; *root; root += wcslen(root) + 1) {
    if (!GetVolumeInformationW(root, label, 261, &serial, &longest, &flags, system, 261)) return 1;
    if (!GetDiskFreeSpaceExW(root, &available, &total, &unused)) return 1;
    printf("%ls %s [%ls] %lu %lu %ls %llu\n", root, types[GetDriveTypeW(root)], label, serial, longest, system, total.QuadPart);
  }
  return 0;
}
