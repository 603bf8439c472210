/** Cmdlets called in the middle of others: from a timer's action, a script property, a script block downstream. */
import { expect, test } from 'vitest';
import { recordOf, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const STATE = Array.from({ length: 400 }, (_, index) => `udp ${5000 + index} 1 ${7_000_000 + index}\n`).join('');
const bench = useModule();

test('12 changes in a loop under a timer of 40 ms, whose action makes a call: all are made, all are answered', async () => {
  const library = await bench.importStandIn('timer', { state: STATE, record: true });
  const output = await bench.output(`
    $global:seen = [System.Collections.Generic.List[string]]::new()
    $timer = [System.Timers.Timer]::new(40)
    $subscription = Register-ObjectEvent -InputObject $timer -EventName Elapsed -Action {
      try { $global:seen.Add([string](${GET} 5007 1 -ErrorAction Stop).Token) } catch { $global:seen.Add([string]$_) }
    }
    $timer.Start()
    # Until the action has run in the middle of some of them.
    $made = 0..11 | ForEach-Object { New-PersistentUdpPortReservation (6000 + $_) 1 -Confirm:$false; Start-Sleep -Milliseconds 30 }
    $made += 12..400 | ForEach-Object { [pscustomobject]@{ StartPort = 5000 + $_ % 400; NumberOfPorts = 1 } } | ${GET}
    $timer.Stop()
    Unregister-Event -SubscriptionId $subscription.Id
    @($made).Count
    @($made)[0..11].StartPort -join ' '
    @($made[12..400] | Where-Object { $_.Token -ne 7000000 + $_.StartPort - 5000 }).Count
    $global:seen.Count -gt 0
    ($global:seen | Sort-Object -Unique) -join '; '`);
  expect(output).toEqual(['401', Array.from({ length: 12 }, (_, n) => 6000 + n).join(' '), '0', 'True', '7000007']);
  expect(recordOf(library).filter((line) => line.startsWith('Create'))).toHaveLength(12);
});

test('a script property that makes a call, in Select-Object and Format-Table of what another call emits', async () => {
  await bench.importStandIn('property', { state: STATE });
  const output = await bench.output(`
    Update-TypeData -TypeName Dllet.PersistentPortReservation -MemberType ScriptProperty -MemberName Next -Force -Value {
      (${GET} ($this.StartPort + 1) 1).Token
    }
    $blocks = 0..299 | ForEach-Object { [pscustomobject]@{ StartPort = 5000 + $_; NumberOfPorts = 1 } }
    $selected = @($blocks | ${GET} | Select-Object StartPort, Token, Next)
    $selected.Count
    @($selected | Where-Object { $_.Token -ne 7000000 + $_.StartPort - 5000 -or $_.Next -ne $_.Token + 1 }).Count
    # As the console does: the table is made while the pipeline runs.
    @(($blocks | ${GET} | Format-Table StartPort, Next -AutoSize | Out-String -Stream) -match '^\\s*5\\d+\\s+7\\d+').Count
    Remove-TypeData -TypeName Dllet.PersistentPortReservation`);
  expect(output).toEqual(['300', '0', '300']);
});

test('a pipeline that is left in the middle, and calls in all of it', async () => {
  await bench.importStandIn('left', { state: STATE });
  const output = await bench.output(`
    $blocks = 0..399 | ForEach-Object { [pscustomobject]@{ StartPort = 5000 + $_; NumberOfPorts = 1 } }
    foreach ($round in 1..20) {
      ($blocks | ${GET} | Select-Object -First 1).Token
      do { $blocks | ${GET} | ForEach-Object { if ($_.StartPort -eq 5150) { break } } } while ($false)
      try { $blocks | ${GET} | ForEach-Object { if ($_.StartPort -eq 5151) { throw 'left' } } } catch { }
      (${GET} 5003 1).Token
      # In the middle of a batch, another one of the same size.
      $inner = @($blocks | ${GET} | ForEach-Object { if ($_.StartPort % 100 -eq 0) { @($blocks | ${GET}).Count } })
      $inner -join ' '
    }`);
  expect(output).toEqual(Array.from({ length: 20 }, () => ['7000000', '7000003', '400 400 400 400']).flat());
});

test('a break on any debug message, also between the rows of a batch and the request of the next: no result under another row', async () => {
  const many = Array.from({ length: 1200 }, (_, index) => `udp ${5000 + index} 1 ${7_000_000 + index}\n`).join('');
  await bench.importStandIn('break', { state: many });
  const output = await bench.output(`
    # A loop that the break ends: after it, the cmdlet only comes to its end.
    function Get-Block { for ($port = 5000; $port -lt 6200; $port++) { [pscustomobject]@{ StartPort = $port; NumberOfPorts = 1 } } }
    # Batches overlap only in an engine that is warm.
    foreach ($warm in 1..8) { $null = Get-Block | ${GET} }
    foreach ($turn in 1..20 + 13..20) {
      $global:seen = 0
      $global:found = [System.Collections.Generic.List[object]]::new()
      $DebugPreference = 'Continue'
      Get-Block | ${GET} 5>&1 | ForEach-Object {
        if ($_ -isnot [System.Management.Automation.DebugRecord]) { $global:found.Add($_) }
        elseif (++$global:seen -eq $turn) { break }
      }
      $DebugPreference = 'SilentlyContinue'
      $global:seen -ge $turn
      @($global:found | Where-Object { $_.Token -ne 7000000 + $_.StartPort - 5000 }).Count
      (${GET} 5003 1).Token
    }`);
  expect(output).toEqual(Array.from({ length: 28 }, () => ['True', '0', '7000003']).flat());
});

test('the module removed in the middle of its own pipeline: an error with a name, and the next import works', async () => {
  await bench.importStandIn('removed', { state: STATE });
  const { errors } = await bench.run(`
    0..399 | ForEach-Object { [pscustomobject]@{ StartPort = 5000 + $_; NumberOfPorts = 1 } } | ${GET} |
      ForEach-Object { if ($_.StartPort -eq 5001) { Remove-Module PersistentPortReservation } }`);
  expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual([`BridgeExited,${GET}`]);
  await bench.importStandIn('removed-2', { state: STATE });
  expect(await bench.output(`(${GET} 5003 1).Token`)).toEqual(['7000003']);
});
