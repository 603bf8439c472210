/** The parser is for authors: no call of a function waits for it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../support/cli.js';

const dist = path.join(ROOT, 'dist');

it.each(readdirSync(dist).filter((file) => file.endsWith('.cjs')))('%s has no parser', (file) => {
  expect(readFileSync(path.join(dist, file), 'utf8')).not.toContain('DEFINE_ENUM_FLAG_OPERATORS');
});

it('the package has it, with its grammar compiled', () => {
  const text = readFileSync(path.join(dist, 'definition/prototype/grammar.js'), 'utf8');
  expect(text).toContain('DEFINE_ENUM_FLAG_OPERATORS');
});
