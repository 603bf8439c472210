/** The packed module in a PowerShell, on a module path with spaces and letters beyond ASCII, with no node on PATH. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { compareWithCatalog } from '../../src/package/catalog.js';
import { packModule } from '../../src/package/pack.js';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { verifyExports } from '../../src/verification/verify-exports.js';
import { copyStandIn } from '../standin/build.js';
import { MODULE, openEngine, quoted } from '../support/powershell-module.js';
import { damage, HERE } from './support.js';

const TEST = `Test-${MODULE}Module`;
const MODULE_VERSION = '0.1.0';

let directory = '';
let folder = '';
let nupkg = '';
let files: readonly string[] = [];
let session: PowerShellSession;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet pack '));
  const packed = await packModule({
    definition: await loadDefinition(MODULE),
    out: path.join(directory, 'made'),
    platforms: [HERE],
  });
  ({ files, nupkg } = packed);
  const modules = path.join(directory, "M\u00f6dules d'\u00e9t\u00e9 \u65e5\u672c, (1)");
  folder = path.join(modules, MODULE, MODULE_VERSION);
  cpSync(packed.directory, folder, { recursive: true });
  rmSync(packed.directory, { recursive: true });
  session = await openEngine();
  await session.run(
    `$env:PSModulePath = ${quoted(modules + path.delimiter)} + $env:PSModulePath; $env:PATH = ''; Set-Location /`,
  );
});

afterAll(async () => {
  await session?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** What a script emits; it must do so without a word on any other stream. */
async function output(script: string): Promise<unknown[]> {
  const { output: found, errors, warnings } = await session.run(script);
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  return found.map(toPlain);
}

function importModule(options: string): Promise<unknown[]> {
  return output(`Import-Module ${MODULE} -Force -ArgumentList @{ NodePath = ${quoted(process.execPath)}; ${options} }`);
}

/** The deviations as `Status path`. */
async function deviations(): Promise<unknown[]> {
  return output(`${TEST} -PassThru | ForEach-Object { $_.Status + ' ' + $_.Path }`);
}

test('it is found by its name, in its version', async () => {
  expect(await output(`(Get-Module ${MODULE} -ListAvailable).Version.ToString()`)).toEqual([MODULE_VERSION]);
  await importModule('');
  expect(await output(`(Get-Module ${MODULE}).ModuleBase`)).toEqual([folder]);
});

test('it reaches a library through koffi', async () => {
  const library = copyStandIn(path.join(directory, 'standin'), { state: '' });
  await importModule(`LibraryPath = ${quoted(library)}`);
  const [made] = await output('(New-PersistentUdpPortReservation 5000 20).Token');
  expect(made).toMatch(/^\d+$/);
  expect(await output('(Get-PersistentUdpPortReservationToken 5000 20).Token')).toEqual([made]);
});

test('it is whole, also after it was used', async () => {
  await importModule('');
  expect(await output(TEST)).toEqual(['True']);
  expect(await output(`${TEST} -PassThru`)).toEqual([]);
});

test('a changed byte is named, in every packed file and at any place of it, by the cmdlet and by the program alike', async () => {
  await importModule('');
  for (const file of files) {
    for (const place of [0, 0.5, 1]) {
      const restore = damage(path.join(folder, file), place);
      expect(await deviations(), `${file} at ${place}`).toEqual([`Changed ${file}`]);
      expect((await compareWithCatalog(folder)).map((one) => `${one.status} ${one.path}`)).toEqual([`Changed ${file}`]);
      if (place === 0) expect(await output(TEST)).toEqual(['False']);
      restore();
    }
  }
  expect(await output(TEST)).toEqual(['True']);
});

test('a deviation says what was expected and what was found', async () => {
  await importModule('');
  const restore = damage(path.join(folder, 'LICENSE'), 0);
  const [expected] = await compareWithCatalog(folder);
  const { output: found } = await session.run(`${TEST} -PassThru`);
  expect(found.map(toPlain)).toEqual([
    { Path: 'LICENSE', Status: 'Changed', Expected: expected?.expected, Actual: expected?.actual },
  ]);
  expect(await output(`(${TEST} -PassThru).PSTypeNames[0]`)).toEqual([`${MODULE}.FileDeviation`]);
  restore();
});

test('missing and additional files are named; those of signing and installing are not', async () => {
  await importModule('');
  const licence = readFileSync(path.join(folder, 'LICENSE'));
  rmSync(path.join(folder, 'LICENSE'));
  mkdirSync(path.join(folder, 'bin', 'm\u00f6re'));
  writeFileSync(path.join(folder, 'bin', 'm\u00f6re', '.x'), '');
  for (const file of [`${MODULE}.cat`, 'PSGetModuleInfo.xml']) writeFileSync(path.join(folder, file), '');
  expect(await deviations()).toEqual(['Missing LICENSE', 'Extra bin/m\u00f6re/.x']);
  writeFileSync(path.join(folder, 'LICENSE'), licence);
  rmSync(path.join(folder, 'bin', 'm\u00f6re'), { recursive: true });
  for (const file of [`${MODULE}.cat`, 'PSGetModuleInfo.xml']) rmSync(path.join(folder, file));
  expect(await deviations()).toEqual([]);
});

test('a damaged, an emptied and a missing catalog are named, without an error', async () => {
  await importModule('');
  const catalog = path.join(folder, `${MODULE}.catalog.json`);
  const whole = readFileSync(catalog);
  for (const text of ['', '{', '{}', '[]', 'null', '"x"', '{"files":[{}]}', `${whole}\n`]) {
    writeFileSync(catalog, text);
    expect(await deviations(), text).toEqual([`Changed ${MODULE}.catalog.json`]);
    expect(await output(TEST)).toEqual(['False']);
  }
  rmSync(catalog);
  expect(await deviations()).toEqual([`Missing ${MODULE}.catalog.json`]);
  writeFileSync(catalog, whole);
});

test('it exports what its definition says', async () => {
  const definition = await loadDefinition(MODULE);
  const report = await verifyExports({ moduleDirectory: folder, definition, session });
  expect(report.checks.filter((check) => !check.ok).map((check) => check.detail)).toEqual([]);
});

// As Install-PSResource does it: entries as they are named, then away with what belongs to the package and not to the module.
test('the .nupkg unpacks to a whole module', async () => {
  await importModule('');
  const target = path.join(directory, 'unpacked', MODULE, MODULE_VERSION);
  await output(`[System.IO.Compression.ZipFile]::ExtractToDirectory(${quoted(nupkg)}, ${quoted(target)})`);
  for (const one of [`${MODULE}.nuspec`, '[Content_Types].xml', '_rels', 'package']) {
    rmSync(path.join(target, one), { recursive: true });
  }
  writeFileSync(path.join(target, 'PSGetModuleInfo.xml'), '<Objs/>');
  await output(`Remove-Module ${MODULE}; Import-Module ${quoted(path.join(target, `${MODULE}.psd1`))}`);
  expect(await deviations()).toEqual([]);
});
