/** Twenty runspaces at work at once, two thousand calls each: twenty bridges, and every answer is the asker's own. */
import { expect, test } from 'vitest';
import { quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const RUNSPACES = 20;
const CALLS = 2000;
/** Blocks of each runspace; a block of one port is there, one of two ports is not. */
const BLOCKS = 25;
const FIRST_PORT = 5000;
const BASE = 18_000_000_000_000_000_000n;

const bench = useModule();

/** Makes the calls in four ways; what it emits is how many of them were answered as they must be, or what was wrong. */
const WORK = `
  param($line, $first, $barrier)
  . ([scriptblock]::Create($line))
  function Get-Block { param([int] $Count, [int] $Absent = 0)
    for ($index = 0; $index -lt $Count; $index++) {
      $size = 1
      if ($Absent -gt 0 -and $index % $Absent -eq 0) { $size = 2 }
      [pscustomobject]@{ StartPort = $first + $index % ${BLOCKS}; NumberOfPorts = $size }
    } }
  function Get-TokenOf { param($Port) [uint64]${BASE} + $Port }
  $wrong = [System.Collections.Generic.List[string]]::new()
  $state = @{ Seen = 0 }
  $null = Get-PersistentUdpPortReservationToken $first 1
  if (-not $barrier.SignalAndWait(60000)) { throw 'not all of them came' }

  # All found.
  Get-Block ${CALLS * 0.6} | Get-PersistentUdpPortReservationToken | ForEach-Object {
    $port = $first + $state.Seen % ${BLOCKS}
    if ($_.StartPort -ne $port -or $_.Token -ne (Get-TokenOf $port)) { $wrong.Add("found $port " + $_) }
    $state.Seen++
  }
  # Some not found.
  $index = 0
  Get-Block ${CALLS * 0.1} -Absent 10 | Get-PersistentUdpPortReservationToken 2>&1 | ForEach-Object {
    $port = $first + $index % ${BLOCKS}
    $isError = $_ -is [System.Management.Automation.ErrorRecord]
    $found = $_
    if ($isError) { $found = $_.TargetObject }
    if ($isError -ne ($index % 10 -eq 0) -or $found.StartPort -ne $port) { $wrong.Add("mixed $port " + $_) }
    $index++
  }
  $state.Seen += $index
  # Yes and no.
  $index = 0
  Get-Block ${CALLS * 0.2} -Absent 3 | Test-PersistentUdpPortReservation | ForEach-Object {
    if ($_ -eq ($index % 3 -eq 0)) { $wrong.Add('test ' + $index) }
    $index++
  }
  $state.Seen += $index
  # One by one.
  for ($index = 0; $index -lt ${CALLS * 0.1}; $index++) {
    $port = $first + $index % ${BLOCKS}
    if ((Get-PersistentUdpPortReservationToken $port 1).Token -ne (Get-TokenOf $port)) { $wrong.Add("one $port") }
    $state.Seen++
  }
  [string]$state.Seen + ' answers, ' + $wrong.Count + ' wrong ' + (($wrong | ForEach-Object { $_ }) -join '; ')`;

test(`${RUNSPACES} runspaces, ${CALLS} calls each`, async () => {
  const ports = Array.from({ length: RUNSPACES * BLOCKS }, (_, index) => FIRST_PORT + index);
  const state = ports.map((port) => `udp ${port} 1 ${BASE + BigInt(port)}\n`).join('');
  const line = bench.importLine({
    NodePath: bench.node,
    LibraryPath: await bench.importStandIn('library', { state }),
  });
  const started = await bench.startsDuring(async () => {
    const output = await bench.output(`${SHELL_FUNCTIONS}
      $barrier = [System.Threading.Barrier]::new(${RUNSPACES})
      $shells = foreach ($index in 0..${RUNSPACES - 1}) {
        $shell = New-Shell
        $null = $shell.AddScript(${quoted(WORK)}).AddArgument(${quoted(line)}).AddArgument(${FIRST_PORT} + ${BLOCKS} * $index)
        $null = $shell.AddArgument($barrier)
        @{ Shell = $shell; Under = $shell.BeginInvoke() }
      }
      foreach ($one in $shells) {
        $one.Shell.EndInvoke($one.Under)
        foreach ($problem in $one.Shell.Streams.Error) { 'error: ' + $problem }
        Remove-Shell $one.Shell
      }`);
    expect(output).toEqual(Array.from({ length: RUNSPACES }, () => `${CALLS} answers, 0 wrong `));
  });
  expect(new Set(started).size).toBe(RUNSPACES);
  expect(await bench.survivors(started)).toEqual([]);
});
