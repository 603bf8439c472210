/** The provider `ports` of a definition's operations: converts parameters and rows to their public names. */
import { hostname } from 'node:os';
import { NoticedAnswer } from '../../../bridge/operations.js';
import type { VerdictProcess } from '../verdict/verdict-types.js';
import type { Block, BlockReviewer } from './block-review.js';
import type { PortsContext, Warn } from './context.js';
import type { DynamicRangeReport } from './dynamic-range.js';
import type { PortsOperation } from './operations.js';
import { excludedRanges, findRoom, portMap, portUse, testBinding } from './services.js';
import type { AddressFamily, ExcludedRange, Protocol, Store } from './types.js';

type Parameters = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, string | number | boolean | null>>;
type Answer = { readonly Rows: readonly Row[] } | { readonly Text: string };

/**
 * Up to this number of ports, each one has its own row. Beyond it, neighbours with the same verdict share a row, to
 * keep the answer small.
 */
const TOLD_EACH = 1000;

/** The operations by name. Their parameters are already validated. */
export function portsProvider(
  context: () => Promise<PortsContext>,
): Readonly<Record<PortsOperation, (params: Parameters) => Promise<Answer | NoticedAnswer>>> {
  let reviewer: Promise<BlockReviewer> | undefined;
  const review: BlockReviewer = async (block) => {
    reviewer ??= Promise.all([import('./block-review.js'), context()]).then(([{ createBlockReviewer }, known]) =>
      createBlockReviewer(known),
    );
    return (await reviewer)(block);
  };
  /** A change invalidates the facts that a review has cached. */
  const changing =
    (change: (params: Parameters) => Promise<Answer>): ((params: Parameters) => Promise<Answer>) =>
    async (params) => {
      try {
        return await change(params);
      } finally {
        reviewer = undefined;
      }
    };
  return {
    excludedRanges: noticing(async (params, warn) =>
      rows(await excludedRanges(await context(), rangeQuestion(params), warn), excludedRow),
    ),
    dynamicRanges: noticing(async (params, warn) =>
      rows(
        await (await import('./dynamic-range.js')).reportDynamicRanges(await context(), rangeQuestion(params), warn),
        dynamicRow,
      ),
    ),
    portUse: async (params) =>
      rows(
        await portUse(await context(), {
          protocols: params.Protocol as Protocol[] | undefined,
          addressFamilies: params.AddressFamily as AddressFamily[] | undefined,
          ports: params.Port as number[] | undefined,
          processIds: params.ProcessId as number[] | undefined,
        }),
        (use) => ({
          Protocol: use.protocol,
          AddressFamily: use.addressFamily,
          Address: use.address,
          Port: use.port,
          State: use.state,
          ProcessId: use.processId,
          ProcessName: use.processName,
        }),
      ),
    testBinding: noticing(async (params, warn) =>
      rows(
        await testBinding(
          await context(),
          {
            ports: params.Port as number[],
            protocols: params.Protocol as Protocol[] | undefined,
            address: params.Address as string | undefined,
          },
          { warn, isEach: (params.Port as number[]).length <= TOLD_EACH },
        ),
        (run) => ({
          Protocol: run.protocol,
          Port: run.startPort,
          LastPort: run.endPort,
          Verdict: run.verdict,
          BindError: run.bindError,
          RangeStartPort: run.range?.startPort ?? null,
          RangeEndPort: run.range?.endPort ?? null,
          Administered: run.range?.administered ?? null,
          ProcessId: holderOf(run.processes)?.processId || null,
          ProcessName: holderOf(run.processes)?.processName ?? null,
          Explanation: run.explanation,
          NextStep: run.nextStep,
        }),
      ),
    ),
    findRoom: noticing(async (params, warn) =>
      rows(
        await findRoom(
          await context(),
          {
            numberOfPorts: params.NumberOfPorts as number,
            protocols: params.Protocol as Protocol[] | undefined,
            minimum: params.Minimum as number | undefined,
            maximum: params.Maximum as number | undefined,
            includeDynamicRange: params.IncludeDynamicRange as boolean | undefined,
            near: params.Near as number | undefined,
            verify: params.Verify as boolean | undefined,
          },
          warn,
        ),
        (block) => ({
          StartPort: block.startPort,
          NumberOfPorts: block.numberOfPorts,
          EndPort: block.endPort,
          GapStartPort: block.gapStartPort,
          GapEndPort: block.gapEndPort,
        }),
      ),
    ),
    reservations: noticing(async (params, warn) =>
      rows(
        await (await import('./reservations.js')).listReservations(
          await context(),
          {
            protocol: params.Protocol as Protocol,
            ports: params.Port as number[] | undefined,
          },
          warn,
        ),
        ({ protocol, startPort, numberOfPorts, token }) => ({
          Protocol: protocol,
          StartPort: startPort,
          NumberOfPorts: numberOfPorts,
          EndPort: startPort + numberOfPorts - 1,
          Token: token,
        }),
      ),
    ),
    reviewBlock: async (params) => rows(await review(blockOf(params)), (message) => ({ Message: message })),
    findExclusion: async (params) =>
      rows(
        await (await import('./exclusions.js')).findExclusion(await context(), {
          ...blockOf(params),
          store: params.Store as Store,
        }),
        excludedRow,
      ),
    addExclusion: changing(async (params) =>
      rows(
        await (await import('./exclusions.js')).addExclusion(await context(), {
          ...blockOf(params),
          store: params.Store as Store,
          allowsExisting: params.PassThruExisting === true,
        }),
        excludedRow,
      ),
    ),
    removeExclusion: changing(async (params) => {
      const { removeExclusion } = await import('./exclusions.js');
      await removeExclusion(await context(), { ...blockOf(params), store: params.Store as Store | undefined });
      return { Rows: [] };
    }),
    setDynamicRange: changing(async (params) =>
      rows(
        await (await import('./dynamic-range.js')).setDynamicRange(await context(), {
          protocol: params.Protocol as Protocol,
          startPort: params.StartPort as number | undefined,
          numberOfPorts: params.NumberOfPorts as number | undefined,
          isDefault: params.Default === true,
          store: params.Store as Store,
        }),
        dynamicRow,
      ),
    ),
    repairExclusion: changing(async (params) =>
      rows(
        await (await import('./repair.js')).repairExclusion(await context(), {
          protocol: params.Protocol as Protocol,
          startPort: params.Port as number,
          numberOfPorts: params.NumberOfPorts as number,
        }),
        ({ step, target, result, detail }) => ({ Step: step, Target: target, Result: result, Detail: detail }),
      ),
    ),
    reviewRemoval: async (params) =>
      rows(await (await import('./removal-review.js')).reviewRemoval(await context(), blockOf(params)), (message) => ({
        Message: message,
      })),
    portMap: noticing(async (_params, warn) => ({
      Text: await portMap(await context(), hostname(), new Date(), warn),
    })),
  };
}

