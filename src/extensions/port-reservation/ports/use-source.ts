/** What every platform's source of ports in use answers. */
import type { AddressFamily, PortUse, Protocol } from './types.js';

export interface PortUseQuery {
  readonly protocols: readonly Protocol[];
  readonly addressFamilies: readonly AddressFamily[];
}

/** In any order; may contain the same use twice. Rejects with DlletError `PortUseUnavailable`. */
export type PortUseSource = (query: PortUseQuery) => Promise<PortUse[]>;
