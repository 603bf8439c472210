/** The client is built from its source alone: the same bytes wherever the checkout lies, and no name of that place in it. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildClient } from '../../scripts/client.mjs';
import { CLIENT } from '../../src/generator/program.js';
import { ROOT } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

/** What is built from a copy of the source in some folder. */
function builtIn(...folders: string[]): Buffer {
  const checkout = path.join(temporaryDirectory(), ...folders);
  for (const one of ['src/client', 'package.json'])
    cpSync(path.join(ROOT, one), path.join(checkout, one), { recursive: true });
  return readFileSync(buildClient(path.join(checkout, 'dist'), checkout));
}

test('two folders give the bytes that the build gave', { timeout: 300_000 }, () => {
  const one = builtIn('a');
  const other = builtIn('a longer path', 'with blanks');
  expect(one.equals(other)).toBe(true);
  expect(one.equals(readFileSync(path.join(ROOT, 'dist', CLIENT)))).toBe(true);
});

test('it tells nothing of the machine that built it', () => {
  const text = readFileSync(path.join(ROOT, 'dist', CLIENT));
  for (const encoding of ['utf8', 'utf16le'] as const) {
    expect(text.includes(Buffer.from(path.resolve(ROOT), encoding))).toBe(false);
  }
});
