/** The types of a verdict about a port. */
import type { BindProbe, DynamicRange, ExcludedRange, HttpUrl, PortUse, Protocol } from '../ports/types.js';

/**
 * The result of an explicit bind of a port. After `Free`, `Administered` and (rarely) `Reserved` the bind succeeded;
 * after all others it failed.
 */
export type Verdict =
  | 'Free'
  | 'InUse'
  | 'Excluded'
  | 'Administered'
  | 'Reserved'
  | 'AccessDenied'
  /** The bind failed for a reason other than the port: no such address, port 0, no descriptors left. */
  | 'NotAvailable';

/** A block of ports that is known to be reserved. Without a protocol it applies to every protocol in question. */
export interface ReservedBlock {
  readonly protocol?: Protocol;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** The range that contains a port: a row of the exclusion table, or a known reservation. */
export interface VerdictRange {
  readonly startPort: number;
  readonly endPort: number;
  readonly administered: boolean;
}

/**
 * Who holds an excluded range. Everything except a URL that a program listens on is a guess, based on common
 * configurations.
 */
export type RangeHolder =
  /** HTTP.sys, for these URLs, all on the one port of the range. */
  | { readonly kind: 'Http'; readonly urls: readonly HttpUrl[] }
  /** A range of one port without a known URL: HTTP.sys, or a published port of a container. */
  | { readonly kind: 'SinglePort' }
  /**
   * A block of WinNAT or HNS, inside a dynamic range. `hasMovedDynamicRange` is true if that range does not begin at
   * its default port.
   */
  | { readonly kind: 'Nat'; readonly hasMovedDynamicRange: boolean }
  /** The administered exclusion that HNS makes by default. */
  | { readonly kind: 'HnsDefault' };

/** One use of a port. */
export interface VerdictProcess {
  readonly processId: number;
  readonly processName: string | null;
  readonly address: string;
  readonly state: string | null;
}

/** A verdict and its evidence. Neighbouring ports with the same facts have equal ones. */
export interface Evidence {
  readonly protocol: Protocol;
  readonly verdict: Verdict;
  /** The error of the bind: `WSAEACCES (10013)` on Windows, `EACCES` elsewhere; null if it succeeded. */
  readonly bindError: string | null;
  readonly range: VerdictRange | null;
  /** Who holds the range; null if unknown. */
  readonly holder: RangeHolder | null;
  readonly processes: readonly VerdictProcess[];
}

/** One sentence about the state of the port, and one about what to do. */
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

/** The known facts about the ports of a machine. Entries of the other protocol are ignored. */
export interface PortFacts {
  readonly protocol: Protocol;
  /** May contain both address families. */
  readonly exclusions: readonly ExcludedRange[];
  readonly uses: readonly PortUse[];
  readonly reservations?: readonly ReservedBlock[];
  readonly dynamicRanges?: readonly DynamicRange[] | undefined;
  /** The URLs that HTTP.sys listens on or has reserved; absent if they are not known. */
  readonly httpUrls?: readonly HttpUrl[] | undefined;
  /**
   * The platform of the bind; default: this machine's. The same error has different causes on Windows and elsewhere.
   */
  readonly platform?: NodeJS.Platform;
}

/** The facts and the probe of one port. */
export interface PortQuestion extends PortFacts {
  readonly port: number;
  readonly probe: BindProbe;
}

/** The facts and the probes of many ports. */
export interface PortsQuestion extends PortFacts {
  readonly probes: readonly BindProbe[];
}
