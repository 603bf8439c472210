/** A planted Iphlpapi.dll: it leaves a mark when it is loaded, and it must never be loaded. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { PLANTED } from './compile.js';
import { nodeExe } from './packages.js';
import { openWindowsPowerShell } from './powershell/engine.js';
import { useModule } from './powershell/module-bench.js';
import { runWindows, windowsPath } from './wine.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `(${GET} 5000 20).Token`;
const bench = useModule();

let folder = '';
let engine: PowerShellSession | undefined;

beforeAll(() => {
  folder = path.join(bench.directory, 'planted');
});

beforeEach(() => expect(marks()).toEqual([]));

afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

function plant(directory: string): string {
  mkdirSync(directory, { recursive: true });
  const target = path.join(directory, 'Iphlpapi.dll');
  if (!existsSync(target)) copyFileSync(PLANTED, target);
  return target;
}

/** Returns every mark in the folder of the bench. */
function marks(): string[] {
  return readdirSync(bench.directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.loaded'));
}

/** The places where an attacker with write access would put it. */
function plantEverywhere(): void {
  const module = path.dirname(bench.manifest);
  const program = path.join(module, 'bin');
  const addon = path.join(program, 'node_modules', '@koromix', 'koffi-win32-x64');
  for (const place of [
    folder,
    module,
    program,
    path.join(program, 'node_modules'),
    addon,
    path.join(addon, 'win32_x64'),
  ]) {
    plant(place);
  }
}

test('the module loads none: not from the current directory, not from PATH, not from beside its files', async () => {
  plantEverywhere();
  engine = await openWindowsPowerShell({ WINEPATH: windowsPath(folder) }, folder);
  const { output, errors } = await engine.run(`
    [System.IO.Directory]::SetCurrentDirectory(${quoted(folder)})
    $env:PATH = ${quoted(folder)} + ';' + $env:PATH
    ${bench.importLine({ NodePath: bench.node })}
    $null = ${CALL}; (Get-PortUse -Protocol Udp).Count -ge 0`);
  expect(errors).toMatchObject([{ fullyQualifiedErrorId: `FunctionNotFound,${GET}` }]);
  expect(errors[0]?.message).toContain('C:\\windows\\system32\\Iphlpapi.dll');
  expect(output.map(toPlain)).toEqual(['True']);
  expect(marks()).toEqual([]);
});

test('nor does it for a script that has one beside itself', async () => {
  const script = path.join(bench.directory, 'scripts', 'look-up.ps1');
  plant(path.dirname(script));
  writeFileSync(script, `${bench.importLine({ NodePath: bench.node })}\n${GET} 5000 20\n`);
  const { errors } = await bench.run(`& ${quoted(script)}`);
  expect(errors).toMatchObject([{ fullyQualifiedErrorId: `FunctionNotFound,${GET}` }]);
  expect(marks()).toEqual([]);
});

test('nor in constrained language, where the program inherits PATH', async () => {
  plantEverywhere();
  await openConstrained(bench);
  const imported = await runConstrained(
    bench,
    `Push-Location -LiteralPath ${quoted(folder)}; ${bench.importLine({ NodePath: bench.node })}`,
  );
  expect(imported.errors).toEqual([]);
  await bench.output(`
    [System.IO.Directory]::SetCurrentDirectory(${quoted(folder)})
    $kept = $env:PATH; $env:PATH = ${quoted(folder)} + ';' + $env:PATH`);
  const { errors } = await runConstrained(bench, CALL);
  await bench.output(`$env:PATH = $kept; [System.IO.Directory]::SetCurrentDirectory('C:\\')`);
  expect(errors).toMatchObject([{ fullyQualifiedErrorId: `FunctionNotFound,${GET}` }]);
  expect(errors[0]?.message).toContain('C:\\windows\\system32\\Iphlpapi.dll');
  expect(marks()).toEqual([]);
});

test('nor does the program alone', async () => {
  plantEverywhere();
  const program = path.join(path.dirname(bench.manifest), 'bin', 'dllet.cjs');
  const parameters = '{"StartPort":5000,"NumberOfPorts":20}';
  const args = [windowsPath(program), 'call', 'LookupPersistentUdpPortReservation', parameters];
  const { status, stdout } = await runWindows(nodeExe(22), args, {
    cwd: folder,
    environment: { WINEPATH: windowsPath(folder) },
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout).error.data.id).toBe('FunctionNotFound');
  expect(marks()).toEqual([]);
});

test('and the mark would show: a library that is asked for leaves one', async () => {
  const library = plant(path.join(bench.directory, 'asked-for'));
  await bench.import({ LibraryPath: library });
  expect(await bench.output(CALL)).toEqual(['666']);
  expect(marks()).toEqual([path.join('asked-for', 'Iphlpapi.dll.loaded')]);
});

function quoted(file: string): string {
  return `'${windowsPath(file).replaceAll("'", "''")}'`;
}
