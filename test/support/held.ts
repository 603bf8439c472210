/**
 * The resources that a PowerShell session on Linux holds, to compare before and after work that must release
 * everything.
 */
import { expect } from 'vitest';
import type { ModuleBench } from './powershell-module.js';

/** How many more may be held afterwards. */
const SLACK = {
  /** Listeners for the end of the runspace. */
  listeners: 0,
  timers: 4,
  files: 9,
  readers: 0,
  // Threads of .NET's pool come and go, and its regular expressions and call sites create assemblies. Neither is caused
  // by the import.
  threads: 9,
  modules: 0,
  assemblies: 19,
};

export type Held = Readonly<Record<keyof typeof SLACK, number>>;

/** Counts programs, threads, timers, files, and listeners for the end of the runspace. */
export async function heldBy(bench: ModuleBench): Promise<Held> {
  const counts = await bench.output(`
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
    @([AppDomain]::CurrentDomain.GetAssemblies()).Count`);
  return Object.fromEntries(Object.keys(SLACK).map((name, at) => [name, Number(counts[at])])) as Held;
}

/** Fails if more is held than before. */
export function expectNoMore(before: Held, after: Held): void {
  const grown = Object.entries(SLACK).filter(([name, slack]) => {
    const key = name as keyof Held;
    return after[key] - before[key] > slack;
  });
  expect(
    grown.map(([name]) => name),
    `before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`,
  ).toEqual([]);
}
