/** The examples: each is a valid definition without anything taken for granted, and its page shows what was run. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { ROOT } from '../support/cli.js';
import { ALL, fileOf, textOf } from '../support/example-modules.js';
import { codeBlocks } from '../support/markdown.js';

const gallery = readFileSync(path.join(ROOT, 'examples', 'README.md'), 'utf8');

/** The sessions that a document shows. */
const shownIn = (document: string) => codeBlocks(document).filter(({ language }) => language === 'console');

describe.each(ALL)('$name', ({ name, module, system, isSimulated, hasC }) => {
  it('is valid, and nothing is taken for granted', () => {
    const { mistakes, notes } = validateDefinitionText(textOf(name, 'definition.json'));
    expect({ mistakes, notes }).toEqual({ mistakes: [], notes: [] });
  });

  it('makes a module', async () => {
    const files = generateModule(await loadDefinition(fileOf(name, 'definition.json')));
    expect([...files.keys()]).toContain(`${module}.psd1`);
  });

  it('has a page that shows what was run', () => {
    const blocks = shownIn(`examples/${name}/README.md`);
    expect(blocks).toHaveLength(1);
    for (const { text } of blocks) expect(textOf(name, 'transcript.txt')).toContain(text);
  });

  it('has a transcript of its session', () => {
    const shown = textOf(name, 'transcript.txt').replaceAll(/^(PS>|>>) /gm, '');
    for (const command of textOf(name, 'session.ps1').trim().split(/\n\n+/)) expect(shown).toContain(command);
  });

  it('is in the gallery', () => {
    const [, section = ''] = gallery.split(`](${name}/README.md)\n`);
    const [, block = ''] = /^\n```console\n(.*?)```/s.exec(section) ?? [];
    expect(block).toMatch(/^PS> /);
    expect(textOf(name, 'transcript.txt')).toContain(block);
  });

  it('says where it was run, and what was not', () => {
    const page = textOf(name, 'README.md');
    expect(page).toContain(system === 'linux' ? 'Run on Linux' : isSimulated ? 'simulated' : 'Run in Wine');
    expect(hasC || page.includes('**Not run against a real DLL**')).toBe(true);
    expect(existsSync(fileOf(name, 'same.ps1'))).toBe(hasC);
  });
});
