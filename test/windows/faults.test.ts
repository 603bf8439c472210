/** Processes on Windows: their owners, how they end, and what remains when one is killed. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { HANGS } from './compile.js';
import { openEngine, useModule } from './powershell/module-bench.js';
import { processesWith } from './powershell/processes.js';
import { copyStandIn } from './powershell/standin-build.js';
import { runWindows } from './wine.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `(${GET} 5000 20).Token`;

const bench = useModule();
let library = '';
let count = 0;

beforeEach(async () => {
  count += 1;
  library = copyStandIn(path.join(bench.directory, `library-${count}`), { state: 'udp 5000 20 77\n', record: true });
  await bench.import({ LibraryPath: library });
});

async function startBridge(): Promise<number> {
  const started = await bench.startsDuring(async () => expect(await bench.output(CALL)).toEqual(['77']));
  expect(started).toHaveLength(1);
  return started[0] as number;
}

async function expectNewBridge(): Promise<void> {
  expect(await bench.startsDuring(async () => expect(await bench.output(CALL)).toEqual(['77']))).toHaveLength(1);
}

test('-Verbose names the process of Windows, the backend and the library', async () => {
  const { verbose } = await bench.run(`${GET} 5000 20 -Verbose`);
  const told = verbose.join('\n');
  expect(told).toContain('backend native');
  expect(told).toContain(`library ${library}`);
  const pid = /process (\d+)/.exec(told)?.[1];
  expect(await bench.output(`[System.Diagnostics.Process]::GetProcessById(${pid}).ProcessName`)).toEqual(['node']);
});

test('a bridge that Windows ends between two calls is replaced without a word', async () => {
  const { verbose } = await bench.run(`${GET} 5000 20 -Verbose`);
  const pid = /process (\d+)/.exec(verbose.join('\n'))?.[1];
  await bench.output(`$node = [System.Diagnostics.Process]::GetProcessById(${pid}); $node.Kill(); $node.WaitForExit()`);
  await expectNewBridge();
});

test('a bridge that is killed during a call: one BridgeExited, and the next call works', async () => {
  const pid = await startBridge();
  process.kill(pid, 'SIGSTOP');
  const call = bench.failure(CALL);
  await delay(500);
  process.kill(pid, 'SIGKILL');
  expect(await call).toMatchObject({
    fullyQualifiedErrorId: `BridgeExited,${GET}`,
    category: 'ResourceUnavailable',
    message: expect.stringContaining('exit status'),
    terminating: true,
  });
  await expectNewBridge();
});

test('a bridge that is killed in a pipeline: the results before it stay, then one error', async () => {
  const pid = await startBridge();
  const call = bench.run(`
    $block = [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 }
    & { $block; [System.Threading.Thread]::Sleep(200); $block; [System.Threading.Thread]::Sleep(1500); $block } | ${GET}`);
  await delay(1000);
  process.kill(pid, 'SIGSTOP');
  await delay(1500);
  process.kill(pid, 'SIGKILL');
  const { output, errors } = await call;
  expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeExited,${GET}` }]);
  expect(output).toHaveLength(2);
  await expectNewBridge();
});

test('no node.exe is left when the engine is killed', async () => {
  const engine = await openEngine();
  const before = bench.starts().length;
  const { errors } = await engine.run(`${bench.importLine({ NodePath: bench.node, LibraryPath: library })}; ${CALL}`);
  expect(errors).toEqual([]);
  const bridges = bench.starts().slice(before);
  expect(bridges).toHaveLength(1);
  // After TerminateProcess, no code of the engine runs any more.
  await expect(engine.run('[System.Diagnostics.Process]::GetCurrentProcess().Kill()')).rejects.toMatchObject({
    id: 'PowerShellExited',
  });
  expect(await bench.survivors(bridges)).toEqual([]);
});

test('a program that watches nobody ends with the engine all the same: it is in a job of Windows', async () => {
  const engine = await openEngine();
  const { output } = await engine.run('$PID');
  const hung = () => processesWith(path.basename(HANGS), '--parent');
  onTestFinished(() => {
    for (const pid of hung()) process.kill(pid, 'SIGKILL');
  });
  const call = engine.run(`${bench.importLine({ NodePath: HANGS, LibraryPath: library })}; ${CALL}`);
  const ended = call.catch((error: unknown) => error);
  await vi.waitFor(() => expect(hung()).toHaveLength(1), { timeout: 60_000, interval: 50 });
  await runWindows('taskkill', ['/f', '/pid', String(output[0]?.value)]);
  expect(await ended).toMatchObject({ id: 'PowerShellExited' });
  await vi.waitFor(() => expect(hung()).toEqual([]), { timeout: 10_000, interval: 50 });
});
