/** The kinds of values that consist of others, or for which .NET has a type; the plain ones are in native-kinds.ts. */
import fc from 'fast-check';
import { KINDS, type Kind, little, whole } from './native-kinds.js';
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
  unixTimes,
} from './standard-values.js';

const ACCESS = { None: 0, Read: 1, Write: 2, All: 3, Top: 0x8000_0000 };
const integer = (name: string, bits?: number, type = 'ULONG') => ({
  name,
  type,
  isSize: false,
  ...(bits !== undefined && { bits }),
});

/** The named types that these kinds use. */
export const COMPOSED_TYPES = {
  Access: { type: { flags: ACCESS, base: 'ULONG' } },
  Bits: {
    type: {
      struct: [
        integer('A', 3),
        integer('B', 5, 'LONG'),
        integer('C', 24),
        integer('D', 40, 'ULONG64'),
        integer('E', 24, 'ULONG64'),
      ],
    },
  },
  Used: {
    type: {
      struct: [
        integer('Kind'),
        { name: 'Value', type: { union: [integer('Number'), { name: 'Real', type: 'DOUBLE' }], use: 'Number' } },
      ],
    },
  },
  Switched: {
    type: {
      struct: [
        integer('Tag'),
        {
          name: 'Value',
          type: {
            union: [
              integer('Number', undefined, 'LONG'),
              integer('Wide', undefined, 'ULONG64'),
              { name: 'Raw', type: { array: 'BYTE', length: 3 } },
            ].map((one, index) => ({ ...one, ...(index < 2 ? { case: [index + 1] } : { default: true }) })),
            switch: 'Tag',
          },
        },
      ],
    },
  },
  Tagged: {
    type: {
      struct: [
        { name: 'Count', type: 'ULONG' },
        { name: 'Text', type: { countedString: 'utf8', count: { field: 'Count' } } },
      ],
    },
  },
  Table: {
    type: {
      struct: [
        { name: 'Count', type: 'USHORT' },
        { name: 'Rows', type: { array: 'Row', length: { field: 'Count' } } },
      ],
    },
  },
  Row: { type: { struct: [integer('Id', undefined, 'ULONG64'), integer('Tag', undefined, 'BYTE')] } },
  Lent: {
    type: {
      struct: [
        { name: 'Name', type: 'LPCWSTR' },
        { name: 'Count', type: 'ULONG' },
        { name: 'Values', type: { pointer: 'USHORT', count: { field: 'Count' } } },
        { name: 'Row', type: { pointer: 'Row' } },
      ],
    },
  },
  Thing: { type: { handle: 'HANDLE', release: 'CloseThing', values: { ROOT: '0x80000002', USER: 7 } } },
};

/** The C declarations that these kinds need. */
export const COMPOSED_PROLOGUE = `
typedef struct { uint8_t bytes[4]; } four;
typedef struct { uint64_t low, high; } sixteen;
typedef struct { uint32_t a : 3; int32_t b : 5; uint32_t c : 24; uint64_t d : 40; uint64_t e : 24; } bits;
typedef struct { uint32_t kind; union { uint32_t number; double real; } value; } used;
typedef struct { uint32_t tag; union { int32_t number; uint64_t wide; uint8_t raw[3]; } value; } switched;
typedef struct { uint32_t count; const char *text; } tagged;
typedef struct { uint16_t length, room; const uint16_t *buffer; } unicode;
typedef struct { uint64_t id; uint8_t tag; } row;
typedef struct { uint16_t count; row rows[1]; } table;
typedef struct { const uint16_t *name; uint32_t count; const uint16_t *values; const row *row; } lent;
static uint64_t mix_rows(uint64_t digest, const row *rows, size_t count) {
    for (size_t index = 0; index < count; index++) digest = mix(mix(digest, &rows[index].id, 8), &rows[index].tag, 1);
    return digest;
}
static uint64_t mix_switched(uint64_t digest, const switched *p) {
    return mix(mix(digest, &p->tag, 4), &p->value, p->tag == 1 ? 4 : p->tag == 2 ? 8 : 3);
}
static void copy_table(const table *from, table **to) {
    static uint64_t kept[64];
    memcpy(kept, from, offsetof(table, rows) + from->count * sizeof(row));
    *to = (table *)kept;
}
static void copy_lent(const lent *from, lent *to) {
    static uint16_t name[128], values[128];
    static row one;
    memcpy(name, from->name, (length16(from->name) + 1) * 2);
    memcpy(values, from->values, from->count * 2);
    one = *from->row;
    to->name = name; to->count = from->count; to->values = values; to->row = &one;
}
EXPORT void CloseThing(void *thing);
void CloseThing(void *thing) { (void)thing; }
EXPORT void *OpenThing(uint32_t number);
void *OpenThing(uint32_t number) { return (void *)(uintptr_t)(number << 16); }
`;

