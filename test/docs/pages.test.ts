/** The pages: links lead somewhere, the index has them all, definitions are valid, commands exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { dllet, ROOT } from '../support/cli.js';
import { codeBlocks, RECIPES } from '../support/markdown.js';

const INDEX = 'docs/README.md';
/** Written by hand, without the recipes and the reference, which have indexes of their own. */
const DOCS = readdirSync(path.join(ROOT, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);
const WITH_DEFINITIONS = ['docs/first-module.md', 'docs/from-metadata.md', 'docs/publishing.md', 'docs/comparison.md'];
const EXAMPLES = readdirSync(path.join(ROOT, 'examples'), { withFileTypes: true }).map((entry) =>
  entry.isDirectory() ? `examples/${entry.name}/README.md` : `examples/${entry.name}`,
);
const ALL = [...DOCS, ...RECIPES, ...EXAMPLES, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

const read = (document: string) => readFileSync(path.join(ROOT, document), 'utf8');

let help = '';

beforeAll(async () => {
  help = (await dllet(['--help'])).stdout;
});

describe.each(ALL)('%s', (document) => {
  const text = read(document);

  it('has links that lead somewhere', () => {
    for (const [, target = ''] of text.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\((?!https:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? document : path.join(path.dirname(document), file);
      expect(existsSync(path.join(ROOT, found)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(found)), target).toContain(anchor);
    }
  });

  it('names commands of dllet that exist', () => {
    const code = codeBlocks(document).map((block) => block.text.replaceAll(/^dllet /gm, '$ dllet '));
    const lines = [text, ...code].join('\n');
    const named = new Set([...lines.matchAll(/(?:`|\$ )dllet ([a-z]+)/g)].map(([, command = '']) => command));
    const missing = [...named].filter((name) => !help.includes(`\n  dllet ${name} `));
    expect(missing).toEqual([]);
  });
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
