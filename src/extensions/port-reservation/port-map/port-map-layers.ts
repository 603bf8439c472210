/** Combines everything known about the ports of one protocol and splits it into runs. */
import type { AddressFamily, DynamicRange, ExcludedRange, HttpUrl, PortUse, Protocol } from '../ports/types.js';
import { holderFinder } from '../verdict/range-holder.js';
import type { RangeHolder, ReservedBlock } from '../verdict/verdict-types.js';

/** The state shown for a port. If several apply, the first of this order is shown. */
export const PORT_STATES = ['InUse', 'Reserved', 'Excluded', 'Administered', 'Dynamic', 'Free'] as const;

export type PortState = (typeof PORT_STATES)[number];

/** What is known about the ports of one protocol. Entries of the other protocol are ignored. */
export interface ProtocolPorts {
  readonly protocol: Protocol;
  /** Both address families may be given. This also applies to the members below. */
  readonly exclusions: readonly ExcludedRange[];
  readonly uses: readonly PortUse[];
  readonly reservations: readonly ReservedBlock[];
  readonly dynamicRanges: readonly DynamicRange[];
  /** The URLs of HTTP.sys; undefined if they are not known. */
  readonly httpUrls?: readonly HttpUrl[];
}

/** One reason why a run of ports is not free. */
export type PortEvidence = UseEvidence | RangeEvidence;

/** A process that uses the ports. */
export interface UseEvidence {
  readonly kind: 'InUse';
  readonly processId: number;
  readonly processName: string | null;
  /** State and addresses, such as `Listen on 0.0.0.0, ::`. */
  readonly places: readonly { readonly state: string | null; readonly addresses: readonly string[] }[];
}

/** A range that contains the ports. */
export interface RangeEvidence {
  readonly kind: Exclude<PortState, 'InUse' | 'Free'>;
  readonly startPort: number;
  readonly endPort: number;
  /** Empty for a reservation. */
  readonly addressFamilies: readonly AddressFamily[];
  /** Who holds an exclusion, as far as it can be known. */
  readonly holder?: RangeHolder;
}

/** Adjacent ports about which exactly the same is known. */
export interface PortRun {
  readonly startPort: number;
  readonly endPort: number;
  readonly numberOfPorts: number;
  readonly state: PortState;
  /** Ordered by state, then by port; empty for free ports. */
  readonly evidence: readonly PortEvidence[];
}

const LAST_PORT = 65_535;

/**
 * Returns the runs that together cover the ports 0 to 65535, each as long as possible. Independent of the order of the
 * input.
 */
export function mergePortLayers(ports: ProtocolPorts): PortRun[] {
  const layers = [...useLayers(ports), ...rangeLayers(ports)].sort(compareLayers);
  const runs: PortRun[] = [];
  const active = new Set<number>();
  const turns = turningPoints(layers);
  for (const [index, turn] of turns.entries()) {
    for (const layer of turn.ends) active.delete(layer);
    for (const layer of turn.starts) active.add(layer);
    const endPort = (turns[index + 1]?.port ?? LAST_PORT + 1) - 1;
    const evidence = [...active].sort((one, other) => one - other).flatMap((at) => layers[at]?.evidence ?? []);
    runs.push({
      startPort: turn.port,
      endPort,
      numberOfPorts: endPort - turn.port + 1,
      state: PORT_STATES.find((state) => evidence.some(({ kind }) => kind === state)) ?? 'Free',
      evidence,
    });
  }
  return runs;
}

/** One piece of evidence and its ports. Layers with the same evidence are never adjacent. */
interface Layer {
  readonly startPort: number;
  readonly endPort: number;
  readonly key: string;
  readonly evidence: PortEvidence;
}

interface TurningPoint {
  readonly port: number;
  readonly starts: number[];
  readonly ends: number[];
}

function turningPoints(layers: readonly Layer[]): TurningPoint[] {
  const byPort = new Map<number, TurningPoint>();
  const at = (port: number): TurningPoint => {
    const found = byPort.get(port) ?? { port, starts: [], ends: [] };
    byPort.set(port, found);
    return found;
  };
  at(0);
  for (const [index, { startPort, endPort }] of layers.entries()) {
    at(startPort).starts.push(index);
    if (endPort < LAST_PORT) at(endPort + 1).ends.push(index);
  }
  return [...byPort.values()].sort((one, other) => one.port - other.port);
}

