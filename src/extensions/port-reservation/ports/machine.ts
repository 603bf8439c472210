/** What can be changed on a machine: its excluded and dynamic ranges, and the service that takes ports. */
import type { PortUse, Protocol, RangeQuery, Store } from './types.js';

/** A change of one table. `startPort` is 1 to 65535; the block ends at port 65535 or before. */
export interface RangeChange extends RangeQuery {
  readonly store: Store;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** Changes one table at a time. Rejects with DlletError; `NetshFailed` if the cause is not known. */
export interface RangeWriter {
  /** Adds an administered exclusion. */
  addExclusion(change: RangeChange): Promise<void>;
  /** Takes an administered exclusion away; it must be given exactly. */
  deleteExclusion(change: RangeChange): Promise<void>;
  setDynamicRange(change: RangeChange): Promise<void>;
}

/** `stopping`: not stopped yet, and running no more; `absent`: not installed. */
export type ServiceState = 'running' | 'stopping' | 'stopped' | 'absent';

/** Starts and stops services. Rejects with DlletError. */
export interface ServiceControl {
  state(service: string): Promise<ServiceState>;
  stop(service: string): Promise<void>;
  start(service: string): Promise<void>;
  /** Gives a service a moment to go on. */
  pause(): Promise<void>;
}

export interface Machine {
  readonly writer: RangeWriter;
  readonly services: ServiceControl;
  /** Whether this process has the rights that changes need. */
  isElevated(): boolean;
  /** The ports that processes of the simulated computer hold; a machine of metal has them in its tables. */
  held?(protocols: readonly Protocol[]): Promise<PortUse[]>;
}
