/* files.h with POSIX: flock for the lock, dladdr for the path of the library itself. */
#ifndef _WIN32
#define _GNU_SOURCE
#include "files.h"
#include "standin.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

struct locked_file {
    int descriptor;
};

static int sibling_path(const char *suffix, char *path, size_t size) {
    Dl_info info;
    if (dladdr((void *)(uintptr_t)&sibling_exists, &info) == 0 || info.dli_fname == NULL) return 0;
    int length = snprintf(path, size, "%s%s", info.dli_fname, suffix);
    return length > 0 && (size_t)length < size;
}

void set_last_error(uint32_t code) { errno = (int)code; }

int sibling_exists(const char *suffix) {
    char path[4096];
    return sibling_path(suffix, path, sizeof path) && access(path, F_OK) == 0;
}

locked_file *sibling_open(const char *suffix, int create) {
    char path[4096];
    if (!sibling_path(suffix, path, sizeof path)) return NULL;
    int descriptor = open(path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    if (descriptor < 0) return NULL;
    locked_file *file = malloc(sizeof *file);
    if (file == NULL || flock(descriptor, LOCK_EX) != 0) {
        free(file);
        close(descriptor);
        return NULL;
    }
    file->descriptor = descriptor;
    return file;
}

char *locked_read(locked_file *file, size_t *length) {
    off_t size = lseek(file->descriptor, 0, SEEK_END);
    if (size < 0 || lseek(file->descriptor, 0, SEEK_SET) < 0) return NULL;
    char *text = malloc((size_t)size + 1);
    if (text == NULL) return NULL;
    size_t done = 0;
    while (done < (size_t)size) {
        ssize_t count = read(file->descriptor, text + done, (size_t)size - done);
        if (count < 0) {
            free(text);
            return NULL;
        }
        if (count == 0) break;
        done += (size_t)count;
    }
    text[done] = '\0';
    *length = done;
    return text;
}

static int write_all(int descriptor, const char *text, size_t length) {
    while (length > 0) {
        ssize_t count = write(descriptor, text, length);
        if (count <= 0) return 0;
        text += count;
        length -= (size_t)count;
    }
    return 1;
}

int locked_replace(locked_file *file, const char *text, size_t length) {
    if (lseek(file->descriptor, 0, SEEK_SET) < 0 || ftruncate(file->descriptor, 0) != 0) return 0;
    return write_all(file->descriptor, text, length);
}

int locked_append(locked_file *file, const char *text, size_t length) {
    return lseek(file->descriptor, 0, SEEK_END) >= 0 && write_all(file->descriptor, text, length);
}

void locked_close(locked_file *file) {
    close(file->descriptor);
    free(file);
}
#endif
