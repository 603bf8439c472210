/** The text form of the simulation's state: JSON, version 1. */
import { messageOf } from '../../../definition/errors.js';
import { shown } from '../../../definition/shown.js';
import type { ParsedState, StateFormat } from '../../../simulation/state-format.js';
import {
  blocksOverlap,
  compareBlocks,
  lastPort,
  MAXIMUM_PORT,
  MAXIMUM_TOKEN,
  PORT_POOLS,
  type PortBlock,
  type PortPool,
  type Reservation,
  type Reservations,
} from './port-reservation.js';

/** A range of the simulated computer's exclusion table that is not a reservation. */
export interface SimulatedExclusion {
  readonly pool: PortPool;
  readonly startPort: number;
  readonly numberOfPorts: number;
  /** True for a starred row of netsh: an explicit bind still succeeds. */
  readonly administered: boolean;
  /** Present if the range is only in the active store, so that a restart removes it. */
  readonly activeOnly?: true;
}

/** A port that a process of the simulated computer holds. */
export interface SimulatedUse {
  readonly pool: PortPool;
  readonly port: number;
  readonly processName: string;
  /** At least 1. */
  readonly processId: number;
}

export interface SimulatedDynamicRange {
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** Absent for a pool with Windows' default. */
export type SimulatedDynamicRanges = Readonly<{ [Pool in PortPool]?: SimulatedDynamicRange | undefined }>;

/**
 * The state of the simulated computer: the number of restarts, the reservations, and all differences from a new
 * computer.
 */
export interface SimulationState {
  readonly restarts: number;
  readonly reservations: Reservations;
  /** Absent if there is none. */
  readonly exclusions?: readonly SimulatedExclusion[] | undefined;
  /** The pools whose dynamic range is not Windows' default. */
  readonly dynamicRanges?: SimulatedDynamicRanges | undefined;
  /** Absent if there is none. */
  readonly uses?: readonly SimulatedUse[] | undefined;
  /** Present while Windows NAT is stopped: its ranges are then not in force. */
  readonly isNatStopped?: true | undefined;
}

/** A reservation as JSON. The token is a decimal string, because a JSON number cannot hold 64 bits. */
export interface ReservationRecord {
  readonly pool: PortPool;
  readonly startPort: number;
  readonly numberOfPorts: number;
  readonly token: string;
}

/** The state of a new machine. */
export const EMPTY_STATE: SimulationState = { restarts: 0, reservations: [] };

/** Returns the text of a state file: sorted, indented, with a newline at the end. Equal states have equal texts. */
export function serializeState(state: SimulationState): string {
  const reservations = toRecords([...state.reservations].sort(compareBlocks));
  const exclusions = [...(state.exclusions ?? [])].sort(compareBlocks);
  const uses = [...(state.uses ?? [])].sort(compareUses);
  const { tcp, udp } = state.dynamicRanges ?? {};
  const document = {
    version: VERSION,
    restarts: state.restarts,
    reservations,
    ...(exclusions.length > 0 ? { exclusions } : {}),
    ...(tcp || udp ? { dynamicRanges: { ...(tcp ? { tcp } : {}), ...(udp ? { udp } : {}) } } : {}),
    ...(uses.length > 0 ? { uses } : {}),
    ...(state.isNatStopped ? { isNatStopped: true } : {}),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The order of ports in use: by pool, port and process. */
export function compareUses(one: SimulatedUse, other: SimulatedUse): number {
  return one.pool.localeCompare(other.pool) || one.port - other.port || one.processId - other.processId;
}

/** Reads the text of a state file. If the text is not a valid state, returns the first problem. */
export function parseState(text: string): ParsedState<SimulationState> {
  try {
    return { kind: 'valid', state: stateOf(jsonOf(text)) };
  } catch (error) {
    if (error instanceof Damage) return { kind: 'damaged', reason: error.message };
    throw error;
  }
}

/** Combines both directions, for code that opens a state file. */
export const STATE_FORMAT: StateFormat<SimulationState> = {
  empty: EMPTY_STATE,
  serialize: serializeState,
  parse: parseState,
};

/** Returns reservations as plain data, in the order given. */
export function toRecords(reservations: Reservations): ReservationRecord[] {
  return reservations.map(({ pool, startPort, numberOfPorts, token }) => ({
    pool,
    startPort,
    numberOfPorts,
    token: token.toString(),
  }));
}

const VERSION = 1;

class Damage extends Error {}

function jsonOf(text: string): unknown {
  if (text.trim() === '') throw new Damage('it is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Damage(`it is not JSON (${messageOf(error)})`);
  }
}

function stateOf(json: unknown): SimulationState {
  const document = recordOf(json, 'the document');
  if (document.version !== VERSION) {
    throw new Damage(`its version is ${show(document.version)}, but this program reads only version ${VERSION}`);
  }
  demandKeys(document, ['version', 'restarts', 'reservations'], 'the document', OPTIONAL_PARTS);
  const restarts = integerOf(document.restarts, 0, Number.MAX_SAFE_INTEGER, 'restarts');
  if (!Array.isArray(document.reservations)) throw new Damage('reservations is not an array');
  const entries = document.reservations.map(entryOf);
  demandDistinctTokens(entries);
  entries.sort((one, other) => compareBlocks(one.reservation, other.reservation));
  demandDisjointBlocks(entries);
  const reservations = entries.map((entry) => entry.reservation);
  const { exclusions, dynamicRanges, uses, isNatStopped } = document;
  if (isNatStopped !== undefined && isNatStopped !== true) throw new Damage('isNatStopped is not true');
  return {
    restarts,
    reservations,
    ...(exclusions === undefined ? {} : { exclusions: listOf(exclusions, 'exclusions').map(exclusionOf) }),
    ...(dynamicRanges === undefined ? {} : { dynamicRanges: dynamicRangesOf(dynamicRanges) }),
    ...(uses === undefined ? {} : { uses: listOf(uses, 'uses').map(useOf) }),
    ...(isNatStopped === undefined ? {} : { isNatStopped }),
  };
}

const OPTIONAL_PARTS = ['exclusions', 'dynamicRanges', 'uses', 'isNatStopped'];

function listOf(json: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(json)) throw new Damage(`${at} is not an array`);
  return json;
}

function dynamicRangesOf(json: unknown): SimulatedDynamicRanges {
  const ranges = recordOf(json, 'dynamicRanges');
  demandKeys(ranges, [], 'dynamicRanges', PORT_POOLS);
  return Object.fromEntries(
    Object.entries(ranges).map(([pool, range]) => {
      const at = `dynamicRanges.${pool}`;
      const entry = recordOf(range, at);
      demandKeys(entry, ['startPort', 'numberOfPorts'], at);
      const { startPort, numberOfPorts } = blockOf({ ...entry, pool }, at);
      return [pool, { startPort, numberOfPorts }];
    }),
  );
}

function useOf(json: unknown, index: number): SimulatedUse {
  const at = `uses[${index}]`;
  const entry = recordOf(json, at);
  demandKeys(entry, ['pool', 'port', 'processName', 'processId'], at);
  const { processName } = entry;
  if (typeof processName !== 'string' || processName === '') throw new Damage(`${at}.processName is not a name`);
  const { pool, startPort } = blockOf({ pool: entry.pool, startPort: entry.port, numberOfPorts: 1 }, at);
  const processId = integerOf(entry.processId, 1, 0xffff_ffff, `${at}.processId`);
  return { pool, port: startPort, processName, processId };
}

function exclusionOf(json: unknown, index: number): SimulatedExclusion {
  const at = `exclusions[${index}]`;
  const entry = recordOf(json, at);
  demandKeys(entry, ['pool', 'startPort', 'numberOfPorts', 'administered'], at, ['activeOnly']);
  const { administered, activeOnly } = entry;
  if (typeof administered !== 'boolean') throw new Damage(`${at}.administered is neither true nor false`);
  if (activeOnly !== undefined && activeOnly !== true) throw new Damage(`${at}.activeOnly is not true`);
  return { ...blockOf(entry, at), administered, ...(activeOnly === undefined ? {} : { activeOnly }) };
}

interface Entry {
  readonly at: string;
  readonly reservation: Reservation;
}

function entryOf(json: unknown, index: number): Entry {
  const at = `reservations[${index}]`;
  const entry = recordOf(json, at);
  demandKeys(entry, ['pool', 'startPort', 'numberOfPorts', 'token'], at);
  const block = blockOf(entry, at);
  const token = tokenOf(entry.token, `${at}.token`);
  return { at, reservation: { ...block, token } };
}

function blockOf(entry: Readonly<Record<string, unknown>>, at: string): PortBlock {
  const pool = PORT_POOLS.find((known) => known === entry.pool);
  if (pool === undefined) {
    throw new Damage(`${at}.pool is ${show(entry.pool)}, which is not one of ${PORT_POOLS.join(', ')}`);
  }
  const startPort = integerOf(entry.startPort, 1, MAXIMUM_PORT, `${at}.startPort`);
  const numberOfPorts = integerOf(entry.numberOfPorts, 1, MAXIMUM_PORT, `${at}.numberOfPorts`);
  const block: PortBlock = { pool, startPort, numberOfPorts };
  if (lastPort(block) > MAXIMUM_PORT) {
    throw new Damage(`${at} ends at port ${lastPort(block)}, past the last port, ${MAXIMUM_PORT}`);
  }
  return block;
}

function demandDistinctTokens(entries: readonly Entry[]): void {
  const owners = new Map<bigint, string>();
  for (const { at, reservation } of entries) {
    const owner = owners.get(reservation.token);
    if (owner !== undefined) throw new Damage(`${owner} and ${at} have the same token, ${reservation.token}`);
    owners.set(reservation.token, at);
  }
}

/** In a sorted list, if any two blocks overlap, two neighbours do. It is enough to compare neighbours. */
function demandDisjointBlocks(sorted: readonly Entry[]): void {
  sorted.forEach((entry, index) => {
    const next = sorted[index + 1];
    if (next !== undefined && blocksOverlap(entry.reservation, next.reservation)) {
      throw new Damage(`${entry.at} and ${next.at} overlap in the ${entry.reservation.pool} ports`);
    }
  });
}

function recordOf(json: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Damage(`${at} is not an object`);
  return { ...json };
}

function demandKeys(
  record: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  at: string,
  optional: readonly string[] = [],
): void {
  const missing = keys.find((key) => !Object.hasOwn(record, key));
  if (missing !== undefined) throw new Damage(`${at} has no ${missing}`);
  const unknown = Object.keys(record).find((key) => !keys.includes(key) && !optional.includes(key));
  if (unknown !== undefined) throw new Damage(`${at} has an unknown property ${show(unknown)}`);
}

function integerOf(json: unknown, minimum: number, maximum: number, at: string): number {
  if (typeof json === 'number' && Number.isInteger(json) && json >= minimum && json <= maximum) return json;
  throw new Damage(`${at} is ${show(json)}, which is not a whole number from ${minimum} to ${maximum}`);
}

function tokenOf(json: unknown, at: string): bigint {
  if (typeof json === 'string' && /^[1-9]\d{0,19}$/.test(json) && BigInt(json) <= MAXIMUM_TOKEN) return BigInt(json);
  throw new Damage(`${at} is ${show(json)}, which is not a decimal string from 1 to ${MAXIMUM_TOKEN}`);
}

const show = (json: unknown): string => shown(json, 60, 'missing');
