/**
 * Random prototypes, each with a C function that accesses every byte that the prototype allows, and with arguments.
 * Prototype and function are made from the same parts, so a difference shows a wrong allocation.
 */
import fc from 'fast-check';
import { FIELDS_C } from './touching-fields.js';
import { callback, open, sized, standard, struct } from './touching-kinds.js';
import {
  countType,
  DOUBLE,
  elementsOf,
  isBytes,
  length,
  type MakePart,
  mark,
  number,
  orNull,
  type Part,
  report,
  room,
} from './touching-parts.js';

/** How a function returns more than its outputs. */
type Ending = 'sum' | 'grows' | 'returns what it wrote';

export interface TouchingFunction {
  readonly name: string;
  readonly prototype: string;
  readonly types: readonly string[];
  readonly c: string;
  readonly calls: readonly Readonly<Record<string, unknown>>[];
  /** The outputs that are bytes, written by WRITE. */
  readonly written: readonly string[];
}

/** Memory that is only read: bytes, or numbers counted in elements or in bytes. */
const counted: MakePart = (at) =>
  fc
    .record({
      type: fc.option(number, { nil: undefined }),
      count: countType,
      inBytes: fc.boolean(),
      optional: fc.boolean(),
      isWritten: fc.boolean(),
    })
    .map(({ type, count, inBytes, optional, isWritten }) => {
      const element = type?.name ?? 'unsigned char';
      const unit = inBytes || !type ? 'bytes' : 'count';
      const c = `${isWritten ? '' : 'const '}${element} *p${at}`;
      const marks = mark('in', isWritten && 'out', optional && 'optional', `${unit}(n${at})`);
      const bytes = unit === 'bytes' ? `(size_t)n${at}` : `(size_t)n${at} * sizeof *p${at}`;
      return {
        parameters: [
          { c, marked: `${marks} ${c}` },
          { c: `${count} n${at}`, marked: `[in] ${count} n${at}` },
        ],
        body: `if (p${at}) { READ(p${at}, ${bytes}); ${isWritten ? `WRITE(p${at}, ${bytes});` : ''} }`,
        args: orNull(
          `p${at}`,
          length.chain((n) => elementsOf(type, n, n)),
          optional,
        ),
        written: isWritten && isBytes(type) ? [`p${at}`] : [],
      };
    });

/** Memory that the function fills, with a report of the written length. */
const filled: MakePart = (at) =>
  fc
    .record({
      type: fc.option(number, { nil: undefined }),
      count: fc.constantFrom('int32_t', 'uint32_t', 'size_t', 'uint16_t'),
      inBytes: fc.boolean(),
      how: fc.constantFrom('never', 'in the count', 'elsewhere'),
      room,
      report,
    })
    .map(({ type, count, inBytes, how, room: { text }, report }) => {
      const element = type?.name ?? 'unsigned char';
      const unit = inBytes || !type ? 'bytes' : 'count';
      const n = how === 'in the count' ? `*n${at}` : `n${at}`;
      const written = how === 'elsewhere' && `written(w${at})`;
      const bytes = unit === 'bytes' ? 'room' : `room * sizeof *p${at}`;
      const count_ = how === 'in the count' ? `${count} *n${at}` : `${count} n${at}`;
      const told = how === 'in the count' ? `*n${at} = (${count})(${report});` : `*w${at} = (${count})(${report});`;
      return {
        parameters: [
          {
            c: `${element} *p${at}`,
            marked: `${mark('out', `${unit}(n${at})`, written, text)} ${element} *p${at}`,
          },
          { c: count_, marked: `${how === 'in the count' ? '[in, out]' : '[in]'} ${count_}` },
          ...(how === 'elsewhere' ? [{ c: `${count} *w${at}`, marked: `[out] ${count} *w${at}` }] : []),
        ],
        body: `{ size_t room = (size_t)${n}; WRITE(p${at}, ${bytes}); ${how === 'never' ? '' : told} }`,
        args: fc.constant({}),
        written: isBytes(type) ? [`p${at}`] : [],
      };
    });

