/** Determines whether a port can be bound, and why not. The result of the bind decides; the tables only explain it. */
import type { BindProbe, PortUse } from '../ports/types.js';
import { bindErrorName, bindFailureOf } from './bind-error.js';
import { type FindHolder, holderFinder } from './range-holder.js';
import { indexPorts, type PortIndex } from './verdict-index.js';
import { verdictTexts } from './verdict-text.js';
import { SYSTEM_PROCESS_ID } from './verdict-text-words.js';
import type {
  Evidence,
  PortFacts,
  PortQuestion,
  PortsQuestion,
  PortVerdict,
  RangeHolder,
  Verdict,
  VerdictProcess,
  VerdictRange,
} from './verdict-types.js';

export { summarizeVerdicts } from './verdict-runs.js';
export type * from './verdict-types.js';

/** Returns the verdict about one port. For many ports use `judgePorts`, which reads the tables once. */
export function judgePort({ port, probe, ...facts }: PortQuestion): PortVerdict {
  return judge({ ...probe, port }, facts, indexPorts(facts), holderFinder(facts));
}

/** Returns the verdicts about many ports, in the order of their probes. */
export function judgePorts({ probes, ...facts }: PortsQuestion): PortVerdict[] {
  const index = indexPorts(facts);
  const holderOf = holderFinder(facts);
  return probes.map((probe) => judge(probe, facts, index, holderOf));
}

/** True if a use prevents others from binding the port; false for a connection that only passes through it. */
function holds({ state }: Pick<PortUse, 'state'>): boolean {
  return state === null || state === 'Listen' || state === 'Bound';
}

function judge(probe: BindProbe, facts: PortFacts, index: PortIndex, holderOf: FindHolder): PortVerdict {
  const { port } = probe;
  const platform = facts.platform ?? process.platform;
  const code = probe.outcome === 'failed' ? probe.code : null;
  const weighed = weigh(port, code, index, platform);
  const evidence = {
    protocol: facts.protocol,
    bindError: code === null ? null : bindErrorName(code, platform),
    ...weighed,
    holder: holderFor(port, weighed, holderOf),
  };
  return { port, ...evidence, ...verdictTexts(evidence, port, port, platform) };
}

/**
 * Returns the holder of the range. For a port of the kernel without a range, returns HTTP.sys if it has a URL there.
 */
function holderFor(
  port: number,
  { verdict, range, processes }: Pick<Evidence, 'verdict' | 'range' | 'processes'>,
  holderOf: FindHolder,
): RangeHolder | null {
  if (verdict === 'Reserved') return null;
  const isKernel = processes.some(({ processId }) => processId === SYSTEM_PROCESS_ID);
  const holder = isKernel ? holderOf({ startPort: port, endPort: port, administered: false }) : null;
  if (holder?.kind === 'Http') return holder;
  return range && holderOf(range);
}

function weigh(
  port: number,
  bindError: string | null,
  index: PortIndex,
  platform: NodeJS.Platform,
): Pick<Evidence, 'verdict' | 'range' | 'processes'> {
  if (port === 0) return { verdict: 'NotAvailable', range: null, processes: [] };
  const { reserved, unstarred, starred } = index.rangesAt(port);
  const processes = index.processesAt(port);
  const verdict = decide({ port, bindError, reserved, unstarred, starred, processes, platform });
  return { verdict, range: reserved ?? unstarred ?? starred, processes };
}

interface Case {
  readonly port: number;
  readonly bindError: string | null;
  readonly reserved: VerdictRange | null;
  readonly unstarred: VerdictRange | null;
  readonly starred: VerdictRange | null;
  readonly processes: readonly VerdictProcess[];
  readonly platform: NodeJS.Platform;
}

function decide({ bindError, reserved, unstarred, starred, processes, platform }: Case): Verdict {
  if (bindError === null) return decideBound(reserved, unstarred, starred);
  const failure = bindFailureOf(bindError);
  if (failure === 'AddressInUse') return 'InUse';
  if (failure !== 'AccessDenied') return 'NotAvailable';
  const held = processes.some(holds);
  // If the owner asked for exclusive use, Windows returns EACCES instead of EADDRINUSE. On other systems EACCES means
  // missing rights.
  if (held && (reserved !== null || unstarred !== null || platform === 'win32')) return 'InUse';
  if (reserved !== null) return 'Reserved';
  return unstarred !== null ? 'Excluded' : 'AccessDenied';
}

function decideBound(
  reserved: VerdictRange | null,
  unstarred: VerdictRange | null,
  starred: VerdictRange | null,
): Verdict {
  if (reserved !== null) return 'Reserved';
  return starred !== null && unstarred === null ? 'Administered' : 'Free';
}
