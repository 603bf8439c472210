/**
 * What the client survives, with modules over three libraries: the program killed and the pipeline stopped at any moment, calls in the
 * middle of others, several runspaces, imports again and again.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { expectNoMore, heldBy } from '../support/held.js';
import { isAlive, MODULE, quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';
import { ZLIB } from '../support/short-form.js';

/** Also among the faults of faults.test.ts, 200 times. */
const KILLS = 10;
const STOPS = 200;
/** The runspaces in which pipelines are stopped. */
const SHELLS = 2;
const RUNSPACES = 5;
const IMPORTS = 20;
const SEED = Number(process.env.DLLET_SURVIVAL_SEED ?? Date.now() % 2 ** 31);

interface Subject {
  readonly name: string;
  /** A cmdlet that takes one number from the pipeline, or as code what makes a record of the number $n. */
  readonly cmdlet: string;
  readonly record: string;
  /** A call with the number 7. */
  readonly single: string;
  /** The value of a result, and the one that is right for the number $n; as code. */
  readonly value: string;
  readonly right: string;
  readonly seven: string;
  /** How many times the pipeline is stopped. */
  readonly stops: number;
}

const LIBC = {
  name: 'LibC',
  library: { linux: 'libc.so.6' },
  functions: ['int abs(int number);'],
  cmdlets: { 'Get-AbsoluteNumber': 'abs' },
};

const PORT = 'Get-PersistentUdpPortReservationToken';
const SUBJECTS: readonly Subject[] = [
  {
    name: MODULE,
    cmdlet: PORT,
    record: '[pscustomobject]@{ StartPort = 5000 + $n % 400; NumberOfPorts = 1 }',
    single: `(${PORT} 5007 1).Token`,
    value: '$_.Token',
    right: '(7000000 + $n % 400)',
    seven: '7000007',
    stops: STOPS,
  },
  {
    name: ZLIB.name,
    cmdlet: 'Get-CompressBound',
    record: '(100 + $n)',
    single: 'Get-CompressBound 107',
    value: '$_',
    right: '(113 + $n + ((100 + $n) -shr 12) + ((100 + $n) -shr 14) + ((100 + $n) -shr 25))',
    seven: '120',
    stops: STOPS / 10,
  },
  {
    name: LIBC.name,
    cmdlet: 'Get-AbsoluteNumber',
    record: '(0 - $n)',
    single: 'Get-AbsoluteNumber -7',
    value: '$_',
    right: '$n',
    seven: '7',
    stops: STOPS / 10,
  },
];

const bench = useModule();
const lines = new Map<string, string>();

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  const state = Array.from({ length: 400 }, (_, n) => `udp ${5000 + n} 1 ${7_000_000 + n}\n`).join('');
  const library = await bench.importStandIn('library', { state });
  lines.set(MODULE, bench.importLine({ NodePath: bench.node, LibraryPath: library }));
  for (const definition of [ZLIB, LIBC]) {
    const file = path.join(bench.directory, `${definition.name}.json`);
    writeFileSync(file, JSON.stringify(definition));
    const manifest = await bench.addModule(await loadDefinition(file));
    lines.set(definition.name, bench.importLine({ NodePath: bench.node }, manifest));
  }
});

/**
 * A pipeline of so many records; without a number, of records without end. It counts in $global:seen the results, and in $global:wrong
 * those that are not the right ones in their order.
 */
function pipelineOf({ cmdlet, record, value, right }: Subject, count?: number): string {
  return `$global:seen = 0; $global:wrong = 0
    & { for ($n = 0; ${count === undefined ? '' : `$n -lt ${count}`}; $n++) { ${record} } } | ${cmdlet} |
      ForEach-Object { $n = $global:seen++; if (${value} -ne ${right}) { $global:wrong++ } }`;
}

