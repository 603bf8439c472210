/** Random fields of structs: numbers, arrays, unions, bit fields, pointers, and structs for which .NET has a type. */
import fc from 'fast-check';
import {
  fileTimes,
  guids,
  ipv4Addresses,
  ipv4Endpoints,
  ipv6Addresses,
  ipv6Endpoints,
  type StandardValue,
  sids,
  systemTimes,
} from './standard-values.js';
import { elementsOf, NUMBERS, type NumberType, number } from './touching-parts.js';

/** One field, or several that belong together. */
export interface Field {
  readonly c: string;
  /** The fields with marks. */
  readonly marked: string;
  /** The values of the fields that a caller gives. */
  readonly values?: Readonly<Record<string, fc.Arbitrary<unknown>>> | undefined;
  /** The values, if they depend on each other. */
  readonly together?: fc.Arbitrary<Readonly<Record<string, unknown>>>;
  /** C statements that read the memory behind the pointers of the struct `*e`. */
  readonly read?: string;
  /** C statements that make the pointers of the struct `*e` valid again after its bytes were overwritten. */
  readonly mend?: string;
}

type MakeField = (at: number) => fc.Arbitrary<Field>;

const textOf = (values: fc.Arbitrary<StandardValue>) => values.map(({ text }) => text);

/** C types, with their values in JSON. */
export const STANDARD_TYPES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  GUID: textOf(guids),
  FILETIME: textOf(fileTimes),
  SYSTEMTIME: textOf(systemTimes),
  IN_ADDR: textOf(ipv4Addresses),
  IN6_ADDR: textOf(ipv6Addresses),
  SOCKADDR_IN: textOf(ipv4Endpoints),
  SOCKADDR_IN6: textOf(ipv6Endpoints),
  SOCKADDR_STORAGE: textOf(fc.oneof(ipv4Endpoints, ipv6Endpoints)),
};
export const endpointTexts = textOf(fc.oneof(ipv4Endpoints, ipv6Endpoints));
export const sidTexts = textOf(sids);
export const standardType = fc
  .constantFrom(...Object.keys(STANDARD_TYPES))
  .map((name): NumberType => ({ name, size: 0, values: STANDARD_TYPES[name] as fc.Arbitrary<string> }));

/** The elements of an array whose count is elsewhere. Signed bytes are not plain memory. */
export const element = fc.oneof(fc.constantFrom(...NUMBERS.filter(({ name }) => name !== 'int8_t')), standardType);

/** A field with the same text in C and in the definition. */
const alike = (c: string, values: Field['values']): Field => ({ c, marked: c, values });

const plain: MakeField = (at) =>
  fc.oneof(
    number.map(({ name, values }) => alike(`${name} f${at};`, { [`f${at}`]: values })),
    standardType.map(({ name, values }) => alike(`${name} f${at};`, { [`f${at}`]: values })),
    // Avoid one element: at the end of a struct it would mean any number of elements.
    fc
      .record({ type: fc.oneof(number, standardType), elements: fc.integer({ min: 2, max: 6 }) })
      .map(({ type, elements }) =>
        alike(`${type.name} f${at}[${elements}];`, {
          [`f${at}`]: fc.array(type.values, { minLength: elements, maxLength: elements }),
        }),
      ),
  );

const bits: MakeField = (at) =>
  fc
    .record({
      type: fc.constantFrom(['uint32_t', 32], ['int32_t', 32], ['uint64_t', 64], ['uint8_t', 8]),
      first: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ type: [type, width], first }) => {
      const isSigned = type === 'int32_t';
      const sizes = [first, Number(width) - first];
      const value = (size: number) =>
        fc
          .bigInt({
            min: isSigned ? -(2n ** BigInt(size - 1)) : 0n,
            max: 2n ** BigInt(isSigned ? size - 1 : size) - 1n,
          })
          .map((one) => (size > 32 || width === 64 ? String(one) : Number(one)));
      // After a number of the same type, all compilers place bit fields alike.
      return alike(
        `${type} f${at}; ${sizes.map((size, index) => `${type} f${at}_${index} : ${size};`).join(' ')}`,
        Object.fromEntries([
          [`f${at}`, value(Number(width))],
          ...sizes.map((size, index) => [`f${at}_${index}`, value(size)] as const),
        ]),
      );
    });

const union: MakeField = (at) =>
  fc.record({ used: fc.oneof(number, standardType), other: fc.oneof(number, standardType) }).map(({ used, other }) => {
    const c = `union { ${other.name} b; ${used.name} a; } f${at};`;
    return { c, marked: `[use(a)] ${c}`, values: { [`f${at}`]: used.values } };
  });

/** A union with a text among its members. */
const switched: MakeField = (at) =>
  fc.record({ one: number, other: standardType, tag: fc.integer({ min: 0, max: 5 }) }).map(({ one, other, tag }) => {
    const [u, k] = [`f${at}`, `k${at}`];
    const value = (tags: readonly number[], name: string, values: fc.Arbitrary<unknown>) =>
      fc.tuple(fc.constantFrom(...tags), values).map(([told, given]) => ({ [k]: told, [u]: { [name]: given } }));
    const pair = fc.array(fc.integer(), { minLength: 2, maxLength: 2 });
    return {
      c: `uint32_t ${k}; union { ${one.name} a; ${other.name} b; const char *c; double d[2]; } ${u};`,
      marked:
        `[value] uint32_t ${k}; [switch_is(${k})] union ` +
        `{ [case(1), value] ${one.name} a; [case(2)] ${other.name} b; [case(3)] const char *c; [case(4, 5)] double d[2]; } ${u};`,
      together: fc.oneof(
        value([1], 'a', one.values),
        value([2], 'b', other.values),
        value([3], 'c', text),
        value([4, 5], 'd', pair),
        fc.constant({ [k]: 0, [u]: {} }),
      ),
      read: `if (e->${k} == 3) READ(e->${u}.c, strlen(e->${u}.c) + 1);`,
      mend: `e->${k} = ${tag}; if (e->${k} == 3) e->${u}.c = lend_text(${at + 3});`,
    };
  });

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => one.isWellFormed() && !one.includes('\0'));