function rangeLayers({ protocol, exclusions, reservations, dynamicRanges, httpUrls }: ProtocolPorts): Layer[] {
  const holderOf = holderFinder({ protocol, dynamicRanges, httpUrls });
  const spans: RangeSpan[] = [
    ...exclusions.map((row): RangeSpan => ({ ...row, kind: row.administered ? 'Administered' : 'Excluded' })),
    ...reservations.map((block): RangeSpan => ({ ...block, kind: 'Reserved', endPort: lastPortOf(block) })),
    ...dynamicRanges.map((block): RangeSpan => ({ ...block, kind: 'Dynamic', endPort: lastPortOf(block) })),
  ];
  const families = new Map<string, { readonly span: RangeSpan; readonly families: Set<AddressFamily> }>();
  for (const span of spans) {
    if (span.protocol !== undefined && span.protocol !== protocol) continue;
    if (span.startPort > span.endPort || span.startPort < 0 || span.startPort > LAST_PORT) continue;
    const key = `${span.kind} ${span.startPort} ${span.endPort}`;
    const found = families.get(key) ?? { span, families: new Set() };
    if (span.addressFamily !== undefined) found.families.add(span.addressFamily);
    families.set(key, found);
  }
  return [...families.values()].map(({ span, families: of }) => {
    const isExclusion = span.kind === 'Excluded' || span.kind === 'Administered';
    const holder = isExclusion ? holderOf({ ...span, administered: span.kind === 'Administered' }) : null;
    return rangeLayer(span, [...of].sort(), holder);
  });
}

interface RangeSpan {
  readonly kind: RangeEvidence['kind'];
  readonly protocol?: Protocol;
  readonly addressFamily?: AddressFamily;
  readonly startPort: number;
  readonly endPort: number;
}

function rangeLayer(
  { kind, startPort, endPort: givenEnd }: RangeSpan,
  addressFamilies: AddressFamily[],
  holder: RangeHolder | null,
): Layer {
  const endPort = Math.min(givenEnd, LAST_PORT);
  return {
    startPort,
    endPort,
    key: '',
    evidence: { kind, startPort, endPort, addressFamilies, ...(holder && { holder }) },
  };
}

function lastPortOf({ startPort, numberOfPorts }: ReservedBlock): number {
  return startPort + numberOfPorts - 1;
}

/** Returns one layer for each process and each run of adjacent ports that it uses in the same way. */
function useLayers({ protocol, uses }: ProtocolPorts): Layer[] {
  const byOwner = new Map<string, Map<number, PortUse[]>>();
  for (const use of uses) {
    if (use.protocol !== protocol || use.port < 0 || use.port > LAST_PORT) continue;
    const owner = JSON.stringify([use.processName ?? '', use.processId, use.processName === null]);
    const ports = byOwner.get(owner) ?? new Map<number, PortUse[]>();
    const known = ports.get(use.port);
    if (known === undefined) ports.set(use.port, [use]);
    else known.push(use);
    byOwner.set(owner, ports);
  }
  return [...byOwner.values()].flatMap(stretchesOf);
}

function stretchesOf(ports: ReadonlyMap<number, readonly PortUse[]>): Layer[] {
  const layers: Layer[] = [];
  for (const [port, uses] of [...ports].sort(([one], [other]) => one - other)) {
    const evidence = useEvidence(uses);
    const key = JSON.stringify(evidence);
    const last = layers.at(-1);
    if (last?.key === key && last.endPort === port - 1) layers[layers.length - 1] = { ...last, endPort: port };
    else layers.push({ startPort: port, endPort: port, key, evidence });
  }
  return layers;
}

function useEvidence(uses: readonly PortUse[]): PortEvidence {
  const byState = new Map<string | null, Set<string>>();
  for (const { state, address } of uses) byState.set(state, (byState.get(state) ?? new Set()).add(address));
  const places = [...byState]
    .map(([state, addresses]) => ({ state, addresses: [...addresses].sort() }))
    .sort((one, other) => compare(one.state ?? '', other.state ?? ''));
  return { kind: 'InUse', processId: uses[0]?.processId ?? 0, processName: uses[0]?.processName ?? null, places };
}

function compareLayers(one: Layer, other: Layer): number {
  return (
    PORT_STATES.indexOf(one.evidence.kind) - PORT_STATES.indexOf(other.evidence.kind) ||
    one.startPort - other.startPort ||
    one.endPort - other.endPort ||
    compare(one.key, other.key)
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
