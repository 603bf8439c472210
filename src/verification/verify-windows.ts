/**
 * A verification on a real Windows: the contract against the real DLL, the open points of the documentation, and the
 * module's cmdlets in every PowerShell that is there. What it reserves, it deletes: at once, at the end, and by its guard.
 */

import { messageOf } from '../definition/errors.js';
import type { Definition } from '../definition/types.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { type Caller, callPool, type Pool, poolsOf } from '../extensions/port-reservation/functions.js';
import type { MeasuringBench } from '../extensions/port-reservation/verification/bench.js';
import { contractCases } from '../extensions/port-reservation/verification/contract/cases.js';
import type { Guard } from '../extensions/port-reservation/verification/guard.js';
import { createLedger, type Ledger, type Left } from '../extensions/port-reservation/verification/ledger.js';
import { MEASUREMENTS, measure } from '../extensions/port-reservation/verification/measurements/all.js';
import { type Snapshot, takeSnapshot } from '../extensions/port-reservation/verification/netsh-capture.js';
import { chooseRegion } from '../extensions/port-reservation/verification/region.js';
import { createNativeBackend, type NativeBackend } from '../native/backend.js';
import { cmdletScript } from './cmdlet-script.js';
import { examineMachine, type Machine } from './machine.js';
import { findShells, runShell } from './shells.js';
import type { CaseResult, Measured, NetshCapture, ShellResult, Verification } from './types.js';

export interface VerificationOptions {
  readonly definition: Definition;
  readonly libraryPath: string | undefined;
  /** The module whose cmdlets are tried; its manifest has the definition's name. */
  readonly manifest: string;
  readonly moduleDirectory: string;
  /** First port of 100 to work with; chosen without. */
  readonly region: number | undefined;
  readonly mayUseNetsh: boolean;
  /** PowerShells to try in place of those of the machine. */
  readonly shells: readonly string[];
  readonly guard: Guard;
  /** How a lookup with a NULL pointer ended, in a process of its own. */
  lookupWithNull(fn: string, start: number, count: number): Promise<string>;
  /** Called before each step. What it throws ends the verification, which then cleans up and reports. */
  onStep(title: string): void;
}

/** Rejects for a library that cannot be found only; whatever else fails is in the result. */
export async function verifyWindows(options: VerificationOptions): Promise<Verification> {
  const { definition, libraryPath, guard } = options;
  const backend = createNativeBackend({ definition, libraryPath });
  const library = backend.locate();
  const findings = await diagnose({
    definition,
    backend: 'native',
    libraryPath,
    moduleDirectory: options.moduleDirectory,
  });
  const machine = await examineMachine(library);
  const call: Caller = (pool, operation, block) => callPool(backend, pool, operation, block);
  const ledger = createLedger(call, guard);
  const results: Results = { contract: [], measured: [], shells: [], captures: [] };
  let failure: string | undefined;
  let left: readonly Left[] = [];
  try {
    await verifyAll({ options, machine, backend, library, ledger, results });
  } catch (error) {
    failure = messageOf(error);
  } finally {
    const clear = () =>
      ledger.clear().catch((error: unknown): Left[] => {
        failure ??= `cleaning up failed: ${messageOf(error)}`;
        return [];
      });
    await clear();
    await guard.end();
    // The guard has tried once more by now.
    left = await clear();
  }
  return {
    title: `${definition.name} ${definition.version}`,
    facts: machine.facts,
    findings,
    ...results,
    failure,
    left,
  };
}

interface Results {
  readonly contract: CaseResult[];
  readonly measured: Measured[];
  readonly shells: ShellResult[];
  readonly captures: NetshCapture[];
}

interface Run {
  readonly options: VerificationOptions;
  readonly machine: Machine;
  readonly backend: NativeBackend;
  readonly library: string;
  readonly ledger: Ledger;
  readonly results: Results;
}

async function verifyAll(run: Run): Promise<void> {
  const { options, machine, backend, ledger, results } = run;
  const { definition, onStep } = options;
  const pools = poolsOf(definition);
  if (pools.length > 0) {
    onStep('netsh as it is');
    const before = machine.netsh && (await takeSnapshot(machine.netsh, 'before anything was created'));
    results.captures.push(...(before?.captures ?? []));
    const call = ledger.keep((pool, operation, block) => callPool(backend, pool, operation, block));
    const isTaken = (port: number) => machine.usedPorts(port) || isExcluded(before, port);
    onStep('a free block');
    const region =
      options.region ?? (await chooseRegion({ isTaken, pools, call: machine.elevated ? call : undefined }));
    await runContract(run, call, region, !isTaken(65_535));
    await runMeasurements(run, { call, region, before, lastPortIsFree: !isTaken(65_535) });
    await runShells(run, pools, region);
  } else {
    await runShells(run, [], 0);
  }
}