describe.skipIf(process.platform !== 'linux').each(SUBJECTS)(`$name (seed ${SEED})`, (subject) => {
  const line = () => lines.get(subject.name) as string;

  beforeAll(async () => {
    expect(await bench.output(line())).toEqual([]);
  });

  test(`killed at random, ${KILLS} of ${KILLS}: one error, the results before it, and the next call works`, async () => {
    for (let round = 0; round < KILLS; round++) {
      expect(await bench.output(subject.single)).toEqual([subject.seven]);
      const running = bench.run(pipelineOf(subject));
      const { errors, output } = await killUntilSettled(running, 60 * chance(round));
      expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual([`BridgeExited,${subject.cmdlet}`]);
      expect(output).toEqual([]);
      expect(await bench.output('$global:wrong')).toEqual(['0']);
    }
    expect(await bench.output(subject.single)).toEqual([subject.seven]);
  });

  test(`stopped at random, ${subject.stops} of ${subject.stops}: at once, and the next call works`, {
    timeout: 300_000,
  }, async () => {
    await bench.output(`${SHELL_FUNCTIONS}
      $shells = foreach ($index in 1..${SHELLS}) { New-Shell }
      function Start-There($Text) { foreach ($one in $shells) { $one.Commands.Clear(); $null = $one.AddScript($Text); $one.BeginInvoke() } }
      function Wait-There($Under) { foreach ($index in 0..${SHELLS - 1}) { "$($shells[$index].EndInvoke($Under[$index]))" } }
      $null = Wait-There (Start-There ${quoted(`${line()}; $null = ${subject.single}`)})
      $random = [random]::new(${SEED})`);
    const times: number[] = [];
    for (let round = 0; round < subject.stops / SHELLS; round++) {
      const [right, ...took] = await bench.output(`
        $null = Start-There ${quoted(pipelineOf(subject))}
        [System.Threading.Thread]::Sleep($random.Next(40))
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $stops = foreach ($one in $shells) { $one.BeginStop($null, $null) }
        $took = foreach ($index in 0..${SHELLS - 1}) {
          $shells[$index].EndStop($stops[$index])
          if ($shells[$index].InvocationStateInfo.State -eq 'Stopped') { $clock.ElapsedMilliseconds }
        }
        @((Wait-There (Start-There ${quoted(`$global:wrong; ${subject.single}`)})) -eq '0 ${subject.seven}').Count
        $took`);
      expect(right).toBe(String(SHELLS));
      times.push(...took.map(Number));
    }
    await bench.output('foreach ($one in $shells) { Remove-Shell $one }');
    expect(times).toHaveLength(subject.stops);
    // Two pipelines that compute without end leave the machine no time; odd-programs.test.ts measures the end of a wait.
    expect(Math.max(...times)).toBeLessThan(10_000);
  });

  test('calls under a timer whose action makes a call: all are answered, each with its own', async () => {
    const output = await bench.output(`
      $global:inner = [System.Collections.Generic.List[string]]::new()
      $timer = [System.Timers.Timer]::new(40)
      $subscription = Register-ObjectEvent -InputObject $timer -EventName Elapsed -Action {
        try { $global:inner.Add([string](${subject.single})) } catch { $global:inner.Add([string]$_) }
      }
      $timer.Start()
      $outer = 1..12 | ForEach-Object { ${subject.single}; Start-Sleep -Milliseconds 30 }
      ${pipelineOf(subject, 3000)}
      $timer.Stop()
      Unregister-Event -SubscriptionId $subscription.Id
      "$outer"; $global:seen; $global:wrong; $global:inner.Count -gt 0; ($global:inner | Sort-Object -Unique) -join '; '`);
    expect(output).toEqual([Array(12).fill(subject.seven).join(' '), '3000', '0', 'True', subject.seven]);
  });

  test(`${RUNSPACES} runspaces at once, each with a program and answers of its own`, async () => {
    const work = `${line()}; ${pipelineOf(subject, 500)}; $global:seen; $global:wrong; ${subject.single}`;
    const started = await bench.startsDuring(async () => {
      const output = await bench.output(`${SHELL_FUNCTIONS}
        $shells = foreach ($index in 1..${RUNSPACES}) {
          $shell = New-Shell
          $null = $shell.AddScript(${quoted(work)})
          @{ Shell = $shell; Under = $shell.BeginInvoke() }
        }
        foreach ($one in $shells) { "$($one.Shell.EndInvoke($one.Under))$($one.Shell.Streams.Error)"; Remove-Shell $one.Shell }`);
      expect(output).toEqual(Array(RUNSPACES).fill(`500 0 ${subject.seven}`));
    });
    expect(new Set(started).size).toBe(RUNSPACES);
    expect(await bench.survivors(started)).toEqual([]);
  });

  test(`${IMPORTS} imports, every fifth with a call, leave nothing behind`, async () => {
    const before = await heldBy(bench);
    const [last] = await bench.startsDuring(async () => {
      const output = await bench.output(`
        foreach ($n in 1..${IMPORTS}) { ${line()}; if ($n % 5 -eq 0) { ${subject.single} } }
        Remove-Module ${subject.name}`);
      expect(output).toEqual(Array(IMPORTS / 5).fill(subject.seven));
    });
    expect(last).toBeGreaterThan(0);
    expectNoMore(before, await heldBy(bench));
    expect(await bench.survivors(bench.starts().filter(isAlive))).toEqual([]);
  });
});

/** Kills the latest program after some milliseconds; again, if that was between two requests, which nobody sees. */
async function killUntilSettled<T>(running: Promise<T>, milliseconds: number): Promise<T> {
  let isSettled = false;
  const settled = running.finally(() => {
    isSettled = true;
  });
  await delay(milliseconds);
  while (!isSettled) {
    const pid = bench.starts().at(-1) as number;
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await Promise.race([settled, delay(2000)]);
  }
  return settled;
}

/** Between 0 and 1: the same for the same seed and round. */
function chance(round: number): number {
  const mixed = Math.imul(SEED + round, 0x9e3779b1) ^ (SEED >>> 7);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
