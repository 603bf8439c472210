/** The resident program with native code that prints, or never returns, on Windows. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { installProgram } from '../../src/generator/program.js';
import { writeStandInDefinition } from '../support/standin-definition.js';
import { STANDIN } from './compile.js';
import { NODE_MAJORS, nodeExe } from './packages.js';
import { installAddon } from './powershell/module-bench.js';
import { processesWith } from './powershell/processes.js';
import { BUILD, ROOT, runWindows, WINE, windowsPath, wineEnvironment } from './wine.js';

const PARENT = windowsPath(path.join(ROOT, 'test', 'windows', 'inside', 'bridge-parent.cjs'));
const PRINTED = /"Value":666/;
const WAYS = [
  ['into a buffer that is written at the end', 0],
  ['at once', 1],
  ['by descriptor', 2],
  ['past the C runtime', 3],
] as const;

let directory = '';
let program = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(BUILD, 'bridge-'));
  const { file } = writeStandInDefinition(directory);
  await installProgram(directory, await loadDefinition(file));
  installAddon(directory);
  program = path.join(directory, 'bin', 'dllet.cjs');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const library = ['--library', windowsPath(STANDIN)];
const request = (id: number, method: string, params: object) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;

describe.each(NODE_MAJORS)('a library that prints in node.exe %i', (major) => {
  test.each(WAYS)('%s, beside files: one call', async (_name, Way) => {
    const args = [windowsPath(program), 'call', 'StandinPrint', JSON.stringify({ Way }), ...library];
    const { status, stdout, stderr } = await runWindows(nodeExe(major), args);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `{"jsonrpc":"2.0","id":1,"result":{"Value":${Way}}}\n` });
    expect(stderr).toMatch(PRINTED);
  });

  test.each(WAYS)('%s, beside the pipes and descriptors of a parent: a resident program', async (_name, Way) => {
    const results = path.join(directory, `results-${major}-${Way}.json`);
    const lines = request(1, 'StandinPrint', { Way }) + request(2, 'AnyUnsigned64', { Number: '7' });
    await runWindows(nodeExe(major), [PARENT, windowsPath(program), windowsPath(results), lines, 'ends', ...library]);
    const { status, stdout, stderr } = JSON.parse(readFileSync(results, 'utf8'));
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `{"jsonrpc":"2.0","id":1,"result":{"Value":${Way}}}\n{"jsonrpc":"2.0","id":2,"result":{"Value":"7"}}\n`,
    });
    expect(stderr).toMatch(PRINTED);
  });
});

test('a bridge in a call that never returns ends with its caller, which is killed', async () => {
  const results = path.join(directory, 'results-killed.json');
  const lines = request(1, 'AnyUnsigned64', { Number: '7' }) + request(2, 'StandinSleep', { Milliseconds: 600_000 });
  const args = [PARENT, windowsPath(program), windowsPath(results), lines, 'stays', ...library];
  const parent = spawn(WINE, [nodeExe(22), ...args], { env: wineEnvironment(), stdio: 'ignore' });
  const parents = () => processesWith(PARENT);
  const bridges = () => processesWith(windowsPath(program), '--parent');
  onTestFinished(() => {
    parent.kill('SIGKILL');
    for (const pid of bridges()) process.kill(pid, 'SIGKILL');
  });
  await waitUntil(() => existsSync(results) && readFileSync(results, 'utf8').includes('Value'));
  await delay(1_000);
  expect(bridges()).toHaveLength(1);
  for (const pid of parents()) process.kill(pid, 'SIGKILL');
  await waitUntil(() => bridges().length === 0);
  expect(bridges()).toEqual([]);
});

/** Waits for a few seconds at most. */
async function waitUntil(isSo: () => boolean): Promise<void> {
  for (let count = 0; count < 300 && !isSo(); count += 1) await delay(50);
}
