/** The words in which a verdict about a port is given. */
import type { BindProbe, ExcludedRange, PortUse, Protocol } from '../ports/types.js';

/**
 * What an explicit bind of a port meets. `Free`, `Administered` and (seldom) `Reserved` go with a bind that succeeded;
 * all others with one that failed.
 */
export type Verdict =
  | 'Free'
  | 'InUse'
  | 'Excluded'
  | 'Administered'
  | 'Reserved'
  | 'AccessDenied'
  /** The bind failed for a reason that is not about the port: no such address, port 0, no descriptors left. */
  | 'NotAvailable';

/** A block of ports that is reserved for certain. Without a protocol it counts for every protocol that is asked about. */
export interface ReservedBlock {
  readonly protocol?: Protocol;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** The range that a port lies in: a row of the exclusion table, or a known reservation. */
export interface VerdictRange {
  readonly startPort: number;
  readonly endPort: number;
  readonly administered: boolean;
}

/** One use of a port. */
export interface VerdictProcess {
  readonly processId: number;
  readonly processName: string | null;
  readonly address: string;
  readonly state: string | null;
}

/** What a verdict is drawn from, and the verdict: equal for neighbouring ports that share their fate. */
export interface Evidence {
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** Code of the error that the bind answered, as the probe gave it; null where it succeeded. */
  readonly bindError: string | null;
  readonly range: VerdictRange | null;
  readonly processes: readonly VerdictProcess[];
}

/** One sentence on what is the case, one on what to do. */
export interface VerdictTexts {
  readonly explanation: string;
  readonly nextStep: string;
}

export interface PortVerdict extends Evidence, VerdictTexts {
  readonly port: number;
}

/** Neighbouring ports with the same evidence. */
export interface VerdictRun extends Evidence, VerdictTexts {
  readonly startPort: number;
  readonly endPort: number;
  readonly numberOfPorts: number;
}

/** What is known about the ports of a machine. Entries of the other protocol are passed over. */
export interface PortFacts {
  readonly protocol: Protocol;
  /** Both address families may be given. */
  readonly exclusions: readonly ExcludedRange[];
  readonly uses: readonly PortUse[];
  readonly reservations?: readonly ReservedBlock[];
  /** Where the bind was tried; this machine unless given. The same error has other causes on Windows than elsewhere. */
  readonly platform?: NodeJS.Platform;
}

/** Facts and the probe of one port. */
export interface PortQuestion extends PortFacts {
  readonly port: number;
  readonly probe: BindProbe;
}

/** Facts and the probes of many ports. */
export interface PortsQuestion extends PortFacts {
  readonly probes: readonly BindProbe[];
}
