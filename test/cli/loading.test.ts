import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyStandIn } from '../standin/build.js';
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

describe("a module's program", () => {
  const BIN = path.join(ROOT, 'module', 'PersistentPortReservation', 'bin');
  const loadedBy = (args: readonly string[]) =>
    loadedScripts([path.join(BIN, 'dllet.cjs'), 'call', LOOKUP, block, ...args]);
  const filesOf = (scripts: readonly string[]) => scripts.map((url) => path.basename(url));

  it('is one file behind a few lines, for a native call', async () => {
    const library = copyStandIn(temporaryDirectory(), { state: 'udp 5000 20 77\n' });
    const { stdout, scripts } = await loadedBy(['--library', library]);
    expect(JSON.parse(stdout)).toMatchObject({ result: { Token: '77' } });
    expect(filesOf(scripts)).toEqual(['dllet.cjs', 'program.cjs']);
  });

  it('has another one for what such a call does not need, and loads no package at all', async () => {
    const { status, stdout, scripts } = await loadedBy(simulated());
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { data: { id: 'ReservationNotFound' } } });
    expect(filesOf(scripts)).toEqual(['dllet.cjs', 'program.cjs', 'on-demand.cjs']);
  });

  it('has no code in both', () => {
    const [program, onDemand] = ['program.cjs', 'on-demand.cjs'].map((name) =>
      readFileSync(path.join(BIN, name), 'utf8'),
    );
    // Sentences of the program, of the rest, and of what both use.
    const SENTENCES = [
      'dllet.cjs call <function>',
      '<!DOCTYPE html>',
      'there is no backend',
      'Cannot find the native Koffi module',
    ];
    for (const sentence of SENTENCES) {
      expect([program, onDemand].filter((text) => text?.includes(sentence)).length, sentence).toBeLessThanOrEqual(1);
    }
    expect(program).toContain(SENTENCES[0]);
    expect(onDemand).toContain(SENTENCES[1]);
  });
});
