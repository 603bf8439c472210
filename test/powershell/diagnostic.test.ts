/** Get-...Diagnostic: what it says of a machine that is in order, and above all of one that is not. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { buildStandIn, buildStandInWithoutOneExport } from '../standin/build.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, type ModuleOptions, useModule } from '../support/powershell-module.js';

const DIAGNOSE = `Get-${MODULE}Diagnostic`;
const LIST = `${DIAGNOSE} | ForEach-Object { , @($_.Status, $_.Check, $_.Found, $_.Cure) }`;
const bench = useModule();

interface Row {
  readonly status: string;
  readonly check: string;
  readonly found: string;
  readonly cure: string | null;
}

async function diagnose(options: ModuleOptions = {}): Promise<Row[]> {
  await bench.import(options);
  return rowsOf(await bench.output(LIST));
}

function rowsOf(output: unknown[]): Row[] {
  return (output as [string, string, string, string | null][]).map(([status, check, found, cure]) => ({
    status,
    check,
    found,
    cure,
  }));
}

function one(rows: readonly Row[], check: string): Row {
  const found = rows.filter((row) => row.check === check);
  expect(found, check).toHaveLength(1);
  return found[0] as Row;
}

/** These rows are reported in every case. */
function expectSessionRows(rows: readonly Row[]): void {
  expect(one(rows, 'module')).toMatchObject({
    status: 'Good',
    found: expect.stringContaining(path.dirname(bench.manifest)),
  });
  expect(one(rows, 'PowerShell').found).toMatch(/^(Core|Desktop) \d+\.\d+/);
  one(rows, 'language mode');
  one(rows, 'files');
  for (const row of rows) {
    expect(['Good', 'Warning', 'Bad']).toContain(row.status);
    if (row.status !== 'Good') expect(row.cure, row.check).toMatch(/\w/);
  }
}

const inModule = (file: string) => path.join(path.dirname(bench.manifest), file);
const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

function hide(file: string): void {
  renameSync(file, `${file}.hidden`);
  undo.push(() => renameSync(`${file}.hidden`, file));
}

test.skipIf(process.platform === 'win32')('too old a node is never called good', async ({ skip }) => {
  if (bench.native('/') !== '/') skip('the engine is one of Windows, where a script is no program');
  const NodePath = bench.script('node18', '[ "$1" = --version ] && echo v18.20.8; exit 1');
  const rows = await diagnose({ NodePath });
  expectSessionRows(rows);
  expect(rows.filter(({ found, status }) => found.includes('node18') && status === 'Good')).toEqual([]);
  expect(one(rows, 'node source')).toMatchObject({
    status: 'Bad',
    found: expect.stringContaining('is version 18.20.8.'),
  });
  expect(one(rows, 'program').status).toBe('Bad');
});

describe('of a session in order', () => {
  test('names session, node, koffi, library and every export, each once', async () => {
    const library = buildStandIn();
    const rows = await diagnose({ LibraryPath: library });
    expectSessionRows(rows);
    expect(rows.filter(({ status }) => status === 'Bad')).toEqual([]);
    expect(one(rows, 'language mode')).toMatchObject({ status: 'Good', found: 'FullLanguage' });
    expect(one(rows, 'node source').found).toMatch(/^NodePath: .*node/);
    expect(one(rows, 'koffi').found).toContain(inModule('bin'));
    expect(one(rows, 'library').found).toContain(library);
    expect(rows.filter(({ check }) => check === 'export').map(({ found }) => found)).toEqual(
      Object.keys(bench.definition.functions),
    );
    one(rows, 'elevation');
  });

  test('gives objects with a type name, and nothing on another stream', async () => {
    await bench.import({ Backend: 'Simulated', StatePath: path.join(bench.directory, 'state.json') });
    const { output, errors, warnings } = await bench.run(`(${DIAGNOSE})[0].PSTypeNames[0]`);
    expect({ output: output.map(toPlain), errors }).toEqual({ output: ['Dllet.Diagnostic'], errors: [] });
    // A simulated session says so, as with every first call.
    expect(warnings).toHaveLength(1);
    expect(one(rowsOf(await bench.output(LIST)), 'backend').found).toContain('simulated');
  });

  test('tells where there is no catalog, as of a module that was not packed', async () => {
    const rows = await diagnose({ LibraryPath: buildStandIn() });
    expect(one(rows, 'files')).toMatchObject({ status: 'Warning', found: expect.stringContaining('not packed') });
  });
});

