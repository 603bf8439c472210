/**
 * Checks what reaches ReportEventW. Wine stores no events, but its debug channel shows the arguments: the strings,
 * their number and their order.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { installProgram } from '../../src/generator/program.js';
import { nodeExe } from './packages.js';
import { installAddon, useModule } from './powershell/module-bench.js';
import { BUILD, runWindows, windowsPath } from './wine.js';

const bench = useModule();
let directory = '';

beforeAll(async () => {
  directory = mkdtempSync(path.join(BUILD, 'audit-'));
  await installProgram(directory, await loadDefinition('PersistentPortReservation'));
  installAddon(directory);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('an event has its source, its account and its eight strings', async () => {
  const program = path.join(directory, 'bin', 'dllet.cjs');
  const state = path.join(directory, 'state.json');
  const args = [windowsPath(program), 'call', 'CreatePersistentUdpPortReservation'];
  const options = [
    '--backend',
    'simulated',
    '--state',
    windowsPath(state),
    '--audit-event-log',
    '--audit-reason',
    'CHG0042 100%1',
  ];
  const { status, stdout, stderr } = await runWindows(nodeExe(22), [...args, ...options], {
    input: '{"StartPort":5000,"NumberOfPorts":20}',
    environment: { WINEDEBUG: '+eventlog' },
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ jsonrpc: '2.0', id: 1, result: { Token: expect.stringMatching(/^\d+$/) } });
  expect(stderr).toMatch(/RegisterEventSourceW \(.*L"PersistentPortReservation"\)/);
  // Handle, type, category, event id 100, account, number of strings.
  expect(stderr).toMatch(/ReportEventW \([0-9A-F]+,0x0004,0x0000,0x00000064,0*[1-9A-F][0-9A-F]*,0x0008,/);
  const strings = [...stderr.matchAll(/trace:eventlog:ReportEventW L"(.*)"/g)].map(([, text]) => text);
  expect(strings).toEqual([
    expect.stringMatching(/^CreatePersistentUdpPortReservation: done\\r\\n.*Reason: CHG0042 100\\\\u00251\\r\\n/),
    expect.stringMatching(/^\{\\"format\\":1,\\"time\\":\\"20/),
    'PersistentPortReservation',
    'CreatePersistentUdpPortReservation',
    'ok',
    '',
    expect.stringMatching(/^[^\\]+\\\\[^\\]+$/),
    'CHG0042 100\\\\u00251',
  ]);
});

test('the module takes the options of the audit, and says nothing when all records are written', async () => {
  const file = path.join(bench.directory, 'audit.jsonl');
  await bench.importSimulation('audited', { AuditPath: file, AuditEventLog: true, AuditReason: 'CHG0042' });
  await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
  expect(await bench.output('(New-PersistentUdpPortReservation 5000 20).EndPort')).toEqual(['5019']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    reason: 'CHG0042',
    user: expect.stringMatching(/^[^\\]+\\[^\\]+$/),
    userId: expect.stringMatching(/^S-1-5-/),
  });
});
