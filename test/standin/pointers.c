/* Functions that hand out memory: texts in structs, allocated memory, linked lists, buffers with texts behind structs. */
#include "standin.h"

#include <stdlib.h>
#include <string.h>

#define FUNCTION(result, name, ...)            \
    EXPORT result STDCALL name(__VA_ARGS__);   \
    result STDCALL name(__VA_ARGS__)

/* Allocations that are not freed yet. */
static int32_t outstanding = 0;

static void *allocate(size_t size) {
    outstanding++;
    return calloc(1, size);
}

FUNCTION(int32_t, PointersOutstanding, void) { return outstanding; }

FUNCTION(void, PointersFree, void *memory) {
    outstanding--;
    free(memory);
}

typedef struct {
    const char *name;
    uint32_t count;
    const uint8_t *bytes;
    const uint16_t *wide;
} row;

static const uint16_t WIDE[] = {'w', 0xFC, 0};
static const uint8_t BYTES[] = {1, 2, 3, 4, 5};

static void fill(row *value, uint32_t index) {
    value->name = index == 1 ? NULL : "Gr\xC3\xBC\xC3\x9F" "e";
    value->count = index;
    value->bytes = index == 0 ? NULL : BYTES;
    value->wide = WIDE;
}

FUNCTION(int32_t, PointersFill, uint32_t index, row *value) {
    fill(value, index);
    return 1;
}

/* A digest of what arrives: the length of the texts, and the sum of the bytes. */
FUNCTION(int32_t, PointersSum, const row *value) {
    int32_t sum = value->name == NULL ? 1000 : (int32_t)strlen(value->name) * 100;
    for (uint32_t index = 0; index < value->count; index++) sum += value->bytes[index];
    return sum;
}

FUNCTION(const row *, PointersRow, uint32_t index) {
    static row value;
    if (index > 5) return NULL;
    fill(&value, index);
    return &value;
}

/* Makes `wanted` rows. Code 5: nothing is made; 234: some are, in spite of the failure. */
FUNCTION(uint32_t, PointersRows, uint32_t wanted, uint32_t code, row **rows, uint32_t *made) {
    *made = 0;
    if (code == 5) return code;
    *made = wanted;
    *rows = allocate((wanted + 1) * sizeof(row));
    for (uint32_t index = 0; index < wanted; index++) fill(&(*rows)[index], index % 5);
    return code;
}

FUNCTION(char *, PointersText, uint32_t length) {
    if (length > 100) return NULL;
    char *text = allocate(length + 1);
    memset(text, 'x', length);
    return text;
}

FUNCTION(int32_t, PointersTextOut, uint32_t length, uint16_t **text) {
    *text = allocate((length + 1) * 2);
    for (uint32_t index = 0; index < length; index++) (*text)[index] = 'y';
    return length < 100;
}

typedef struct node {
    struct node *next;
    int32_t number;
    const char *label;
} node;

/* A list in one block of memory; with `isEndless`, its last element leads to the first. */
FUNCTION(node *, PointersList, uint32_t length, int32_t isEndless) {
    if (length == 0) return NULL;
    node *all = allocate(length * sizeof(node));
    for (uint32_t index = 0; index < length; index++) {
        all[index].number = (int32_t)index;
        all[index].label = "node";
        all[index].next = index + 1 < length ? &all[index + 1] : isEndless ? all : NULL;
    }
    return all;
}

/* The number of elements that follow, and the length of the label of the first. */
FUNCTION(int32_t, PointersFollow, const node *first) {
    int32_t count = (int32_t)strlen(first->label);
    for (const node *one = first->next; one != NULL; one = one->next) count += 100;
    return count;
}

/* A list in memory of the caller, its texts behind it. Code 111 if there is too little; 2 leads out of it. */
FUNCTION(uint32_t, PointersListInto, uint32_t length, uint32_t way, node *memory, uint32_t *size) {
    uint32_t needed = length * (uint32_t)(sizeof(node) + 6);
    uint32_t had = *size;
    *size = needed;
    if (had < needed) return 111;
    char *text = (char *)(memory + length);
    for (uint32_t index = 0; index < length; index++, text += 6) {
        strcpy(text, "label");
        memory[index].number = (int32_t)index;
        memory[index].label = way == 2 ? "elsewhere" : text;
        memory[index].next = index + 1 < length ? &memory[index + 1] : way == 3 ? memory : NULL;
    }
    return 0;
}

typedef struct {
    const char *name;
    int32_t state;
} service;

/* Structs at the front, texts behind, as EnumServicesStatus has them; a way of 2 says that there are too many. */
FUNCTION(uint32_t, PointersServices, uint32_t length, uint32_t way, service *memory, uint32_t size, uint32_t *needed, uint32_t *returned) {
    *needed = length * (uint32_t)(sizeof(service) + 8);
    *returned = 0;
    if (size < *needed) return 234;
    char *end = (char *)memory + size;
    for (uint32_t index = 0; index < length; index++) {
        end -= 8;
        memcpy(end, "servic_", 8);
        end[6] = (char)('a' + index % 26);
        memory[index].name = end;
        memory[index].state = (int32_t)index;
    }
    *returned = way == 2 ? 1000000 : length;
    return 0;
}
