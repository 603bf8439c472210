/** At the prompt: the list of reservations, warnings before a block is made, views, and objects that were serialized. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { closeAtEnd, holdUdp } from '../extensions/port-reservation/ports/use-support.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { recordOf, useModule } from '../support/powershell-module.js';

closeAtEnd();

const bench = useModule();
let state = '';

/** A simulated computer with these UDP blocks, whose session has been told that it is simulated. */
async function simulate(name: string, ...blocks: string[]): Promise<void> {
  state = await bench.importSimulation(name);
  await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
  for (const block of blocks) await bench.output(`$null = New-PersistentUdpPortReservation ${block}`);
}

const reserved = () =>
  (JSON.parse(readFileSync(state, 'utf8')) as { reservations: { startPort: number }[] }).reservations;

describe('Get-Persistent...PortReservation', () => {
  beforeAll(() => simulate('list', '6000 2', '5000 20'));

  test('lists the reservations sorted, with their tokens, as the objects that New- returns', async () => {
    const script = (command: string) =>
      `${command} | ForEach-Object { $_.PSObject.TypeNames[0]; foreach ($one in $_.PSObject.Properties) { $one.Name + ' ' + $one.TypeNameOfValue + ' ' + $one.Value } }`;
    const listed = await bench.output(script('Get-PersistentUdpPortReservation'));
    const looked = '(5000, 20), (6000, 2) | ForEach-Object { Get-PersistentUdpPortReservationToken $_[0] $_[1] }';
    expect(listed).toHaveLength(12);
    expect(listed).toEqual(await bench.output(script(looked)));
  });

  test.each([
    ['-Port 5019', ['5000']],
    ['-Port 4999, 5020', []],
    ['6001, 5000', ['5000', '6000']],
  ])('%s: %j', async (parameters, wanted) => {
    const script = `Get-PersistentUdpPortReservation ${parameters} | ForEach-Object { $_.StartPort }`;
    expect(await bench.output(script)).toEqual(wanted);
  });

  test('has nothing of the other protocol', async () => {
    expect(await bench.output('Get-PersistentTcpPortReservation')).toEqual([]);
  });

  test('pipes into Remove-', async () => {
    await bench.output('Get-PersistentUdpPortReservation -Port 6000 | Remove-PersistentUdpPortReservation -Force');
    expect(reserved().map(({ startPort }) => startPort)).toEqual([5000]);
  });

  test.skipIf(process.platform === 'win32')('is not supported where there is no table of ranges', async () => {
    await bench.import();
    expect(await bench.failure('Get-PersistentUdpPortReservation')).toMatchObject({
      fullyQualifiedErrorId: 'PlatformNotSupported,Get-PersistentUdpPortReservation',
      terminating: false,
    });
  });
});

