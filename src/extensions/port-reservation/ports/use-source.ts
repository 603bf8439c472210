/** The interface of every platform's source of ports in use. */
import type { AddressFamily, PortUse, Protocol } from './types.js';

export interface PortUseQuery {
  readonly protocols: readonly Protocol[];
  readonly addressFamilies: readonly AddressFamily[];
}

/** Returns the uses in any order, possibly with duplicates. Rejects with DlletError `PortUseUnavailable`. */
export type PortUseSource = (query: PortUseQuery) => Promise<PortUse[]>;