describe('of a session that is broken', () => {
  test('a NodePath that names nothing', async () => {
    const rows = await diagnose({ NodePath: path.join(bench.directory, 'none', 'node') });
    expectSessionRows(rows);
    expect(one(rows, 'node source')).toMatchObject({ status: 'Bad', cure: expect.stringContaining('NodePath') });
    expect(one(rows, 'program')).toMatchObject({ status: 'Bad' });
  });

  test('a missing function of the library', async () => {
    const rows = await diagnose({ LibraryPath: buildStandInWithoutOneExport() });
    expectSessionRows(rows);
    expect(rows.filter(({ status }) => status === 'Bad')).toMatchObject([
      { check: 'export', found: expect.stringContaining('LookupPersistentTcpPortReservation') },
    ]);
  });

  test('a library that is not there', async () => {
    const library = path.join(bench.directory, 'none.so');
    const rows = await diagnose({ LibraryPath: library });
    expectSessionRows(rows);
    expect(one(rows, 'library')).toMatchObject({ status: 'Bad', found: expect.stringContaining('none.so') });
  });

  test('a missing program', async () => {
    await bench.import({ LibraryPath: buildStandIn() });
    hide(inModule('bin/dllet.cjs'));
    const rows = rowsOf(await bench.output(LIST));
    expectSessionRows(rows);
    expect(one(rows, 'program')).toMatchObject({ status: 'Bad', found: expect.stringContaining('dllet.cjs') });
  });

  test('a damaged program', async () => {
    await bench.import({ LibraryPath: buildStandIn() });
    const program = inModule('bin/dllet.cjs');
    hide(program);
    writeFileSync(program, 'throw new Error("damaged");');
    undo.unshift(() => rmSync(program));
    const rows = rowsOf(await bench.output(LIST));
    expectSessionRows(rows);
    expect(one(rows, 'program')).toMatchObject({ status: 'Bad', found: expect.stringContaining('damaged') });
  });

  test('a missing addon', async () => {
    await bench.import({ LibraryPath: buildStandIn() });
    hide(inModule('bin/node_modules/@koromix'));
    const rows = rowsOf(await bench.output(LIST));
    expectSessionRows(rows);
    expect(one(rows, 'program')).toMatchObject({ status: 'Bad', found: expect.stringContaining('incomplete') });
  });

  test('a changed file of a module that was packed, although the program does not run', async () => {
    const catalog = inModule(`${MODULE}.catalog.json`);
    writeFileSync(catalog, '{}');
    undo.push(() => rmSync(catalog));
    const rows = await diagnose({ NodePath: path.join(bench.directory, 'none', 'node') });
    expect(one(rows, 'files')).toMatchObject({ status: 'Bad', found: `changed: ${MODULE}.catalog.json` });
  });
});

describe('in Constrained Language Mode', () => {
  async function diagnoseConstrained(options: ModuleOptions): Promise<Row[]> {
    await openConstrained(bench);
    await runConstrained(bench, bench.importLine({ NodePath: bench.node, ...options }));
    const { output, errors, warnings } = await runConstrained(
      bench,
      `foreach ($row in ${DIAGNOSE}) { $row.Status; $row.Check; $row.Found; [string]$row.Cure }`,
    );
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    const texts = output.map(toPlain) as string[];
    return Array.from({ length: texts.length / 4 }, (_, index) => {
      const [status = '', check = '', found = '', cure = ''] = texts.slice(index * 4, index * 4 + 4);
      return { status, check, found, cure };
    });
  }

  test('tells the mode, its cure, and all that the program knows', async () => {
    const rows = await diagnoseConstrained({ LibraryPath: buildStandIn() });
    expectSessionRows(rows);
    expect(one(rows, 'language mode')).toMatchObject({
      status: 'Warning',
      found: expect.stringContaining('Constrained'),
    });
    expect(rows.filter(({ check }) => check === 'export')).toHaveLength(Object.keys(bench.definition.functions).length);
    one(rows, 'elevation');
  });

  test('tells that there is no node', async () => {
    const rows = await diagnoseConstrained({ NodePath: path.join(bench.directory, 'none', 'node') });
    expect(one(rows, 'node source')).toMatchObject({ status: 'Bad' });
    expect(one(rows, 'program')).toMatchObject({ status: 'Bad' });
    one(rows, 'PowerShell');
  });
});
