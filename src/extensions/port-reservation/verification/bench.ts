/** The tools that every measurement gets. */

import type { Block, Caller, Operation, Pool } from '../functions.js';
import type { ReservationSockets } from '../native/reservation-socket.js';
import type { TokenMemoryCall } from '../native/token-memory.js';
import type { RunNetsh, Snapshot } from './netsh-capture.js';
import type { Measured, NetshCapture } from './results.js';

export interface MeasuringBench {
  readonly pools: readonly Pool[];
  /** Calls a function. The code that runs a measurement afterwards deletes everything that this caller created. */
  readonly call: Caller;
  /** A caller with the rights of an ordinary user; undefined if none can be made. */
  readonly ordinary: Caller | undefined;
  /** True if it may create and delete reservations. */
  readonly elevated: boolean;
  /** Returns a block by its offset in the region, which nothing else uses. */
  at(offset: number, count: number): Block;
  readonly lastPortIsFree: boolean;
  /** Undefined on systems other than Windows. */
  readonly sockets: ReservationSockets | undefined;
  readonly netsh: RunNetsh | undefined;
  /** The tables of netsh before anything was reserved. */
  readonly before: Snapshot | undefined;
  /** True if the verification may add an exclusion with netsh. */
  readonly mayUseNetsh: boolean;
  /** Registers a netsh command that undoes a change, in case the verification ends before it does so itself. */
  undoLater(args: readonly string[]): Promise<{ done(): Promise<void> }>;
  /** Calls the pool's function with memory that the measurement provides. */
  callWithMemory(pool: Pool, operation: Operation, block: Block, before: bigint): TokenMemoryCall;
  /** Makes a lookup with a NULL pointer in a process of its own. Returns how it ended. */
  lookupWithNull(pool: Pool, block: Block): Promise<string>;
  /** Adds the output of netsh to the report. */
  capture(captures: readonly NetshCapture[]): void;
}

/** A measurement: one question, or several that are answered together. */
export interface Measurement {
  readonly question: string;
  /** Returns the reason why it cannot be answered here; undefined if it can. */
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

/** Returns `0`, or the code and its symbolic name. */
export function answered(code: number): string {
  return code === 0 ? '0 (it succeeds)' : String(code);
}

/** Returns the protocol of a pool's sockets and tables. */
export function protocolOf(pool: Pool): 'Tcp' | 'Udp' {
  return pool.name.toLowerCase() === 'tcp' ? 'Tcp' : 'Udp';
}
