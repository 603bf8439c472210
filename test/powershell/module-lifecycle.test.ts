/** When the bridge starts, and everything that ends it. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PowerShellSession } from '../../src/powershell/session.js';
import {
  isAlive,
  MODULE,
  openEngine,
  quoted,
  recordOf,
  SHELL_FUNCTIONS,
  useModule,
} from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `(${GET} 5000 20).Token`;

const bench = useModule();
let library = '';
let count = 0;

beforeEach(async () => {
  count += 1;
  library = await bench.importStandIn(`library-${count}`, { state: 'udp 5000 20 77\n', record: true });
});

/** Makes a first call and returns the process id of the bridge that answered. */
async function startBridge(): Promise<number> {
  const started = await bench.startsDuring(async () => expect(await bench.output(CALL)).toEqual(['77']));
  expect(started).toHaveLength(1);
  expect(isAlive(started[0] as number)).toBe(true);
  return started[0] as number;
}

/** Expects that the next call works, on a new bridge. */
async function expectNewBridge(): Promise<void> {
  expect(await bench.startsDuring(async () => expect(await bench.output(CALL)).toEqual(['77']))).toHaveLength(1);
}

describe.skipIf(process.platform === 'win32')('the bridge starts', () => {
  test('with the first call, not with the import, and serves all later ones', async () => {
    expect(await bench.startsDuring(() => bench.import({ LibraryPath: library }))).toEqual([]);
    const pid = await startBridge();
    expect(await bench.startsDuring(() => bench.run(`1..20 | ForEach-Object { $null = ${CALL}; ${GET} 1 1 }`))).toEqual(
      [],
    );
    expect(isAlive(pid)).toBe(true);
  });

  test('not at all where a message before it ends the command', async () => {
    await bench.output("$global:VerbosePreference = 'Stop'");
    const started = await bench.startsDuring(() => bench.failure(CALL));
    await bench.output("$global:VerbosePreference = 'SilentlyContinue'");
    expect(started).toEqual([]);
    await expectNewBridge();
  });

  test('once more after an import anew, which ended the one before', async () => {
    const first = await startBridge();
    await bench.import({ LibraryPath: library });
    expect(await bench.survivors([first], 3)).toEqual([]);
    const second = await startBridge();
    await bench.import({ LibraryPath: library });
    await bench.import({ LibraryPath: library });
    expect(await bench.survivors([second], 3)).toEqual([]);
    const third = await startBridge();
    expect(bench.starts().filter(isAlive)).toEqual([third]);
  });
});

