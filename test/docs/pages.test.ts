/** The pages: links lead somewhere, the index has them all, definitions are valid, commands exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { dllet, ROOT } from '../support/cli.js';
import { ALL_PAGES, codeBlocks } from '../support/markdown.js';

const INDEX = 'docs/README.md';
/** Written by hand, without the recipes and the reference, which have indexes of their own. */
const DOCS = readdirSync(path.join(ROOT, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const WITH_DEFINITIONS = ['docs/first-module.md', 'docs/from-metadata.md', 'docs/publishing.md', 'docs/comparison.md'];

const read = (document: string) => readFileSync(path.join(ROOT, document), 'utf8');

let help = '';

beforeAll(async () => {
  help = (await dllet(['--help'])).stdout;
});

/** Links to files of the repository that do not exist, or to headings that their page does not have. */
function deadLinks(document: string): string[] {
  const text = read(document).replaceAll(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? document : path.join(path.dirname(document), file);
    if (!existsSync(path.join(ROOT, found))) return true;
    return anchor !== undefined && !anchorsOf(read(found)).includes(anchor);
  });
}

test('no page has a dead link', () => {
  expect(ALL_PAGES.length).toBeGreaterThan(30);
  const dead = ALL_PAGES.flatMap((document) => deadLinks(document).map((target) => `${document}: ${target}`));
  expect(dead).toEqual([]);
});

/** npm shows the README, and makes its links to files of the repository lead there. */
test('the package says where its repository is', () => {
  const { repository, homepage } = JSON.parse(read('package.json'));
  const { module } = JSON.parse(read('module/PersistentPortReservation.definition.json'));
  const [base = ''] = /^https:\/\/github\.com\/[^/]+\/[^/]+/.exec(module.onlineHelp) ?? [];
  expect({ url: repository.url, homepage }).toEqual({ url: `git+${base}.git`, homepage: `${base}#readme` });
});

describe.each(ALL_PAGES)('%s', (document) => {
  const text = read(document);

  it('names commands of dllet that exist', () => {
    const code = codeBlocks(document).map((block) => block.text.replaceAll(/^dllet /gm, '$ dllet '));
    const lines = [text, ...code].join('\n');
    const named = new Set([...lines.matchAll(/(?:`|\$ )dllet ([a-z]+)/g)].map(([, command = '']) => command));
    const missing = [...named].filter((name) => !help.includes(`\n  dllet ${name} `));
    expect(missing).toEqual([]);
  });
});

test('every command of dllet is in the page of the command line', () => {
  const commands = [...help.matchAll(/^ {2}dllet ([a-z]+) .* {2}/gm)].map(([, command = '']) => command);
  expect(commands.length).toBeGreaterThan(10);
  const page = read('docs/command-line.md');
  expect(commands.filter((command) => !page.includes(`| \`dllet ${command} `))).toEqual([]);
});

/** The pages that say where something new goes, as a newcomer follows them. */
test.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names files and folders that exist', (document) => {
  const named = [...read(document).matchAll(/`((?:src|test|scripts|docs|examples|templates|module)\/[\w./-]+)`/g)].map(
    ([, file = '']) => file,
  );
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('the README leads to where a kind, an output, a command and a function of Windows are added', () => {
  const [architecture, contributing] = ['docs/architecture.md', 'CONTRIBUTING.md'].map((document) => {
    expect(read('README.md')).toContain(`](${document})`);
    return read(document);
  });
  for (const place of ['src/kinds/all.ts', 'src/outputs/registry.ts', 'src/cli/main.ts', 'src/system/prototypes.ts'])
    expect([architecture, contributing]).toEqual([expect.stringContaining(place), expect.stringContaining(place)]);
});

describe('the index', () => {
  it('has every page, and every page leads back to it', () => {
    const index = read(INDEX);
    const others = DOCS.filter((document) => document !== INDEX);
    expect(others.filter((document) => !index.includes(`](${path.basename(document)})`))).toEqual([]);
    expect(others.filter((document) => !read(document).includes('\n[All pages](README.md)\n'))).toEqual([]);
  });

  it('is found from the README, which names scripts of npm that exist', () => {
    const readme = read('README.md');
    expect(readme).toContain(`](${INDEX})`);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name);
    const ofNpm = ['install', 'pack'];
    expect(named.filter((name) => scripts[name] === undefined && !ofNpm.includes(name))).toEqual([]);
  });
});

const definitions = WITH_DEFINITIONS.flatMap(codeBlocks).filter(({ language }) => language === 'json');

test.each(definitions.map((block) => [`${block.document}:${block.line}`, block.text]))(
  'the definition at %s is valid',
  (_place, definition) => {
    expect(validateDefinitionText(definition).mistakes).toEqual([]);
  },
);

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
}