/** Two or three parameters with one count. */
const together: MakePart = (at) =>
  fc
    .record({ one: number, other: number, third: fc.boolean(), size: fc.nat(70) })
    .map(({ one, other, third, size }) => ({
      parameters: [
        { c: `const ${one.name} *a${at}`, marked: `[in, count(n${at})] const ${one.name} *a${at}` },
        { c: `int n${at}`, marked: `[in] int n${at}` },
        { c: `${other.name} *b${at}`, marked: `[out, count(n${at})] ${other.name} *b${at}` },
        ...(third ? [{ c: `double *c${at}`, marked: `[in, out, count(n${at})] double *c${at}` }] : []),
      ],
      body:
        `READ(a${at}, n${at} * sizeof *a${at}); WRITE(b${at}, n${at} * sizeof *b${at});` +
        (third ? `READ(c${at}, n${at} * sizeof *c${at}); WRITE(c${at}, n${at} * sizeof *c${at});` : ''),
      args: fc.record({
        [`a${at}`]: elementsOf(one, size, size),
        // Sometimes another length, in which case the call must be rejected.
        ...(third && { [`c${at}`]: fc.array(fc.integer(), { minLength: size, maxLength: size + (size % 2) }) }),
      }),
    }));

/** Texts: counted, with or without a terminator, UTF-8 or UTF-16, and NUL-terminated ones. */
const text: MakePart = (at) =>
  fc
    .record({
      wide: fc.boolean(),
      way: fc.constantFrom('in', 'counted in', 'counted out', 'counted inout', 'fixed out', 'fixed inout'),
      optional: fc.boolean(),
      fixed: fc.integer({ min: 12, max: 40 }),
      room,
      terminated: fc.boolean(),
    })
    .map(({ wide, way, optional, fixed, room: { text }, terminated }) => {
      const [c, marked] = wide ? ['uint16_t', 'WCHAR'] : ['char', 'char'];
      const one = (words: string, constant: boolean) => ({
        c: `${constant ? 'const ' : ''}${c} *t${at}`,
        marked: `${words} ${constant ? 'const ' : ''}${marked} *t${at}`,
      });
      const count = { c: `uint32_t n${at}`, marked: `[in] uint32_t n${at}` };
      const all = `n${at} * sizeof *t${at}`;
      const end = terminated ? `if (n${at} > 0) t${at}[n${at} - 1] = 0;` : '';
      const values = fc
        .string({ unit: 'grapheme', maxLength: 12 })
        .filter((one) => one.isWellFormed() && !one.includes('\0'));
      const short = fc.string({ unit: 'grapheme-ascii', maxLength: 11 });
      const given = (some: fc.Arbitrary<string>) => orNull(`t${at}`, some, optional);
      const ways: Readonly<Record<typeof way, Part>> = {
        in: {
          parameters: [one(mark('in', optional && 'optional'), true)],
          body: `if (t${at}) { const ${c} *end = t${at}; while (*end) end++; READ(t${at}, (size_t)((char *)end - (char *)t${at}) + sizeof *end); }`,
          args: given(values),
        },
        'counted in': {
          parameters: [one(mark('in', optional && 'optional', `count(n${at})`), true), count],
          // The terminator is part of the memory of a text.
          body: `if (t${at}) READ(t${at}, ${all} + sizeof *t${at});`,
          args: given(values),
        },
        'counted out': {
          parameters: [one(mark('out', `count(n${at})`, text), false), count],
          body: `WRITE(t${at}, ${all}); ${end}`,
          args: fc.constant({}),
        },
        'counted inout': {
          parameters: [one(mark('in', 'out', optional && 'optional', `count(n${at})`), false), count],
          body: `if (t${at}) { READ(t${at}, ${all}); WRITE(t${at}, ${all}); ${end} }`,
          args: given(values),
        },
        'fixed out': {
          parameters: [one(mark('out', `count(${fixed})`), false)],
          body: `WRITE(t${at}, ${fixed} * sizeof *t${at});`,
          args: fc.constant({}),
        },
        'fixed inout': {
          parameters: [one(mark('in', 'out', optional && 'optional', `count(${fixed})`), false)],
          body: `if (t${at}) { READ(t${at}, ${fixed} * sizeof *t${at}); WRITE(t${at}, ${fixed} * sizeof *t${at}); }`,
          args: given(short),
        },
      };
      return ways[way];
    });

