/** The module's other streams: verbose, debug and progress. */
import { beforeAll, describe, expect, test } from 'vitest';
import { quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const bench = useModule();
let library = '';

beforeAll(async () => {
  const state = Array.from({ length: 50 }, (_, index) => `udp ${5000 + index} 1 ${index + 1}\n`).join('');
  library = await bench.importStandIn('library', { state });
});

describe('-Verbose', () => {
  test('names the program that is started, then who answers', async () => {
    await bench.import({ LibraryPath: library });
    const before = bench.starts().length;
    const { verbose, errors } = await bench.run(`$null = ${GET} 5000 1 -Verbose`);
    const [pid] = bench.starts().slice(before);
    expect(errors).toEqual([]);
    expect(verbose).toHaveLength(2);
    expect(verbose[0]).toContain(`Starting the bridge with the Node.js of NodePath: ${bench.node}`);
    expect(verbose[0]).toContain('native');
    for (const fact of [
      `process ${pid},`,
      `node ${process.versions.node} at ${process.execPath},`,
      'backend native',
      `library ${library}`,
    ]) {
      expect(verbose[1]).toContain(fact);
    }
  });

  test('is silent for the calls after that', async () => {
    const { verbose } = await bench.run(`$null = ${GET} 5000 1 -Verbose`);
    expect(verbose).toEqual([]);
  });

  test('names the simulation', async () => {
    await bench.importSimulation('verbose');
    const { verbose } = await bench.run('$null = Test-PersistentUdpPortReservation 1 1 -Verbose');
    expect(verbose[1]).toMatch(/backend simulated, library none$/);
  });

  test('nothing is said without it', async () => {
    await bench.import({ LibraryPath: library });
    expect(await bench.run(`$null = ${GET} 5000 1`)).toMatchObject({ verbose: [], debug: [], information: [] });
  });
});

describe('-Debug', () => {
  // With Windows PowerShell, -Debug asks whether to go on after each message.
  const debug = async (script: string) => {
    const { debug: lines } = await bench.run(
      `$DebugPreference = 'Continue'; try { $null = ${script} } finally { $DebugPreference = 'SilentlyContinue' }`,
    );
    return lines.map((line) => line.trim());
  };

  test('shows the request and the reply', async () => {
    await debug(`${GET} 5000 1`);
    const [request = '', reply = '', ...rest] = await debug(`${GET} 5001 1`);
    expect(rest).toEqual([]);
    expect(request).toMatch(/^-> \{"jsonrpc":"2\.0",.*\}$/);
    expect(JSON.parse(request.slice(3))).toMatchObject({
      method: 'LookupPersistentUdpPortReservation',
      params: { StartPort: 5001, NumberOfPorts: 1 },
    });
    expect(reply).toMatch(/^<- /);
    expect(JSON.parse(reply.slice(3))).toMatchObject({
      id: JSON.parse(request.slice(3)).id,
      result: { Token: '2' },
    });
  });

  test('shows the handshake before the first of them', async () => {
    await bench.import({ LibraryPath: library });
    const lines = await debug(`${GET} 5001 1`);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['->', '<-', '->', '<-']);
    expect(lines[0]).toContain('dllet.handshake');
    expect(lines[1]).toContain(bench.definition.version);
  });

  test('shows the error of a call', async () => {
    expect((await debug(`${GET} 1 1`))[1]).toContain('ReservationNotFound');
  });
});