function blockOf(params: Parameters): Block {
  return {
    protocol: params.Protocol as Protocol,
    startPort: params.StartPort as number,
    numberOfPorts: params.NumberOfPorts as number,
  };
}

/** Collects warnings and adds them to the answer for the caller. */
function noticing(
  ask: (params: Parameters, warn: Warn) => Promise<Answer>,
): (params: Parameters) => Promise<Answer | NoticedAnswer> {
  return async (params) => {
    const notices: string[] = [];
    const answer = await ask(params, (message) => notices.push(message));
    return notices.length === 0 ? answer : new NoticedAnswer(answer, notices);
  };
}

/** If a port has several uses, returns the one that blocks it, rather than a connection through it. */
function holderOf(processes: readonly VerdictProcess[]): VerdictProcess | undefined {
  return processes.find(({ state }) => state === null || state === 'Listen' || state === 'Bound') ?? processes[0];
}

function rows<T>(items: readonly T[], rowOf: (item: T) => Row): Answer {
  return { Rows: items.map(rowOf) };
}

function rangeQuestion(params: Parameters) {
  return {
    protocols: params.Protocol as Protocol[] | undefined,
    addressFamilies: params.AddressFamily as AddressFamily[] | undefined,
    store: params.Store as Store | undefined,
  };
}

function excludedRow(range: ExcludedRange): Row {
  return {
    Protocol: range.protocol,
    AddressFamily: range.addressFamily,
    StartPort: range.startPort,
    EndPort: range.endPort,
    NumberOfPorts: range.endPort - range.startPort + 1,
    Administered: range.administered,
  };
}

function dynamicRow(range: DynamicRangeReport): Row {
  return {
    Protocol: range.protocol,
    AddressFamily: range.addressFamily,
    StartPort: range.startPort,
    EndPort: range.startPort + range.numberOfPorts - 1,
    NumberOfPorts: range.numberOfPorts,
    PortsInUse: range.portsInUse,
    FreeBlocksOf64: range.freeBlocksOf64,
  };
}
