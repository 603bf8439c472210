import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { diagnoseFiles } from '../../src/diagnosis/files.js';
import { smartAppControl } from '../../src/diagnosis/trust.js';
import { packSample } from '../package/support.js';
import { buildStandIn, buildStandInWithoutOneExport } from '../standin/build.js';
import { temporaryDirectory } from '../support/directories.js';

const definition = await loadDefinition('PersistentPortReservation');
const FUNCTIONS = Object.keys(definition.functions);

async function findingsOf(libraryPath: string | undefined, backend: 'native' | 'simulated' = 'native') {
  return diagnose({ definition, backend, libraryPath });
}

describe('diagnose', () => {
  it('names definition, platform, node, koffi with its addon, the library and every export', async () => {
    const library = buildStandIn();
    const findings = await findingsOf(library);
    const found = (check: string) => findings.filter((one) => one.check === check).map((one) => one.found);
    expect(found('definition')).toEqual([`PersistentPortReservation ${definition.version}`]);
    expect(found('platform')).toEqual([`${process.platform} ${process.arch}`]);
    expect(found('node')).toEqual([`${process.versions.node} at ${process.execPath}`]);
    expect(found('koffi')[0]).toMatch(/^3\.\d+\.\d+ at .*koffi\.node$/);
    expect(found('library')[0]).toContain(library);
    expect(found('export')).toEqual(FUNCTIONS);
    expect(found('elevation')).toHaveLength(1);
    expect(findings.filter(({ status }) => status === 'bad')).toEqual([]);
  });

  it('finds the exports one by one: one that is missing is bad, with a cure, and the others are good', async () => {
    const findings = await findingsOf(buildStandInWithoutOneExport());
    const exports = findings.filter(({ check }) => check === 'export');
    expect(exports).toHaveLength(FUNCTIONS.length);
    const broken = exports.filter(({ status }) => status !== 'good');
    expect(broken).toMatchObject([
      { status: 'bad', found: expect.stringContaining('LookupPersistentTcpPortReservation'), cure: expect.any(String) },
    ]);
  });

  it('says of a library that is missing or damaged one thing, not one for each function', async () => {
    const damaged = path.join(temporaryDirectory(), 'damaged.so');
    writeFileSync(damaged, 'no library');
    for (const library of [path.join(temporaryDirectory(), 'none.so'), damaged]) {
      const findings = await findingsOf(library);
      expect(findings.filter(({ check }) => check === 'export')).toEqual([]);
      const [one, ...more] = findings.filter(({ check }) => check === 'library');
      expect(more).toEqual([]);
      expect(one).toMatchObject({ status: 'bad', found: expect.stringContaining(library), cure: expect.any(String) });
    }
  });

  it.skipIf(process.platform === 'win32')('warns where there is no Windows and no library was given', async () => {
    const findings = await findingsOf(undefined);
    const [library] = findings.filter(({ check }) => check === 'library');
    expect(library).toMatchObject({ status: 'warning', found: expect.stringContaining('Iphlpapi.dll') });
    expect(library?.cure).toContain('simulated');
  });

  it('looks at no library for the simulated backend, and says so', async () => {
    const findings = await findingsOf(undefined, 'simulated');
    const checks = findings.map(({ check }) => check);
    expect(checks).toContain('backend');
    for (const native of ['koffi', 'library', 'export']) expect(checks).not.toContain(native);
  });

  it('has a cure for everything that is not good', async () => {
    const all = [
      ...(await findingsOf(buildStandInWithoutOneExport())),
      ...(await findingsOf('/none')),
      ...(await findingsOf(undefined, 'simulated')),
      ...[undefined, 0, 1, 2, 3].map(smartAppControl),
    ];
    for (const { check, status, cure } of all) {
      if (status === 'good') expect(cure, check).toBeUndefined();
      else expect(cure, check).toMatch(/\w.*\.?$/);
    }
  });
});

describe('Smart App Control', () => {
  it.each([
    [undefined, 'good'],
    [0, 'good'],
    [1, 'warning'],
    [2, 'warning'],
    [7, 'bad'],
  ] as const)('in the state %s is %s', (state, status) => {
    expect(smartAppControl(state).status).toBe(status);
  });
});

describe('the files of a module', () => {
  it('are good as packed, and a changed, a missing and an additional one are named', async () => {
    const { directory } = await packSample();
    expect(await diagnoseFiles(directory)).toMatchObject({ status: 'good' });
    appendFileSync(path.join(directory, 'LICENSE'), ' ');
    rmSync(path.join(directory, 'THIRD-PARTY-NOTICES.txt'));
    writeFileSync(path.join(directory, 'version.dll'), '');
    expect(await diagnoseFiles(directory)).toMatchObject({
      status: 'bad',
      found: 'changed: LICENSE; missing: THIRD-PARTY-NOTICES.txt; extra: version.dll',
      cure: expect.any(String),
    });
  });

  it('are not vouched for without a catalog', async () => {
    expect(await diagnoseFiles(temporaryDirectory())).toMatchObject({ status: 'warning', cure: expect.any(String) });
  });
});
