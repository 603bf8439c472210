/** The known facts about the ports of a machine. Ports are host-order numbers, 0 to 65535; ranges include both ends. */

export type Protocol = 'Tcp' | 'Udp';
export type AddressFamily = 'IPv4' | 'IPv6';
/** `Active`: in force now; `Persistent`: in force after the next restart. */
export type Store = 'Active' | 'Persistent';

/** A range that is excluded from automatic assignment (`netsh interface ipv4 show excludedportrange`). */
export interface ExcludedRange {
  readonly protocol: Protocol;
  readonly addressFamily: AddressFamily;
  readonly startPort: number;
  readonly endPort: number;
  /** True for a starred row: an administered exclusion, which can still be bound explicitly. */
  readonly administered: boolean;
}

/** The range from which the system assigns ports to programs that ask for any port. */
export interface DynamicRange {
  readonly protocol: Protocol;
  readonly addressFamily: AddressFamily;
  readonly startPort: number;
  readonly numberOfPorts: number;
}

/** A local port in use. */
export interface PortUse {
  readonly protocol: Protocol;
  readonly addressFamily: AddressFamily;
  /** The local address as text: 0.0.0.0, ::, 127.0.0.1, fe80::1 . */
  readonly address: string;
  readonly port: number;
  /** TCP state as Get-NetTCPConnection names it (Listen, Established, TimeWait, Bound, ...); null for UDP. */
  readonly state: string | null;
  /** 0 and null if the system does not report the process. */
  readonly processId: number;
  readonly processName: string | null;
}

/**
 * A URL of HTTP.sys, the HTTP server in the Windows kernel: a program listens on it, or it is reserved for an account.
 */
export interface HttpUrl {
  /** Such as `http://+:5357/`. */
  readonly url: string;
  readonly port: number;
  /** True if a program listens on it now; false if it is only reserved (`netsh http show urlacl`). */
  readonly listening: boolean;
  /** The process that listens; null if netsh does not show it. */
  readonly processId: number | null;
  /** The file name of its program; null if netsh does not show it. */
  readonly processName: string | null;
  /** The service that listens in that process, or all services of the process; null if there is none. */
  readonly service: string | null;
  /** The name of the request queue, which for IIS is the application pool; null if it has none. */
  readonly queue: string | null;
}

/** The result of a real bind of a port: bound (and released again), or the error. */
export type BindProbe =
  | { readonly port: number; readonly outcome: 'bound' }
  | {
      readonly port: number;
      readonly outcome: 'failed' /** Such as EADDRINUSE, EACCES, EADDRNOTAVAIL. */;
      readonly code: string;
    };

export interface RangeQuery {
  readonly protocol: Protocol;
  readonly addressFamily: AddressFamily;
}

/**
 * A source of facts about the ports of a machine: Windows through netsh, or the simulated computer. Rejects with
 * DlletError.
 */
export interface RangeSource {
  excludedRanges(query: RangeQuery & { readonly store: Store }): Promise<ExcludedRange[]>;
  dynamicRange(query: RangeQuery & { readonly store: Store }): Promise<DynamicRange>;
}
