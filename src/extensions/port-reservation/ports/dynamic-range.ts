/** The dynamic range: how much of it is left, and how to move it. */
import { DlletError } from '../../../definition/errors.js';
import { ADDRESS_FAMILIES, excludedRangesIfAny, type PortsContext, type Warn } from './context.js';
import { DEFAULT_DYNAMIC_RANGE } from './default-dynamic-range.js';
import { isOrAre, lacksElevation, rangeWords } from './range-words.js';
import { dynamicRanges, type RangeQuestion } from './services.js';
import type { DynamicRange, Protocol, Store } from './types.js';

/**
 * The lowest first port that Windows accepts. KB 929851 says 1025, but build agents and others have ranges from 1024.
 */
const LEAST_START = 1024;
const LEAST_COUNT = 255;
const LAST_PORT = 65_535;

/** The size of the blocks that Windows NAT and others take. When no such block is free, they fail first. */
const BLOCK = 64;

export interface DynamicRangeReport extends DynamicRange {
  /**
   * The number of ports of the range that sockets of the protocol hold now, in either address family; null if unknown.
   */
  readonly portsInUse: number | null;
  /** The number of separate blocks of 64 adjacent ports that are neither in use nor excluded; null if unknown. */
  readonly freeBlocksOf64: number | null;
}

/** Returns the range of each protocol and address family, with how much of it is left. */
export async function reportDynamicRanges(
  context: PortsContext,
  question: RangeQuestion,
  warn?: Warn,
): Promise<DynamicRangeReport[]> {
  const ranges = await dynamicRanges(context, question, warn);
  const taken = new Map<Protocol, Promise<Taken | undefined>>();
  for (const { protocol } of ranges) {
    if (!taken.has(protocol)) taken.set(protocol, takenOf(context, protocol));
  }
  return Promise.all(
    ranges.map(async (range) => {
      const known = await taken.get(range.protocol);
      return {
        ...range,
        portsInUse: known ? usedIn(range, known) : null,
        freeBlocksOf64: known ? roomIn(range, known) : null,
      };
    }),
  );
}

interface Taken {
  readonly used: ReadonlySet<number>;
  readonly excluded: Uint8Array;
}

/** Returns undefined if the system does not report the ports in use. The range itself is still reported. */
async function takenOf(context: PortsContext, protocol: Protocol): Promise<Taken | undefined> {
  try {
    const uses = await context.uses({ protocols: [protocol], addressFamilies: ADDRESS_FAMILIES });
    const excluded = new Uint8Array(LAST_PORT + 1);
    for (const { startPort, endPort } of await excludedRangesIfAny(context.ranges, [protocol]))
      excluded.fill(1, startPort, endPort + 1);
    return { used: new Set(uses.map(({ port }) => port)), excluded };
  } catch (error) {
    if (error instanceof DlletError) return undefined;
    throw error;
  }
}

const endOf = ({ startPort, numberOfPorts }: DynamicRange) => startPort + numberOfPorts - 1;

function usedIn(range: DynamicRange, { used }: Taken): number {
  return [...used].filter((port) => range.startPort <= port && port <= endOf(range)).length;
}

function roomIn(range: DynamicRange, { used, excluded }: Taken): number {
  let blocks = 0;
  let free = 0;
  for (let port = range.startPort; port <= endOf(range); port += 1) {
    free = used.has(port) || excluded[port] === 1 ? 0 : free + 1;
    if (free === BLOCK) [blocks, free] = [blocks + 1, 0];
  }
  return blocks;
}

/**
 * Returns a sentence with cause and remedy for a dynamic range that leaves little room outside of it; undefined for any
 * other. Build agents, Exchange and some tools set it to 64,511 ports from 1024.
 */
