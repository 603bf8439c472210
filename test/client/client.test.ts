/**
 * Tests the client class by class. A .NET program runs the cases, and each one is a test here. DLLET_FUZZ_SEED repeats
 * a run.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildDotnetProject } from '../support/dotnet-project.js';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

interface Case {
  readonly name: string;
  readonly problem: string | null;
}

const program = buildDotnetProject({
  title: 'the tests of the client',
  source: here('.'),
  alsoFrom: [here('../../src/client'), here('../../src/extensions/port-reservation/client')],
  build: here('../../build/client-tests'),
  assembly: 'dllet-client-tests',
});
const facts = here('../../module/PersistentPortReservation/facts.json');
const { stdout, stderr, status } = spawnSync(program, [process.execPath], {
  encoding: 'utf8',
  env: { ...process.env, DLLET_FACTS: facts },
});
const cases = stdout
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Case);

test('the program runs to its end', () => {
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.each(cases)('$name', ({ problem }) => {
  expect(problem).toBeNull();
});
