/** The simulated backend in a session: only on request, and with a warning. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { restartSimulation } from '../../src/extensions/port-reservation/simulation/manage.js';
import { useModule } from '../support/powershell-module.js';

const TOKEN = '(Get-PersistentUdpPortReservationToken 5000 20).Token';
const bench = useModule();
let state = '';

beforeAll(async () => {
  state = await bench.importSimulation('state');
});

test('a session is warned once, by its first call', async () => {
  const first = await bench.run('$null = New-PersistentUdpPortReservation 5000 20');
  expect(first).toMatchObject({
    errors: [],
    warnings: ['This session uses the simulated backend: nothing is reserved on this computer.'],
  });
  expect(await bench.run(`$null = ${TOKEN}; $null = Test-PersistentTcpPortReservation 1 2`)).toMatchObject({
    errors: [],
    warnings: [],
  });
});

test('the state is where StatePath says, and nowhere else', () => {
  expect(JSON.parse(readFileSync(state, 'utf8')).reservations).toMatchObject([{ pool: 'udp', startPort: 5000 }]);
});

test('a restart between two calls changes the token in the same session', async () => {
  const [before] = await bench.output(TOKEN);
  const report = await restartSimulation(state);
  const [after] = await bench.output(TOKEN);
  expect(after).not.toBe(before);
  expect(after).toBe(report.reservations[0]?.token);
});

test('unelevated: looking up works, changing is denied', async () => {
  await bench.importSimulation('state', { SimulateUnelevated: true });
  expect((await bench.run(`$null = ${TOKEN}`)).errors).toEqual([]);
  const denied = { category: 'PermissionDenied', recommendedAction: expect.stringContaining('elevated') };
  expect(await bench.failure('New-PersistentTcpPortReservation 5000 20')).toMatchObject(denied);
  expect(await bench.failure('Remove-PersistentUdpPortReservation 5000 20 -Force')).toMatchObject(denied);
});

test('a damaged state is an error that names the file, and stays as it is', async () => {
  const damaged = await bench.importSimulation('damaged');
  writeFileSync(damaged, '{ not json');
  const { errors, output } = await bench.run('Get-PersistentUdpPortReservationToken 5000 20');
  expect(output).toEqual([]);
  expect(errors).toMatchObject([
    { fullyQualifiedErrorId: expect.stringMatching(/^SimulationState/), message: expect.stringContaining(damaged) },
  ]);
  expect(readFileSync(damaged, 'utf8')).toBe('{ not json');
});

test('nothing falls back to it', async ({ skip }) => {
  if (process.platform === 'win32') skip('Windows has the real library');
  await bench.import();
  expect(await bench.failure('New-PersistentUdpPortReservation 5000 20')).toMatchObject({
    fullyQualifiedErrorId: 'PlatformNotSupported,New-PersistentUdpPortReservation',
    category: 'NotImplemented',
    recommendedAction: expect.stringMatching(/simulated/i),
  });
});

test('asking for it without a StatePath uses the state directory of the user', async ({ skip }) => {
  if (process.platform !== 'linux') skip('XDG_STATE_HOME belongs to Linux');
  await bench.import({ Backend: 'Simulated' });
  const home = `${bench.directory}/state home`;
  const { errors } = await bench.run(`$env:XDG_STATE_HOME = '${home.replaceAll("'", "''")}'
    try { $null = New-PersistentUdpPortReservation 5000 20 } finally { $env:XDG_STATE_HOME = $null }`);
  expect(errors).toEqual([]);
  expect(existsSync(home)).toBe(true);
});
