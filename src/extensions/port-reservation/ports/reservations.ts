/** Finds the persistent reservations. No system function lists them, so every candidate is looked up. */
import { DlletError } from '../../../definition/errors.js';
import { ADDRESS_FAMILIES, type PortsContext, readTables, type Warn } from './context.js';
import { rangeWords } from './range-words.js';
import type { Protocol, RangeQuery } from './types.js';

export interface Reservation {
  readonly protocol: Protocol;
  readonly startPort: number;
  readonly numberOfPorts: number;
  /** Decimal digits of an unsigned 64-bit number. */
  readonly token: string;
}

export interface ReservationQuestion {
  readonly protocol: Protocol;
  /** Only reservations that contain one of these ports. */
  readonly ports?: readonly number[] | undefined;
}

/** ERROR_NOT_FOUND: returned by the lookup functions for a block that is not reserved. */
const NOT_FOUND = 1168;

/**
 * Returns the reservations of a protocol, sorted by port: the excluded ranges whose exact block a lookup finds. Starred
 * rows are looked up too, because it is not documented how the system shows a reservation. A reservation that is not a
 * row of its own in the table is not found.
 *
 * Rejects with DlletError: `PlatformNotSupported` if there is no such table, `FunctionNotFound` if there is no lookup,
 * and an error if a lookup fails in any other way than not finding the block.
 */
export async function listReservations(
  context: PortsContext,
  question: ReservationQuestion,
  warn?: Warn,
): Promise<Reservation[]> {
  const { protocol, ports } = question;
  const lookup = context.lookup(protocol);
  if (!lookup) throw withoutLookup(protocol);
  const queries = ADDRESS_FAMILIES.map((addressFamily) => ({ protocol, addressFamily }));
  const read = (query: RangeQuery) => context.ranges.excludedRanges({ ...query, store: 'Active' });
  const tables = await readTables(queries, read, 'excluded ranges', warn);
  const candidates = new Map(tables.flat().map((row) => [`${row.startPort}-${row.endPort}`, row]));
  const found: Reservation[] = [];
  for (const { startPort, endPort } of candidates.values()) {
    // The functions reject port 0 and a count beyond 16 bits, so no such range is a reservation.
    const numberOfPorts = endPort - startPort + 1;
    const isWanted = ports?.some((port) => startPort <= port && port <= endPort) ?? true;
    if (!isWanted || startPort === 0 || numberOfPorts > 65_535) continue;
    const { returnValue, outputs } = await lookup(startPort, numberOfPorts);
    if (returnValue === 0) found.push({ protocol, startPort, numberOfPorts, token: String(outputs.Token) });
    else if (returnValue !== NOT_FOUND) throw lookupFailed(protocol, startPort, endPort, Number(returnValue));
  }
  return found.sort((one, other) => one.startPort - other.startPort || one.numberOfPorts - other.numberOfPorts);
}

function withoutLookup(protocol: Protocol): DlletError {
  return new DlletError({
    id: 'FunctionNotFound',
    category: 'ObjectNotFound',
    message: `The definition has no function that looks up ${protocol.toUpperCase()} port reservations.`,
    recommendedAction: `Add LookupPersistent${protocol}PortReservation, as Iphlpapi.dll exports it.`,
  });
}

function lookupFailed(protocol: Protocol, startPort: number, endPort: number, code: number): DlletError {
  const range = { protocol, startPort, endPort };
  return new DlletError({
    id: code === 5 ? 'AccessDenied' : 'Win32Error',
    category: code === 5 ? 'PermissionDenied' : 'NotSpecified',
    message: `The reservation of ${rangeWords(range)} could not be looked up: Windows error ${code}.`,
    recommendedAction: 'Repeat the command in an elevated session ("Run as administrator").',
    data: { win32: code, protocol, startPort, endPort },
  });
}