/** Lists of texts that end with an empty one, arrays of texts, and rows of numbers. */
const many: MakePart = (at) =>
  fc
    .record({
      wide: fc.boolean(),
      way: fc.constantFrom('list', 'written list', 'texts', 'rows'),
      optional: fc.boolean(),
      columns: fc.integer({ min: 1, max: 5 }),
      type: number,
      room,
    })
    .map(({ wide, way, optional, columns, type, room: { text } }) => {
      const [c, marked] = wide ? ['uint16_t', 'WCHAR'] : ['char', 'char'];
      const count = { c: `uint32_t n${at}`, marked: `[in] uint32_t n${at}` };
      const texts = (least: number) => {
        const one = fc.string({ unit: 'grapheme', minLength: least, maxLength: 9 });
        return fc.array(
          one.filter((it) => it.isWellFormed() && !it.includes('\0')),
          { maxLength: 6 },
        );
      };
      const given = (name: string, values: fc.Arbitrary<unknown>) => orNull(name, values, optional);
      const toNul = 'while (*end) end++;';
      const ways: Readonly<Record<typeof way, Part>> = {
        list: {
          parameters: [
            {
              c: `const ${c} *l${at}`,
              marked: `${mark('in', optional && 'optional', 'multi')} const ${marked} *l${at}`,
            },
          ],
          body: `if (l${at}) { const ${c} *end = l${at}; while (*end) { ${toNul} end++; } READ(l${at}, (size_t)(end - l${at} + 1) * sizeof *end); }`,
          args: given(`l${at}`, texts(1)),
        },
        'written list': {
          parameters: [
            { c: `${c} *l${at}`, marked: `${mark('out', `count(n${at})`, text, 'multi')} ${marked} *l${at}` },
            count,
          ],
          body: `WRITE(l${at}, n${at} * sizeof *l${at});`,
          args: fc.constant({}),
        },
        texts: {
          parameters: [
            {
              c: `const ${c} **l${at}`,
              marked: `${mark('in', optional && 'optional', `count(n${at})`)} const ${marked} **l${at}`,
            },
            count,
          ],
          body: `if (l${at}) { READ(l${at}, n${at} * sizeof *l${at}); for (uint32_t i = 0; i < n${at}; i++) { const ${c} *end = l${at}[i]; ${toNul} READ(l${at}[i], (size_t)(end - l${at}[i] + 1) * sizeof *end); } }`,
          args: given(`l${at}`, texts(0)),
        },
        rows: {
          parameters: [
            {
              c: `${type.name} l${at}[][${columns}]`,
              marked: `${mark('in', 'out', optional && 'optional', `count(n${at})`)} ${type.name} l${at}[][${columns}]`,
            },
            count,
          ],
          body: `if (l${at}) { READ(l${at}, n${at} * sizeof *l${at}); WRITE(l${at}, n${at} * sizeof *l${at}); }`,
          args: given(
            `l${at}`,
            fc.array(fc.array(type.values, { minLength: columns, maxLength: columns }), { maxLength: 9 }),
          ),
        },
      };
      return ways[way];
    });

/** One value behind a pointer, or an array of a fixed length. */
const fixedMemory: MakePart = (at) =>
  fc
    .record({
      type: number,
      elements: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      way: fc.constantFrom('in', 'out', 'in, out'),
      optional: fc.boolean(),
    })
    .map(({ type: some, elements, way, optional }) => {
      // A whole number next to memory of a fixed length is refused, because it could be an index into it.
      const type = elements || way === 'out' ? some : DOUBLE;
      const isOptional = optional && way !== 'out';
      const constant = way === 'in' ? 'const ' : '';
      const c = elements ? `${constant}${type.name} v${at}[${elements}]` : `${constant}${type.name} *v${at}`;
      const size = `${elements ?? 1} * sizeof *v${at}`;
      return {
        parameters: [{ c, marked: `${mark(way, isOptional && 'optional', !elements && 'value')} ${c}` }],
        body: `if (v${at}) { ${way === 'out' ? '' : `READ(v${at}, ${size});`} ${way === 'in' ? '' : `WRITE(v${at}, ${size});`} }`,
        args:
          way === 'out'
            ? fc.constant({})
            : orNull(`v${at}`, elements ? elementsOf(type, elements, elements) : type.values, isOptional),
      };
    });

/** Numbers without a relation to memory, and parameters that no caller gives. */
const plain: MakePart = (at) =>
  fc.oneof(
    number.map((type) => ({
      parameters: [{ c: `${type.name} x${at}`, marked: `[in, value] ${type.name} x${at}` }],
      body: `sum += (uint64_t)(int64_t)(x${at} != 0);`,
      args: type.values.map((value) => ({ [`x${at}`]: value })),
    })),
    fc.constant({
      parameters: [{ c: `void *reserved${at}`, marked: `[in, reserved] void *reserved${at}` }],
      body: `CHECK(reserved${at} == NULL);`,
      args: fc.constant({}),
    }),
  );

const PARTS: readonly MakePart[] = [
  counted,
  filled,
  together,
  text,
  many,
  fixedMemory,
  plain,
  struct,
  open,
  callback,
  standard,
  sized,
];

