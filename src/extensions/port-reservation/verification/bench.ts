/** What the measurements work with. */

import type { Block, Caller, Operation, Pool } from '../functions.js';
import type { ReservationSockets } from '../native/reservation-socket.js';
import type { TokenMemoryCall } from '../native/token-memory.js';
import type { RunNetsh, Snapshot } from './netsh-capture.js';
import type { Measured, NetshCapture } from './results.js';

export interface MeasuringBench {
  readonly pools: readonly Pool[];
  /** Whoever runs a measurement deletes afterwards what this caller created. */
  readonly call: Caller;
  /** The same with the rights of an ordinary user; undefined where there is no such caller. */
  readonly ordinary: Caller | undefined;
  /** May create and delete. */
  readonly elevated: boolean;
  /** Blocks by their offset in the region, which nothing else uses. */
  at(offset: number, count: number): Block;
  readonly lastPortIsFree: boolean;
  /** Undefined where there is no Windows. */
  readonly sockets: ReservationSockets | undefined;
  readonly netsh: RunNetsh | undefined;
  /** Tables of netsh from before anything was reserved. */
  readonly before: Snapshot | undefined;
  /** An exclusion of netsh may be made. */
  readonly mayUseNetsh: boolean;
  /** Something that netsh is to undo, should the verification not do it. */
  undoLater(args: readonly string[]): Promise<{ done(): Promise<void> }>;
  /** The call of the pool's function with memory of the measurement's own. */
  callWithMemory(pool: Pool, operation: Operation, block: Block, before: bigint): TokenMemoryCall;
  /** A lookup with a NULL pointer, in a process of its own: how that ended. */
  lookupWithNull(pool: Pool, block: Block): Promise<string>;
  /** What netsh printed, for the report. */
  capture(captures: readonly NetshCapture[]): void;
}

/** One question or several that are asked together. */
export interface Measurement {
  readonly question: string;
  /** Why it cannot be asked on this bench; undefined where it can. */
  lacks(bench: MeasuringBench): string | undefined;
  run(bench: MeasuringBench): Promise<Measured[]>;
}

export const NEEDS_ELEVATION = 'needs an elevated session';
export const NEEDS_WINDOWS = 'needs Windows';

export function measured(question: string, found: string, expected?: string): Measured {
  return { question, found, isMeasured: true, ...(expected === undefined ? {} : { expected }) };
}

/** Creates a block that a measurement needs, and returns its token. */
export async function reserve(bench: MeasuringBench, pool: Pool, block: Block): Promise<bigint> {
  const { code, token } = await bench.call(pool, 'create', block);
  if (code !== 0 || token === undefined) {
    throw new Error(`creating ${pool.name} ${block.start}+${block.count} for it answered ${code}`);
  }
  return token;
}

/** `0` or the code, in words that a reader can look up. */
export function answered(code: number): string {
  return code === 0 ? '0 (it succeeds)' : String(code);
}

/** The protocol of a pool: its sockets and its tables. */
export function protocolOf(pool: Pool): 'Tcp' | 'Udp' {
  return pool.name.toLowerCase() === 'tcp' ? 'Tcp' : 'Udp';
}
