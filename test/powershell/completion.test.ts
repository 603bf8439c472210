/** What Tab offers: through the engine's own completion. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SHELLS } from '../../src/cli/completion.js';
import { loadDefinition } from '../../src/definition/load.js';
import { excludeInSimulation } from '../../src/extensions/port-reservation/simulation/manage.js';
import { closeAtEnd, holdUdp } from '../extensions/port-reservation/ports/use-support.js';
import { CLI } from '../support/cli.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

closeAtEnd();

const bench = useModule();
const TEXTS = ['Get-PersistentUdpPortReservationToken', 'Remove-PersistentUdpPortReservation'];
let state = '';

beforeAll(async () => {
  state = await bench.importSimulation('completion');
  await bench.run('$null = New-PersistentUdpPortReservation 5000 20');
  for (const block of ['5100 20', '6000 2', '60 1'])
    await bench.output(`$null = New-PersistentUdpPortReservation ${block}`);
  await bench.output('$null = New-PersistentTcpPortReservation 7000 3');
  await excludeInSimulation(state, { pool: 'udp', startPort: 5200, numberOfPorts: 5, administered: false });
});

/**
 * Returns the completions at the end of a line. If the module offers nothing, the engine offers files, which do not
 * count.
 */
const offer = (line: string) => `
  $completion = [System.Management.Automation.CommandCompletion]::CompleteInput(${quoted(line)}, ${line.length}, $null)
  foreach ($match in $completion.CompletionMatches) { if ([string]$match.ResultType -eq 'ParameterValue') { $match.CompletionText } }`;

describe('the existing blocks', () => {
  test.each<[string, string[]]>([
    ...TEXTS.map((name): [string, string[]] => [`${name} `, ['60', '5000', '5100', '6000']]),
    ['Test-PersistentUdpPortReservation -StartPort ', ['60', '5000', '5100', '6000']],
    ['New-ReservedUdpSocket -StartPort ', ['60', '5000', '5100', '6000']],
    ['Remove-PersistentTcpPortReservation ', ['7000']],
    ['Remove-PersistentUdpPortReservation 5', ['5000', '5100']],
    ['Remove-PersistentUdpPortReservation -StartPort 51', ['5100']],
    ['Remove-PersistentUdpPortReservation *0', ['60', '5000', '5100', '6000']],
    ['Remove-PersistentUdpPortReservation ?1', ['5100']],
    ["Remove-PersistentUdpPortReservation '60", ['60', '6000']],
    ['Remove-PersistentUdpPortReservation 5000 ', ['20']],
    ['Remove-PersistentUdpPortReservation -StartPort 6000 -NumberOfPorts ', ['2']],
    ['Remove-PersistentUdpPortReservation -NumberOfPorts ', ['1', '20', '2']],
    ['Remove-PersistentUdpPortReservation -NumberOfPorts 20 -StartPort ', ['5000', '5100']],
    ['Remove-PersistentUdpPortReservation 7000 ', []],
    ['Remove-PersistentUdpPortReservation [', []],
    ['New-PersistentUdpPortReservation ', []],
  ])('%s: %j', async (line, wanted) => {
    expect(await bench.output(`${offer(line)}; $Error.Clear()`)).toEqual(wanted);
  });

  test('come with what is known of them', async () => {
    const line = 'Remove-PersistentUdpPortReservation -NumberOfPorts 20';
    const script = offer(line).replace(
      '$match.CompletionText',
      '$match.ToolTip.Split([char]10) | ForEach-Object { $_.Trim() }',
    );
    expect(await bench.output(script)).toEqual([
      expect.stringMatching(/^Protocol Udp, StartPort 5000, NumberOfPorts 20, EndPort 5019, Token [0-9]+$/),
      expect.stringMatching(/^Protocol Udp, StartPort 5100, /),
    ]);
  });

  test.each([
    ['Get-ExcludedPortRange -Protocol ', ['Tcp', 'Udp']],
    ['Get-DynamicPortRange -AddressFamily ', ['IPv4', 'IPv6']],
    ['Get-ExcludedPortRange -Store P', ['Persistent']],
    ['New-ReservedUdpSocket 5000 20 -AddressFamily ', ['IPv4', 'IPv6']],
    ['Get-PortUse -Protocol T', ['Tcp']],
  ])('and the words of enumerations: %s', async (line, wanted) => {
    expect(await bench.output(offer(line))).toEqual(wanted);
  });
});

