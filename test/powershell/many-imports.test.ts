/** Two hundred imports of the module in one session leave nothing behind. */
import { expect, test } from 'vitest';
import { isAlive, useModule } from '../support/powershell-module.js';

const bench = useModule();

/** What a session holds: programs, threads, timers, files, and what listens to the end of its runspace. */
const HELD = `
  [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
  $base = [System.Management.Automation.Runspaces.Runspace].Assembly.GetType('System.Management.Automation.Runspaces.RunspaceBase')
  $event = $base.GetField('StateChanged', 'NonPublic, Instance').GetValue([runspace]::DefaultRunspace)
  $listeners = 0
  if ($event) { $listeners = $event.GetInvocationList().Count }
  $listeners
  [System.Threading.Timer]::ActiveCount
  @(Get-ChildItem -LiteralPath "/proc/$PID/fd").Count
  @(Get-ChildItem -LiteralPath "/proc/$PID/task" | Where-Object { (Get-Content -LiteralPath "$_/comm") -like 'dllet*' }).Count
  @(Get-ChildItem -LiteralPath "/proc/$PID/task").Count
  @(Get-Module -All).Count
  @([AppDomain]::CurrentDomain.GetAssemblies()).Count`;

test.skipIf(process.platform !== 'linux')('200 imports, every fifth with a call', { timeout: 300_000 }, async () => {
  const library = await bench.importStandIn('library', { state: 'udp 5000 20 77\n' });
  const line = bench.importLine({ NodePath: bench.node, LibraryPath: library });
  const round = (times: number) => `
    foreach ($n in 1..${times}) {
      ${line}
      if ($n % 5 -eq 0 -and (Get-PersistentUdpPortReservationToken 5000 20).Token -ne 77) { 'wrong' }
    }
    Remove-Module PersistentPortReservation`;
  expect(await bench.output(round(5))).toEqual([]);
  const before = (await bench.output(HELD)).map(Number);
  for (let part = 0; part < 4; part++) expect(await bench.output(round(50))).toEqual([]);
  const after = (await bench.output(HELD)).map(Number);
  // Threads of .NET's own pool come and go, and its regular expressions and call sites make assemblies; neither by the import.
  const [listeners, timers, files, readers, threads, modules, assemblies] = after.map(
    (now, at) => now - (before[at] ?? 0),
  );
  expect({ listeners, readers, modules }).toEqual({ listeners: 0, readers: 0, modules: 0 });
  expect(timers).toBeLessThan(5);
  expect(files).toBeLessThan(10);
  expect(threads).toBeLessThan(10);
  expect(assemblies).toBeLessThan(20);
  expect(bench.starts().filter(isAlive)).toEqual([]);
});
