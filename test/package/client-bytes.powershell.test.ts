/** The client and the assemblies of extensions are built from their source alone: the same bytes wherever the checkout is, and no name of that place in them. */
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildClient } from '../../scripts/client.mjs';
import { ASSEMBLIES } from '../../src/generator/assemblies.js';
import { ROOT } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

/** Returns the assemblies built from a copy of the source in a folder, by name. */
function builtIn(...folders: string[]): Map<string, Buffer> {
  const checkout = path.join(temporaryDirectory(), ...folders);
  for (const one of [
    'src/assemblies.proj',
    'src/Directory.Build.props',
    'src/usings.props',
    'src/client',
    'src/extensions',
    'package.json',
  ])
    cpSync(path.join(ROOT, one), path.join(checkout, one), { recursive: true });
  const built = buildClient(path.join(checkout, 'dist'), checkout);
  return new Map(built.map((file) => [path.basename(file), readFileSync(file)]));
}

test('another folder gives the bytes that the build gave', { timeout: 300_000 }, () => {
  const built = builtIn('another path', 'with blanks');
  expect([...built.keys()].sort()).toEqual([...ASSEMBLIES].sort());
  for (const [name, bytes] of built) {
    expect(bytes.equals(readFileSync(path.join(ROOT, 'dist', name))), name).toBe(true);
  }
});

test.each(ASSEMBLIES)('%s tells nothing of the machine that built it', (name) => {
  const text = readFileSync(path.join(ROOT, 'dist', name));
  for (const encoding of ['utf8', 'utf16le'] as const) {
    expect(text.includes(Buffer.from(path.resolve(ROOT), encoding))).toBe(false);
  }
});