async function runContract(
  { options, machine, backend, ledger, results }: Run,
  call: Caller,
  region: number,
  lastPortIsFree: boolean,
): Promise<void> {
  const ordinary = ordinaryCaller(machine, backend, ledger, call);
  const capabilities = {
    elevated: machine.elevated,
    unelevated: ordinary !== undefined,
    // The state is the machine's: a second backend is a second user of it.
    shared: true,
    region,
    lastPortIsFree,
  };
  const second = createNativeBackend({ definition: options.definition, libraryPath: options.libraryPath });
  const bench = {
    call,
    unelevated: () => ordinary ?? call,
    other: () => ledger.keep((pool, operation, block) => callPool(second, pool, operation, block)),
  };
  for (const one of contractCases(options.definition, capabilities)) {
    const name = [...one.path, one.name].join(' > ');
    if (one.leftOut !== undefined) {
      results.contract.push({ name, outcome: 'left out', detail: one.leftOut });
      continue;
    }
    options.onStep(name);
    try {
      await one.run(bench);
      results.contract.push({ name, outcome: 'held' });
    } catch (error) {
      results.contract.push({ name, outcome: 'deviated', detail: messageOf(error) });
    }
    await ledger.clear();
  }
}

/** A caller with the rights of an ordinary user: this session's own, or this thread's with fewer. */
function ordinaryCaller(machine: Machine, backend: NativeBackend, ledger: Ledger, call: Caller): Caller | undefined {
  if (!machine.elevated) return call;
  const { restriction } = machine;
  if (!restriction) return undefined;
  // Only the call itself has fewer rights: what comes later would have them back.
  const direct: NativeBackend = { ...backend, call: (fn, args) => restriction(() => backend.call(fn, args)) };
  return ledger.keep((pool, operation, block) => callPool(direct, pool, operation, block));
}

async function runMeasurements(
  { options, machine, backend, library, ledger, results }: Run,
  {
    call,
    region,
    before,
    lastPortIsFree,
  }: { call: Caller; region: number; before: Snapshot | undefined; lastPortIsFree: boolean },
): Promise<void> {
  const { callWithTokenMemory } = await import('../extensions/port-reservation/native/token-memory.js');
  const bench: MeasuringBench = {
    pools: poolsOf(options.definition),
    call,
    ordinary: ordinaryCaller(machine, backend, ledger, call),
    elevated: machine.elevated,
    at: (offset, count) => ({ start: region + offset, count }),
    lastPortIsFree,
    sockets: machine.sockets,
    netsh: machine.netsh,
    before,
    mayUseNetsh: options.mayUseNetsh,
    undoLater: async (args) => {
      const what = { kind: 'netsh', args } as const;
      await options.guard.add(what);
      return { done: () => options.guard.drop(what) };
    },
    callWithMemory: (pool, operation, block, memory) =>
      callWithTokenMemory(library, pool.functions[operation].name, block, memory),
    lookupWithNull: (pool, { start, count }) => options.lookupWithNull(pool.functions.lookup.name, start, count),
    capture: (captures) => void results.captures.push(...captures),
  };
  for (const measurement of MEASUREMENTS) {
    options.onStep(measurement.question);
    results.measured.push(...(await measure(measurement, bench)));
    await ledger.clear();
  }
}

async function runShells(
  { options, machine, ledger, results }: Run,
  pools: readonly Pool[],
  region: number,
): Promise<void> {
  const own =
    machine.systemDirectory === undefined ? [] : findShells(machine.systemDirectory, process.env.ProgramFiles);
  const block = { start: region + 40, count: 20 };
  for (const shell of options.shells.length > 0 ? options.shells : own) {
    options.onStep(`the cmdlets in ${shell}`);
    if (machine.elevated) for (const pool of pools) await ledger.expect(pool, block);
    const script = cmdletScript({
      definition: options.definition,
      manifest: options.manifest,
      nodePath: process.execPath,
      libraryPath: options.libraryPath,
      elevated: machine.elevated,
      block,
    });
    results.shells.push(await runShell(shell, script));
    await ledger.clear();
  }
}

function isExcluded(snapshot: Snapshot | undefined, port: number): boolean {
  for (const rows of snapshot?.tables.values() ?? []) {
    if (rows?.some(({ startPort, endPort }) => startPort <= port && port <= endPort)) return true;
  }
  return false;
}