/** The texts in a record for the handles that OpenThing returns for 1, 2 and 3, the first of the bridge. */
export const OPENED = ['opened 1', 'opened 2', 'opened 3'];

/** Opens handles and assigns them to these variables. */
export const OPEN_THINGS = `$things = @{}; foreach ($number in 1..3) { $things["opened $number"] = Open-Thing $number }`;

/** Additional functions that the kinds need. */
export const COMPOSED_FUNCTIONS = {
  CloseThing: {
    description: 'Closes it.',
    callingConvention: 'cdecl',
    parameters: [{ name: 'Thing', type: 'Thing', direction: 'in' }],
    returns: { type: 'void', failure: 'none' },
    changesState: false,
  },
  OpenThing: {
    description: 'Opens one.',
    callingConvention: 'cdecl',
    parameters: [{ name: 'Number', type: 'ULONG', direction: 'in' }],
    returns: { type: 'Thing', failure: 'none', resultName: 'Thing' },
    changesState: false,
  },
};

const LETTERS = fc.constantFrom('a', 'ä', '€', '😀');

const asText = (value: string) => `"$(${value})"`;
const asTime = (value: string) => `${value}.ToString('o')`;

export const ALL_KINDS: readonly Kind[] = [
  ...KINDS,
  {
    ...(KINDS.find(({ name }) => name === 'Colour') as Kind),
    name: 'ColourNumber',
    values: fc.constantFrom<unknown>(0, 7, 4_294_967_295, 5),
    bytes: (value: number) => little(BigInt(value), 4),
    written: asText,
    held: String,
    told: (value) => ({ 0: 'Red', 7: 'Green', 4294967295: 'Blue' })[value as number] ?? String(value),
  },
  {
    name: 'Access',
    type: 'Access',
    c: 'uint32_t ',
    mix: (p) => `d = mix(d, &${p}, 4);`,
    // Each value has the same text in both forms.
    values: fc.constantFrom(['Read'], ['None'], ['Read', 'Write'], ['3'], ['Top', 'all'], ['0x80000005', 'Read']),
    bytes: (words: string[]) =>
      little(BigInt(words.reduce((all, word) => all | (ACCESS_OF[word.toLowerCase()] ?? Number(word)), 0) >>> 0), 4),
    told: (words) => ACCESS_TOLD[(words as string[]).join()],
    copy: { type: 'Access', c: 'uint32_t *', statement: '*copy = p;' },
  },
  {
    name: 'Thing',
    type: 'Thing',
    c: 'void *',
    mix: (p) => `d = mix(d, &${p}, sizeof ${p});`,
    takesAny: true,
    isByValue: true,
    values: fc.constantFrom('ROOT', 'USER', ...OPENED),
    bytes: (name: string) => little(THING_OF[name] ?? BigInt(OPENED.indexOf(name) + 1) << 16n, 8),
    written: asText,
    held: (name) => (OPENED.includes(name as string) ? `CloseThing:${OPENED.indexOf(name as string) + 1}` : name),
  },
  {
    ...struct(
      'Bits',
      'bits ',
      fc.record({
        A: below(3),
        B: fc.integer({ min: -16, max: 15 }),
        C: below(24),
        D: below(40).map(String),
        E: below(24).map(String),
      }),
    ),
    mix: (p) => `d = mix(d, &${p}, sizeof ${p});`,
    bytes: ({ A, B, C, D, E }: { A: number; B: number; C: number; D: string; E: string }) =>
      Buffer.concat([
        little(BigInt(A) | (BigInt(B & 31) << 3n) | (BigInt(C) << 8n), 8),
        little(BigInt(D) | (BigInt(E) << 40n), 8),
      ]),
    written: (value) => `@{ A = ${value}.A; B = ${value}.B; C = ${value}.C; D = "$(${value}.D)"; E = "$(${value}.E)" }`,
    copy: { type: 'Bits', c: 'bits *', statement: '*copy = p;' },
  },
  {
    ...struct('Used', 'const used *', fc.record({ Kind: below(32), Value: below(32) })),
    mix: (p) => `d = mix(mix(d, &${p}->kind, 4), &${p}->value, 4);`,
    bytes: ({ Kind, Value }: { Kind: number; Value: number }) =>
      Buffer.concat([little(BigInt(Kind), 4), little(BigInt(Value), 4)]),
    copy: { type: 'Used', c: 'used *', statement: '*copy = *p;' },
  },
  {
    ...struct('Switched', 'const switched *', switchedValues()),
    mix: (p) => `d = mix_switched(d, ${p});`,
    bytes: ({ Tag, Value }: Switched) =>
      Buffer.concat([
        little(BigInt(Tag), 4),
        Value.Raw ? Uint8Array.from(Value.Raw) : little(BigInt(Value.Number ?? Value.Wide ?? 0), Tag === 1 ? 4 : 8),
      ]),
    written: (value) =>
      `@{ Tag = ${value}.Tag; Value = @{ Number = ${value}.Value.Number; Raw = ${value}.Value.Raw
          Wide = if ($null -ne ${value}.Value.Wide) { "$(${value}.Value.Wide)" } } }`,
    copy: { type: 'Switched', c: 'switched *', statement: '*copy = *p;' },
  },
  standard('GUID', 16, guids, 'sixteen '),
  standard('FILETIME', 8, fileTimes, 'uint64_t ', asTime),
  standard('SYSTEMTIME', 16, systemTimes, 'const uint8_t *', asTime),
  standard('UNIXTIME64', 8, unixTimes, 'int64_t ', asTime),
  standard('IN_ADDR', 4, ipv4Addresses, 'four '),
  standard('IN6_ADDR', 16, ipv6Addresses, 'const uint8_t *'),
  standard('SOCKADDR_IN', 16, ipv4Endpoints, 'const uint8_t *'),
  standard('SOCKADDR_IN6', 28, ipv6Endpoints, 'const uint8_t *'),
  standard('SOCKADDR_STORAGE', 128, ipv6Endpoints, 'const uint8_t *'),
  {
    ...drawn('Endpoint', fc.oneof(ipv4Endpoints, ipv6Endpoints)),
    type: (count: string) => ({ endpoint: { parameter: count } }),
    c: 'const uint8_t *',
    isCounted: true,
    mix: (p) => `d = mix(d, ${p} + 2, ${p}n - 2);`,
  },
  {
    ...drawn('Sid', sids),
    type: 'PSID',
    c: 'const uint8_t *',
    mix: (p) => `d = mix(d, ${p}, 8 + 4 * ${p}[1]);`,
    copy: {
      type: 'PSID',
      place: { allocated: 'byFunction' },
      c: 'uint8_t **',
      statement: 'static uint8_t kept[68]; memcpy(kept, p, 8 + 4 * p[1]); *copy = kept;',
    },
  },
  {
    name: 'Bytes',
    type: (count: string) => ({ bytes: { parameter: count } }),
    c: 'const uint8_t *',
    isCounted: true,
    mix: (p) => `d = mix(d, ${p}, ${p}n);`,
    values: fc.array(fc.nat(255), { minLength: 1, maxLength: 20 }),
    bytes: (value: number[]) => Uint8Array.from(value),
  },
  {
    name: 'Numbers',
    type: (count: string) => ({ array: 'SHORT', length: { parameter: count } }),
    c: 'const int16_t *',
    isCounted: true,
    mix: (p) => `d = mix(d, ${p}, ${p}n * 2);`,
    values: fc.array(whole(16, true), { minLength: 1, maxLength: 9 }),
    bytes: (value: number[]) => Buffer.from(Int16Array.from(value).buffer),
  },
  {
    ...(KINDS.find(({ name }) => name === 'LPCSTR') as Kind),
    name: 'Ansi',
    // Characters that every code page has.
    values: fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', '~'), maxLength: 20 }),
    bytes: (value: string) => Buffer.from(value, 'latin1'),
    type: (count: string) => ({ string: 'ansi', capacity: { parameter: count } }),
    isCounted: true,
    mix: (p) => `d = mix(d, ${p}, ${p}n);`,
    copy: {
      type: { string: 'ansi', capacity: 128 },
      c: 'char *',
      statement: 'memcpy(copy, p, pn); copy[pn] = 0;',
    },
  },
  {
    name: 'Texts',
    type: (count: string) => ({ texts: 'utf16', capacity: { parameter: count } }),
    c: 'const uint16_t *',
    isCounted: true,
    mix: (p) => `d = mix(d, ${p}, ${p}n * 2);`,
    values: fc.array(fc.string({ unit: LETTERS, minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 4 }),
    bytes: (texts: string[]) => Buffer.from(`${texts.map((one) => `${one}\0`).join('')}\0`, 'utf16le'),
  },
  {
    ...struct('Tagged', 'const tagged *', fc.record({ Text: fc.string({ unit: LETTERS, maxLength: 20 }) })),
    mix: (p) => `d = mix(d, ${p}->text, ${p}->count);`,
    bytes: ({ Text }: { Text: string }) => Buffer.from(Text, 'utf8'),
  },
  {
    name: 'UNICODESTRING',
    type: 'UNICODE_STRING',
    place: { pointer: true },
    c: 'const unicode *',
    mix: (p) => `d = mix(d, ${p}->buffer, ${p}->length);`,
    values: fc.string({ unit: LETTERS, maxLength: 20 }),
    bytes: (value: string) => Buffer.from(value, 'utf16le'),
  },
  {
    ...struct('Table', 'const table *', tableValues()),
    mix: (p) => `d = mix_rows(d, ${p}->rows, ${p}->count);`,
    bytes: bytesOfTable,
    written: writtenTable,
    copy: {
      type: { pointer: 'Table' },
      place: { allocated: 'byFunction' },
      c: 'table **',
      statement: 'copy_table(p, copy);',
    },
  },
  {
    ...struct('Buffer', 'const table *', tableValues()),
    type: (count: string) => ({ buffer: 'Table', size: { parameter: count } }),
    isCounted: true,
    place: {},
    mix: (p) => `d = mix_rows(d, ${p}->rows, (${p}n - offsetof(table, rows)) / sizeof(row));`,
    bytes: bytesOfTable,
    written: writtenTable,
  },
  {
    ...struct(
      'Lent',
      'const lent *',
      fc.record({
        Name: fc.string({ unit: LETTERS, maxLength: 9 }),
        Values: fc.array(whole(16, false), { minLength: 1, maxLength: 9 }),
        Row: rowValues(),
      }),
    ),
    mix: (p) =>
      `d = mix_rows(mix(mix(d, ${p}->name, length16(${p}->name) * 2), ${p}->values, ${p}->count * 2), ${p}->row, 1);`,
    bytes: ({ Name, Values, Row }: { Name: string; Values: number[]; Row: Row }) =>
      Buffer.concat([Buffer.from(Name, 'utf16le'), Buffer.from(Uint16Array.from(Values).buffer), bytesOfRow(Row)]),
    written: (value) =>
      `@{ Name = ${value}.Name; Values = ${value}.Values; Row = @{ Id = "$(${value}.Row.Id)"; Tag = ${value}.Row.Tag } }`,
    copy: { type: 'Lent', c: 'lent *', statement: 'copy_lent(p, copy);' },
  },
];

const THING_OF: Readonly<Record<string, bigint>> = { ROOT: 0xffff_ffff_8000_0002n, USER: 7n };
const ACCESS_OF: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(ACCESS).map(([name, bits]) => [name.toLowerCase(), bits]),
);
const ACCESS_TOLD: Readonly<Record<string, string>> = {
  Read: 'Read',
  None: 'None',
  'Read,Write': 'All',
  3: 'All',
  'Top,all': 'All, Top',
  '0x80000005,Read': 'Read, Top, 0x4',
};

