// -l:libz.so.1
#include <stdio.h>
#include <string.h>

const char *zlibVersion(void);
unsigned long crc32(unsigned long crc, const unsigned char *buf, unsigned int len);
unsigned long adler32(unsigned long adler, const unsigned char *buf, unsigned int len);
int compress2(unsigned char *dest, unsigned long *destLen, const unsigned char *source, unsigned long sourceLen, int level);

int main(void) {
  static unsigned char text[13000], packed[20000];
  for (int at = 0; at < 1000; at++) memcpy(text + at * 13, "hello, world ", 13);
  puts(zlibVersion());
  printf("%lu\n%lu\n", crc32(0, text, sizeof text), adler32(1, text, sizeof text));
  const int levels[] = {0, 1, 9};
  for (int at = 0; at < 3; at++) {
    unsigned long size = sizeof packed;
    if (compress2(packed, &size, text, sizeof text, levels[at]) != 0) return 1;
    printf("%lu %lu\n", size, crc32(0, packed, size));
  }
  return 0;
}