const texts: MakeField = (at) =>
  fc.record({ wide: fc.boolean(), optional: fc.boolean(), length: fc.nat(20) }).map(({ wide, optional, length }) => {
    const name = `f${at}`;
    const given = optional ? fc.option(text) : text;
    const [c, marked] = wide
      ? [`const uint16_t *${name};`, `LPCWSTR ${name};`]
      : [`const char *${name};`, `const char *${name};`];
    const end = wide
      ? `const uint16_t *end = e->${name}; while (*end) end++;`
      : `const char *end = strchr(e->${name}, 0);`;
    return {
      c,
      marked: optional ? `[optional] ${marked}` : marked,
      values: { [name]: given },
      read: `if (e->${name}) { ${end} READ(e->${name}, (size_t)((char *)(end + 1) - (char *)e->${name})); }`,
      mend: `e->${name} = ${wide ? '(void *)lend_wide' : 'lend_text'}(${length});`,
    };
  });

const pointers: MakeField = (at) =>
  fc
    .record({ type: element, length: fc.nat(20), inBytes: fc.boolean(), isFirst: fc.boolean() })
    .map(({ type, length, inBytes, isFirst }) => {
      const [p, n] = [`f${at}`, `n${at}`];
      const unit = inBytes ? 'bytes' : 'count';
      const size = inBytes ? `e->${n}` : `e->${n} * sizeof *e->${p}`;
      const count = `uint32_t ${n};`;
      const order = (pointer: string) => (isFirst ? `${count} ${pointer}` : `${pointer} ${count}`);
      const c = `const ${type.name} *${p};`;
      return {
        c: order(c),
        marked: order(`[${unit}(${n})] ${c}`),
        values: { [p]: fc.nat(20).chain((some) => elementsOf(type, some, some)) },
        read: `READ(e->${p}, ${size});`,
        mend: `e->${p} = lend(${length} * sizeof *e->${p}); e->${n} = ${length}${inBytes ? ` * sizeof *e->${p}` : ''};`,
      };
    });

const sized: MakeField = (at) =>
  fc.record({ isSid: fc.boolean(), length: fc.constantFrom(0, 5, 16, 28) }).map(({ isSid, length }) => {
    const [p, n] = [`f${at}`, `n${at}`];
    return isSid
      ? {
          c: `unsigned char *${p};`,
          marked: `PSID ${p};`,
          values: { [p]: sidTexts },
          read: `READ(e->${p}, 8 + 4 * e->${p}[1]);`,
          mend: `e->${p} = lend(8 + 4 * ${length % 15}); e->${p}[0] = 1; e->${p}[1] = ${length % 15};`,
        }
      : {
          c: `unsigned char *${p}; int ${n};`,
          marked: `[bytes(${n})] struct sockaddr *${p}; int ${n};`,
          values: { [p]: endpointTexts },
          read: `READ(e->${p}, e->${n});`,
          mend: `e->${p} = lend(${length}); e->${n} = ${length}; if (${length} > 1) *(uint16_t *)e->${p} = ${length === 16 ? 2 : 10};`,
        };
  });

const KINDS: readonly MakeField[] = [plain, plain, plain, bits, union, switched, texts, pointers, sized];

/** One to five fields. */
export const fields: fc.Arbitrary<readonly Field[]> = fc
  .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 5 })
  .chain((kinds) => fc.tuple(...kinds.map((kind, at) => kind(at))));

/** The values of a struct with these fields. */
export function valuesOf(all: readonly Field[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const parts = all.flatMap(({ values, together }) => together ?? (values ? [fc.record(values)] : []));
  return fc.tuple(...parts).map((some) => Object.assign({}, ...some));
}

/** The C code that the fields need. */
export const FIELDS_C = `
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
typedef struct { uint32_t Data1; uint16_t Data2, Data3; uint8_t Data4[8]; } GUID;
typedef struct { uint32_t dwLowDateTime, dwHighDateTime; } FILETIME;
typedef struct { uint16_t wYear, wMonth, wDayOfWeek, wDay, wHour, wMinute, wSecond, wMilliseconds; } SYSTEMTIME;
typedef struct in_addr IN_ADDR;
typedef struct in6_addr IN6_ADDR;
typedef struct sockaddr_in SOCKADDR_IN;
typedef struct sockaddr_in6 SOCKADDR_IN6;
typedef struct sockaddr_storage SOCKADDR_STORAGE;
/* Memory with a guard behind it under each watch. */
static void *fresh(size_t size) {
  void *memory = calloc(1, size);
  touch_write(memory, size);
  return memory;
}
/* Memory of the library, which lives long enough for any call: a guard takes one of the mappings that a process may have. */
static void *lend(size_t size) {
  static void *lent[16384];
  static size_t next;
  void **place = &lent[next++ % 16384];
  free(*place);
  return *place = fresh(size);
}
static char *lend_text(size_t length) {
  char *text = lend(length + 1);
  text[length] = 0;
  return text;
}
static uint16_t *lend_wide(size_t length) {
  uint16_t *text = lend((length + 1) * sizeof *text);
  text[length] = 0;
  return text;
}
`;