describe('progress', () => {
  const SETUP = () => `${bench.importLine({ NodePath: bench.node, LibraryPath: library })}
    function Get-Block { param([int] $Count, [int] $Pause)
      for ($index = 0; $index -lt $Count; $index++) {
        if ($Pause -gt 0) { [System.Threading.Thread]::Sleep($Pause) }
        [pscustomobject]@{ StartPort = 5000 + $index % 50; NumberOfPorts = 1 }
      } }`;

  // Uses a separate runspace, in which progress is data.
  beforeAll(async () => {
    await bench.output(`${SHELL_FUNCTIONS}
      function Invoke-There($Text) {
        $shell.Commands.Clear(); $shell.Streams.ClearStreams(); $null = $shell.AddScript($Text)
        $shell.Invoke()
        foreach ($problem in $shell.Streams.Error) { throw $problem }
      }
      $shell = New-Shell
      Invoke-There ${quoted(SETUP())}`);
    return () => bench.output('Remove-Shell $shell');
  });

  /** The records that a script leads to. */
  async function records(script: string) {
    const shown = (await bench.output(`
      $null = Invoke-There ${quoted(script)}
      foreach ($one in $shell.Streams.Progress) {
        [pscustomobject]@{ type = [string]$one.RecordType; percent = $one.PercentComplete; activity = $one.Activity; status = $one.StatusDescription }
      }`)) as Record<'type' | 'percent' | 'activity' | 'status', string>[];
    return shown.map((one) => ({ ...one, percent: Number(one.percent) }));
  }

  test('a long pipeline shows how far it is, and that it is done', async () => {
    const before = performance.now();
    const shown = await records(`$null = Get-Block 60 -Pause 30 | ${GET}`);
    const seconds = (performance.now() - before) / 1000;
    expect(shown.length).toBeGreaterThanOrEqual(2);
    // Not before a second, and four times a second at most; then that it is done.
    expect(shown.length - 1).toBeLessThanOrEqual(4 * (seconds - 1) + 1);
    expect(shown.at(-1)).toMatchObject({ type: 'Completed' });
    for (const record of shown.slice(0, -1)) {
      expect(record).toMatchObject({ type: 'Processing', percent: -1, activity: GET });
      expect(record.status).toMatch(/^[0-9]+ done$/);
    }
    const done = shown.slice(0, -1).map(({ status }) => Number.parseInt(status, 10));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done[0]).toBeGreaterThan(0);
    expect(done.at(-1)).toBeLessThanOrEqual(60);
  });

  test('with -InputObject it shows the share', async () => {
    const slow = `| ForEach-Object { [System.Threading.Thread]::Sleep(2); $_ }`;
    const shown = await records(`$blocks = @(Get-Block 1000); $null = ${GET} -InputObject $blocks ${slow}`);
    expect(shown.at(-1)).toMatchObject({ type: 'Completed' });
    expect(shown.length).toBeGreaterThanOrEqual(2);
    for (const { percent, status } of shown.slice(0, -1)) {
      const [, done] = /^([0-9]+) of 1000$/.exec(status) ?? [];
      expect(percent).toBe(Math.floor(Number(done) / 10));
    }
  });

  test.each([
    ['a short pipeline', `$null = Get-Block 200 | ${GET}`],
    ['a single call', `$null = ${GET} 5000 1`],
    [
      'a session that wants none',
      `$ProgressPreference = 'SilentlyContinue'
      try { $null = Get-Block 45 -Pause 30 | ${GET} } finally { $ProgressPreference = 'Continue' }`,
    ],
    [
      'a script that wants none',
      `& { $ProgressPreference = 'SilentlyContinue'; $null = Get-Block 45 -Pause 30 | ${GET} }`,
    ],
  ])('%s shows nothing', async (_name, script) => {
    expect(await records(script)).toEqual([]);
  });

  test('first results come early, whatever comes later', async () => {
    const [ratio] = await bench.output(
      `Invoke-There ${quoted(`
      $clock = [System.Diagnostics.Stopwatch]::StartNew()
      $first = 0
      Get-Block 100 -Pause 20 | ${GET} | ForEach-Object { if ($first -eq 0) { $first = $clock.ElapsedMilliseconds } }
      $clock.ElapsedMilliseconds / $first`)}`,
    );
    expect(Number(ratio)).toBeGreaterThan(4);
  });
});

describe('memory', () => {
  const COUNT = process.env.DLLET_TESTS === 'all' ? 1_000_000 : 200_000;
  /** Megabytes that the engine and the bridge may grow by, each, over all of these records. Held, the results alone would be more than 100. */
  const BOUND = 60;

  test(`${COUNT} records by pipeline are not held`, { timeout: 600_000 }, async () => {
    const script = (count: number) => `
      & { for ($index = 0; $index -lt ${count}; $index++) { [pscustomobject]@{ StartPort = 5000 + $index % 50; NumberOfPorts = 1 } } } |
        ${GET} | ForEach-Object { $global:seen++ }`;
    const [pid] = await bench.startsDuring(() =>
      bench.output(`${SHELL_FUNCTIONS}
        $shell = New-Shell
        $null = $shell.AddScript(${quoted(`${bench.importLine({ NodePath: bench.node, LibraryPath: library })}; $global:seen = 0; ${script(20_000)}`)}).Invoke()`),
    );
    const measure = `
      # Gives back what the collector keeps for later.
      [System.GC]::Collect(2, [System.GCCollectionMode]::Aggressive, $true, $true)
      [System.GC]::WaitForPendingFinalizers()
      [System.GC]::Collect(2, [System.GCCollectionMode]::Aggressive, $true, $true)
      foreach ($id in $PID, ${pid}) { [System.Diagnostics.Process]::GetProcessById($id).WorkingSet64 / 1MB }`;
    const before = (await bench.output(measure)).map(Number);
    // Uses a separate runspace, because a script of the session has less time than a million records may need.
    await bench.output(`
      $shell.Commands.Clear()
      $under = $shell.AddScript(${quoted(`${script(COUNT)}; $global:seen`)}).BeginInvoke()`);
    while ((await bench.output('$under.AsyncWaitHandle.WaitOne(30000)'))[0] !== 'True');
    const [engine = 0, program = 0] = (await bench.output(measure)).map(
      (after, at) => Number(after) - (before[at] ?? 0),
    );
    expect(
      await bench.output('[string]$shell.EndInvoke($under); $shell.Streams.Error.Count; Remove-Shell $shell'),
    ).toEqual([String(COUNT + 20_000), '0']);
    expect(engine, 'MB of the engine').toBeLessThan(BOUND);
    expect(program, 'MB of the bridge').toBeLessThan(BOUND);
  });
});
