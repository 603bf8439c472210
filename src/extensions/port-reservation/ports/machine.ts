/** The changes that can be made on a machine: its excluded and dynamic ranges, and the service that takes ports. */
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
  /** Removes an administered exclusion. The range must match exactly. */
  deleteExclusion(change: RangeChange): Promise<void>;
  setDynamicRange(change: RangeChange): Promise<void>;
}

/** `stopping`: no longer running, but not stopped yet; `absent`: not installed. */
export type ServiceState = 'running' | 'stopping' | 'stopped' | 'absent';

/** Starts and stops services. Rejects with DlletError. */
export interface ServiceControl {
  state(service: string): Promise<ServiceState>;
  stop(service: string): Promise<void>;
  start(service: string): Promise<void>;
  /** Waits a moment between two queries of a service's state. */
  pause(): Promise<void>;
}

export interface Machine {
  readonly writer: RangeWriter;
  readonly services: ServiceControl;
  /** True if this process has the rights that changes need. */
  isElevated(): boolean;
  /** The ports that processes of the simulated computer hold. A real machine has them in its tables. */
  held?(protocols: readonly Protocol[]): Promise<PortUse[]>;
}
