/** Many records: batches that users do not notice. */
import { beforeAll, describe, expect, test } from 'vitest';
import { propertiesOf, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const FIRST = 5000;
const COUNT = 3000;
const isAbsent = (port: number) => port % 97 === 0;
const range = Array.from({ length: COUNT }, (_, index) => FIRST + index);

const STATE = range
  .filter((port) => !isAbsent(port))
  .map((port) => `udp ${port} 1 ${port * 1000}\n`)
  .join('');

const bench = useModule();
/** One in this many records gets separate calls; fewer in Wine, where each call takes about 20 ms. */
const NESTED = bench.native('/') === '/' ? 10 : 50;

beforeAll(async () => {
  await bench.importStandIn('library', { state: STATE });
  // Writes down in $made how far it got.
  await bench.run(`
    $made = 0
    function Get-Block { param([int]$Count, [int]$Pause = 0, [int]$From = ${FIRST})
      for ($index = 0; $index -lt $Count; $index++) {
        if ($Pause -gt 0) { [System.Threading.Thread]::Sleep($Pause) }
        $global:made = $index + 1
        [pscustomobject]@{ StartPort = $From + $index; NumberOfPorts = 1 }
      } }`);
});

test('twenty blocks with one absent: nineteen objects in order and one error with its own target', async () => {
  const absent = range.find(isAbsent) ?? 0;
  const { output, errors } = await bench.run(`Get-Block 20 -From ${absent - 7} | ${GET}`);
  const ports = output.map((one) => propertiesOf(one).StartPort?.value);
  expect(ports).toEqual(
    range
      .slice(absent - 7 - FIRST, absent + 13 - FIRST)
      .filter((port) => port !== absent)
      .map(String),
  );
  expect(errors).toMatchObject([
    {
      fullyQualifiedErrorId: `ReservationNotFound,${GET}`,
      targetObject: { value: { properties: { StartPort: { value: String(absent) }, NumberOfPorts: { value: '1' } } } },
    },
  ]);
});

test('the order of results and errors is that of the input, over many batches', async () => {
  const script = `(Get-Block ${COUNT} | ${GET} 2>&1 | ForEach-Object {
    if ($_ -is [System.Management.Automation.ErrorRecord]) { '-' + $_.TargetObject.StartPort } else { [string]$_.Token }
  }) -join ' '`;
  const [text] = await bench.output(script);
  expect(String(text).split(' ')).toEqual(range.map((port) => (isAbsent(port) ? `-${port}` : String(port * 1000))));
});

test('Test- answers for each record in its place', async () => {
  const [text] = await bench.output(`(Get-Block 300 | Test-PersistentUdpPortReservation) -join ' '`);
  expect(String(text).split(' ')).toEqual(range.slice(0, 300).map((port) => (isAbsent(port) ? 'False' : 'True')));
});

describe('streaming', () => {
  test('the first result appears before the second input is read, and results go on coming', async () => {
    const [text] = await bench.output(
      `(Get-Block ${COUNT} | ${GET} -ErrorAction Ignore | ForEach-Object { $made }) -join ' '`,
    );
    const made = String(text).split(' ').map(Number);
    expect(made[0]).toBe(1);
    const ahead = made.map((read, index) => read - index);
    // One batch is on its way while the next is filled.
    expect(Math.max(...ahead)).toBeLessThanOrEqual(2 * 512 + Math.ceil(COUNT / 97));
  });

  test('a slow producer sees each result before it makes the next record', async () => {
    const [text] = await bench.output(
      `(Get-Block 12 -Pause 30 -From 5045 | ${GET} | ForEach-Object { $made }) -join ' '`,
    );
    expect(text).toBe(Array.from({ length: 12 }, (_, index) => index + 1).join(' '));
  });

  test.each([1, 4, 90])('a consumer that breaks off at result %i stops the producer', async (last) => {
    const script = `$seen = 0
      foreach ($once in 1) {
        5045..5140 | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 1 } } | ${GET} |
          ForEach-Object { $seen++; if ($seen -eq ${last}) { break } }
        'not here'
      }
      $seen; (${GET} 5001 1).Token`;
    expect(await bench.output(script)).toEqual([String(last), '5001000']);
  });

  test('so does Select-Object -First 1', async () => {
    const script = `(Get-Block ${COUNT} | ${GET} | Select-Object -First 1).Token; $made; (${GET} 5001 1).Token`;
    expect(await bench.output(script)).toEqual(['5000000', '1', '5001000']);
  });

  test('-ErrorAction Stop ends the pipeline at the first absent block, with all results before it', async () => {
    const before = range.findIndex(isAbsent);
    const { output, errors } = await bench.run(
      `Get-Block ${COUNT} | ${GET} -ErrorAction Stop | ForEach-Object { $_.Token }`,
    );
    expect(output.map((one) => one.value)).toEqual(range.slice(0, before).map((port) => String(port * 1000)));
    expect(errors).toMatchObject([{ category: 'ObjectNotFound', terminating: true }]);
    expect(await bench.output(`(${GET} 5001 1).Token`)).toEqual(['5001000']);
  });

  test('a producer that fails leaves nothing behind', async () => {
    const { output, errors } = await bench.run(
      `& { Get-Block 3; throw 'no more' } | ${GET} | ForEach-Object { $_.Token }`,
    );
    expect(errors).toMatchObject([{ message: 'no more', terminating: true }]);
    expect(output.map((one) => one.value)).toEqual(['5000000', '5001000', '5002000'].slice(0, output.length));
    expect(await bench.output(`(${GET} 5004 1).Token`)).toEqual(['5004000']);
  });
});

describe('while a batch is on its way', () => {
  test('a command further down gets its own answers, and the pipeline all of its own', async () => {
    const script = `(Get-Block ${COUNT} | ${GET} -ErrorAction Ignore | ForEach-Object {
      $_.Token - 1000 * $_.StartPort
      if ($_.StartPort % ${NESTED} -ne 0) { return }
      (${GET} 5001 1).Token
      if (Test-PersistentUdpPortReservation $_.StartPort 1) { 'yes' }
    }) -join ' '`;
    const [text] = await bench.output(script);
    const present = range.filter((port) => !isAbsent(port));
    expect(text).toBe(present.map((port) => (port % NESTED === 0 ? '0 5001000 yes' : '0')).join(' '));
  });

  test('one that breaks off leaves nothing for the next call', async () => {
    const script = `foreach ($once in 1) { Get-Block ${COUNT} | ${GET} -ErrorAction Ignore | ForEach-Object { if ($_.StartPort -eq 5500) { break } } }
      (5001..5003 | ForEach-Object { (${GET} $_ 1).Token }) -join ' '`;
    for (let time = 0; time < 3; time += 1) {
      expect(await bench.output(script)).toEqual(['5001000 5002000 5003000']);
    }
  });
});

describe('binding', () => {
  test('one value can come from the command line', async () => {
    const script = `(5000..5002 | ForEach-Object { [pscustomobject]@{ StartPort = $_ } } | ${GET} -NumberOfPorts 1).Token -join ' '`;
    expect(await bench.output(script)).toEqual(['5000000 5001000 5002000']);
  });

  test('two of the cmdlets can run in one pipeline', async () => {
    const script = `(Get-Block 40 -From 5045 | ${GET} | ${GET} | Test-PersistentUdpPortReservation) -join ' '`;
    expect(await bench.output(script)).toEqual([Array.from({ length: 40 }, () => 'True').join(' ')]);
  });

  test('an empty pipeline calls nothing', async () => {
    expect(await bench.output(`@() | ${GET}`)).toEqual([]);
  });
});

test('all of it went through one bridge', () => {
  expect(bench.starts()).toHaveLength(1);
});

test('the end of the bridge is one error where a batch is on its way, nothing is mixed up, and the next call works', async () => {
  const present = range.filter((port) => !isAbsent(port)).map((port) => port * 1000);
  // On a slow machine no batch may be on its way at that moment: then another bridge gets the next one, and nothing is missing.
  let wasOnItsWay = false;
  for (let attempt = 0; attempt < 20 && !wasOnItsWay; attempt += 1) {
    await bench.importStandIn(`ending-${attempt}`, { state: STATE });
    const { output, errors } = await bench.run(`
      $bridge = [System.Diagnostics.Process]::GetProcessById(${await bridgeId()})
      Get-Block ${COUNT} | ${GET} -ErrorAction Ignore | ForEach-Object {
        if ($_.StartPort -eq 5200) { $bridge.Kill(); $null = $bridge.WaitForExit(5000) }
        $_.Token
      }`);
    const tokens = output.map((one) => Number(one.value));
    expect(tokens).toEqual(present.slice(0, tokens.length));
    wasOnItsWay = errors.length > 0;
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual(wasOnItsWay ? [`BridgeExited,${GET}`] : []);
    if (wasOnItsWay) expect(tokens.length).toBeGreaterThan(150);
    else expect(tokens).toEqual(present);
    expect(await bench.output(`(${GET} 5001 1).Token`)).toEqual(['5001000']);
  }
  expect(wasOnItsWay).toBe(true);
});

/** The process id of a bridge that its first call starts, as the system of the engine counts. */
async function bridgeId(): Promise<number> {
  const { verbose } = await bench.run(`$null = ${GET} 5001 1 -Verbose`);
  const [, id] = /Bridge: process ([0-9]+)/.exec(verbose.join('\n')) ?? [];
  expect(id).toBeDefined();
  return Number(id);
}

test('the objects are the same from a single call, a short pipeline and the batches of a long one', async () => {
  await bench.importStandIn('objects', { state: 'udp 5001 3 18446744073709551615\n' });
  const facts = `ForEach-Object {
    ($_.PSObject.TypeNames -join ',') + ' ' + $_.PSObject.BaseObject.GetType().Name + ' ' + [string]$_
    foreach ($one in $_.PSObject.Properties) { '{0} {1} {2} {3} {4}' -f $one.MemberType, $one.Name, $one.IsSettable, $one.Value.GetType().Name, $one.Value }
  }`;
  const alone = await bench.output(`${GET} 5001 3 | ${facts}`);
  expect(alone).toContain('NoteProperty Token True UInt64 18446744073709551615');
  const block = '[pscustomobject]@{ StartPort = 5001; NumberOfPorts = 3 }';
  expect(await bench.output(`${block} | ${GET} | ${facts}`)).toEqual(alone);
  const texts = `@(foreach ($once in 1..1000) { ${block} }) | ${GET} | ForEach-Object { ($_ | ${facts}) -join '; ' }`;
  expect(await bench.output(`$all = @(${texts}); $all.Count; @($all | Select-Object -Unique)`)).toEqual([
    '1000',
    alone.join('; '),
  ]);
  // Where there are errors among them, too.
  const mixed = `(Get-Block 4 -From 4999 | ${GET} -NumberOfPorts 3 2>&1 | ForEach-Object { [string]$_ }) -join ' '`;
  expect(await bench.output(mixed)).toEqual([
    expect.stringMatching(/4999.* 5000.*@{Protocol=Udp; StartPort=5001; NumberOfPorts=3.* 5002/),
  ]);
});