/** An output that requests more memory until there is enough, or the limit is exceeded. */
const growing: MakePart = (at) =>
  fc
    .record({ type: fc.option(number, { nil: undefined }), inBytes: fc.boolean(), room })
    .map(({ type, inBytes, room }) => {
      const element = type?.name ?? 'unsigned char';
      const unit = inBytes || !type ? 'bytes' : 'count';
      const per = unit === 'bytes' ? '1' : `sizeof *p${at}`;
      return {
        parameters: [
          {
            c: `${element} *p${at}`,
            marked: `${mark('out', `${unit}(n${at})`, room.text, 'grow(234)')} ${element} *p${at}`,
          },
          { c: `uint32_t *n${at}`, marked: `[in, out] uint32_t *n${at}` },
          { c: `uint16_t need${at}`, marked: `[in, value] uint16_t need${at}` },
        ],
        body:
          `{ uint32_t had = *n${at}; WRITE(p${at}, had * ${per}); *n${at} = need${at};` +
          ` if (need${at} > had) result = 234; }`,
        args: fc.nat(600).map((need) => ({ [`need${at}`]: need })),
        written: isBytes(type) ? [`p${at}`] : [],
      };
    });

/** An output whose length is the return value. */
const returning: MakePart = (at) =>
  fc.record({ wide: fc.boolean(), room, report }).map(({ wide, room, report }) => {
    const [c, marked] = wide ? ['uint16_t', 'WCHAR'] : ['char', 'char'];
    return {
      parameters: [
        {
          c: `${c} *r${at}`,
          marked: `${mark('out', `count(m${at})`, 'written(return)', room.text)} ${marked} *r${at}`,
        },
        { c: `uint32_t m${at}`, marked: `[in] uint32_t m${at}` },
      ],
      body: `{ uint32_t room = m${at}; WRITE(r${at}, room * sizeof *r${at}); result = (int)(${report}); }`,
      args: fc.constant({}),
    };
  });

const HEADS = {
  sum: { marks: '', type: 'uint64_t', result: 'sum' },
  grows: { marks: '[fails(nonzero, returned), returns(none)] ', type: 'int', result: 'result' },
  'returns what it wrote': { marks: '', type: 'int', result: 'result' },
} as const;

/** The common code of the C functions. READ and WRITE access every byte separately, and nothing else. */
export const TOUCHING_C = `
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#define CHECK(condition) do { if (!(condition)) abort(); } while (0)
static void touch_read(const volatile unsigned char *at, size_t size, uint64_t *sum) {
  for (size_t index = 0; index < size; index++) *sum += at[index];
}
static void touch_write(volatile unsigned char *at, size_t size) {
  for (size_t index = 0; index < size; index++) at[index] = (unsigned char)(0xA5 + index);
}
#define READ(at, size) touch_read((const volatile unsigned char *)(at), (size), &sum)
#define WRITE(at, size) touch_write((volatile unsigned char *)(at), (size))
${FIELDS_C}`;

/** A function of one to three parts, with calls of it. */
export function touchingFunction(name: string, calls: number): fc.Arbitrary<TouchingFunction> {
  const ending = fc.constantFrom<Ending>('sum', 'sum', 'sum', 'grows', 'returns what it wrote');
  return fc
    .record({ ending, makers: fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }) })
    .chain(({ ending, makers }) => {
      const last = { sum: [], grows: [growing], 'returns what it wrote': [returning] }[ending];
      return fc.tuple(...[...makers, ...last].map((make, at) => make(at))).chain((parts) => {
        const parameters = parts.flatMap((part) => part.parameters);
        const args = fc
          .tuple(...parts.map((part) => part.args))
          .map((all): Record<string, unknown> => Object.assign({}, ...all));
        return fc
          .record({
            order: fc.shuffledSubarray(parameters, { minLength: parameters.length }),
            calls: fc.array(args, { minLength: calls, maxLength: calls }),
          })
          .map(({ order, calls }) => {
            const head = HEADS[ending];
            const types = parts.flatMap(({ type }) => type ?? []);
            const named = (text: string) => text.replaceAll('_AT_', `_${name}_`);
            const body = parts.map((part) => `  ${part.body}`).join('\n');
            return {
              name,
              prototype: named(`${head.marks}${head.type} ${name}(${order.map((one) => one.marked).join(', ')});`),
              types: types.map((one) => named(one.marked)),
              c: named(
                `${types.map((one) => one.c).join('\n')}\n` +
                  `${head.type} ${name}(${order.map((one) => one.c).join(', ')}) {\n` +
                  `  uint64_t sum = 0; int result = 0;\n${body}\n  (void)sum; (void)result; return ${head.result};\n}\n`,
              ),
              calls,
              written: parts.flatMap((part) => part.written ?? []),
            };
          });
      });
    });
}
