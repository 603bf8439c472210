/** The rooms of the house: what may import what. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/cli.js';
import { circlesIn, importsUnder, sourcesUnder } from './support/import-graph.js';

const SRC = path.join(ROOT, 'src');
const imports = importsUnder(SRC);
const sources = new Set(sourcesUnder(SRC));

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