describe('where PowerShell would offer files', () => {
  const LINES: [string, string[]][] = [
    ['New-PersistentUdpPortReservation ', ['1', '65535']],
    ['New-PersistentUdpPortReservation 5000 ', ['1', '65535']],
    ['Remove-PersistentUdpPortReservation 9', ['9']],
    ['Find-FreePortBlock 20 -Minimum ', ['1', '65535']],
    ['Get-PersistentUdpPortReservation -Port ', ['0-9']],
    ['Test-PortBinding 8080-8', ['8080-8']],
    ['New-ExcludedPortRange -Reason ', [' ']],
    ['New-ExcludedPortRange -Reason late', ['late']],
    ['Get-PersistentUdpPortReservationToken -InputObject ', [' ']],
  ];

  test.each(LINES)('%s: %j', async (line, wanted) => {
    const all = offer(line).replace("if ([string]$match.ResultType -eq 'ParameterValue') ", 'if ($true) ');
    expect(await bench.output(`${all}; $Error.Clear()`)).toEqual(wanted);
  });

  test('files are offered for a path, where a path was begun, and nowhere else', async () => {
    const offersFiles = `
      function Test-OfferOfFile([string] $Line) {
        $matches = [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
        @($matches | Where-Object { [string]$_.ResultType -like 'Provider*' }).Count -gt 0
      }
      foreach ($command in Get-Command -Module ${MODULE}) {
        foreach ($parameter in $command.Parameters.Values) {
          if ($parameter.SwitchParameter -or [System.Management.Automation.Cmdlet]::CommonParameters -contains $parameter.Name) { continue }
          if (Test-OfferOfFile "$command -$($parameter.Name) ") { "$command -$($parameter.Name)" }
        }
      }
      $root = if ($IsWindows) { 'C:' } else { '/' }
      Test-OfferOfFile "New-ExcludedPortRange -Reason $root"
      $Error.Clear()`;
    expect(await bench.output(offersFiles)).toEqual(['Export-PortMap -Path', 'True']);
  });

  test('ports, processes and addresses in use are offered', async () => {
    const { port } = await holdUdp('127.0.0.1');
    const [ports, processes, addresses] = await bench.output(
      ['Get-PortUse ', 'Get-PortUse -ProcessId ', 'Test-PortBinding 1 -Address ']
        .map((line) => `@(${offer(line)}) -join ' '`)
        .join('\n'),
    );
    expect(String(ports).split(' ')).toContain(String(port));
    expect(String(processes).split(' ')).toContain(String(process.pid));
    expect(String(addresses).split(' ')).toContain('127.0.0.1');
  });

  test('dllet itself is completed', async () => {
    const script = `
      function global:dllet { & ${quoted(process.execPath)} ${quoted(CLI)} @args }
      dllet completion powershell | Out-String | Invoke-Expression
      ${offer('dllet por')}; ${offer('dllet completion ')}; ${offer('dllet ports use --protocol=u')}
      $ExecutionContext.SessionState.InvokeProvider.Item.Remove('function:dllet', $false)`;
    expect(await bench.output(script)).toEqual(['ports', ...SHELLS, '--protocol=Udp']);
  });
});

describe('a hostile session', () => {
  test('changes nothing: strict, stopping at errors, with functions of its own', async () => {
    const script = `
      Set-StrictMode -Version Latest
      $ErrorActionPreference = 'Stop'
      function global:Complete-BridgeArgument { 'wrong' }
      function global:Get-Module { 'wrong' }
      function global:ForEach-Object { 'wrong' }
      try { ${offer('Remove-PersistentUdpPortReservation 5')} } finally {
        $ErrorActionPreference = 'Continue'
        foreach ($name in 'Complete-BridgeArgument', 'Get-Module', 'ForEach-Object') { $null = $ExecutionContext.SessionState.InvokeProvider.Item.Remove('function:' + $name, $false) }
      }`;
    expect(await bench.output(script)).toEqual(['5000', '5100']);
  });
});

