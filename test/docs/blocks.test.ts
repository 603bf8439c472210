/**
 * Every block of every page is run by a test, or is what its language says it is, or is listed here with the reason. What is
 * PowerShell is looked at by test/powershell/page-scripts.test.ts.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parsePrototypes } from '../../src/definition/prototype/index.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { dllet, ROOT } from '../support/cli.js';
import { examplesOfHelp, refusalOf } from '../support/command-lines.js';
import { ALL_PAGES, codeBlocks, RECIPES } from '../support/markdown.js';
import { patternOf, shownCommands, wordsOf } from '../support/pages.js';
import { WIN32JSON } from '../support/win32json.js';

/** Blocks of other languages, by their page. */
const LISTED: Readonly<Record<string, string>> = {
  'docs/architecture.md': 'a drawing',
  'docs/first-module.md': 'a part of a definition, which test/powershell/pages.test.ts makes the change of',
  'docs/signing.md': 'a drawing',
  'docs/blocked-port.md text': 'a message of Windows',
  'docs/module.md csharp': 'a program for an elevated Windows',
  'docs/module.md python': 'a program for an elevated Windows',
  'docs/recipes/azure-machine-configuration.md mof': 'test/docs/recipes.test.ts reads it',
  'docs/recipes/group-policy.md text': 'what is typed into the windows of Group Policy',
  'docs/audit.md xml': 'test/docs/recipes.test.ts reads it',
  'docs/troubleshooting.md text': 'messages of Windows and of the module',
};

/** Generated from the help, whose examples test/powershell/examples.test.ts runs. */
const isGenerated = (page: string) => page.startsWith(`docs${path.sep}reference`);

const blocks = ALL_PAGES.filter((page) => !isGenerated(page)).flatMap(codeBlocks);
const placed = (language: string) =>
  blocks.filter((one) => one.language === language).map((one) => [`${one.document}:${one.line}`, one] as const);
const shown = placed('console').flatMap(([, block]) => shownCommands(block));

const CHECKED = ['c', 'console', 'json', 'powershell', 'sh', 'yaml'];

it('every other block is listed, and nothing else is', () => {
  const others = blocks.filter(({ language }) => !CHECKED.includes(language));
  const names = others.map(({ document, language }) => `${document} ${language}`.trim());
  expect([...new Set(names)].sort()).toEqual(Object.keys(LISTED).sort());
});

test.each(placed('json'))('the JSON at %s is JSON, and a definition is valid', (_place, { text }) => {
  const value: object = JSON.parse(text);
  expect('functions' in value ? validateDefinitionText(text).mistakes : []).toEqual([]);
});

test.each(placed('c'))('the declarations at %s are read', (_place, { text }) => {
  expect(parsePrototypes(text).functions).not.toEqual([]);
});

test.each(placed('yaml'))('%s is YAML', (_place, { text }) => {
  expect(parseAllDocuments(text, { uniqueKeys: true }).flatMap(({ errors }) => errors)).toEqual([]);
});

describe('a command line', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const OF_NPM = ['ci', 'install', 'pack', 'test'];

  /** Programs that others made, by name. */
  const OTHERS = ['dsc', 'jq', 'winget'];

  async function check(command: string): Promise<void> {
    const [program = '', ...args] = wordsOf(alone(command));
    if (program === 'dllet') expect(await refusalOf(args)).toBeUndefined();
    else if (program === 'npm')
      expect([...OF_NPM, ...Object.keys(scripts).map((name) => `run ${name}`)]).toContain(
        args[0] === 'run' ? `run ${args[1]}` : args[0],
      );
    else expect(OTHERS).toContain(program);
  }

  /** Without a comment, and without what a shell does with its output. */
  const alone = (command: string) =>
    command.replace(/ +#.*$|(?: \| \w+(?:-\w+)?)+$/g, '').replace(/^source <\((.*)\)$/, '$1');

  const lines = placed('sh').flatMap(([place, { text }]) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => [place, line] as const),
  );
  const prompts = shown.filter(({ shell }) => shell === 'sh').map(({ place, command }) => [place, command] as const);
  test.each([...lines, ...prompts])('at %s is taken: %s', (_place, command) => check(command));

  test.each(examplesOfHelp())('in the help is taken: %s', check);

  it('that is wrong is found', async () => {
    for (const wrong of ['import x --functon y', 'explain a', 'call a b c d', 'generate a', 'serve a --backend other'])
      expect(await refusalOf(wrong.split(' ')), wrong).toEqual(expect.any(String));
  });
});

/** Pages whose commands are run here, one after the other, in a folder with what they need. */
describe.each([
  ['docs/from-metadata.md', existsSync(WIN32JSON)],
  ['docs/publishing.md', process.platform === 'linux'],
])('%s', (page, isRun) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-page-'));
  beforeAll(() => {
    if (existsSync(WIN32JSON)) symlinkSync(WIN32JSON, path.join(directory, 'win32json'));
    writeFileSync(path.join(directory, 'LICENSE.txt'), 'MIT\n');
    const definition = codeBlocks(page).find(({ language }) => language === 'json');
    writeFileSync(path.join(directory, 'zlibtools.json'), definition?.text ?? '');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const commands = codeBlocks(page)
    .filter(({ language }) => language === 'console')
    .flatMap(shownCommands);
  test.runIf(isRun).each(commands.map((one) => [one.command, one] as const))('%s', async (_command, one) => {
    const { stdout, stderr } = await dllet(wordsOf(one.command).slice(1), { cwd: directory });
    // Notes come first on a screen.
    expect(stderr + stdout).toMatch(patternOf(one.shown));
  });
});

it('recipes are among the pages', () => {
  expect(RECIPES.filter((page) => !ALL_PAGES.includes(page))).toEqual([]);
});
