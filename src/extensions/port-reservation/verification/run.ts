/**
 * The extension's part of a run: it checks the contract of the real DLL, answers the open points of the documentation,
 * and prepares the steps of the cmdlets. It deletes what it reserves: at once, at the end, and through its guard.
 */
import { messageOf } from '../../../definition/errors.js';
import { createNativeBackend, type NativeBackend } from '../../../native/backend.js';
import type { CaseResult } from '../../../verification/types.js';
import type { VerificationContext, VerificationRun } from '../../../verification/verification-part.js';
import { type Block, type Caller, callPool, poolsOf } from '../functions.js';
import { callWithTokenMemory } from '../native/token-memory.js';
import type { MeasuringBench } from './bench.js';
import { cmdletSteps } from './cmdlet-steps.js';
import { contractCases } from './contract/cases.js';
import { type Guard, startGuard } from './guard.js';
import { lookupInOtherProcess } from './helpers.js';
import { createLedger, type Ledger, type Left } from './ledger.js';
import { openPortMachine, type PortMachine } from './machine.js';
import { MEASUREMENTS, measure } from './measurements/all.js';
import { type Snapshot, takeSnapshot } from './netsh-capture.js';
import { chooseRegion } from './region.js';
import { type Measured, type NetshCapture, reportPorts } from './results.js';

export interface PortOptions {
  /** The first of 100 ports to work with; chosen automatically if undefined. */
  readonly region: number | undefined;
  readonly mayUseNetsh: boolean;
}

export async function openRun(context: VerificationContext, options: PortOptions): Promise<VerificationRun> {
  const { definition, backend } = context;
  const guard = startGuard(context.helper('guard'));
  const ledger = createLedger((pool, operation, block) => callPool(backend, pool, operation, block), guard);
  const machine = await openPortMachine(context.machine.systemDirectory);
  const run: Run = { context, options, machine, guard, ledger, results: { contract: [], measured: [], captures: [] } };
  let block: Block = { start: 40, count: 20 };
  let left: readonly Left[] = [];
  return {
    check: async () => {
      const region = await checkAll(run);
      block = { start: region + 40, count: 20 };
    },
    withSteps: async (work) => {
      const { elevated } = context.machine;
      if (elevated) for (const pool of poolsOf(definition)) await ledger.expect(pool, block);
      await work(cmdletSteps(definition, elevated, block));
      await ledger.clear();
    },
    end: async () => {
      let problem: string | undefined;
      const clear = () =>
        ledger.clear().catch((error: unknown): Left[] => {
          problem ??= `cleaning up failed: ${messageOf(error)}`;
          return [];
        });
      await clear();
      await guard.end();
      // By now the guard has made another attempt.
      left = await clear();
      return problem;
    },
    report: (failure) => reportPorts({ ...run.results, left }, failure),
  };
}

interface Run {
  readonly context: VerificationContext;
  readonly options: PortOptions;
  readonly machine: PortMachine;
  readonly guard: Guard;
  readonly ledger: Ledger;
  readonly results: {
    readonly contract: CaseResult[];
    readonly measured: Measured[];
    readonly captures: NetshCapture[];
  };
}

/** Checks the contract and answers the open points. Resolves with the first port of the region. */
async function checkAll(run: Run): Promise<number> {
  const { context, options, machine, ledger, results } = run;
  const pools = poolsOf(context.definition);
  if (pools.length === 0) return 0;
  context.onStep('netsh as it is');
  const before = machine.netsh && (await takeSnapshot(machine.netsh, 'before anything was created'));
  results.captures.push(...(before?.captures ?? []));
  const call = ledger.keep((pool, operation, block) => callPool(context.backend, pool, operation, block));
  const isTaken = (port: number) => machine.usedPorts(port) || isExcluded(before, port);
  context.onStep('a free block');
  const region =
    options.region ?? (await chooseRegion({ isTaken, pools, call: context.machine.elevated ? call : undefined }));
  const place = { call, region, before, lastPortIsFree: !isTaken(65_535) };
  await runContract(run, place);
  await runMeasurements(run, place);
  return region;
}

interface Place {
  readonly call: Caller;
  readonly region: number;
  readonly before: Snapshot | undefined;
  readonly lastPortIsFree: boolean;
}

async function runContract(run: Run, { call, region, lastPortIsFree }: Place): Promise<void> {
  const { context, ledger, results } = run;
  const { definition, libraryPath } = context;
  const ordinary = ordinaryCaller(run, call);
  const capabilities = {
    elevated: context.machine.elevated,
    unelevated: ordinary !== undefined,
    // The state belongs to the machine, so a second backend is a second user of it.
    shared: true,
    region,
    lastPortIsFree,
  };
  const second = createNativeBackend({ definition, libraryPath });
  const bench = {
    call,
    unelevated: () => ordinary ?? call,
    other: () => ledger.keep((pool, operation, block) => callPool(second, pool, operation, block)),
  };
  for (const one of contractCases(definition, capabilities)) {
    const name = [...one.path, one.name].join(' > ');
    if (one.leftOut !== undefined) {
      results.contract.push({ name, outcome: 'left out', detail: one.leftOut });
      continue;
    }
    context.onStep(name);
    try {
      await one.run(bench);
      results.contract.push({ name, outcome: 'held' });
    } catch (error) {
      results.contract.push({ name, outcome: 'deviated', detail: messageOf(error) });
    }
    await ledger.clear();
  }
}

/** Makes a caller with the rights of an ordinary user: this session's own, or this thread's with fewer rights. */
function ordinaryCaller({ context, machine, ledger }: Run, call: Caller): Caller | undefined {
  if (!context.machine.elevated) return call;
  const { restriction } = machine;
  if (!restriction) return undefined;
  const { backend } = context;
  // Only the call itself runs with fewer rights; the code after it must have them back.
  const direct: NativeBackend = { ...backend, call: (fn, args) => restriction(() => backend.call(fn, args)) };
  return ledger.keep((pool, operation, block) => callPool(direct, pool, operation, block));
}

async function runMeasurements(run: Run, { call, region, before, lastPortIsFree }: Place): Promise<void> {
  const { context, options, machine, guard, ledger, results } = run;
  const bench: MeasuringBench = {
    pools: poolsOf(context.definition),
    call,
    ordinary: ordinaryCaller(run, call),
    elevated: context.machine.elevated,
    at: (offset, count) => ({ start: region + offset, count }),
    lastPortIsFree,
    sockets: machine.sockets,
    netsh: machine.netsh,
    before,
    mayUseNetsh: options.mayUseNetsh,
    undoLater: async (args) => {
      const what = { kind: 'netsh', args } as const;
      await guard.add(what);
      return { done: () => guard.drop(what) };
    },
    callWithMemory: (pool, operation, block, memory) =>
      callWithTokenMemory(context.library, pool.functions[operation].name, block, memory),
    lookupWithNull: (pool, { start, count }) =>
      lookupInOtherProcess(context.helper('null-pointer', pool.functions.lookup.name, String(start), String(count))),
    capture: (captures) => void results.captures.push(...captures),
  };
  for (const measurement of MEASUREMENTS) {
    context.onStep(measurement.question);
    results.measured.push(...(await measure(measurement, bench)));
    await ledger.clear();
  }
}

function isExcluded(snapshot: Snapshot | undefined, port: number): boolean {
  for (const rows of snapshot?.tables.values() ?? []) {
    if (rows?.some(({ startPort, endPort }) => startPort <= port && port <= endPort)) return true;
  }
  return false;
}
