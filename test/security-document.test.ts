/** SECURITY.md: every test that it names must be there and have tests, and every threat must have an answer. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/cli.js';

const text = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');
const section = (title: string) => text.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
const rowsOf = (part: string) => part.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('|---'));

describe('SECURITY.md', () => {
  const named = [...section('What is checked').matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file as string);

  it('names tests that are there', () => {
    expect(named.length).toBeGreaterThan(30);
    for (const file of named) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      expect(readFileSync(path.join(ROOT, file), 'utf8'), file).toMatch(/\b(it|test|registerContract)\b/);
    }
  });

  it('names a test for everything that it says is checked', () => {
    for (const row of rowsOf(section('What is checked')).slice(1)) expect(row).toMatch(/\| `test\/[^|]+` \|$/);
  });

  it('has an answer to every threat', () => {
    const threats = rowsOf(section('What is protected')).slice(1);
    expect(threats.length).toBeGreaterThan(10);
    for (const row of threats) expect(row).toMatch(/^\| [^|]{5,} \| [^|]{20,} \|$/);
  });

  it('says how to report, and links to files that are there', () => {
    expect(section('Report')).toMatch(/private/);
    for (const [, target] of text.matchAll(/\]\(([^):]+)\)/g))
      expect(existsSync(path.join(ROOT, target as string))).toBe(true);
  });
});