describe.skipIf(process.platform === 'win32')('the bridge ends', () => {
  const engines: PowerShellSession[] = [];

  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.close();
  });

  /** Another engine with a bridge: the process ids of both. */
  async function openAnother(): Promise<{ engine: PowerShellSession; enginePid: number; bridgePid: number }> {
    const engine = await openEngine();
    engines.push(engine);
    const before = bench.starts().length;
    const { output, errors } = await engine.run(
      `${bench.importLine({ NodePath: bench.node, LibraryPath: library })}; $PID; ${CALL}`,
    );
    expect(errors).toEqual([]);
    const [bridgePid] = bench.starts().slice(before);
    return { engine, enginePid: Number(output[0]?.value), bridgePid: bridgePid as number };
  }

  test('with Remove-Module', async () => {
    const pid = await startBridge();
    await bench.output(`Remove-Module ${MODULE}`);
    expect(await bench.survivors([pid], 3)).toEqual([]);
  });

  test('with Remove-Module, also when it is stuck', async () => {
    const pid = await startBridge();
    process.kill(pid, 'SIGSTOP');
    await bench.output(`Remove-Module ${MODULE}`);
    expect(await bench.survivors([pid], 3)).toEqual([]);
  });

  test('with the end of the engine', async () => {
    const { engine, bridgePid } = await openAnother();
    await engine.close();
    expect(await bench.survivors([bridgePid])).toEqual([]);
  });

  test('with the death of the engine', async () => {
    const { enginePid, bridgePid } = await openAnother();
    process.kill(enginePid, 'SIGKILL');
    expect(await bench.survivors([bridgePid], 4)).toEqual([]);
  });

  test('with the runspace that it belongs to', async () => {
    const before = bench.starts().length;
    const script = `${SHELL_FUNCTIONS}
      $shell = New-Shell
      $null = $shell.AddScript(${quoted(`${bench.importLine({ NodePath: bench.node, LibraryPath: library })}; ${CALL}`)})
      [string]$shell.Invoke(); $shell.Streams.Error.Count; Remove-Shell $shell`;
    expect(await bench.output(script)).toEqual(['77', '0']);
    const started = bench.starts().slice(before);
    expect(started).toHaveLength(1);
    expect(await bench.survivors(started, 3)).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a bridge that is killed', () => {
  test('between two calls is replaced without a word', async () => {
    const pid = await startBridge();
    process.kill(pid, 'SIGKILL');
    expect(await bench.survivors([pid], 3)).toEqual([]);
    // The script that stands for node here is its parent, holds its pipes, and ends a moment later.
    await delay(500);
    await expectNewBridge();
  });

  test('during a call: one BridgeExited, and the next call works', async () => {
    const pid = await startBridge();
    process.kill(pid, 'SIGSTOP');
    const call = bench.failure(CALL);
    await delay(1_500);
    process.kill(pid, 'SIGKILL');
    expect(await call).toMatchObject({
      fullyQualifiedErrorId: `BridgeExited,${GET}`,
      category: 'ResourceUnavailable',
      message: expect.stringContaining('exit status 137'),
      terminating: true,
    });
    await expectNewBridge();
  });

  test('during a change: the change is not repeated', async () => {
    const pid = await startBridge();
    process.kill(pid, 'SIGSTOP');
    // Without the look at the ports before it, which would meet the end of the bridge instead.
    const call = bench.failure('New-PersistentUdpPortReservation 6000 2 -WarningAction SilentlyContinue');
    await delay(1_500);
    process.kill(pid, 'SIGKILL');
    expect(await call).toMatchObject({
      fullyQualifiedErrorId: 'BridgeExited,New-PersistentUdpPortReservation',
      recommendedAction: expect.stringContaining('check whether the change was made'),
    });
    await expectNewBridge();
    expect(recordOf(library).filter((line) => line.startsWith('Create'))).toEqual([]);
  });

  test('during the look at the ports before a change: the change is made, once, by another', async () => {
    const pid = await startBridge();
    process.kill(pid, 'SIGSTOP');
    const call = bench.output('(New-PersistentUdpPortReservation 7000 2).EndPort');
    await delay(1_500);
    process.kill(pid, 'SIGKILL');
    expect(await call).toEqual(['7001']);
    expect(recordOf(library).filter((line) => line.startsWith('Create'))).toHaveLength(1);
  });

  test('in a pipeline: the results before it stay, then one error', async () => {
    const pid = await startBridge();
    const call = bench.run(`
      @(1..3) | ForEach-Object {
        if ($_ -eq 3) { $null = & { kill -STOP ${pid} } 2>&1; [System.Threading.Thread]::Sleep(50) }
        [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 }
        [System.Threading.Thread]::Sleep(20)
      } | ${GET}; 'after'`);
    await delay(1000);
    process.kill(pid, 'SIGKILL');
    const { output, errors } = await call;
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: `BridgeExited,${GET}` }]);
    expect(output).toHaveLength(2);
    await expectNewBridge();
  });
});

describe.skipIf(process.platform === 'win32')('a bridge that hangs', () => {
  test('is ended and replaced after TimeoutSeconds', async () => {
    await bench.import({ LibraryPath: library, TimeoutSeconds: 4 });
    const pid = await startBridge();
    process.kill(pid, 'SIGSTOP');
    expect(await bench.failure(CALL)).toMatchObject({
      fullyQualifiedErrorId: `BridgeTimeout,${GET}`,
      message: expect.stringContaining('LookupPersistentUdpPortReservation'),
    });
    expect(await bench.survivors([pid], 1)).toEqual([]);
    await expectNewBridge();
  });

  test('can be left with Ctrl+C, which ends the bridge; the next call starts another', async () => {
    const before = bench.starts().length;
    const script = `${bench.importLine({ NodePath: bench.node, LibraryPath: library })}; ${CALL}`;
    const first = await bench.output(`${SHELL_FUNCTIONS}
      function Invoke-There($text) { $shell.Commands.Clear(); $null = $shell.AddScript($text); [string]$shell.Invoke() }
      $shell = New-Shell; Invoke-There ${quoted(script)}`);
    const [pid] = bench.starts().slice(before) as [number];
    process.kill(pid, 'SIGSTOP');
    const stopped = await bench.output(`
      $shell.Commands.Clear(); $null = $shell.AddScript('Test-PersistentUdpPortReservation 1 1; $global:went_on = $true')
      $under = $shell.BeginInvoke()
      [System.Threading.Thread]::Sleep(300)
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $shell.Stop()
      $clock.ElapsedMilliseconds -lt 1000; $under.IsCompleted`);
    const after = await bench.output(
      `Invoke-There ${quoted(CALL)}; Invoke-There '[string]$went_on'; Remove-Shell $shell`,
    );
    expect([first, stopped, after]).toEqual([['77'], ['True', 'True'], ['77', '']]);
    expect(bench.starts().slice(before)).toEqual([pid, expect.any(Number)]);
  });
});
