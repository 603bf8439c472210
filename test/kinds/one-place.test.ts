/** What has one place in the sources is in no other. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWN_NAMES } from '../../src/definition/prototype/names.js';
import { allKinds, typeForms } from '../../src/kinds/index.js';
import { outputKinds } from '../../src/outputs/registry.js';
import { ROOT } from '../support/cli.js';

const SOURCES = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, 'src', file), 'utf8') }));

const filesWith = (pattern: RegExp) => SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

const asks = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));

const NAMES = allKinds().map(({ name }) => name);
const KEYS = typeForms().map(({ key }) => key);
const OUTPUTS = outputKinds().map(({ kind }) => kind);

/**
 * Code that asks a shape for its kind, or compares a kind with the name of one. The grammar of C has suffixes, and metadata types,
 * of kinds of their own.
 */
const ASKING_KINDS = [
  /\b(\w*[sS]hape|element|target)\)?[?!]?\.kind\b/,
  /kindOf\(.*\)[?!]?\.name\b/,
  /\{[^{}\n]*\bkind\b[^{}\n]*\} = [^;=\n]*([sS]hape|kindOf\()/,
  new RegExp(`(?<!typeof |(suffix|type|inner)\\??\\.)\\bkind(\\.name)? [!=]== '(${NAMES.join('|')})'`),
  new RegExp(`\\bkind(\\.name)?\\) \\{\\s*case '(${NAMES.join('|')})'`),
  new RegExp(`'(${NAMES.join('|')})'.*\\]\\.includes\\((\\w+\\.)*kind\\b`),
];

/** Code that asks a written type for its form. */
const ASKING_FORMS = [
  new RegExp(`'(${KEYS.join('|')})' in \\w`),
  new RegExp(`Object\\.hasOwn\\(\\w*[tT]ype, '(${KEYS.join('|')})'\\)`),
  /\.(struct|enum)\b(?!\()/,
];

/** Code that asks an output for its kind. */
const ASKING_OUTPUTS = [
  /\boutput[?!]?\.kind [!=]==|[!=]== \w+\.output\.kind\b|switch \(.*\boutput\.kind\)/,
  /'(object|falseOn|expand)' in \w/,
  /\{[^{}]*\bkind\b[^{}]*\} = [\w.]*\boutput;/,
  new RegExp(`outputKind\\([^)]*\\)\\.kind\\b|\\boutput(Kind)? [!=]== '(${OUTPUTS.join('|')})'`),
];

describe('the check itself', () => {
  it.each([
    [ASKING_KINDS, "if (shape.kind === 'struct') return;"],
    [ASKING_KINDS, "return fn.returns.shape.kind !== 'text';"],
    [ASKING_KINDS, 'const { kind } = parameter.shape;'],
    [ASKING_KINDS, "switch (kindOf(shape).name) { case 'flags': return 1; }"],
    [ASKING_KINDS, "switch (kind) {\n    case 'enum':\n"],
    [ASKING_KINDS, 'const how = HOW[one.shape.kind];'],
    [ASKING_KINDS, "const { name } = one; return kind === 'unixTime';"],
    [ASKING_KINDS, "['struct', 'union'].includes(value.kind)"],
    [ASKING_FORMS, "typeof type === 'object' && 'pointer' in type"],
    [ASKING_FORMS, "Object.hasOwn(type, 'bytes')"],
    [ASKING_FORMS, 'for (const field of type.struct) visit(field);'],
    [ASKING_OUTPUTS, "cmdlet.output.kind === 'list'"],
    [ASKING_OUTPUTS, 'switch (cmdlet.output.kind) {'],
    [ASKING_OUTPUTS, 'const { kind } = cmdlet.output;'],
    [ASKING_OUTPUTS, "outputKind(output).kind === 'value'"],
    [ASKING_OUTPUTS, "'falseOn' in output"],
  ])('%#: finds %s', (patterns, text) => {
    expect(asks(patterns, text)).toBe(true);
  });
});

it('only the kinds know which kind a value is', () => {
  const asking = SOURCES.filter(({ text }) => asks(ASKING_KINDS, text)).map(({ file }) => file);
  expect(asking.filter((file) => !file.startsWith('kinds/'))).toEqual([]);
});

it('only the kinds know how a type of some kind is written', () => {
  const asking = SOURCES.filter(({ text }) => asks(ASKING_FORMS, text)).map(({ file }) => file);
  // Declarations of C are made into the written form. The native side has a small language of its own for what lies in memory.
  const others = asking.filter((file) => !/^(kinds|definition\/prototype)\//.test(file));
  expect(others).toEqual(['native/describe.ts', 'native/marshal.ts']);
});

it('only the kinds of output know which kind an output is', () => {
  const asking = SOURCES.filter(({ text }) => asks(ASKING_OUTPUTS, text)).map(({ file }) => file);
  expect(asking.filter((file) => !file.startsWith('outputs/'))).toEqual([]);
});

it('types are resolved for the model, and for the checks before there is one', () => {
  const resolving = filesWith(/\bresolveShape\(/);
  expect(resolving.filter((file) => !/^(kinds|model|definition\/prototype)\//.test(file))).toEqual([
    'definition/checks/resolve-type.ts',
  ]);
});

it('what a caller gives is told apart in one file', () => {
  expect(filesWith(/!== 'out' && !isSet\(/)).toEqual(['definition/parameters.ts']);
});

it('sums of inputs are added up in one file', () => {
  expect(filesWith(/\bsum\.reduce\(/)).toEqual(['model/computed.ts']);
});

it('the names that C has for a struct that is one value are those of its kind', () => {
  const given = allKinds().flatMap(({ namesInC = {} }) => Object.entries(namesInC));
  expect(given.length).toBeGreaterThan(5);
  for (const [type, names] of given) {
    for (const name of [type, ...names.split(' ')]) expect(KNOWN_NAMES.get(name)?.base, name).toMatchObject({ type });
  }
});
