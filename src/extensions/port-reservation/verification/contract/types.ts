/** The contract as data: cases that any runner can run, against any backend. */
import type { Caller } from '../../functions.js';

/** What the machine behind the backend permits to check. */
export interface ContractCapabilities {
  /** The caller may create and delete. */
  readonly elevated: boolean;
  /** An unelevated caller can be made. */
  readonly unelevated: boolean;
  /** There can be another caller over the same state. */
  readonly shared: boolean;
  /** First port of at least 100 that nothing else uses, and whether port 65535 is free, too. */
  readonly region: number;
  readonly lastPortIsFree: boolean;
}

/** What a case works with. Whoever runs it deletes afterwards what its callers created. */
export interface ContractBench {
  readonly call: Caller;
  /** An unelevated caller, on a state where nothing is reserved in the region. */
  unelevated(): Caller;
  /** Another caller over the same state. */
  other(): Caller;
}

export interface ContractCase {
  /** Pool, then what must hold. */
  readonly path: readonly string[];
  readonly name: string;
  /** What the machine lacks for it; undefined where the case can be run. */
  readonly leftOut: string | undefined;
  /** Throws an AssertionError that says what was answered in place of what. */
  run(bench: ContractBench): Promise<void>;
}
