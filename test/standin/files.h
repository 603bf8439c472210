/* The files next to the library by which a test steers it, on any system. */
#ifndef DLLET_STANDIN_FILES_H
#define DLLET_STANDIN_FILES_H

#include <stddef.h>

/* An open file, locked for this process alone until it is closed. */
typedef struct locked_file locked_file;

/* Whether `<path of the library><suffix>` exists. */
int sibling_exists(const char *suffix);

/* Opens and locks an existing sibling; NULL when there is none (or, with `create`, when it cannot be made). */
locked_file *sibling_open(const char *suffix, int create);

/* The whole content, NUL-terminated, to be freed by the caller; NULL on failure. */
char *locked_read(locked_file *file, size_t *length);

/* Replaces the whole content; 0 on failure. */
int locked_replace(locked_file *file, const char *text, size_t length);

/* Adds to the end; 0 on failure. */
int locked_append(locked_file *file, const char *text, size_t length);

void locked_close(locked_file *file);

#endif
