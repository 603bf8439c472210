/** The page about definitions: its blocks and its tables say what dllet does. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parsePrototypes } from '../../src/definition/prototype/index.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { ROOT } from '../support/cli.js';
import { codeBlocks } from '../support/markdown.js';

const PAGE = 'docs/writing-definitions.md';
const text = readFileSync(path.join(ROOT, PAGE), 'utf8');
const blocks = codeBlocks(PAGE);

const ofLanguage = (language: string) =>
  blocks.filter((block) => block.language === language).map((block) => [`line ${block.line}`, block.text] as const);

/** The rows of the tables whose first column has this title. */
function rows(title: string): string[][] {
  const tables = text.split(/\n\n/).filter((part) => part.startsWith(`| ${title} |`));
  return tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row) => row.slice(2, -2).split(' | ')),
  );
}

const code = (cell = '') => /`([^`]+)`/.exec(cell)?.[1] ?? '';

/** What `dllet validate` says about a definition with this function only. */
function mistakesOf(prototype: string): string {
  const definition = { name: 'Page', library: 'page.dll', functions: [prototype], cmdlets: { 'Get-It': 'f' } };
  const { mistakes } = validateDefinitionText(JSON.stringify(definition));
  return mistakes.map(({ message }) => message).join('\n');
}

// Those of PowerShell are run by test/powershell/handles.test.ts.
it('every block is of a kind that is tested', () => {
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['json', 'sh', 'c', 'powershell']));
});

test.each(ofLanguage('json'))('the definition at %s is valid', (_, definition) => {
  expect(validateDefinitionText(definition).mistakes).toEqual([]);
});

it('begins with the definition of the README', () => {
  const ofReadme = codeBlocks('README.md').filter(({ language }) => language === 'json');
  expect(ofReadme.map((block) => block.text)).toEqual([blocks.find(({ language }) => language === 'json')?.text]);
});

test.each(ofLanguage('c'))('the declarations at %s are read', (_, declarations) => {
  expect(parsePrototypes(declarations).functions).not.toEqual([]);
});

describe('marks', () => {
  const marks = rows('Mark');

  test.each(marks)('%s: %s', (mark, _, example) => {
    expect(mistakesOf(code(example))).toBe('');
    const name = code(mark).replace(/\(.*/, '');
    if (name !== 'inout') expect(code(example)).toMatch(new RegExp(`\\[[^\\]]*\\b${name}\\b`));
  });

  it('are all on the page', () => {
    const known = (wrong: string) =>
      /the marks are ([a-z0-9_]+(?:, [a-z0-9_]+)*)/.exec(mistakesOf(wrong))?.[1]?.split(', ') ?? [];
    const [ofParameters, ofFunctions] = [known('int f([strange] int a)'), known('[strange] int f(void)')];
    const ofEnums = known('[strange] enum e { A }; int f(void);');
    const named = new Set(marks.map(([mark]) => code(mark).replace(/\(.*/, '')));
    expect(named).toEqual(new Set([...ofParameters, ...ofFunctions, ...ofEnums]));
  });
});

test.each(rows('Prototype'))('%s is answered with: %s', (prototype, question, answer) => {
  expect(mistakesOf(code(prototype))).toContain(question);
  expect(mistakesOf(code(answer))).toBe('');
});

test.each(rows('Written'))('the library %s is valid', (library) => {
  const definition = {
    name: 'Page',
    library: JSON.parse(code(library)),
    functions: ['int f(void)'],
    cmdlets: { 'Get-It': 'f' },
  };
  expect(validateDefinitionText(JSON.stringify(definition)).mistakes).toEqual([]);
});

it('its links lead somewhere, and the README leads to it', () => {
  for (const [, target = ''] of text.matchAll(/\]\((?!https:)([^)#]+)/g))
    expect(existsSync(path.join(ROOT, 'docs', target)), target).toBe(true);
  expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(`](${PAGE})`);
});
