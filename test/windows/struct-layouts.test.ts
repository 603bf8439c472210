/**
 * The structs of Win32 metadata beside those of the Windows headers that mingw has: the same sizes and offsets, in the C
 * declarations that the import writes, and in the memory that dllet lays out from them.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { corrected } from '../../src/import/corrections.js';
import { Declarations } from '../../src/import/declarations.js';
import { type MetadataType, type MetadataTypeEntry, otherIn32Bit } from '../../src/import/metadata.js';
import { type NamedTypes, resolveShape, sizeOf } from '../../src/kinds/index.js';
import { temporaryDirectory } from '../support/directories.js';
import { readDocuments } from '../support/win32json.js';
import { MINGW, MINGW_32 } from './compile.js';

const documents = readDocuments();

const HEADERS =
  'stddef winsock2 ws2tcpip mswsock windows iphlpapi netioapi tcpestats ipmib windns lm fwpmu psapi powrprof tlhelp32 ' +
  'winioctl ntsecapi aclapi sddl wincon winternl usp10 clfsw32 clfsmgmtw32 lmdfs mprapi ipexport icmpapi ws2spi';

/** Structs that mingw has in another form than the Windows SDK that the metadata is made from. */
const OTHERS = new RegExp(
  `^(${[
    // Not packed there.
    'IPV6_ADDRESS_EX',
    // Other fields, or fields of another type.
    'MIB_IPDEST(ROW|TABLE)|SERVER_INFO_598|IPSEC_SA_DETAILS1|AE_[A-Z]+',
    // Without the first element of the array at its end.
    'WSAPOLLDATA',
    // Without the fields of later systems.
    'TOKEN_(ACCESS_INFORMATION|AUDIT_POLICY)|SYSTEM_POWER_CAPABILITIES|PROCESSOR_RELATIONSHIP|SYSTEM_TIMEOFDAY_INFORMATION',
  ].join('|')})[:.]`,
);

/** Also where time_t is 32 bits, as mingw and the DLL have it, and metadata does not. */
const OTHERS_32 = new RegExp(`${OTHERS.source}|^IP_ADAPTER_INFO[:.]`);

/** One in so many structs is compared, because each is parsed beside all that were before; and all with two layouts. */
const STEP = 3;

interface Struct {
  readonly name: string;
  readonly entry: MetadataTypeEntry;
  readonly size: number;
}

interface Check {
  readonly what: string;
  readonly test: string;
}

/** The structs of metadata as C declarations, and what is to be true of them. */
let found: { readonly texts: readonly string[]; readonly own: readonly Check[]; readonly checks: readonly Check[] };

beforeAll(() => {
  if (documents.size === 0) return;
  const right = corrected(documents);
  const declarations = new Declarations(right, [...documents.keys()], new Map());
  const structs: Struct[] = [];
  const uses = new Set<string>();
  for (const [api, { Types }] of documents) {
    const all = Types.filter(({ Kind }) => Kind === 'Struct' || Kind === 'Union');
    for (const entry of all.filter((one, index) => index % STEP === 0 || otherIn32Bit(Types, one))) {
      const type: MetadataType = { Kind: 'ApiRef', Name: entry.Name, TargetKind: 'Default', Api: api, Parents: [] };
      try {
        const { result: name, uses: needed } = declarations.using(() => declarations.nameOf(type));
        const types = declarations.known.types as NamedTypes;
        if (name !== entry.Name || !types[name]) continue;
        structs.push({ name, entry, size: sizeOf(resolveShape({ type: name }, types)) });
        for (const one of needed) uses.add(one);
      } catch {
        // What cannot be expressed is another matter.
      }
    }
  }
  const written = declarations.textsOf(uses);
  const declared = new Set(written.map((text) => /(\w+);(?:\n#.*)*$/.exec(text)?.[1] ?? ''));
  found = {
    texts: written.map((text) => inPlainC(text, declared)),
    own: structs.map(({ name, size }) => ({
      what: `${name}: ${size} bytes in dllet`,
      test: `sizeof(${name}) == ${size}`,
    })),
    checks: structs.flatMap(checksOf),
  };
});

const checksOf = ({ name, entry }: Struct): Check[] => [
  { what: `${name}: its size`, test: `sizeof(dllet_${name}) == sizeof(${name})` },
  ...(entry.Fields ?? []).map((field) => ({
    what: `${name}.${field.Name}: its offset`,
    test: `offsetof(dllet_${name}, ${field.Name}) == offsetof(${name}, ${field.Name})`,
  })),
];

const has32Bit = spawnSync(MINGW_32, ['--version']).status === 0;

test.skipIf(documents.size === 0)('structs have the sizes and the offsets of the headers', () => {
  const there = noneWrong(MINGW, [...found.own, ...found.checks], OTHERS);
  found = { ...found, checks: found.checks.filter((one) => there.has(one)) };
});

// What dllet lays out in memory is as wide as the pointers of its process, so that only the declarations can be compared.
test.skipIf(documents.size === 0 || !has32Bit)('their declarations have those of 32-bit Windows', () => {
  noneWrong(MINGW_32, found.checks, OTHERS_32);
});

/** Returns the checks of what the headers have. The others take most of the time, so that they are made once. */
function noneWrong(compiler: string, checks: readonly Check[], others: RegExp): ReadonlySet<Check> {
  const { wrong, there } = compiled(compiler, found.texts, checks);
  expect(wrong.filter((what) => !others.test(what))).toEqual([]);
  // Most are in the headers, so that the test says something.
  expect(there.size).toBeGreaterThan(800);
  return there;
}

/** A declaration of the import without marks and names of enums, and with names of its own. */
function inPlainC(text: string, declared: ReadonlySet<string>): string {
  const plain = text
    .replaceAll(/\[(?:use|count|bytes|size|value|constant|flags|optional)\b[^\]]*\] ?/g, '')
    .replaceAll(/typedef enum \w+ : (\w+) \{[^}]*\} (\w+);/g, 'typedef $1 $2;');
  return plain.replaceAll(/\b[A-Za-z_]\w*\b/g, (word, at: number) => {
    const rest = plain.slice(at + word.length);
    const isField = /^\s*(\[|;)/.test(rest) && !/^;(\n|$)/.test(rest);
    return declared.has(word) && !isField ? `dllet_${word}` : word;
  });
}

/** Compiles each check as an assertion: those that are false, and all whose names the headers have. */
function compiled(compiler: string, texts: readonly string[], checks: readonly Check[]) {
  const before = [
    ...HEADERS.split(' ').map((name) => `#if __has_include(<${name}.h>)\n#include <${name}.h>\n#endif`),
    ...texts,
  ];
  const file = path.join(temporaryDirectory(), 'structs.c');
  const source = before.join('\n');
  writeFileSync(file, [source, ...checks.map(({ test: one }) => `_Static_assert(${one}, "");`)].join('\n'));
  const options = ['-fsyntax-only', '-fmax-errors=0', '-w', '-D_WIN32_WINNT=0x0A00', '-DNTDDI_VERSION=0x0A000000'];
  const { stderr } = spawnSync(compiler, [...options, file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const first = source.split('\n').length + 1;
  const wrong: string[] = [];
  const there = new Set(checks);
  for (const [, line, message] of stderr.matchAll(/structs\.c:(\d+):\d+: error: (.*)/g)) {
    const check = checks[Number(line) - first];
    if (!check) wrong.push(`${source.split('\n')[Number(line) - 1]}: ${message}`);
    else if (message?.startsWith('static assertion failed')) wrong.push(check.what);
    else there.delete(check);
  }
  return { wrong, there };
}
