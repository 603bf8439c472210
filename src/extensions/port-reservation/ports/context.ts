/** Where the answers about ports come from: the machine, or the simulated computer. */
import type { Backend, CallOutcome } from '../../../definition/execution.js';
import type { Definition, ExpandedFunction } from '../../../definition/types.js';
import { reservationFunction } from '../functions.js';
import type { ReservedBlock } from '../verdict/verdict-types.js';
import type { DynamicRange, ExcludedRange, PortUse, Protocol, RangeQuery, RangeSource } from './types.js';

export interface PortsContext {
  readonly ranges: RangeSource;
  /** Whose rules the verdicts follow: this machine's, or those of the simulated computer, which is a Windows one. */
  readonly platform: NodeJS.Platform;
  /** Whether the ranges are those of the simulated computer, of which this machine's sockets know nothing. */
  readonly isSimulated: boolean;
  /** The ports in use on this machine. */
  uses(query: {
    readonly protocols: readonly Protocol[];
    readonly addressFamilies: readonly ('IPv4' | 'IPv6')[];
  }): Promise<PortUse[]>;
  /** Which of the ranges are persistent reservations: those whose exact block a lookup finds. */
  reservations(ranges: readonly ExcludedRange[]): Promise<ReservedBlock[]>;
  /** The lookup of a block of the protocol, as a function of the definition; undefined where it has none. */
  lookup(protocol: Protocol): ((startPort: number, numberOfPorts: number) => Promise<CallOutcome>) | undefined;
}

export interface PortsContextOptions {
  readonly definition: Definition;
  readonly backend: Backend;
  readonly ranges: RangeSource;
}

export function createPortsContext({ definition, backend, ranges }: PortsContextOptions): PortsContext {
  return {
    ranges,
    platform: backend.name === 'simulated' ? 'win32' : process.platform,
    isSimulated: backend.name === 'simulated',
    async uses(query) {
      const { listPortUse } = await import('./use.js');
      return listPortUse(query);
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

/** Both address families, in the order in which they are shown. */
export const ADDRESS_FAMILIES = ['IPv4', 'IPv6'] as const;

/** Where the system has no such thing as excluded ranges, there are none; a table that cannot be read stays an error. */
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

/** A system that cannot look blocks up (Wine) has none that we could know of. */
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
