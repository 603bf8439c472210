/** The queries about ports, each answered from one context. */
import { DlletError } from '../../../definition/errors.js';
import type { PortFacts, VerdictRun } from '../verdict/verdict-types.js';
import { ADDRESS_FAMILIES, dynamicRangesIfAny, excludedRangesIfAny, type PortsContext } from './context.js';
import { type FreeBlock, findFreeBlocks } from './free-blocks.js';
import type { AddressFamily, BindProbe, DynamicRange, ExcludedRange, PortUse, Protocol, Store } from './types.js';

export const PROTOCOLS = ['Tcp', 'Udp'] as const;

export interface RangeQuestion {
  readonly protocols?: readonly Protocol[] | undefined;
  readonly addressFamilies?: readonly AddressFamily[] | undefined;
  readonly store?: Store | undefined;
}

/** Returns every excluded range, sorted by protocol, address family and port. */
export async function excludedRanges({ ranges }: PortsContext, question: RangeQuestion): Promise<ExcludedRange[]> {
  const { store = 'Active' } = question;
  const rows = await Promise.all(pairs(question).map((query) => ranges.excludedRanges({ ...query, store })));
  return rows.flatMap((table) =>
    table.sort((one, other) => one.startPort - other.startPort || one.endPort - other.endPort),
  );
}

/** Returns the dynamic range of each protocol and address family. */
export async function dynamicRanges({ ranges }: PortsContext, question: RangeQuestion): Promise<DynamicRange[]> {
  const { store = 'Active' } = question;
  return Promise.all(pairs(question).map((query) => ranges.dynamicRange({ ...query, store })));
}

function pairs({ protocols = PROTOCOLS, addressFamilies = ADDRESS_FAMILIES }: RangeQuestion) {
  const wantedProtocols = PROTOCOLS.filter((protocol) => protocols.includes(protocol));
  const wantedFamilies = ADDRESS_FAMILIES.filter((family) => addressFamilies.includes(family));
  return wantedProtocols.flatMap((protocol) => wantedFamilies.map((addressFamily) => ({ protocol, addressFamily })));
}

export interface UseQuestion {
  readonly protocols?: readonly Protocol[] | undefined;
  readonly addressFamilies?: readonly AddressFamily[] | undefined;
  readonly ports?: readonly number[] | undefined;
  readonly processIds?: readonly number[] | undefined;
}

/** Returns the ports in use, filtered. */
export async function portUse(context: PortsContext, question: UseQuestion): Promise<PortUse[]> {
  const { protocols = PROTOCOLS, addressFamilies = ADDRESS_FAMILIES, ports, processIds } = question;
  const uses = await context.uses({ protocols: PROTOCOLS.filter((one) => protocols.includes(one)), addressFamilies });
  const wantedPorts = ports && new Set(ports);
  return uses.filter((use) => (wantedPorts?.has(use.port) ?? true) && (processIds?.includes(use.processId) ?? true));
}

export interface BindingQuestion {
  readonly ports: readonly number[];
  readonly protocols?: readonly Protocol[] | undefined;
  /** The local address to bind; default: 0.0.0.0. */
  readonly address?: string | undefined;
}

/**
 * Explains whether ports can be bound: binds each one and combines the result with all known facts. Returns runs of
 * equal verdicts.
 */
export async function testBinding(context: PortsContext, question: BindingQuestion): Promise<VerdictRun[]> {
  const { ports, protocols = PROTOCOLS, address = '0.0.0.0' } = question;
  const [{ probeBind }, { judgePorts }, { summarizeVerdicts }] = await Promise.all([
    import('./bind-probe.js'),
    import('../verdict/verdict.js'),
    import('../verdict/verdict-runs.js'),
  ]);
  const wanted = PROTOCOLS.filter((one) => protocols.includes(one));
  const facts = await machineFacts(context, wanted);
  const distinct = [...new Set(ports)].sort((one, other) => one - other);
  const runs: VerdictRun[] = [];
  for (const protocol of wanted) {
    const probed = await probeBind(distinct, { protocol, address });
    const probes = context.isSimulated ? await refuseExcluded(probed, { protocol, ...facts }) : probed;
    const { platform } = context;
    runs.push(...summarizeVerdicts(judgePorts({ protocol, probes, platform, ...facts }), { platform }));
  }
  return runs;
}

/** This machine does not know simulated exclusions, so a bind that Windows would refuse is refused here. */
async function refuseExcluded(probes: readonly BindProbe[], facts: PortFacts): Promise<BindProbe[]> {
  const { indexPorts } = await import('../verdict/verdict-index.js');
  const index = indexPorts(facts);
  return probes.map((probe) =>
    probe.outcome === 'bound' && index.rangesAt(probe.port).unstarred !== null
      ? { port: probe.port, outcome: 'failed', code: 'EACCES' }
      : probe,
  );
}

export interface RoomQuestion {
  readonly numberOfPorts: number;
  readonly protocols?: readonly Protocol[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly includeDynamicRange?: boolean | undefined;
}

/** Returns free blocks for the number of ports, best first. */
export async function findRoom(context: PortsContext, question: RoomQuestion): Promise<FreeBlock[]> {
  const { numberOfPorts, protocols = PROTOCOLS, minimum, maximum, includeDynamicRange } = question;
  const facts = await machineFacts(context, protocols);
  return findFreeBlocks({
    numberOfPorts,
    protocols,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(includeDynamicRange === undefined ? {} : { includeDynamicRange }),
    ...facts,
    dynamicRanges: await dynamicRangesIfAny(context.ranges, protocols),
  });
}

/** Returns the map of all ports as one HTML page. */
export async function portMap(context: PortsContext, computerName: string, now: Date): Promise<string> {
  const { renderPortMap } = await import('../port-map/port-map.js');
  const facts = await machineFacts(context, PROTOCOLS);
  const dynamic = await dynamicRangesIfAny(context.ranges, PROTOCOLS);
  return renderPortMap({
    title: `Ports of ${computerName}`,
    computerName,
    generatedAt: `${now.toISOString().slice(0, 19)}Z`,
    protocols: PROTOCOLS.map((protocol) => ({ protocol, ...facts, dynamicRanges: dynamic })),
  });
}

/** Returns every port of a list such as `80,443,5000-5019`. Throws DlletError for invalid text. */
export function parsePorts(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const match = /^\s*(\d{1,5})\s*(?:(?:-|\.\.)\s*(\d{1,5})\s*)?$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first > last || last > 65_535) throw badPorts(part);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function badPorts(part: string): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `'${part}' is neither a port nor a range of ports from 0 to 65535.`,
    recommendedAction: 'Write ports and ranges, divided by commas: 80,443,5000-5019.',
  });
}

/** The known facts about some protocols: exclusions of both families, uses, and which ranges are reservations. */
async function machineFacts(context: PortsContext, protocols: readonly Protocol[]) {
  const [exclusions, uses] = await Promise.all([
    excludedRangesIfAny(context.ranges, protocols),
    context.uses({ protocols, addressFamilies: ADDRESS_FAMILIES }),
  ]);
  return { exclusions, uses, reservations: await context.reservations(exclusions) };
}