function below(bits: number): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 0, max: 2 ** bits - 1 }), fc.constantFrom(0, 2 ** bits - 1));
}

/** A struct of this name. A value behind a pointer is passed through one. */
function struct(name: string, c: string, values: fc.Arbitrary<unknown>) {
  return { name, type: name, c, values, ...(c.endsWith('*') && { place: { pointer: true } }) };
}

interface Row {
  readonly Id: string;
  readonly Tag: number;
}

const bytesOfRow = ({ Id, Tag }: Row) => Buffer.concat([little(BigInt(Id), 8), little(BigInt(Tag), 1)]);

function rowValues() {
  return fc.record({ Id: whole(64, false), Tag: fc.nat(255) });
}

function tableValues() {
  return fc.record({ Rows: fc.array(rowValues(), { minLength: 1, maxLength: 5 }) });
}

function bytesOfTable({ Rows }: { readonly Rows: readonly Row[] }): Uint8Array {
  return Buffer.concat(Rows.map(bytesOfRow));
}

function writtenTable(value: string): string {
  return `@{ Rows = @(foreach ($one in ${value}.Rows) { @{ Id = "$($one.Id)"; Tag = $one.Tag } }) }`;
}

interface Switched {
  readonly Tag: number;
  readonly Value: { readonly Number?: number; readonly Wide?: string; readonly Raw?: readonly number[] };
}

