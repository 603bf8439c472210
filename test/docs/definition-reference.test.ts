/** The reference of the definition language is that of the schema, and its links lead somewhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { definitionReference } from '../../src/generator/definition-reference.js';
import { ROOT } from '../support/cli.js';

const page = readFileSync(path.join(ROOT, 'docs/definition-reference.md'), 'utf8');

it('is in step with the schema', () => {
  expect(page).toBe(definitionReference());
});

it('has a section for every link', () => {
  const sections = new Set([...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => `#${name?.toLowerCase()}`));
  const links = [...page.matchAll(/\]\((#\w+)\)/g)].map(([, link]) => link as string);
  expect(links.length).toBeGreaterThan(50);
  for (const link of links) expect(sections).toContain(link);
});

it('says what each member means', () => {
  const silent = [...page.matchAll(/^\| `\w+` \|.*\| {2}\|$/gm)].map(([row]) => row);
  const ofMembers = silent.filter((row) => !/^\| `\w+` \| `/.test(row));
  expect(ofMembers.filter((row) => !row.includes('](#'))).toEqual([]);
});
