/** The contract as data: cases that any runner can run, against any backend. */
import type { Caller } from '../../functions.js';

/** What can be checked with this backend on this machine. */
export interface ContractCapabilities {
  /** True if the caller may create and delete. */
  readonly elevated: boolean;
  /** True if an unelevated caller can be made. */
  readonly unelevated: boolean;
  /** True if another caller can use the same state. */
  readonly shared: boolean;
  /** The first port of at least 100 that nothing else uses, and whether port 65535 is free, too. */
  readonly region: number;
  readonly lastPortIsFree: boolean;
}

/** The tools of a case. The runner afterwards deletes everything that its callers created. */
export interface ContractBench {
  readonly call: Caller;
  /** An unelevated caller, on a state without reservations in the region. */
  unelevated(): Caller;
  /** Another caller on the same state. */
  other(): Caller;
}

export interface ContractCase {
  /** The pool, and the rule that is checked. */
  readonly path: readonly string[];
  readonly name: string;
  /** Says what the machine lacks for this case; undefined if the case can run. */
  readonly leftOut: string | undefined;
  /** Throws an AssertionError with the expected and the actual result. */
  run(bench: ContractBench): Promise<void>;
}
