/** The source of the answers about ports: the machine, or the simulated computer. */
import type { Backend, CallOutcome } from '../../../definition/execution.js';
import type { Definition, ExpandedFunction } from '../../../definition/types.js';
import { reservationFunction } from '../functions.js';
import type { ReservedBlock } from '../verdict/verdict-types.js';
import type { Machine } from './machine.js';
import type { DynamicRange, ExcludedRange, PortUse, Protocol, RangeQuery, RangeSource } from './types.js';

export interface PortsContext {
  readonly ranges: RangeSource;
  /** What can be changed. */
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
}

export function createPortsContext({ definition, backend, ranges, machine }: PortsContextOptions): PortsContext {
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

/** Systems without excluded ranges have none; an unreadable table is still an error. */
export async function excludedRangesIfAny(
  source: RangeSource,
  protocols: readonly Protocol[],
): Promise<ExcludedRange[]> {
  const queries = queriesFor(protocols);
  return (
    await ifSupported(Promise.all(queries.map((query) => source.excludedRanges({ ...query, store: 'Active' }))))
  ).flat();
}

/** Likewise for the dynamic range. */
export async function dynamicRangesIfAny(source: RangeSource, protocols: readonly Protocol[]): Promise<DynamicRange[]> {
  const queries = queriesFor(protocols);
  return ifSupported(Promise.all(queries.map((query) => source.dynamicRange({ ...query, store: 'Active' }))));
}

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

/** A system that cannot look up blocks (Wine) has no reservations that could be found. */
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
