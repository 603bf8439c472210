/** Several runspaces of one process: each has its own bridge, and gets its own answers. */
import { expect, test } from 'vitest';
import { quoted, SHELL_FUNCTIONS, useModule } from '../support/powershell-module.js';

const RUNSPACES = 3;
const CALLS = 200;
const bench = useModule();

test('each runspace has its own bridge and its own answers', async () => {
  const state = Array.from({ length: RUNSPACES * 100 }, (_, index) => `udp ${5000 + index} 1 ${5000 + index}\n`).join(
    '',
  );
  const library = await bench.importStandIn('library', { state });
  const options = { NodePath: bench.node, LibraryPath: library };
  const started = await bench.startsDuring(async () => {
    const output = await bench.output(`${SHELL_FUNCTIONS}
      $work = {
        param($line, $first)
        . ([scriptblock]::Create($line))
        for ($n = 0; $n -lt ${CALLS}; $n++) {
          $port = $first + $n % 100
          $found = Get-PersistentUdpPortReservationToken $port 1
          if ($found.Token -ne $port -or $found.StartPort -ne $port) { 'wrong: ' + $port + ' ' + $found }
        }
        @(0..99 | ForEach-Object { [pscustomobject]@{ StartPort = $first + $_; NumberOfPorts = 1 } } |
          Get-PersistentUdpPortReservationToken | Where-Object { $_.Token -eq $_.StartPort }).Count
      }
      $shells = foreach ($index in 0..${RUNSPACES - 1}) {
        $shell = New-Shell
        $null = $shell.AddScript($work).AddArgument(${quoted(bench.importLine(options))}).AddArgument(5000 + 100 * $index)
        @{ Shell = $shell; Under = $shell.BeginInvoke() }
      }
      foreach ($one in $shells) {
        $one.Shell.EndInvoke($one.Under)
        foreach ($problem in $one.Shell.Streams.Error) { 'error: ' + $problem }
        Remove-Shell $one.Shell
      }`);
    expect(output).toEqual(Array.from({ length: RUNSPACES }, () => '100'));
  });
  expect(new Set(started).size).toBe(RUNSPACES);
  expect(await bench.survivors(started, 3)).toEqual([]);
});
