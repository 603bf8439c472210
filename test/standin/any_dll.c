/* Functions that a DLL of any other kind could have: one for each part of the type algebra (any-dll.definition.json). */
#include "standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#include <io.h>
#define write _write
#else
#include <time.h>
#include <unistd.h>
#endif

#define FUNCTION(result, name, ...)            \
    EXPORT result STDCALL name(__VA_ARGS__);   \
    result STDCALL name(__VA_ARGS__)

/* ---- strings ---- */

FUNCTION(uint32_t, AnyLength16, const uint16_t *text) {
    if (text == NULL) return 0xFFFFFFFFu;
    uint32_t length = 0;
    while (text[length] != 0) length++;
    return length;
}

FUNCTION(uint32_t, AnyLength8, const char *text) {
    return text == NULL ? 0xFFFFFFFFu : (uint32_t)strlen(text);
}

/* "Grüße 🎉" (8 units), its terminator only if there is room. Returns the number of units. */
FUNCTION(uint32_t, AnyFill16, uint16_t *buffer, uint32_t capacity) {
    static const uint16_t text[] = {'G', 'r', 0xFC, 0xDF, 'e', ' ', 0xD83C, 0xDF89, 0};
    for (uint32_t index = 0; index < capacity && index < 9; index++) buffer[index] = text[index];
    return 8;
}

FUNCTION(uint32_t, AnyFill8, char *buffer, uint32_t capacity) {
    static const char text[] = "Gr\xC3\xBC\xC3\x9F" "e \xF0\x9F\x8E\x89";
    for (uint32_t index = 0; index < capacity && index < sizeof text; index++) buffer[index] = text[index];
    return sizeof text - 1;
}

/* ASCII letters to upper case, in place. */
FUNCTION(uint32_t, AnyUpper16, uint16_t *buffer) {
    uint32_t index = 0;
    for (; buffer[index] != 0; index++) {
        if (buffer[index] >= 'a' && buffer[index] <= 'z') buffer[index] = (uint16_t)(buffer[index] - 32);
    }
    return index;
}

FUNCTION(const uint16_t *, AnyGreeting16, uint32_t wanted) {
    static const uint16_t text[] = {'H', 'i', 0x4E16, 0};
    return wanted ? text : NULL;
}

/* ---- structs and arrays ---- */

typedef struct {
    uint16_t port; /* network order */
    uint16_t count;
    uint32_t address; /* network order */
    uint64_t id;
    uint64_t wire_id; /* network order */
} endpoint;

/* Returns the sixteen bits of the port as received; makes port 258 (bytes 01 02), address 1.2.3.4 and flips the ids. */
FUNCTION(uint32_t, AnyEndpoint, endpoint *value) {
    uint32_t raw = value->port;
    static const unsigned char port[] = {1, 2}, address[] = {1, 2, 3, 4};
    memcpy(&value->port, port, 2);
    memcpy(&value->address, address, 4);
    value->count = (uint16_t)(value->count + 1);
    value->id = ~value->id;
    value->wire_id = ~value->wire_id;
    return raw;
}

typedef struct {
    int32_t x;
    int32_t y;
} point;

typedef struct {
    uint32_t size;
    point corners[2];
    uint8_t flags[3];
    uint16_t name[8];
    int64_t sum;
} shape;

/* Needs size = sizeof(shape), as cbSize of Win32 structs; sums the corners up and answers 1, or 0. */
FUNCTION(int32_t, AnyShape, shape *value) {
    static const uint16_t name[] = {'b', 'o', 'x', 0};
    if (value->size != sizeof *value) return 0;
    value->sum = (int64_t)value->corners[0].x + value->corners[0].y + value->corners[1].x + value->corners[1].y;
    for (int index = 0; index < 3; index++) value->flags[index] = (uint8_t)(value->flags[index] + 1);
    memcpy(value->name, name, sizeof name);
    return 1;
}

