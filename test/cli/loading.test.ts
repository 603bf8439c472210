import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { CLI, loadedScripts, ROOT } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

const LOOKUP = 'LookupPersistentUdpPortReservation';
const block = '{"StartPort":5000,"NumberOfPorts":20}';
const simulated = () => ['--backend', 'simulated', '--state', path.join(temporaryDirectory(), 'state.json')];

/** Packages among the scripts. */
const packagesOf = (scripts: readonly string[]) =>
  new Set(scripts.flatMap((url) => url.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));

it('a call does not load the command line, the generator or koffi when it needs none of them', async () => {
  const { status, scripts } = await loadedScripts([
    CLI,
    'call',
    'PersistentPortReservation',
    LOOKUP,
    block,
    ...simulated(),
  ]);
  expect(status).toBe(1);
  const packages = packagesOf(scripts);
  expect([...packages].filter((name) => ['yargs', 'ejs', 'koffi', 'node-powershell'].includes(name))).toEqual([]);
  expect(scripts.filter((url) => /\/dist\/(generator|native|powershell)\//.test(url))).toEqual([]);
  expect(packages).not.toContain('ajv');
});

it("a module's program is one file behind a few lines: it loads no package at all for a simulated call", async () => {
  const directory = temporaryDirectory();
  const program = path.join(directory, 'dllet.cjs');
  cpSync(path.join(ROOT, 'dist', 'module-entry.cjs'), program);
  cpSync(path.join(ROOT, 'dist', 'module-program.cjs'), path.join(directory, 'program.cjs'));
  writeFileSync(
    path.join(directory, 'definition.json'),
    JSON.stringify(await loadDefinition('PersistentPortReservation')),
  );
  const { status, stdout, scripts } = await loadedScripts([program, 'call', LOOKUP, block, ...simulated()]);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { data: { id: 'ReservationNotFound' } } });
  expect(scripts.map((url) => path.basename(url))).toEqual(['dllet.cjs', 'program.cjs']);
});