export function wideRangeCause(range: DynamicRange): string | undefined {
  if (range.numberOfPorts <= MOST_PORTS) return undefined;
  const { startPort, numberOfPorts } = DEFAULT_DYNAMIC_RANGE;
  return (
    `The dynamic range of this computer, ${rangeWords(range)}, has ${range.numberOfPorts} ports and leaves few ` +
    `for reservations and services. The default is ${startPort}-${startPort + numberOfPorts - 1}. Exchange, build agents and ` +
    `other tools change it. To restore it, run Set-DynamicPortRange -Protocol ${range.protocol} -Default.`
  );
}

/** Half of all ports. */
const MOST_PORTS = 32_768;

export interface DynamicRangeChange {
  readonly protocol: Protocol;
  readonly startPort: number | undefined;
  readonly numberOfPorts: number | undefined;
  readonly isDefault: boolean;
  readonly store: Store;
}

/**
 * Moves the range of a protocol, for IPv4 and IPv6, and returns the ranges as read afterwards. Rejects with DlletError:
 * `InvalidParameter`, `InvalidPortRange`, `AccessDenied`, `NetshFailed`.
 */
export async function setDynamicRange(
  context: PortsContext,
  change: DynamicRangeChange,
): Promise<DynamicRangeReport[]> {
  const { protocol, store } = change;
  const wanted = wantedRange(change);
  // A persistent change only applies after a restart, so the active store is changed as well.
  const stores: readonly Store[] = store === 'Persistent' ? ['Persistent', 'Active'] : ['Active'];
  for (const one of stores) {
    for (const addressFamily of ADDRESS_FAMILIES) {
      const now = await context.ranges.dynamicRange({ protocol, addressFamily, store: one });
      if (isSame(now, wanted)) continue;
      await context.machine.writer
        .setDynamicRange({ protocol, addressFamily, store: one, ...wanted })
        .catch((error: unknown) => {
          throw context.machine.isElevated() ? error : lacksElevation('Moving the dynamic range', error);
        });
    }
  }
  const ranges = await reportDynamicRanges(context, { protocols: [protocol], store });
  const other = ranges.find((range) => !isSame(range, wanted));
  if (other) throw notMoved(other);
  return ranges;
}

type Wanted = Pick<DynamicRange, 'startPort' | 'numberOfPorts'>;

function isSame(range: DynamicRange, { startPort, numberOfPorts }: Wanted): boolean {
  return range.startPort === startPort && range.numberOfPorts === numberOfPorts;
}

function wantedRange({ startPort, numberOfPorts, isDefault }: DynamicRangeChange): Wanted {
  const isGiven = startPort !== undefined || numberOfPorts !== undefined;
  if (isDefault && !isGiven) return DEFAULT_DYNAMIC_RANGE;
  if (isDefault || startPort === undefined || numberOfPorts === undefined)
    throw invalid('InvalidParameter', 'Give StartPort and NumberOfPorts together, or Default alone.');
  if (startPort < LEAST_START || numberOfPorts < LEAST_COUNT || startPort + numberOfPorts - 1 > LAST_PORT) {
    const end = startPort + numberOfPorts - 1;
    throw invalid(
      'InvalidPortRange',
      `Windows does not accept a dynamic port range of ${numberOfPorts} ports from ${startPort} to ${end}.`,
    );
  }
  return { startPort, numberOfPorts };
}

function invalid(id: string, message: string): DlletError {
  return new DlletError({
    id,
    category: 'InvalidArgument',
    message,
    recommendedAction:
      `The range must start at port ${LEAST_START} or later, have ${LEAST_COUNT} ports or more, and end at port ${LAST_PORT} or ` +
      'before. -Default restores 16384 ports that start at 49152.',
  });
}

function notMoved(range: DynamicRange): DlletError {
  return new DlletError({
    id: 'NetshFailed',
    category: 'InvalidResult',
    message:
      `netsh reported success, but the dynamic range of ${range.addressFamily} ${isOrAre(range)} still the ` +
      `${rangeWords(range)}.`,
    recommendedAction:
      'Check Get-DynamicPortRange with -Store Active and -Store Persistent. A policy may set the range.',
  });
}
