/** The rooms of the house: what may import what. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/cli.js';
import { circlesIn, importsUnder, sourcesUnder } from './support/import-graph.js';

const SRC = path.join(ROOT, 'src');
const imports = importsUnder(SRC);
const sources = new Set(sourcesUnder(SRC));

const TEMPLATES = path.join(ROOT, 'templates');

/** Words that only code about ports needs. */
const PORTS = /\bports?\b|\bnetsh\b|\b(udp|tcp)\b|port-?reservation|\breservations?\b/gi;

/** Code without its comments, and without the name of the built-in definition and of a function in it, which are in examples. */
const codeOf = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replaceAll(/(Lookup)?Persistent(Udp)?PortReservation/g, '');

describe('the check itself', () => {
  it('sees every kind of import', () => {
    const to = (from: string) => imports.filter((one) => one.from === from).map((one) => one.to);
    expect(to('extensions/port-reservation/ports/services.ts')).toEqual(
      expect.arrayContaining(['definition/errors.ts', 'extensions/port-reservation/verdict/verdict.ts']),
    );
    expect(to('cli.ts')).toContain('cli/no-inspector.ts');
    expect(to('bridge/method.ts')).toContain('model/types.ts');
    const unknown = imports.filter(({ to: name }) => name.includes('/') && name.endsWith('.ts') && !sources.has(name));
    // Made by the build.
    const made = ['definition/schema-validator.ts', 'definition/prototype/grammar.ts'];
    expect(unknown.filter(({ to: name }) => !made.includes(name))).toEqual([]);
  });

  it('finds a circle, and what belongs to it', () => {
    const edges = ['a b', 'b c', 'c a', 'c d', 'd e', 'x y', 'y x'].map((edge) => edge.split(' '));
    const graph = edges.map(([from = '', to = '']) => ({ from, to }));
    expect(circlesIn(graph)).toEqual([
      ['a', 'b', 'c'],
      ['x', 'y'],
    ]);
  });
});

it('no files import each other in a circle, not even where an import waits until it is reached', () => {
  expect(circlesIn(imports)).toEqual([]);
});

describe('rooms', () => {
  /** What the rooms at the bottom of the house may import. `definition` also has the errors and the words that all rooms use. */
  const BELOW: Readonly<Record<string, readonly string[]>> = {
    kinds: ['definition'],
    model: ['definition', 'kinds', 'outputs'],
    outputs: ['definition', 'extensions', 'kinds', 'model'],
    native: ['definition', 'kinds', 'model', 'system'],
    system: ['native'],
    simulation: ['definition', 'kinds', 'model'],
    bridge: ['definition', 'kinds', 'model'],
    dsc: ['bridge', 'definition', 'kinds', 'model'],
    winmd: ['definition'],
    import: ['definition', 'kinds', 'winmd'],
    powershell: ['definition'],
  };
  const room = (file: string) => file.split('/')[0] ?? '';
  const between = imports.filter(({ from, to }) => sources.has(to) && room(from) !== room(to));

  it.each(Object.entries(BELOW))('%s imports only %j', (name, below) => {
    const above = between.filter(({ from, to }) => room(from) === name && !below.includes(room(to)));
    expect(above).toEqual([]);
  });

  it('do not import the commands; the commands of extensions and their part of verify.cjs do, because they print', () => {
    const users = between.filter(({ to }) => room(to) === 'cli').map(({ from }) => from);
    expect(
      users.filter((file) => file !== 'cli.ts' && !/^extensions\/[^/]+\/(commands|verification)\//.test(file)),
    ).toEqual([]);
  });
});

describe('native code', () => {
  it('is reached through koffi in src/native only', () => {
    const rooms = imports.filter(({ to }) => to === 'koffi').map(({ from }) => from.split('/')[0]);
    expect(new Set(rooms)).toEqual(new Set(['native']));
  });

  it('is bound from definitions and from tables of prototypes only', () => {
    const byHand = [...sources].filter((file) => /\.func\(/.test(readFileSync(path.join(SRC, file), 'utf8')));
    expect(byHand).toEqual(['native/binding.ts', 'native/prototype.ts']);
  });
});

describe('extensions', () => {
  const roomOf = (file: string) => /^extensions\/([^/]+)\//.exec(file)?.[1];

  it('are known to the core by the registries only', () => {
    const fromCore = imports.filter(({ from, to }) => roomOf(to) !== undefined && roomOf(from) === undefined);
    const doors = fromCore.map(({ from, to }) => `${from} -> ${to.replace(/^extensions\/[^/]+\//, '')}`);
    expect(new Set(doors)).toEqual(
      new Set([
        'extensions/registry.ts -> index.ts',
        'extensions/in-command-line.ts -> commands/index.ts',
        'extensions/in-program.ts -> program.ts',
        'extensions/in-verification.ts -> verification/index.ts',
      ]),
    );
  });

  it('leave nothing of ports in the code and the templates of the core', () => {
    const core = [...sources].filter((file) => roomOf(file) === undefined && !/^extensions\//.test(file));
    const texts = [
      ...core.map((file) => [file, readFileSync(path.join(SRC, file), 'utf8')] as const),
      ...readdirSync(TEMPLATES).map((file) => [file, readFileSync(path.join(TEMPLATES, file), 'utf8')] as const),
    ];
    const words = texts.map(([file, text]) => [file, codeOf(text).match(PORTS)] as const);
    // What functions of Windows are called, and when they fail, is metadata of Windows.
    expect(words.filter(([file, found]) => found && !/^import\//.test(file))).toEqual([]);
    expect(codeOf(readFileSync(path.join(SRC, 'extensions/port-reservation/index.ts'), 'utf8'))).toMatch(PORTS);
  });

  it('know nothing of each other', () => {
    expect(imports.filter(({ from, to }) => roomOf(from) && roomOf(to) && roomOf(from) !== roomOf(to))).toEqual([]);
  });
});

describe('arguments', () => {
  it("are parsed by yargs, or by node's parser in one file", () => {
    const fastPath = [...sources].filter((file) => /\bparseArgs\(/.test(readFileSync(path.join(SRC, file), 'utf8')));
    expect(fastPath).toEqual(['cli/options.ts']);
    const withYargs = imports.filter(({ to, isStatic }) => to === 'yargs' && isStatic).map(({ from }) => from);
    expect(withYargs).not.toContain('cli/options.ts');
    expect(withYargs).not.toEqual([]);
  });
});

describe('types', () => {
  const matching = (pattern: RegExp) =>
    [...sources].filter((file) => pattern.test(codeOf(readFileSync(path.join(SRC, file), 'utf8')))).sort();

  it('are never changed by a cast that permits everything', () => {
    expect(matching(/\bas unknown as\b|\bas any\b|<any>/)).toEqual([]);
  });

  it('are those of a definition after its checks, and in the programs that read one which was checked when it was written', () => {
    expect(matching(/\bas (Definition|DefinitionSource)\b(?!\[)/)).toEqual([
      'cli/call-prototype.ts',
      'cli/module-program.ts',
      'cli/verify-program.ts',
      'cli/verify.ts',
      'definition/load.ts',
      'definition/written/canonical.ts',
    ]);
  });
});