describe('warnings before a block is made', () => {
  beforeAll(() => simulate('warnings'));

  test('name the ports in the dynamic range, once', async () => {
    const { output, errors, warnings } = await bench.run('(New-PersistentUdpPortReservation 49150 4).EndPort');
    expect({ output: output.map(toPlain), errors }).toEqual({ output: ['49153'], errors: [] });
    expect(warnings).toEqual([expect.stringContaining('ports 49152-49153 lie in the dynamic range 49152-65535')]);
  });

  test('name the ports in use and who holds them, and the block is made', async () => {
    const { port } = await holdUdp('127.0.0.1');
    await simulate('in-use');
    const { output, warnings } = await bench.run(`(New-PersistentUdpPortReservation ${port} 1).StartPort`);
    expect(output.map(toPlain)).toEqual([String(port)]);
    expect(warnings).toContainEqual(
      expect.stringMatching(new RegExp(`UDP port ${port} is in use \\(.*process ${process.pid}\\)`)),
    );
  });

  test.each(['-WarningAction SilentlyContinue', '-WarningAction Ignore'])('are not looked for with %s', async (how) => {
    const { debug } = await bench.run(
      `$DebugPreference = 'Continue'; try { $null = New-PersistentTcpPortReservation 60000 1 ${how} } finally { $DebugPreference = 'SilentlyContinue' }`,
    );
    expect(debug.filter((line) => line.includes('ReviewPortBlock'))).toEqual([]);
    const { warnings } = await bench.run(`$null = New-PersistentTcpPortReservation 61000 1 ${how}`);
    expect(warnings).toEqual([]);
  });

  test('come with -WhatIf too, which makes nothing', async () => {
    const before = reserved().length;
    const { warnings } = await bench.run('New-PersistentTcpPortReservation 60500 1 -WhatIf');
    expect(warnings).toEqual([expect.stringContaining('dynamic range')]);
    expect(reserved()).toHaveLength(before);
  });

  test.each([
    ['the parameter', 'New-PersistentTcpPortReservation 62000 1 -WarningAction Stop'],
    ['a preference of the script', "& { $WarningPreference = 'Stop'; New-PersistentTcpPortReservation 62000 1 }"],
  ])('stop the command where %s says so, before anything is made', async (_name, script) => {
    const before = reserved().length;
    const { output, errors } = await bench.run(script);
    expect(output).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(reserved()).toHaveLength(before);
  });

  test('go into -WarningVariable', async () => {
    const script = `$null = New-PersistentTcpPortReservation 63000 2 -WarningVariable told 3>$null; @($told).Count; [string]$told[0]`;
    expect(await bench.output(script)).toEqual(['1', expect.stringContaining('TCP ports 63000-63001')]);
  });

  test('come for each block of a pipeline, and the machine is asked rarely', async () => {
    const script = `
      $blocks = 55000..55199 | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 1 } }
      @($blocks | New-PersistentUdpPortReservation -WarningVariable told 3>$null).Count; @($told).Count`;
    const before = performance.now();
    const [made, told] = await bench.output(script);
    expect(made).toBe('200');
    expect(Number(told)).toBeGreaterThanOrEqual(200);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test('are given before the question, and keep nobody from answering it', async () => {
    const { warnings, errors } = await bench.run('New-PersistentUdpPortReservation 64000 1 -Confirm');
    expect(warnings).toHaveLength(1);
    expect(errors).toMatchObject([{ message: expect.stringContaining('NonInteractive') }]);
  });

  test('never break the operation: a bridge that cannot review still creates', async () => {
    const library = await bench.importStandIn('no-review', { state: '', record: true });
    expect(await bench.output('(New-PersistentUdpPortReservation 5000 20).EndPort')).toEqual(['5019']);
    expect(recordOf(library)).toHaveLength(1);
  });

  test('are given in constrained language too', async () => {
    await openConstrained(bench);
    const options = { Backend: 'Simulated', StatePath: `${state}.constrained`, NodePath: bench.node };
    await runConstrained(bench, bench.importLine(options));
    await runConstrained(bench, '$null = Test-PersistentUdpPortReservation 1 1');
    const { output, warnings, errors } = await runConstrained(
      bench,
      '(New-PersistentUdpPortReservation 65535 1).EndPort',
    );
    expect({ output: output.map(toPlain), errors }).toEqual({ output: ['65535'], errors: [] });
    expect(warnings).toEqual([expect.stringContaining('port 65535 lies in the dynamic range')]);
    const silent = await runConstrained(
      bench,
      '$null = New-PersistentUdpPortReservation 65534 1 -WarningAction Ignore',
    );
    expect(silent).toMatchObject({ warnings: [], errors: [] });
  });
});

describe('objects that were serialized', () => {
  beforeAll(() => simulate('serialized', '5000 20', '6000 2', '7000 3'));
  const through =
    '$back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($found))';

  test('keep their type name, with Deserialized before it, their values and the types of these', async () => {
    const script = `$found = Get-PersistentUdpPortReservationToken 5000 20; ${through}
      $back.PSObject.TypeNames[0]
      foreach ($one in $found.PSObject.Properties) { $other = $back.PSObject.Properties[$one.Name]; $one.Value -eq $other.Value -and $one.TypeNameOfValue -eq $other.TypeNameOfValue }`;
    expect(await bench.output(script)).toEqual([
      'Deserialized.Dllet.PersistentPortReservation',
      ...Array(5).fill('True'),
    ]);
  });

  test.each([
    ['one', 'Get-PersistentUdpPortReservationToken 5000 20', [6000, 7000]],
    ['all that are listed', 'Get-PersistentUdpPortReservation', []],
  ])('pipe into the other cmdlets and into Remove-: %s', async (_name, script, left) => {
    const counts = await bench.output(`
      $found = @(${script}); ${through}
      @($back | Test-PersistentUdpPortReservation | Where-Object { $_ }).Count
      @($back | Get-PersistentUdpPortReservationToken).Count
      $back | Remove-PersistentUdpPortReservation -Force`);
    expect(counts[0]).toBe(counts[1]);
    expect(Number(counts[0])).toBeGreaterThan(0);
    expect(reserved().map(({ startPort }) => startPort)).toEqual(left);
  });
});

describe('views', () => {
  const file = () => path.join(path.dirname(bench.manifest), 'PersistentPortReservation.Format.ps1xml');

  test('of each object: a table, for what was serialized too', () => {
    const text = readFileSync(file(), 'utf8');
    const views = [...text.matchAll(/<View>[\s\S]*?<\/View>/g)].map(([view]) => ({
      types: [...view.matchAll(/<TypeName>([^<]+)/g)].map(([, name]) => name),
      properties: [...view.matchAll(/<PropertyName>([^<]+)/g)].map(([, name]) => name),
    }));
    const { objects } = bench.definition;
    expect(views).toHaveLength(Object.keys(objects).length + 1);
    for (const { typeName, properties } of Object.values(objects)) {
      const [table, ...more] = views.filter(({ types }) => types.includes(typeName));
      expect(more).toEqual([]);
      expect(table?.types).toEqual([typeName, `Deserialized.${typeName}`]);
      expect(table?.properties).toEqual(properties.filter(({ inTable }) => inTable !== false).map(({ name }) => name));
    }
  });

  test('as a list have all properties in their order, for what was serialized too', async () => {
    const names = Object.values(bench.definition.objects).flatMap(({ typeName, properties }) =>
      [typeName, `Deserialized.${typeName}`].map((type) => ({ type, list: properties.map(({ name }) => name) })),
    );
    const script = names.map(({ type, list }) => {
      const fields = list.map((name) => `'${name}' = 1`).join('; ');
      return `(([pscustomobject] [ordered] @{ PSTypeName = '${type}'; ${fields} } | Format-List | Out-String) -split '\\n' -match ':' -replace '\\s*:.*' -join ',').Trim()`;
    });
    expect(await bench.output(script.join('\n'))).toEqual(names.map(({ list }) => list.join(',')));
  });

  test.each([80, 120])('of a sentence wrap, and hide nothing, at %i columns', async (width) => {
    const sentence = 'Install the module again, from a source that you trust, in a session that was started anew.';
    const script = `
      $rows = [pscustomobject]@{ PSTypeName = 'Dllet.Diagnostic'; Status = 'Bad'; Check = 'Smart App Control'; Found = 'a file'; Cure = '${sentence}' },
        [pscustomobject]@{ PSTypeName = 'Dllet.PortBinding'; Protocol = 'Udp'; Port = 65535; Verdict = 'Administered'; ProcessName = $null; NextStep = '${sentence}' }
      foreach ($culture in 'en-US', '') {
        [cultureinfo]::CurrentCulture = $culture
        foreach ($row in $rows) { $row | Out-String -Width ${width} }
      }`;
    for (const [index, shown] of (await bench.output(script)).entries()) {
      const lines = String(shown).split('\n').slice(3);
      const start = Math.max(...lines.map((line) => line.indexOf('Install')));
      const parts = lines.map((line) => line.slice(start).trim()).filter((part) => part !== '');
      expect(parts.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
      // PowerShell wraps at words in the languages that it knows to have them, and the invariant culture is none.
      if (index < 2) expect(parts.join(' ')).toBe(sentence);
    }
  });

  test('are accepted by the engine', async () => {
    const script = `[System.Management.Automation.Runspaces.FormatTable]::new([string[]]@('${file().replaceAll("'", "''")}')).GetType().Name`;
    expect(await bench.output(script)).toEqual(['FormatTable']);
  });

  test('show whole numbers in decimal', async () => {
    await simulate('shown', '5000 20');
    const script = `
      $found = Get-PersistentUdpPortReservation
      $found | Out-Host
      $found.Token.ToString() -match '^[0-9]+$'`;
    const { hostText, output } = await bench.run(script);
    expect(output.map(toPlain)).toEqual(['True']);
    expect(hostText).toMatch(/Udp +5000 +20 +5019 +[0-9]+/);
    expect(hostText).not.toMatch(/0x/i);
  });
});
