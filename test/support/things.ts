/** A C library with handles that logs what is opened and closed, and its definition in the short form. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * Each call of ThingOpen and ThingClose adds a line to a log file, which outlives the process. The log shows a handle
 * that is released twice, or never. The memory of a closed thing is kept, so that a second call is harmless.
 */
export const THINGS_C = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "standin.h"

typedef struct { char log[1024]; int number; } Thing;

static void note(const char *log, const char *what, int number) {
  FILE *file = fopen(log, "a");
  if (!file) return;
  fprintf(file, "%s %d\\n", what, number);
  fclose(file);
}

/* NULL for a negative number. */
EXPORT void *ThingOpen(const char *log, int number) {
  Thing *thing = number < 0 ? NULL : calloc(1, sizeof *thing);
  if (!thing) return NULL;
  strncpy(thing->log, log, sizeof thing->log - 1);
  thing->number = number;
  note(log, "open", number);
  return thing;
}

/* Fails with 7 for an odd number. */
EXPORT int ThingNumber(void *thing, int *number) {
  *number = ((Thing *)thing)->number;
  return *number % 2 ? 7 : 0;
}

EXPORT void ThingTouch(void *thing) { note(((Thing *)thing)->log, "touch", ((Thing *)thing)->number); }

EXPORT void ThingWait(void *thing, int milliseconds) {
  struct timespec time = { milliseconds / 1000, (milliseconds % 1000) * 1000000L };
  nanosleep(&time, NULL);
  note(((Thing *)thing)->log, "waited", ((Thing *)thing)->number);
}

EXPORT int ThingClose(void *thing) {
  note(((Thing *)thing)->log, "close", ((Thing *)thing)->number);
  return 0;
}

/* Two handles at once, in a struct. */
typedef struct { void *first; void *second; } Pair;
EXPORT int ThingPair(const char *log, int number, Pair *pair) {
  pair->first = ThingOpen(log, number);
  pair->second = ThingOpen(log, -1);
  return 0;
}

/* Lends the thing that it was given. */
EXPORT void *ThingSelf(void *thing) { return thing; }

/* A thing that stays the library's. */
EXPORT void *ThingFind(const char *log, int number) { return ThingOpen(log, number); }

/* A struct that is given and changed: its second thing is the next one. */
EXPORT void ThingTwice(Pair *pair) {
  Thing *first = pair->first;
  pair->second = ThingOpen(first->log, first->number + 1);
}

/* What is always there. */
EXPORT int ThingIsRoot(void *thing) { return thing == (void *)(intptr_t)-2147483646; }
`;

export const THINGS = {
  name: 'Things',
  library: { linux: 'things.so', win32: 'things.dll', location: 'module' },
  types: [
    '[handle(ThingClose), known(ROOT, 0x80000002)] typedef void *THING;',
    '[handle(ThingClose), lent] typedef void *LENT_THING;',
    'typedef struct { THING first; [optional] THING second; } PAIR;',
  ],
  functions: {
    ThingOpen: {
      prototype: '[fails(zero, none)] THING ThingOpen(const char *log, [in, value] int number);',
      changesState: false,
    },
    ThingNumber: '[fails(nonzero, returned)] int ThingNumber(THING thing, [out] int *number);',
    ThingTouch: { prototype: 'void ThingTouch(THING thing);', changesState: false },
    ThingWait: { prototype: 'void ThingWait(THING thing, int milliseconds);', mayBlock: true, changesState: false },
    ThingClose: '[fails(nonzero, returned)] int ThingClose(THING thing);',
    ThingPair: {
      prototype: '[fails(nonzero, returned)] int ThingPair(const char *log, [in, value] int number, [out] PAIR *pair);',
      changesState: false,
    },
    ThingFind: '[fails(zero, none)] LENT_THING ThingFind(const char *log, [in, value] int number);',
    ThingTwice: 'void ThingTwice([in, out] PAIR *pair);',
    ThingSelf: '[fails(zero, none)] THING ThingSelf(THING thing);',
    ThingIsRoot: 'int ThingIsRoot(THING thing);',
  },
  cmdlets: {
    'Open-Thing': 'ThingOpen',
    'Get-ThingNumber': 'ThingNumber',
    'Edit-Thing': 'ThingTouch',
    'Wait-Thing': 'ThingWait',
    'Close-Thing': 'ThingClose',
    'Get-ThingPair': 'ThingPair',
    'Get-Thing': 'ThingSelf',
    'Test-ThingRoot': { function: 'ThingIsRoot', parameters: { thing: { name: 'Root', default: 'ROOT' } } },
  },
} as const;

/** Returns how many times each handle was opened and closed, by its number. */
export function countsIn(log: string): Record<string, { open: number; close: number }> {
  const counts: Record<string, { open: number; close: number }> = {};
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  for (const line of lines) {
    const [what, number = ''] = line.split(' ');
    if (what !== 'open' && what !== 'close') continue;
    counts[number] ??= { open: 0, close: 0 };
    counts[number][what] += 1;
  }
  return counts;
}
