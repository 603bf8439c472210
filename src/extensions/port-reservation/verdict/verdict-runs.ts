/** Combines the verdicts about single ports into runs of neighbouring ports, for the protocol and the console. */
import { sharesTexts, verdictTexts } from './verdict-text.js';
import type { Evidence, PortVerdict, VerdictProcess, VerdictRange, VerdictRun } from './verdict-types.js';

export interface SummaryOptions {
  readonly platform?: NodeJS.Platform;
  /** True for a run of its own for each port. */
  readonly isEach?: boolean | undefined;
}

/**
 * Returns runs of neighbouring ports with the same protocol, verdict and evidence. Accepts the verdicts in any order.
 */
export function summarizeVerdicts(
  verdicts: readonly PortVerdict[],
  { platform = process.platform, isEach = false }: SummaryOptions = {},
): VerdictRun[] {
  const sorted = verdicts.toSorted((one, other) => compareText(one.protocol, other.protocol) || one.port - other.port);
  const runs: VerdictRun[] = [];
  let first: PortVerdict | undefined;
  let last: PortVerdict | undefined;
  for (const verdict of sorted) {
    if (first !== undefined && last !== undefined && !isEach && continues(last, verdict)) {
      last = verdict;
      continue;
    }
    if (first !== undefined && last !== undefined) runs.push(runOf(first, last, platform));
    first = verdict;
    last = verdict;
  }
  if (first !== undefined && last !== undefined) runs.push(runOf(first, last, platform));
  return runs;
}

function runOf(first: PortVerdict, last: PortVerdict, platform: NodeJS.Platform): VerdictRun {
  const { protocol, verdict, bindError, range, holder, processes } = first;
  const evidence: Evidence = { protocol, verdict, bindError, range, holder, processes };
  const texts =
    first.port === last.port
      ? { explanation: first.explanation, nextStep: first.nextStep }
      : verdictTexts(evidence, first.port, last.port, platform);
  return {
    startPort: first.port,
    endPort: last.port,
    numberOfPorts: last.port - first.port + 1,
    ...evidence,
    ...texts,
  };
}

function continues(last: PortVerdict, next: PortVerdict): boolean {
  return (
    next.port === last.port + 1 &&
    next.protocol === last.protocol &&
    next.verdict === last.verdict &&
    next.bindError === last.bindError &&
    sameRange(next.range, last.range) &&
    sameProcesses(next.processes, last.processes) &&
    sharesTexts(last, next)
  );
}

function sameRange(one: VerdictRange | null, other: VerdictRange | null): boolean {
  if (one === null || other === null) return one === other;
  return one.startPort === other.startPort && one.endPort === other.endPort && one.administered === other.administered;
}

function sameProcesses(some: readonly VerdictProcess[], others: readonly VerdictProcess[]): boolean {
  return (
    some === others || (some.length === others.length && some.every((one, index) => sameProcess(one, others[index])))
  );
}

function sameProcess(one: VerdictProcess, other: VerdictProcess | undefined): boolean {
  return (
    one.processId === other?.processId &&
    one.processName === other.processName &&
    one.address === other.address &&
    one.state === other.state
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
