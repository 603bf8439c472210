/** The program as a child of the session: its command line, its pipes, its sockets. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { startFacts } from '../support/dump-program.js';
import { quoted, useModule } from '../support/powershell-module.js';

const CALL = '(Get-PersistentUdpPortReservationToken 5000 20).Token';

const bench = useModule();

beforeAll(async () => {
  await bench.importStandIn('library', { state: 'udp 5000 20 77\n' });
});

test('the program gets its options as they were given, whatever is in them', async () => {
  const state = `${bench.native(path.join(bench.directory, "a b'\u00e9\u65e5 %PATH% & (1)"))}${bench.native('/').endsWith('\\') ? '' : '"'}\\`;
  const facts = await startFacts(path.dirname(bench.manifest), async () => {
    const options = `@{ NodePath = ${quoted(bench.native(bench.node))}; Backend = 'Simulated'; StatePath = ${quoted(state)}; SimulateUnelevated = $true }`;
    await bench.run(`Import-Module ${quoted(bench.native(bench.manifest))} -Force -ArgumentList ${options}; ${CALL}`);
  });
  expect(facts.arguments).toEqual([
    'serve',
    '--parent',
    expect.stringMatching(/^\d+$/),
    '--backend',
    'simulated',
    '--state',
    state,
    '--unelevated',
  ]);
  await bench.importStandIn('library-again', { state: 'udp 5000 20 77\n' });
});

// Did another child hold the program's input open, the program would not notice its end.
test.runIf(process.platform === 'linux')('its pipes are closed to other children', async ({ skip }) => {
  if (bench.native('/') !== '/') skip('Windows: there are no such lists of what a process has open');
  const [pid] = await bench.startsDuring(() =>
    bench.importStandIn('pipes', { state: 'udp 5000 20 77\n' }).then(() => bench.output(CALL)),
  );
  const [other] = await bench.output(`
    $start = [System.Diagnostics.ProcessStartInfo]::new(${quoted(bench.native(bench.node))}, '-e "setTimeout(() => 0, 60000)"')
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $other = [System.Diagnostics.Process]::Start($start)
    $other.Id`);
  const own = ['0', '1', '2'].map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  const shared = readdirSync(`/proc/${other}/fd`)
    .map((fd) => readlinkSync(`/proc/${other}/fd/${fd}`))
    .filter((target) => own.includes(target));
  await bench.run('$other.Kill(); $other.WaitForExit()');
  expect(shared).toEqual([]);
});

test.runIf(process.platform === 'linux')('it listens on nothing: it has no socket at all', async ({ skip }) => {
  if (bench.native('/') !== '/') skip('Windows: there are no such lists of what a process has open');
  const [pid] = await bench.startsDuring(() =>
    bench.importStandIn('sockets', { state: 'udp 5000 20 77\n' }).then(() => bench.output(CALL)),
  );
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('dllet.cjs');
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  expect(open.filter((target) => target.startsWith('socket:'))).toEqual([]);
  expect(open.filter((target) => target.startsWith('pipe:')).length).toBeGreaterThanOrEqual(3);
});
