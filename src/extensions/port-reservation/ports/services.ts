/** The queries about ports, each answered from one context. */
import { DlletError } from '../../../definition/errors.js';
import type { PortFacts, VerdictRun } from '../verdict/verdict-types.js';
import {
  ADDRESS_FAMILIES,
  dynamicRangesIfAny,
  excludedRangesIfAny,
  type PortsContext,
  readTables,
  type Warn,
} from './context.js';
import { type FreeBlock, type FreeBlockQuery, findFreeBlocks } from './free-blocks.js';
import type { RoomSwitches } from './no-room.js';
import { tryBinds } from './try-binds.js';
import type {
  AddressFamily,
  BindProbe,
  DynamicRange,
  ExcludedRange,
  PortUse,
  Protocol,
  RangeQuery,
  Store,
} from './types.js';

export const PROTOCOLS = ['Tcp', 'Udp'] as const;

export interface RangeQuestion {
  readonly protocols?: readonly Protocol[] | undefined;
  readonly addressFamilies?: readonly AddressFamily[] | undefined;
  readonly store?: Store | undefined;
}

/** Returns every excluded range, sorted by protocol, address family and port. */
export async function excludedRanges(
  { ranges }: PortsContext,
  question: RangeQuestion,
  warn?: Warn,
): Promise<ExcludedRange[]> {
  const { store = 'Active' } = question;
  const read = (query: RangeQuery) => ranges.excludedRanges({ ...query, store });
  const rows = await readTables(pairs(question), read, 'excluded ranges', warn);
  return rows.flatMap((table) =>
    table.sort((one, other) => one.startPort - other.startPort || one.endPort - other.endPort),
  );
}

/** Returns the dynamic range of each protocol and address family. */
export async function dynamicRanges(
  { ranges }: PortsContext,
  question: RangeQuestion,
  warn?: Warn,
): Promise<DynamicRange[]> {
  const { store = 'Active' } = question;
  return readTables(pairs(question), (query) => ranges.dynamicRange({ ...query, store }), 'dynamic range', warn);
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

export interface BindingOptions {
  /** Receives a sentence about anything that could not be read. */
  readonly warn?: Warn | undefined;
  /** Called with the number of binds that are done. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
  /** True to return a run of its own for each port. */
  readonly isEach?: boolean | undefined;
}

/**
 * Explains whether ports can be bound: binds each one and combines the result with all known facts. Returns runs of
 * equal verdicts, sorted.
 */
export async function testBinding(
  context: PortsContext,
  question: BindingQuestion,
  { warn, progress, isEach }: BindingOptions = {},
): Promise<VerdictRun[]> {
  const { ports, protocols = PROTOCOLS, address = '0.0.0.0' } = question;
  const [{ judgePorts }, { summarizeVerdicts }] = await Promise.all([
    import('../verdict/verdict.js'),
    import('../verdict/verdict-runs.js'),
  ]);
  const wanted = PROTOCOLS.filter((one) => protocols.includes(one));
  const facts = await machineFacts(context, wanted, warn);
  const distinct = [...new Set(ports)].sort((one, other) => one - other);
  const probed = new Map<Protocol, BindProbe[]>();
  for (const [index, protocol] of wanted.entries()) {
    const before = index * distinct.length;
    const report = progress && ((done: number) => progress(before + done, wanted.length * distinct.length));
    probed.set(protocol, await tryBinds(context, distinct, { protocol, address, facts, progress: report }));
  }
  const holders = await holderFacts(context, wanted, [...probed.values()].flat(), warn);
  const { platform } = context;
  return wanted.flatMap((protocol) => {
    const probes = probed.get(protocol) ?? [];
    return summarizeVerdicts(judgePorts({ protocol, probes, platform, ...facts, ...holders }), { platform, isEach });
  });
}

/**
 * Reads the facts that show who holds a range. Only called if a port was refused, because on Windows each fact is a run
 * of netsh.
 */
async function holderFacts(
  context: PortsContext,
  protocols: readonly Protocol[],
  probes: readonly BindProbe[],
  warn: Warn | undefined,
): Promise<Pick<PortFacts, 'dynamicRanges' | 'httpUrls'>> {
  if (!probes.some(({ outcome, port }) => outcome === 'failed' && port !== 0)) return {};
  const [dynamic, httpUrls] = await Promise.all([
    dynamicRangesIfAny(context.ranges, protocols, warn),
    protocols.includes('Tcp') ? context.httpUrls() : [],
  ]);
  return { dynamicRanges: dynamic, httpUrls };
}

export interface RoomQuestion {
  readonly numberOfPorts: number;
  readonly protocols?: readonly Protocol[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly includeDynamicRange?: boolean | undefined;
  /** If given, the blocks closest to this port come first. */
  readonly near?: number | undefined;
  /** True to bind every port of a block before it is returned. */
  readonly verify?: boolean | undefined;
}

/**
 * Returns free blocks of the requested size, best first. If there is none, `warn` receives the reason and what helps.
 */
export async function findRoom(
  context: PortsContext,
  question: RoomQuestion,
  warn?: Warn,
  switches?: RoomSwitches,
): Promise<FreeBlock[]> {
  const { protocols = PROTOCOLS, verify = false } = question;
  const facts = await machineFacts(context, protocols, warn);
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined));
  const query: FreeBlockQuery = {
    ...(given as Omit<RoomQuestion, 'verify'> & { readonly near?: number }),
    protocols,
    ...facts,
    dynamicRanges: await dynamicRangesIfAny(context.ranges, protocols, warn),
  } as FreeBlockQuery;
  const refused = verify
    ? await import('./verified-blocks.js').then(({ refusedPorts }) => refusedPorts(context, query))
    : [];
  const blocks = findFreeBlocks({ ...query, refused });
  if (blocks.length === 0 && warn) {
    const { explainNoRoom } = await import('./no-room.js');
    warn(explainNoRoom({ ...query, refused }, switches));
  }
  return blocks;
}

/** Returns the map of all ports as one HTML page. */
export async function portMap(context: PortsContext, computerName: string, now: Date, warn?: Warn): Promise<string> {
  const { renderPortMap } = await import('../port-map/port-map.js');
  const notes: string[] = [];
  const note: Warn = (message) => {
    notes.push(message);
    warn?.(message);
  };
  const facts = await machineFacts(context, PROTOCOLS, note);
  const [dynamic, httpUrls] = await Promise.all([
    dynamicRangesIfAny(context.ranges, PROTOCOLS, note),
    context.httpUrls(),
  ]);
  return renderPortMap({
    isSimulated: context.isSimulated,
    notes,
    title: `Ports of ${computerName}`,
    computerName,
    generatedAt: `${now.toISOString().slice(0, 19)}Z`,
    protocols: PROTOCOLS.map((protocol) => ({ protocol, ...facts, dynamicRanges: dynamic, httpUrls })),
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
    recommendedAction: 'Separate ports and ranges with commas: 80,443,5000-5019.',
  });
}

/** Reads the facts about some protocols: exclusions of both families, uses, and which ranges are reservations. */
async function machineFacts(context: PortsContext, protocols: readonly Protocol[], warn?: Warn) {
  const [exclusions, uses] = await Promise.all([
    excludedRangesIfAny(context.ranges, protocols, warn),
    context.uses({ protocols, addressFamilies: ADDRESS_FAMILIES }),
  ]);
  return { exclusions, uses, reservations: await context.reservations(exclusions) };
}
