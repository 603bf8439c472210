/** Determines whether a port can be bound, and why not. The result of the bind decides; the tables only explain it. */
import type { BindProbe, PortUse } from '../ports/types.js';
import { indexPorts, type PortIndex } from './verdict-index.js';
import { verdictTexts } from './verdict-text.js';
import type {
  Evidence,
  PortFacts,
  PortQuestion,
  PortsQuestion,
  PortVerdict,
  Verdict,
  VerdictProcess,
  VerdictRange,
} from './verdict-types.js';

export { summarizeVerdicts } from './verdict-runs.js';
export type * from './verdict-types.js';

/** Returns the verdict about one port. For many ports use `judgePorts`, which reads the tables once. */
export function judgePort({ port, probe, ...facts }: PortQuestion): PortVerdict {
  return judge({ ...probe, port }, facts, indexPorts(facts));
}

/** Returns the verdicts about many ports, in the order of their probes. */
export function judgePorts({ probes, ...facts }: PortsQuestion): PortVerdict[] {
  const index = indexPorts(facts);
  return probes.map((probe) => judge(probe, facts, index));
}

/** True if a use prevents others from binding the port; false for a connection that only passes through it. */
function holds({ state }: Pick<PortUse, 'state'>): boolean {
  return state === null || state === 'Listen' || state === 'Bound';
}

function judge(probe: BindProbe, facts: PortFacts, index: PortIndex): PortVerdict {
  const { port } = probe;
  const platform = facts.platform ?? process.platform;
  const bindError = probe.outcome === 'failed' ? probe.code : null;
  const evidence = { protocol: facts.protocol, bindError, ...weigh(port, bindError, index, platform) };
  return { port, ...evidence, ...verdictTexts(evidence, port, port, platform) };
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
  if (isAddressInUse(bindError)) return 'InUse';
  if (!isAccessDenied(bindError)) return 'NotAvailable';
  const held = processes.some(holds);
  // If the owner asked for exclusive use, Windows returns EACCES instead of EADDRINUSE. On other systems EACCES is
  // about rights.
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

function isAddressInUse(code: string): boolean {
  return /^(?:(?:WSA)?EADDRINUSE|10048)$/.test(code);
}

function isAccessDenied(code: string): boolean {
  return /^(?:(?:WSA)?EACCES|EPERM|10013)$/.test(code);
}
