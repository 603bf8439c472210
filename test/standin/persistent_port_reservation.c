/*
 * A stand-in for the six persistent port reservation functions of Iphlpapi.dll, with their documented behaviour
 * (learn.microsoft.com, iphlpapi.h): return value = Win32 code, StartPort in NETWORK byte order, NumberOfPorts in host
 * order, separate pools for TCP and UDP, a block is found by exactly its start and count.
 *
 * A test steers it by files next to the library, looked at on every call (never by environment variables):
 *   <library>.state       reservations are kept here instead of in memory: lines "udp 5000 20 1234567890"
 *                         (pool, port and count in host order, token in decimal); shared by processes under a lock
 *   <library>.record      every call adds a line "FunctionName rawStartPort numberOfPorts" (the 16 bits as received)
 *   <library>.unelevated  Create and Delete answer 5 (as they do in Windows to a thread that impersonates somebody)
 *   <library>.fail        every function answers the decimal number in it
 */
#define _CRT_RAND_S
#include "files.h"
#include "standin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { POOL_UDP, POOL_TCP } pool_id;

typedef struct {
    pool_id pool;
    uint32_t start;
    uint32_t count;
    uint64_t token;
} reservation;

typedef struct {
    reservation *items;
    size_t length;
    size_t capacity;
} reservation_list;

typedef enum { OPERATION_CREATE, OPERATION_DELETE, OPERATION_LOOKUP } operation_id;

static const char *const POOL_NAMES[] = {"udp", "tcp"};

static reservation_list memory;
static uint16_t last_raw_start_port;
static uint16_t last_number_of_ports;
static int next_token_is_set;
static uint64_t next_token;

/* ---- the list ---- */

static int list_add(reservation_list *list, reservation item) {
    if (list->length == list->capacity) {
        size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
        reservation *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL) return 0;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->length++] = item;
    return 1;
}

static reservation *list_find(reservation_list *list, pool_id pool, uint32_t start, uint32_t count) {
    for (size_t index = 0; index < list->length; index++) {
        reservation *item = &list->items[index];
        if (item->pool == pool && item->start == start && item->count == count) return item;
    }
    return NULL;
}

static int list_overlaps(const reservation_list *list, pool_id pool, uint32_t start, uint32_t count) {
    for (size_t index = 0; index < list->length; index++) {
        const reservation *item = &list->items[index];
        if (item->pool == pool && start < item->start + item->count && item->start < start + count) return 1;
    }
    return 0;
}

static void list_remove(reservation_list *list, reservation *item) {
    size_t behind = (size_t)(list->items + list->length - item - 1);
    memmove(item, item + 1, behind * sizeof *item);
    list->length--;
}

/* ---- the state file ---- */

static int parse_state(char *text, reservation_list *list) {
    for (char *line = strtok(text, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) {
        char pool[4];
        reservation item;
        int end = 0;
        if (sscanf(line, "%3s %" SCNu32 " %" SCNu32 " %" SCNu64 "%n", pool, &item.start, &item.count, &item.token, &end) != 4) return 0;
        if (line[end] != '\0' || item.start > 65535 || item.count > 65535) return 0;
        if (strcmp(pool, "udp") != 0 && strcmp(pool, "tcp") != 0) return 0;
        item.pool = strcmp(pool, "udp") == 0 ? POOL_UDP : POOL_TCP;
        if (!list_add(list, item)) return 0;
    }
    return 1;
}

static int write_state(locked_file *file, const reservation_list *list) {
    const size_t longest_line = 64;
    char *text = malloc(list->length * longest_line + 1);
    if (text == NULL) return 0;
    size_t length = 0;
    for (size_t index = 0; index < list->length; index++) {
        const reservation *item = &list->items[index];
        length += (size_t)snprintf(text + length, longest_line, "%s %" PRIu32 " %" PRIu32 " %" PRIu64 "\n",
                                   POOL_NAMES[item->pool], item->start, item->count, item->token);
    }
    int written = locked_replace(file, text, length);
    free(text);
    return written;
}

/* ---- the behaviour ---- */

static uint64_t random_token(void) {
    if (next_token_is_set) {
        next_token_is_set = 0;
        return next_token;
    }
    uint64_t token = 0;
    while (token == 0) {
#ifdef _WIN32
        unsigned int high = 0, low = 0;
        rand_s(&high);
        rand_s(&low);
        token = (uint64_t)high << 32 | low;
#else
        FILE *source = fopen("/dev/urandom", "rb");
        if (source == NULL) abort();
        size_t count = fread(&token, sizeof token, 1, source);
        fclose(source);
        if (count != 1) abort();
#endif
    }
    return token;
}

static uint32_t apply(operation_id operation, reservation_list *list, reservation wanted, uint64_t *token) {
    reservation *found = list_find(list, wanted.pool, wanted.start, wanted.count);
    if (operation == OPERATION_CREATE) {
        if (list_overlaps(list, wanted.pool, wanted.start, wanted.count)) return ERROR_CODE_SHARING_VIOLATION;
        wanted.token = random_token();
        if (!list_add(list, wanted)) return ERROR_CODE_NOT_ENOUGH_MEMORY;
        *token = wanted.token;
        return 0;
    }
    if (found == NULL) return ERROR_CODE_NOT_FOUND;
    if (operation == OPERATION_LOOKUP) *token = found->token;
    else list_remove(list, found);
    return 0;
}

static uint32_t apply_to_file(operation_id operation, locked_file *file, reservation wanted, uint64_t *token) {
    reservation_list list = {0};
    size_t length = 0;
    char *text = locked_read(file, &length);
    uint32_t code = text != NULL && parse_state(text, &list) ? 0 : ERROR_CODE_INVALID_DATA;
    if (code == 0) code = apply(operation, &list, wanted, token);
    if (code == 0 && operation != OPERATION_LOOKUP && !write_state(file, &list)) code = ERROR_CODE_WRITE_FAULT;
    free(list.items);
    free(text);
    return code;
}

static void record(const char *function, uint16_t raw, uint16_t count) {
    last_raw_start_port = raw;
    last_number_of_ports = count;
    if (!sibling_exists(".record")) return;
    locked_file *file = sibling_open(".record", 0);
    if (file == NULL) return;
    char line[128];
    int length = snprintf(line, sizeof line, "%s %u %u\n", function, (unsigned)raw, (unsigned)count);
    locked_append(file, line, (size_t)length);
    locked_close(file);
}

static uint32_t forced_failure(void) {
    locked_file *file = sibling_exists(".fail") ? sibling_open(".fail", 0) : NULL;
    if (file == NULL) return 0;
    size_t length = 0;
    char *text = locked_read(file, &length);
    locked_close(file);
    uint32_t code = text == NULL ? 0 : (uint32_t)strtoul(text, NULL, 10);
    free(text);
    return code;
}

/* Here, whoever impersonates does it to have fewer rights. */
static int is_impersonating(void) {
#ifdef _WIN32
    HANDLE token = NULL;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) return 0;
    CloseHandle(token);
    return 1;
#else
    return 0;
#endif
}

