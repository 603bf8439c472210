/** Export-PortMap: which file it writes, and when it writes none. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();
let folder = '';
let number = 0;

beforeAll(async () => {
  await bench.importSimulation('map');
  await bench.run('$null = New-PersistentUdpPortReservation 25000 10');
});

beforeEach(async () => {
  number += 1;
  folder = path.join(bench.directory, `folder [${number}] & more`);
  mkdirSync(folder);
  await bench.run(`$ExecutionContext.SessionState.Path.SetLocation([wildcardpattern]::Escape(${quoted(folder)}))`);
});

const page = (name: string) => readFileSync(path.join(folder, name));

test('writes the page and returns the file', async () => {
  const file = path.join(folder, 'map.html');
  const script = `$file = Export-PortMap -Path ${quoted(file)}; $file.GetType().FullName; $file.FullName; $file.Exists; $file.Length; @((Get-Item -LiteralPath $file.FullName).psobject.Properties.Name | Where-Object { $file.psobject.Properties.Name -notcontains $_ }).Count`;
  const output = await bench.output(script);
  expect(output).toEqual(['System.IO.FileInfo', file, 'True', String(statSync(file).size), '0']);
  const text = page('map.html');
  expect(text.subarray(0, 15).toString()).toBe('<!DOCTYPE html>');
  expect(text.toString()).toContain(`<title>Ports of ${hostname()} (simulated)</title>`);
  expect(text.toString()).toContain('Reservation 25000\u201325009');
});

test('a relative path counts from the location of the session, not from the folder of the process', async () => {
  expect(await bench.output('(Export-PortMap map.html).FullName')).toEqual([path.join(folder, 'map.html')]);
  expect(existsSync(path.join(folder, 'map.html'))).toBe(true);
  expect(existsSync(path.resolve('map.html'))).toBe(false);
});

test('wildcards in a name are letters', async () => {
  await bench.output('$null = Export-PortMap "a[1].html"');
  expect(readdirSync(folder)).toEqual(['a[1].html']);
});

test('replaces a file that is there', async () => {
  writeFileSync(path.join(folder, 'map.html'), 'x'.repeat(10_000_000));
  await bench.output('$null = Export-PortMap ./map.html');
  expect(page('map.html').length).toBeLessThan(10_000_000);
  expect(page('map.html').toString().endsWith('</html>\n')).toBe(true);
});

test('-WhatIf names the file and writes none', async () => {
  const { output, errors, hostText } = await bench.run('Export-PortMap map.html -WhatIf');
  expect({ output, errors }).toEqual({ output: [], errors: [] });
  expect(hostText.replaceAll(/\s+/g, ' ')).toContain('"Write port map" on target "map.html"');
  expect(readdirSync(folder)).toEqual([]);
});

test('-Confirm asks, and without an answer writes none', async () => {
  const { errors } = await bench.run('Export-PortMap map.html -Confirm');
  expect(errors).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['a folder that is not there', 'Export-PortMap no/such/map.html'],
  ['a folder', 'Export-PortMap .'],
  ['a place that is no file', "Export-PortMap 'Env:\\map'"],
  ['a drive that is not there', "Export-PortMap 'Nowhere:\\map.html'"],
])('%s is one error with a way out, and the script goes on', async (_name, script) => {
  const { output, errors } = await bench.run(`${script}; 'after'`);
  expect(output.map(toPlain)).toEqual(['after']);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    fullyQualifiedErrorId: 'FileNotWritten,Export-PortMap',
    category: 'WriteError',
    recommendedAction: 'Give the path of a file, in a directory that exists and that you can write to.',
    terminating: false,
  });
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['Export-PortMap', 'MissingMandatoryParameter,Export-PortMap'],
  ["Export-PortMap ''", 'ParameterArgumentValidationError,Export-PortMap'],
])('%s is refused', async (script, id) => {
  const error = await bench.failure(script);
  expect(error.fullyQualifiedErrorId.replace('ErrorEmptyStringNotAllowed', 'Error')).toBe(id);
});

test('a failure of the program is its error, and writes none', async () => {
  const state = path.join(bench.directory, 'damaged.json');
  writeFileSync(state, '{');
  await bench.import({ Backend: 'Simulated', StatePath: state });
  const error = await bench.failure('Export-PortMap map.html');
  expect(error.fullyQualifiedErrorId).toBe('SimulationStateInvalid,Export-PortMap');
  expect(readdirSync(folder)).toEqual([]);
});
