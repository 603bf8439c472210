/** The npm package: packed, installed into an empty folder from the registry's packages, and used from there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { ASSEMBLIES } from '../../src/generator/assemblies.js';
import { compareWithCatalog } from '../../src/package/catalog.js';
import { NPM_CATALOG_FILE } from '../../src/package/npm-package.js';
import { packModule } from '../../src/package/pack.js';
import { ROOT } from '../support/cli.js';
import { filesIn, HERE } from './support.js';

const IS_WINDOWS = process.platform === 'win32';

let directory = '';
let packed: readonly string[] = [];
let installed = '';

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: IS_WINDOWS });
}

/** `npx dllet`, from the installed package only. */
function npx(...args: string[]): string {
  return npm(['exec', '--offline', '--no', '--', 'dllet', ...args], directory);
}

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet-npm-'));
  const [report] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', directory], ROOT));
  packed = report.files.map((file: { path: string }) => file.path).sort();
  writeFileSync(path.join(directory, 'package.json'), '{ "private": true }');
  npm(['install', '--no-audit', '--no-fund', path.join(directory, report.filename)], directory);
  installed = path.join(directory, 'node_modules', 'dllet');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the tarball', () => {
  test('has these files and folders at its top, and nothing of tests, benchmarks and builds', () => {
    expect([...new Set(packed.map((file) => file.replace(/\/.*$/, '/')))].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/',
      'module/',
      'package.json',
      'templates/',
    ]);
    expect(packed.filter((file) => file.startsWith('module/'))).toEqual([
      'module/PersistentPortReservation.definition.json',
    ]);
    expect(packed.filter((file) => /(^|\/)(test|tests|bench|build|scripts|src|node_modules)\//.test(file))).toEqual([]);
    expect(packed.filter((file) => /\.(ts|map|tgz|node)$|\.test\./.test(file))).toEqual([]);
  });

  test('has what the program reads at run time', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'dist/cli.js',
        ...ASSEMBLIES.map((assembly) => `dist/${assembly}`),
        'dist/module-entry.cjs',
        'dist/module-on-demand.cjs',
        'dist/module-program.cjs',
        'dist/verify-program.cjs',
        'dist/packages.json',
        'dist/definition/definition.schema.json',
        'dist/generator/facts.schema.json',
        'dist/dllet.cdx.json',
        'dist/dllet.catalog.json',
        'templates/module.psm1.ejs',
      ]),
    );
  });

  test('is what its catalog lists; if not, build again', async () => {
    const catalog = JSON.parse(readFileSync(path.join(ROOT, NPM_CATALOG_FILE), 'utf8'));
    const listed = catalog.files.map((file: { path: string }) => file.path);
    expect([...listed, NPM_CATALOG_FILE].sort()).toEqual(packed);
    expect(await compareWithCatalog(installed, NPM_CATALOG_FILE)).toEqual([]);
  });
});

describe('npx dllet', () => {
  test('--version', () => {
    expect(npx('--version').trim()).toBe(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version);
  });

  test('call', () => {
    const state = path.join(directory, 'state.json');
    const json = path.join(directory, 'in.json');
    writeFileSync(json, '{"StartPort":5000,"NumberOfPorts":20}');
    const call = (name: string) =>
      execFileSync(
        process.execPath,
        [
          path.join(installed, 'dist', 'cli.js'),
          'call',
          'PersistentPortReservation',
          name,
          '--backend',
          'simulated',
          '--state',
          state,
        ],
        { cwd: directory, encoding: 'utf8', input: readFileSync(json) },
      );
    const made = JSON.parse(call('CreatePersistentUdpPortReservation'));
    expect(made.result.Token).toMatch(/^\d+$/);
    expect(JSON.parse(call('LookupPersistentUdpPortReservation')).result).toEqual(made.result);
  });

  test('validate', () => {
    expect(npx('validate', 'PersistentPortReservation')).toMatch(/\S/);
  });

  test('generate', () => {
    npx('generate', 'PersistentPortReservation', '--out', 'module/PersistentPortReservation');
    expect(readdirSync(path.join(directory, 'module', 'PersistentPortReservation')).sort()).toEqual([
      'Dsc',
      'ExcludedPortRange.dsc.resource.json',
      'PersistentPortReservation.Constrained.ps1',
      'PersistentPortReservation.Format.ps1xml',
      'PersistentPortReservation.Verification.ps1',
      'PersistentPortReservation.dsc.manifests.json',
      'PersistentPortReservation.dsc.resource.json',
      'PersistentPortReservation.psd1',
      'PersistentPortReservation.psm1',
      'PersistentPortReservationList.dsc.resource.json',
      'RoleCapabilities',
      'bin',
      'en-US',
      'facts.json',
      'tests',
    ]);
    expect(
      existsSync(path.join(directory, 'module', 'PersistentPortReservation', 'bin', 'node_modules', '@koromix')),
    ).toBe(true);
  });

  test('pack, with the same bytes as in the checkout', async () => {
    npx('pack', 'PersistentPortReservation', '--out', 'packed', '--platform', HERE);
    const definition = await loadDefinition('PersistentPortReservation');
    const here = await packModule({ definition, out: path.join(directory, 'here'), platforms: [HERE] });
    const theirs = path.join(directory, 'packed', path.basename(here.nupkg));
    expect(readFileSync(theirs).equals(readFileSync(here.nupkg))).toBe(true);
  });
});

test('a package for users has the addons of the three Windows platforms, fetched from npm', async () => {
  const cacheDirectory = path.join(directory, 'cache');
  mkdirSync(cacheDirectory);
  const definition = await loadDefinition('PersistentPortReservation');
  const { directory: folder } = await packModule({ definition, out: path.join(directory, 'users'), cacheDirectory });
  const addons = path.join(folder, 'bin', 'node_modules', '@koromix');
  const expected = ['arm64', 'ia32', 'x64'].flatMap((processor) =>
    ['index.js', 'package.json', `win32_${processor}/koffi.node`].map((file) => `koffi-win32-${processor}/${file}`),
  );
  expect(filesIn(addons)).toEqual(expected);
  expect(await compareWithCatalog(folder)).toEqual([]);
});