describe('without a word', () => {
  beforeEach(async () => {
    await bench.output('$Error.Clear()');
  });

  test('where the session has not been told yet that it is simulated: its first command is told', async () => {
    await bench.import({ Backend: 'Simulated', StatePath: state });
    expect(await bench.output(offer('Remove-PersistentTcpPortReservation '))).toEqual(['7000']);
    const { warnings } = await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
    expect(warnings).toEqual([expect.stringContaining('simulated backend')]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['no Node.js', () => bench.import({ NodePath: '/nowhere/node', Backend: 'Simulated', StatePath: state })],
    ['a node that answers nonsense', () => bench.import({ NodePath: bench.fakeNode('nonsense', ['nonsense']) })],
    ['no table of ranges', () => bench.import()],
  ])('%s', async (_name, prepare) => {
    await prepare();
    const before = bench.starts().length;
    const { output, errors, warnings, verbose } = await bench.run(offer('Remove-PersistentUdpPortReservation 5'));
    expect({ output, errors, warnings, verbose }).toEqual({ output: [], errors: [], warnings: [], verbose: [] });
    const [own] = await bench.output(
      "@($Error | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -match 'Bridge|PlatformNot|Property' }).Count",
    );
    expect(own).toBe('0');
    expect(bench.starts().length - before).toBeLessThanOrEqual(1);
  });

  test('a bridge that hangs is waited for no longer than seconds, and the session goes on with another', async () => {
    await bench.import({ NodePath: bench.fakeNode('silent', []), TimeoutSeconds: 2 });
    const before = performance.now();
    expect(await bench.output(offer('Remove-PersistentUdpPortReservation 5'))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(10_000);
    await bench.import({ Backend: 'Simulated', StatePath: state });
    expect(await bench.output(offer('Remove-PersistentTcpPortReservation '))).toEqual(['7000']);
  });

  test('the time that the user has set is the same after it', async () => {
    const greeting = { definition: MODULE, version: '0.1.0', pid: 1, node: '', nodePath: '', backend: 'native' };
    const rows = { Rows: [{ StartPort: 7000, NumberOfPorts: 5 }] };
    const replies = [greeting, rows].map((result) => `{"jsonrpc":"2.0","id":$ID,"result":${JSON.stringify(result)}}`);
    await bench.import({ NodePath: bench.fakeNode('silent after two', replies), TimeoutSeconds: 6 });
    expect(await bench.output(offer('Remove-PersistentTcpPortReservation '))).toEqual(['7000']);
    expect(await bench.failure('Get-PersistentUdpPortReservationToken 1 1')).toMatchObject({
      message: expect.stringContaining('within 6 seconds'),
    });
  });
});

test('in constrained language the same blocks are offered', async () => {
  await openConstrained(bench);
  await runConstrained(bench, bench.importLine({ Backend: 'Simulated', StatePath: state, NodePath: bench.node }));
  const line = 'Remove-PersistentUdpPortReservation 5';
  const script = `
    $shell = [powershell]::Create(); $shell.Runspace = $constrained.Runspace
    $completion = [System.Management.Automation.CommandCompletion]::CompleteInput(${quoted(line)}, ${line.length}, $null, $shell)
    foreach ($match in $completion.CompletionMatches) { $match.CompletionText }`;
  expect(await bench.output(script)).toEqual(['5000', '5100']);
});

/** Nobody calls its functions here. */
const SHAPES = {
  name: 'Shapes',
  library: { linux: 'libc.so.6', win32: 'kernel32.dll' },
  types: [
    'typedef struct { long Depth; double Angle; } INNER;',
    'typedef struct { USHORT Port; FILETIME Time; INNER Inner; INNER Inners[3]; int Numbers[4]; GUID Id; } OUTER;',
    'typedef struct { DWORD Count; [count(Count)] INNER *Rows; } TABLE;',
  ],
  functions: [
    'void GetOuter([out] OUTER *outer);',
    'void GetTable([out] TABLE *table);',
    'void GetNumber([out] int *number);',
  ],
  cmdlets: { 'Get-Outer': 'GetOuter', 'Get-Table': 'GetTable', 'Get-Number': 'GetNumber' },
};

/** The same with another field, as a later version has it. */
const LATER = { ...SHAPES, types: SHAPES.types.map((one) => one.replace('USHORT Port', 'USHORT Port; int More')) };

async function addShapes(definition: object, parent = bench.directory): Promise<string> {
  const file = path.join(bench.directory, 'shapes.json');
  writeFileSync(file, JSON.stringify(definition));
  return bench.addModule(await loadDefinition(file), parent);
}

const RESERVATION = ['EndPort', 'NumberOfPorts', 'Protocol', 'StartPort', 'Token'];
const OUTER = ['Id', 'Inner', 'Inners', 'Numbers', 'Port', 'Time'];
const INNER = ['Angle', 'Depth'];

interface Asked {
  /** The runspace of the prompt: a variable of PowerShell with a shell. Default: the session's own. */
  readonly shell?: string;
  /** How long to wait for properties, which the client declares beside the import. */
  readonly seconds?: number;
  readonly what?: 'CompletionText' | 'ToolTip';
}

/** The properties that are offered at the end of a line. */
const propertiesAt = (line: string, { shell, seconds = 20, what = 'CompletionText' }: Asked = {}) => `
  $until = [datetime]::UtcNow.AddSeconds(${seconds})
  do {
    $completion = [System.Management.Automation.CommandCompletion]::CompleteInput(${[quoted(line), line.length, '$null', ...(shell ? [shell] : [])]})
    $found = @($completion.CompletionMatches | Where-Object ResultType -EQ 'Property')
    if ($found.Count -eq 0) { Start-Sleep -Milliseconds 20 }
  } while ($found.Count -eq 0 -and [datetime]::UtcNow -lt $until)
  foreach ($match in $found) { $match.${what} }`;

describe('the properties of what a cmdlet writes', () => {
  let shapes = '';

  beforeAll(async () => {
    shapes = bench.importLine({}, await addShapes(SHAPES));
    expect(await bench.output(shapes)).toEqual([]);
  });

  const LINES: [string, string[]][] = [
    ['(Get-PersistentUdpPortReservationToken 1 1).', RESERVATION],
    ['Get-PortUse | Where-Object Pr', ['ProcessId', 'ProcessName', 'Protocol']],
    ['Get-PersistentUdpPortReservation | Where-Object ', RESERVATION],
    ['Get-PersistentUdpPortReservation | Where-Object { $_.T', ['Token']],
    ['Get-ExcludedPortRange | Sort-Object Numb', ['NumberOfPorts']],
    ['Test-PersistentPortReservationModule -PassThru | Select-Object ', ['Actual', 'Expected', 'Path', 'Status']],
    ['Get-Outer | Where-Object ', OUTER],
    ['Get-Outer | Select-Object Port, Inner, ', ['Id', 'Inners', 'Numbers', 'Time']],
    ['Get-Outer | Sort-Object ', OUTER],
    ['Get-Outer | Group-Object ', OUTER],
    ['Get-Outer | Format-Table ', OUTER],
    ['Get-Outer | ForEach-Object -MemberName ', OUTER],
    ['Get-Outer | ForEach-Object { $_.', OUTER],
    ['foreach ($outer in Get-Outer) { $outer.', OUTER],
    ['(Get-Outer).Inner.', INNER],
    ['(Get-Outer).Inners.', INNER],
    ['(Get-Outer).Inners[0].', INNER],
    ['Get-Outer | Select-Object -ExpandProperty Inners | Sort-Object ', INNER],
    ['(Get-Outer).Time.Day', ['Day', 'DayOfWeek', 'DayOfYear']],
    ['(Get-Table).Rows.', INNER],
  ];

  test.each(LINES)('%s', async (line, wanted) => {
    expect(await bench.output(propertiesAt(line))).toEqual(wanted);
  });

  test('have their types', async () => {
    expect(await bench.output(propertiesAt('(Get-Outer).', { what: 'ToolTip' }))).toEqual(
      expect.arrayContaining(['guid Id', 'int[] Numbers', 'uint16 Port', 'datetime Time']),
    );
    expect(await bench.output('(Get-Command Get-Outer, Get-Number).OutputType.Name')).toEqual([
      'System.Management.Automation.PSCustomObject',
      'System.Int32',
    ]);
  });

  test('are nothing that an object or the session has', async () => {
    const script = `
      $own = [pscustomobject]@{ PSTypeName = 'Dllet.PersistentPortReservation'; Other = 1 }
      @($own.psobject.Properties.Name) -join ' '
      @(Get-TypeData -TypeName Dllet.*, Shapes.*, Struct*).Count
      $null -eq ('Struct1' -as [type])`;
    expect(await bench.output(script)).toEqual(['Other', '0', 'True']);
  });

  test('in constrained language', async () => {
    await openConstrained(bench);
    expect(
      await runConstrained(bench, `${bench.importLine({ Backend: 'Simulated', StatePath: state })}; ${shapes}`),
    ).toMatchObject({ errors: [], warnings: [] });
    const shown = LINES.map(([line]) => `$(${propertiesAt(line, { shell: '$shell' })}) -join ' '`);
    const shell = '$shell = [powershell]::Create(); $shell.Runspace = $constrained.Runspace';
    expect(await bench.output([shell, ...shown].join('\n'))).toEqual(LINES.map(([, wanted]) => wanted.join(' ')));
  });

  test('are those of each copy of a module, as long as it is there', async () => {
    const later = bench.importLine({}, await addShapes(LATER, path.join(bench.directory, 'later')));
    expect(await bench.output(`${later} -Prefix Later; ${later} -Prefix Later; ${shapes}`)).toEqual([]);
    expect(await bench.output(propertiesAt('(Get-LaterOuter).'))).toEqual([
      'Id',
      'Inner',
      'Inners',
      'More',
      ...OUTER.slice(3),
    ]);
    expect(await bench.output(propertiesAt('(Get-Outer).'))).toEqual(OUTER);
    const removed = "Get-Module Shapes | Where-Object ModuleBase -like '*later*' | Remove-Module";
    expect(await bench.output(`${removed}; ${propertiesAt('(Get-LaterOuter).', { seconds: 0 })}`)).toEqual([]);
    expect(await bench.output(propertiesAt('(Get-Outer).'))).toEqual(OUTER);
    expect(await bench.output(`Remove-Module Shapes; ${propertiesAt('(Get-Outer).', { seconds: 0 })}`)).toEqual([]);
  });

  test('in runspaces at once', async () => {
    const output = await bench.output(`${SHELL_FUNCTIONS}
      $shells = foreach ($index in 1..3) { $shell = New-Shell; $null = $shell.AddScript(${quoted(shapes)}); @{ Shell = $shell; Under = $shell.BeginInvoke() } }
      foreach ($one in $shells) {
        $null = $one.Shell.EndInvoke($one.Under)
        $shell = [powershell]::Create(); $shell.Runspace = $one.Shell.Runspace
        $(${propertiesAt('(Get-Outer).', { shell: '$shell' })}) -join ' '
        foreach ($problem in $one.Shell.Streams.Error) { 'error: ' + $problem }
        Remove-Shell $one.Shell
      }`);
    expect(output).toEqual([1, 2, 3].map(() => OUTER.join(' ')));
  });
});

test('a state that is gone gives nothing', async () => {
  await bench.import({ Backend: 'Simulated', StatePath: state });
  rmSync(state);
  expect(await bench.output(offer('Remove-PersistentUdpPortReservation 5'))).toEqual([]);
  expect(existsSync(state)).toBe(false);
});
