/** What has one place in the sources is in no other. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/cli.js';

const SOURCES = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, 'src', file), 'utf8') }));

const filesWith = (pattern: RegExp) => SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

it('only the kinds know which kind a value is', () => {
  const asking = filesWith(/\b(shape|element)\??\.kind\b|kindOf\([^)]*\)\.name\b/);
  expect(asking.filter((file) => !file.startsWith('kinds/'))).toEqual([]);
});

it('only the kinds know how a type of some kind is written', () => {
  const asking = filesWith(/'(struct|array|string|enum)' in \w|\.(struct|enum)\b(?!\()/);
  // Declarations of C are made into the written form. The native side has a small language of its own for what lies in memory.
  const others = asking.filter((file) => !/^(kinds|definition\/prototype)\//.test(file));
  expect(others).toEqual(['native/describe.ts', 'native/marshal.ts']);
});

it('only the kinds of output know which kind an output is', () => {
  const asking = filesWith(/\boutput\??\.kind [!=]==|[!=]== \w+\.output\.kind\b|'(object|falseOn|expand)' in \w/);
  expect(asking.filter((file) => !file.startsWith('outputs/'))).toEqual([]);
});

it('types are resolved for the model, and for the checks before there is one', () => {
  const resolving = filesWith(/\bresolveShape\(/);
  expect(resolving.filter((file) => !/^(kinds|model|definition\/prototype)\//.test(file))).toEqual([
    'definition/checks/resolve-type.ts',
  ]);
});

it('what a caller gives is told apart in one file', () => {
  expect(filesWith(/!== 'out' && !isSet\(/)).toEqual(['definition/parameters.ts']);
});

it('sums of inputs are added up in one file', () => {
  expect(filesWith(/\bsum\.reduce\(/)).toEqual(['model/computed.ts']);
});