FUNCTION(int64_t, AnyPoint, point value) { return (int64_t)value.x * value.y; }

FUNCTION(uint64_t, AnySum, const uint16_t *values) {
    return (uint64_t)values[0] + values[1] + values[2] + values[3];
}

/* ---- handles ---- */

FUNCTION(void *, AnyHandle, void *value, void **copy) {
    *copy = value;
    return value;
}

/* INVALID_HANDLE_VALUE and last error 6 (ERROR_INVALID_HANDLE). */
FUNCTION(void *, AnyInvalidHandle, uint32_t code) {
    set_last_error(code);
    return (void *)(intptr_t)-1;
}

/* ---- failure strategies ---- */

/* TRUE for 0; otherwise FALSE with the code as last error. */
FUNCTION(int32_t, AnyBool, uint32_t code) {
    if (code == 0) return 1;
    set_last_error(code);
    return 0;
}

/* A BOOLEAN in and out. */
FUNCTION(uint8_t, AnyNot, uint8_t value) { return !value; }

FUNCTION(int32_t, AnyHresult, int32_t fail) { return fail ? (int32_t)0x80070005u : 0; }

FUNCTION(int32_t, AnyNtstatus, int32_t fail) { return fail ? (int32_t)0xC0000022u : 0; }

/* ---- numbers ---- */

FUNCTION(int64_t, AnyNegate, int64_t value) { return -value; }
FUNCTION(uint64_t, AnyUnsigned64, uint64_t value) { return value; }
FUNCTION(int8_t, AnySigned8, int8_t value) { return value; }
FUNCTION(int16_t, AnySigned16, int16_t value) { return value; }
FUNCTION(uintptr_t, AnyPointerSized, uintptr_t value) { return value; }
FUNCTION(intptr_t, AnySignedPointerSized, intptr_t value) { return value; }
FUNCTION(double, AnyHalf, double value) { return value / 2; }
FUNCTION(float, AnyHalfFloat, float value) { return value / 2; }
FUNCTION(uint32_t, AnyColour, uint32_t value, uint32_t *next) {
    *next = (value + 1) % 3;
    return value;
}

/* What arrives, bit for bit, and the same back. */
FUNCTION(uint32_t, AnyNetwork16, uint16_t *value) { return *value; }
FUNCTION(uint64_t, AnyNetworkIn, uint16_t small, uint32_t middle, uint64_t large) {
    return ((uint64_t)small << 48) ^ ((uint64_t)middle << 8) ^ large;
}
FUNCTION(uint16_t, AnyNetworkResult, uint16_t value) { return value; }

/* ---- a call that takes its time ---- */

FUNCTION(uint32_t, StandinSleep, uint32_t milliseconds) {
#ifdef _WIN32
    Sleep(milliseconds);
#else
    struct timespec left = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0) {
    }
#endif
    return milliseconds;
}

/* ---- a library that has something to say ---- */

static const char REPLY[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"Value\":666}}\n";

/*
 * Writes what looks like a reply to stdout: 0 into a buffer that is written when the process ends, 1 at once, 2 by descriptor, 3 past
 * the C runtime, 4 by another program.
 */
FUNCTION(uint32_t, StandinPrint, uint32_t way) {
    if (way == 0) fputs(REPLY, stdout);
    if (way == 1 && (fputs(REPLY, stdout) < 0 || fflush(stdout) != 0)) return 100;
    if (way == 2 && write(1, REPLY, sizeof REPLY - 1) < 0) return 100;
#ifdef _WIN32
    DWORD written = 0;
    if (way == 3) WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), REPLY, sizeof REPLY - 1, &written, NULL);
#else
    if (way == 3 && fwrite(REPLY, sizeof REPLY - 1, 1, stderr) != 1) return 100;
    if (way == 4 && system("echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"Value\":666}}'") != 0) return 100;
#endif
    return way;
}
