// -lc
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  struct utsname name;
  struct statvfs fs;
  double load[3];
  if (uname(&name) != 0 || statvfs("/", &fs) != 0) return 1;
  printf("%s %s %s\n", name.sysname, name.release, name.machine);
  const struct passwd *root = getpwuid(0);
  printf("%s %u %s %s\n", root->pw_name, root->pw_uid, root->pw_dir, root->pw_shell);
  printf("%lu %lu %lu %lu %lu\n", fs.f_bsize, fs.f_blocks, fs.f_files, fs.f_flag, fs.f_namemax);
  printf("%ld\n", sysconf(_SC_NPROCESSORS_ONLN));
  char *real = realpath("/proc/..", NULL);
  puts(real);
  free(real);
  const time_t seconds = 86399;
  const struct tm *time = gmtime(&seconds);
  printf("%d %d %d %s\n", time->tm_year, time->tm_hour, time->tm_yday, time->tm_zone);
  for (int code = 1; code <= 5; code++) puts(strerror(code));
  printf("%d\n", getloadavg(load, 3));
  return 0;
}
