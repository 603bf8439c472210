/** The pages for people who make modules: links lead somewhere, definitions are valid, commands exist. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { dllet, ROOT } from '../support/cli.js';
import { codeBlocks } from '../support/markdown.js';

const PAGES = ['docs/first-module.md', 'docs/from-metadata.md', 'docs/publishing.md', 'docs/comparison.md'];

const read = (document: string) => readFileSync(path.join(ROOT, document), 'utf8');

let help = '';

beforeAll(async () => {
  help = (await dllet(['--help'])).stdout;
});

describe.each([...PAGES, 'README.md'])('%s', (document) => {
  const text = read(document);

  it('has links that lead somewhere', () => {
    for (const [, target = ''] of text.matchAll(/\]\((?!https:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? document : path.join(path.dirname(document), file);
      expect(existsSync(path.join(ROOT, found)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(found)), target).toContain(anchor);
    }
  });

  it('names commands of dllet that exist', () => {
    const named = new Set([...text.matchAll(/(?:`|\$ )dllet ([a-z]+)/g)].map(([, command = '']) => command));
    const missing = [...named].filter((name) => !help.includes(`\n  dllet ${name} `));
    expect(missing).toEqual([]);
  });
});

const definitions = PAGES.flatMap(codeBlocks).filter(({ language }) => language === 'json');

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
