/** The source of the answers about ports: the machine, or the simulated computer. */
import { messageOf } from '../../../definition/errors.js';
import type { Backend, CallOutcome } from '../../../definition/execution.js';
import type { Definition, ExpandedFunction } from '../../../definition/types.js';
import { reservationFunction } from '../functions.js';
import type { ReservedBlock } from '../verdict/verdict-types.js';
import type { Machine } from './machine.js';
import type { DynamicRange, ExcludedRange, HttpUrl, PortUse, Protocol, RangeQuery, RangeSource } from './types.js';

export interface PortsContext {
  readonly ranges: RangeSource;
  /** Changes ranges and services. */
  readonly machine: Machine;
  /** The platform whose rules the verdicts follow: that of this machine, or Windows for the simulated computer. */
  readonly platform: NodeJS.Platform;
  /** True if the ranges are those of the simulated computer, which this machine's sockets do not reflect. */
  readonly isSimulated: boolean;
  /** Returns the ports in use on this machine. */
  uses(query: {
    readonly protocols: readonly Protocol[];
    readonly addressFamilies: readonly ('IPv4' | 'IPv6')[];
  }): Promise<PortUse[]>;
  /**
   * Returns the URLs of HTTP.sys. Returns an empty list if they cannot be read, because they only explain other facts.
   */
  httpUrls(): Promise<HttpUrl[]>;
  /** Finds the ranges that are persistent reservations: those whose exact block a lookup finds. */
  reservations(ranges: readonly ExcludedRange[]): Promise<ReservedBlock[]>;
  /** Returns the lookup of a block of the protocol; undefined if the definition has none. */
  lookup(protocol: Protocol): ((startPort: number, numberOfPorts: number) => Promise<CallOutcome>) | undefined;
}

export interface PortsContextOptions {
  readonly definition: Definition;
  readonly backend: Backend;
  readonly ranges: RangeSource;
  readonly machine: Machine;
  /** Default: there are none. */
  readonly httpUrls?: () => Promise<HttpUrl[]>;
}

export function createPortsContext({
  definition,
  backend,
  ranges,
  machine,
  httpUrls,
}: PortsContextOptions): PortsContext {
  return {
    ranges,
    machine,
    platform: backend.name === 'simulated' ? 'win32' : process.platform,
    isSimulated: backend.name === 'simulated',
    async uses(query) {
      const { comparePortUse, listPortUse } = await import('./use.js');
      const held = (await machine.held?.(query.protocols)) ?? [];
      const uses = await listPortUse(query);
      const isAsked = ({ addressFamily }: PortUse) => query.addressFamilies.includes(addressFamily);
      return held.length === 0 ? uses : [...uses, ...held.filter(isAsked)].sort(comparePortUse);
    },
    httpUrls: async () => (await httpUrls?.()) ?? [],
    async reservations(excluded) {
      const found: ReservedBlock[] = [];
      const blocks = new Map(excluded.filter((row) => !row.administered).map((row) => [keyOf(row), row]));
      for (const { protocol, startPort, endPort } of blocks.values()) {
        const fn = reservationFunction(definition, 'lookup', protocol);
        const numberOfPorts = endPort - startPort + 1;
        if (fn && (await isReserved(backend, fn, startPort, numberOfPorts)))
          found.push({ protocol, startPort, numberOfPorts });
      }
      return found;
    },
    lookup(protocol) {
      const fn = reservationFunction(definition, 'lookup', protocol);
      return (
        fn &&
        (async (startPort, numberOfPorts) => backend.call(fn, { StartPort: startPort, NumberOfPorts: numberOfPorts }))
      );
    },
  };
}

/** Both address families, in display order. */
export const ADDRESS_FAMILIES = ['IPv4', 'IPv6'] as const;

/** Receives a sentence for the user about an answer: what is missing from it, or why it is empty. */
export type Warn = (message: string) => void;

/** Returns no ranges on systems without excluded ranges. For a table that cannot be read, see `readTables`. */
export async function excludedRangesIfAny(
  source: RangeSource,
  protocols: readonly Protocol[],
  warn?: Warn,
): Promise<ExcludedRange[]> {
  const read = (query: RangeQuery) => source.excludedRanges({ ...query, store: 'Active' });
  return (await ifSupported(readTables(queriesFor(protocols), read, 'excluded ranges', warn))).flat();
}

/** Likewise for the dynamic range. */
export async function dynamicRangesIfAny(
  source: RangeSource,
  protocols: readonly Protocol[],
  warn?: Warn,
): Promise<DynamicRange[]> {
  const read = (query: RangeQuery) => source.dynamicRange({ ...query, store: 'Active' });
  return ifSupported(readTables(queriesFor(protocols), read, 'dynamic range', warn));
}

/**
 * Reads the table of each query. If one address family of a protocol cannot be read, returns the other one and passes a
 * sentence about the missing one to `warn`. Rejects if no table of a protocol can be read.
 */
export async function readTables<T>(
  queries: readonly RangeQuery[],
  read: (query: RangeQuery) => Promise<T>,
  what: string,
  warn: Warn = () => undefined,
): Promise<T[]> {
  const settled = await Promise.allSettled(queries.map(read));
  const answered = new Set(queries.filter((_, index) => settled[index]?.status === 'fulfilled').map(protocolOf));
  return queries.flatMap((query, index) => {
    const outcome = settled[index] as PromiseSettledResult<T>;
    if (outcome.status === 'fulfilled') return [outcome.value];
    if (!answered.has(query.protocol)) throw outcome.reason;
    const { protocol, addressFamily } = query;
    warn(
      `The result is incomplete: the ${what} of ${protocol.toUpperCase()} over ${addressFamily} could not be read. ${messageOf(outcome.reason)}`,
    );
    return [];
  });
}

const protocolOf = ({ protocol }: RangeQuery): Protocol => protocol;

function queriesFor(protocols: readonly Protocol[]): RangeQuery[] {
  return protocols.flatMap((protocol) => ADDRESS_FAMILIES.map((addressFamily) => ({ protocol, addressFamily })));
}

async function ifSupported<T>(rows: Promise<T[]>): Promise<T[]> {
  try {
    return await rows;
  } catch (error) {
    if ((error as { id?: string }).id === 'PlatformNotSupported') return [];
    throw error;
  }
}

function keyOf({ protocol, startPort, endPort }: ExcludedRange): string {
  return `${protocol} ${startPort} ${endPort}`;
}

/** On a system that cannot look up blocks (Wine), no reservation can be found. */
async function isReserved(
  backend: Backend,
  fn: ExpandedFunction,
  startPort: number,
  numberOfPorts: number,
): Promise<boolean> {
  try {
    const { returnValue } = await backend.call(fn, { StartPort: startPort, NumberOfPorts: numberOfPorts });
    return returnValue === 0;
  } catch (error) {
    if (['FunctionNotFound', 'PlatformNotSupported'].includes((error as { id?: string }).id ?? '')) return false;
    throw error;
  }
}
