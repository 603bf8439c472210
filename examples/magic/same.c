// -l:libmagic.so.1
#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef struct magic_set *magic_t;
int magic_version(void);
magic_t magic_open(int flags);
void magic_close(magic_t cookie);
int magic_load(magic_t cookie, const char *filename);
const char *magic_file(magic_t cookie, const char *filename);
const char *magic_buffer(magic_t cookie, const void *buffer, size_t length);

int main(void) {
  const char *samples[] = {"%PDF-1.7 ", "hello, world", "{ \"a\": 1 }", "#!/bin/sh", "<?xml version=\"1.0\"?>", "GIF89a"};
  const int answers[] = {0, 0x10, 0x10 | 0x400, 0x1000000};
  printf("%d\n", magic_version());
  for (int answer = 0; answer < 4; answer++) {
    magic_t magic = magic_open(answers[answer]);
    if (!magic || magic_load(magic, NULL) != 0) return 1;
    for (int sample = 0; sample < 6; sample++) puts(magic_buffer(magic, samples[sample], strlen(samples[sample])));
    puts(magic_file(magic, "/dev/null"));
    magic_close(magic);
  }
  return 0;
}