static uint32_t call(const char *function, operation_id operation, pool_id pool, uint16_t raw, uint16_t count, uint64_t *token) {
    record(function, raw, count);
    uint32_t forced = forced_failure();
    if (forced != 0) return forced;
    const unsigned char *bytes = (const unsigned char *)&raw;
    uint32_t start = (uint32_t)bytes[0] << 8 | bytes[1];
    if (start == 0 || count == 0 || token == NULL) return ERROR_CODE_INVALID_PARAMETER;
    if (operation == OPERATION_CREATE && start + count - 1 > 65535) return ERROR_CODE_INVALID_PARAMETER;
    if (operation != OPERATION_LOOKUP && (sibling_exists(".unelevated") || is_impersonating())) return ERROR_CODE_ACCESS_DENIED;
    reservation wanted = {pool, start, count, 0};
    if (!sibling_exists(".state")) return apply(operation, &memory, wanted, token);
    locked_file *file = sibling_open(".state", 0);
    if (file == NULL) return ERROR_CODE_INVALID_DATA;
    uint32_t code = apply_to_file(operation, file, wanted, token);
    locked_close(file);
    return code;
}

/* ---- the six functions ---- */

#define WITH_TOKEN(name, operation, pool)                                                                       \
    EXPORT uint32_t STDCALL name(uint16_t StartPort, uint16_t NumberOfPorts, uint64_t *Token);                  \
    uint32_t STDCALL name(uint16_t StartPort, uint16_t NumberOfPorts, uint64_t *Token) {                        \
        return call(#name, operation, pool, StartPort, NumberOfPorts, Token);                                   \
    }

#define WITHOUT_TOKEN(name, operation, pool)                                                                    \
    EXPORT uint32_t STDCALL name(uint16_t StartPort, uint16_t NumberOfPorts);                                   \
    uint32_t STDCALL name(uint16_t StartPort, uint16_t NumberOfPorts) {                                         \
        uint64_t unused = 0;                                                                                    \
        return call(#name, operation, pool, StartPort, NumberOfPorts, &unused);                                 \
    }

WITH_TOKEN(CreatePersistentUdpPortReservation, OPERATION_CREATE, POOL_UDP)
WITHOUT_TOKEN(DeletePersistentUdpPortReservation, OPERATION_DELETE, POOL_UDP)
WITH_TOKEN(LookupPersistentUdpPortReservation, OPERATION_LOOKUP, POOL_UDP)
WITH_TOKEN(CreatePersistentTcpPortReservation, OPERATION_CREATE, POOL_TCP)
WITHOUT_TOKEN(DeletePersistentTcpPortReservation, OPERATION_DELETE, POOL_TCP)
/* A variant without it shows that one missing export does not take the others along. */
#ifndef STANDIN_WITHOUT_LOOKUP_TCP
WITH_TOKEN(LookupPersistentTcpPortReservation, OPERATION_LOOKUP, POOL_TCP)
#endif

/* ---- for tests in the same process ---- */

EXPORT uint16_t StandinLastRawStartPort(void);
uint16_t StandinLastRawStartPort(void) { return last_raw_start_port; }

EXPORT uint16_t StandinLastNumberOfPorts(void);
uint16_t StandinLastNumberOfPorts(void) { return last_number_of_ports; }

/* The token that the next Create gives out. */
EXPORT uint32_t StandinSetNextToken(uint64_t Token);
uint32_t StandinSetNextToken(uint64_t Token) {
    next_token = Token;
    next_token_is_set = 1;
    return 0;
}

/* Forgets every reservation kept in memory. */
EXPORT uint32_t StandinReset(void);
uint32_t StandinReset(void) {
    free(memory.items);
    memory = (reservation_list){0};
    last_raw_start_port = 0;
    last_number_of_ports = 0;
    next_token_is_set = 0;
    return 0;
}