/** Values with all members, as they are returned. */
function switchedValues() {
  const none = { Number: null, Wide: null, Raw: null };
  const raw = fc.array(fc.nat(255), { minLength: 3, maxLength: 3 });
  return fc.oneof(
    whole(32, true).map((value) => ({ Tag: 1, Value: { ...none, Number: value } })),
    whole(64, false).map((Wide) => ({ Tag: 2, Value: { ...none, Wide } })),
    fc.tuple(fc.integer({ min: 3, max: 2 ** 32 - 1 }), raw).map(([Tag, Raw]) => ({ Tag, Value: { ...none, Raw } })),
  );
}

/** Texts that represent bytes: those of the drawn texts. */
function drawn(name: string, values: fc.Arbitrary<StandardValue>) {
  const bytes = new Map<string, Uint8Array>();
  const texts = values.map((value) => {
    bytes.set(value.text, value.bytes);
    return value.text;
  });
  return {
    name,
    values: texts,
    bytes: (text: string) => bytes.get(text) as Uint8Array,
    written: asText,
    isByValue: true as const,
  };
}

/** A struct for which .NET has a type. */
function standard(type: string, size: number, values: fc.Arbitrary<StandardValue>, c: string, written = asText): Kind {
  const isPointer = c.endsWith('*');
  const isEndpoint = type.startsWith('SOCKADDR');
  return {
    ...drawn(type.replaceAll('_', ''), values),
    type,
    c,
    ...(isPointer && { place: { pointer: true } }),
    // Mixes in an endpoint without its family and without the bytes after it.
    mix: (p) =>
      `d = mix(d, ${isPointer ? p : `&${p}`}${isEndpoint ? ' + 2' : ''}, ${isEndpoint ? Math.min(size, 28) - 2 : size});`,
    written,
    copy: { type, c: 'uint8_t *', statement: `memcpy(copy, ${isPointer ? 'p' : '&p'}, ${size});` },
  };
}
