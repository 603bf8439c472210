/** The rules of PSScriptAnalyzer that the definition says are broken on purpose are suppressed, and no others. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule } from '../../src/generator/generate.js';

test.each([
  ['Get-Abs', {}, 'PSUseSingularNouns'],
  ['Get-Numbers', { allowPluralNoun: true }, 'PSUseSingularNouns'],
  ['Get-Process', { shadows: true }, 'PSAvoidOverwritingBuiltInCmdlets'],
  ['Get-Number', {}, undefined],
])('%s %o', async (name, marks, rule) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'dllet-suppressions-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = path.join(directory, 'Sample.json');
  const cmdlets = { [name]: { function: 'abs', ...marks } };
  writeFileSync(
    file,
    JSON.stringify({ name: 'Sample', library: 'sample.dll', functions: ['int abs(int number);'], cmdlets }),
  );
  const module = generateModule(await loadDefinition(file));
  for (const script of ['Sample.psm1', 'Sample.Constrained.ps1']) {
    const rules = [...(module.get(script) ?? '').matchAll(/^ {4}\[Diagnostics.*SuppressMessage\('(\w+)'/gm)];
    expect(rules.map(([, found]) => found)).toEqual(rule === undefined ? [] : [rule]);
  }
});
