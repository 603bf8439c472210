/** The tests that a module ships, run by Pester as its users run them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { generateModule } from '../../src/generator/generate.js';
import { installProgram } from '../../src/generator/program.js';
import { writeModule } from '../../src/generator/write.js';
import { sampleDefinition } from '../support/definitions.js';
import { type PesterTest, runPester } from '../support/pester.js';

let directory = '';

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), "dllet pester's "));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A module with its program: its folder, and the path of its tests. */
async function make(definition: Definition, name = definition.name): Promise<{ folder: string; tests: string }> {
  const folder = path.join(directory, name, definition.name);
  await writeModule(folder, generateModule(definition));
  await installProgram(folder, definition);
  return { folder, tests: path.join(folder, 'tests', `${definition.name}.Tests.ps1`) };
}

const namesOf = (tests: readonly PesterTest[], result: PesterTest['result']) =>
  tests.filter((one) => one.result === result).map(({ name }) => name);

describe.each<[string, () => Promise<Definition>]>([
  ['the built-in definition', () => loadDefinition('PersistentPortReservation')],
  ['a definition without a simulation', () => loadDefinition('test/native/fixtures/any-dll.definition.json')],
  ['a small definition', async () => sampleDefinition()],
])('the tests from %s', (_, load) => {
  let definition: Definition;
  let ran: PesterTest[] = [];

  beforeAll(async () => {
    definition = await load();
    ran = await runPester((await make(definition)).tests);
  });

  test('pass', () => {
    expect(ran.filter(({ result }) => result === 'Failed')).toEqual([]);
    expect(namesOf(ran, 'Passed').length).toBeGreaterThan(definition.cmdlets.length);
  });

  test('look at every cmdlet', () => {
    const passed = namesOf(ran, 'Passed');
    expect(
      definition.cmdlets.map(({ name }) => name).filter((name) => !passed.some((one) => one.includes(name))),
    ).toEqual([]);
  });

  test('leave out what needs Windows or changes the system, and nothing else', () => {
    const leftOut = ran.filter(({ result }) => result !== 'Passed').map(({ name }) => name);
    const allowed = process.platform === 'win32' ? /^The real system\..* and / : /^The real system\./;
    expect(leftOut.filter((name) => !allowed.test(name))).toEqual([]);
  });
});

test('a module whose help is gone and whose number is another does not pass', async () => {
  const definition = sampleDefinition();
  const { folder, tests } = await make(definition, 'broken');
  rmSync(path.join(folder, 'en-US'), { recursive: true });
  const manifest = path.join(folder, `${definition.name}.psd1`);
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(/(ModuleVersion\s*= )'.*'/, "$1'9.9.9'"));
  const failed = namesOf(runPester(tests), 'Failed');
  expect(failed).toContainEqual(expect.stringMatching(/has a manifest that PowerShell accepts$/));
  expect(failed.filter((name) => name.endsWith('has help with examples'))).toHaveLength(definition.cmdlets.length);
});
