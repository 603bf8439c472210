/**
 * A pure model of the documented behaviour of the six persistent port reservation functions of Iphlpapi.dll.
 *
 * Ports and counts are unsigned 16-bit numbers in host order, tokens are unsigned 64-bit. It uses no clock, no file and
 * no randomness of its own: the same state, operation and tokens give the same result.
 */

import type { CallerRights } from '../../../simulation/simulation.js';

/** The pools of ports, one for each transport protocol: the same block can be reserved once in each. */
export const PORT_POOLS = ['tcp', 'udp'] as const;

export type PortPool = (typeof PORT_POOLS)[number];

export const poolOf = (protocol: 'Tcp' | 'Udp'): PortPool => (protocol === 'Tcp' ? 'tcp' : 'udp');

/** A block of `numberOfPorts` ports of one pool, from `startPort`. It identifies a reservation. */
export interface PortBlock {
  readonly pool: PortPool;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** A reserved block and its token, 1 to 2^64-1. */
export interface Reservation extends PortBlock {
  readonly token: bigint;
}

/** All reservations, sorted with compareBlocks. No two in one pool overlap, and no two have the same token. */
export type Reservations = readonly Reservation[];

/** The highest port, which is also the highest possible last port of a block. */
export const MAXIMUM_PORT = 65_535;

/** The highest token. 0 is INVALID_PORT_RESERVATION_TOKEN and never a token. */
export const MAXIMUM_TOKEN = (1n << 64n) - 1n;

/** The Win32 codes that the functions return according to their documentation. */
export const WIN32 = {
  NO_ERROR: 0,
  ERROR_ACCESS_DENIED: 5,
  ERROR_SHARING_VIOLATION: 32,
  ERROR_INVALID_PARAMETER: 87,
  ERROR_NOT_FOUND: 1168,
} as const;

export type Win32Code = (typeof WIN32)[keyof typeof WIN32];

export type ReservationOperation = 'create' | 'delete' | 'lookup';

/** Returns a candidate for a token. It may return the same one again: unsuitable candidates are skipped. */
export type TokenSource = () => bigint;

export interface Surroundings {
  /** Only create and delete check them. */
  readonly rights: CallerRights;
  readonly drawToken: TokenSource;
  /** Other blocks that a new one must not overlap: excluded ranges, and ports in use. */
  readonly obstacles?: readonly PortBlock[];
}

/** The result of an operation. `reservations` is the list that was passed in if nothing changed. */
export type ReservationOutcome =
  | { readonly returnValue: Exclude<Win32Code, 0>; readonly reservations: Reservations }
  | { readonly returnValue: 0; readonly reservations: Reservations; readonly token?: bigint };

/**
 * Executes one call.
 *
 * Returns 87 for a start or a count of 0, and for a create of a block that extends beyond port 65535; then 5 for an
 * unelevated create or delete; then 32 for a create that equals or overlaps a reservation or an obstacle of the pool, and 1168 for a
 * delete or lookup of anything but an exact reserved block; otherwise 0, with the token of a create or lookup. Throws
 * Error only if the token source keeps returning unsuitable tokens.
 */
export function applyOperation(
  reservations: Reservations,
  operation: ReservationOperation,
  block: PortBlock,
  surroundings: Surroundings,
): ReservationOutcome {
  const failed = (returnValue: Exclude<Win32Code, 0>): ReservationOutcome => ({ returnValue, reservations });

  if (block.startPort === 0 || block.numberOfPorts === 0) return failed(WIN32.ERROR_INVALID_PARAMETER);
  if (operation === 'create' && lastPort(block) > MAXIMUM_PORT) return failed(WIN32.ERROR_INVALID_PARAMETER);
  if (operation !== 'lookup' && surroundings.rights === 'unelevated') return failed(WIN32.ERROR_ACCESS_DENIED);

  switch (operation) {
    case 'create': {
      const { obstacles = [] } = surroundings;
      if ([...reservations, ...obstacles].some((present) => blocksOverlap(present, block)))
        return failed(WIN32.ERROR_SHARING_VIOLATION);
      const token = freshToken(surroundings.drawToken, new Set(reservations.map((present) => present.token)));
      const { pool, startPort, numberOfPorts } = block;
      const created: Reservation = { pool, startPort, numberOfPorts, token };
      return { returnValue: 0, reservations: [...reservations, created].sort(compareBlocks), token };
    }
    case 'delete': {
      const found = findExact(reservations, block);
      if (found === undefined) return failed(WIN32.ERROR_NOT_FOUND);
      return { returnValue: 0, reservations: reservations.filter((present) => present !== found) };
    }
    case 'lookup': {
      const found = findExact(reservations, block);
      return found === undefined ? failed(WIN32.ERROR_NOT_FOUND) : { returnValue: 0, reservations, token: found.token };
    }
  }
}

/**
 * Restarts the computer: every reservation remains and gets a new token, one that no reservation had before. Throws
 * Error only if the token source keeps returning unsuitable tokens.
 */
export function restartReservations(reservations: Reservations, drawToken: TokenSource): Reservations {
  const taken = new Set(reservations.map((present) => present.token));
  return reservations.map((present) => {
    const token = freshToken(drawToken, taken);
    taken.add(token);
    return { ...present, token };
  });
}

/** Returns the last port of a block; above MAXIMUM_PORT if the block does not fit. */
export function lastPort(block: PortBlock): number {
  return block.startPort + block.numberOfPorts - 1;
}

/** True if the two blocks are in the same pool and share a port. */
export function blocksOverlap(one: PortBlock, other: PortBlock): boolean {
  return one.pool === other.pool && one.startPort <= lastPort(other) && other.startPort <= lastPort(one);
}

/** The order of reservations: by pool, then by first port, then by count. */
export function compareBlocks(one: PortBlock, other: PortBlock): number {
  if (one.pool !== other.pool) return one.pool < other.pool ? -1 : 1;
  return one.startPort - other.startPort || one.numberOfPorts - other.numberOfPorts;
}

/**
 * The number of unsuitable tokens that are skipped before the source counts as broken. A random one is unsuitable once
 * in 2^48.
 */
const MAXIMUM_DRAWS = 1_000;

function freshToken(drawToken: TokenSource, taken: ReadonlySet<bigint>): bigint {
  for (let draw = 0; draw < MAXIMUM_DRAWS; draw += 1) {
    const token = drawToken();
    if (token > 0n && token <= MAXIMUM_TOKEN && !taken.has(token)) return token;
  }
  throw new Error(`no unused token was found in ${MAXIMUM_DRAWS} attempts`);
}

function findExact(reservations: Reservations, block: PortBlock): Reservation | undefined {
  return reservations.find(
    (present) =>
      present.startPort === block.startPort &&
      present.numberOfPorts === block.numberOfPorts &&
      present.pool === block.pool,
  );
}
