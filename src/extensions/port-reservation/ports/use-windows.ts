/** Windows: the ports in use, from the tables of iphlpapi.dll. */
import { DlletError } from '../../../definition/errors.js';
import { nativeSystem } from '../../../native/system.js';
import { openProcessNames, type ProcessNames } from '../../../system/process-name.js';
import type { PortTableRow } from '../native/port-table-rows.js';
import { openPortTables, type PortTableReader } from '../native/port-tables.js';
import type { AddressFamily, PortUse, Protocol } from './types.js';
import { portUseUnavailable } from './use-errors.js';
import type { PortUseQuery } from './use-source.js';

/** Returns both tables for both families. Rejects with DlletError `PortUseUnavailable`. */
export async function windowsPortUse(query: PortUseQuery): Promise<PortUse[]> {
  try {
    const { readTable, processName } = openTables();
    return query.protocols.flatMap((protocol) =>
      query.addressFamilies.flatMap((addressFamily) =>
        readTable({ protocol, addressFamily }).map((row) => useOf(protocol, addressFamily, row, processName)),
      ),
    );
  } catch (cause) {
    throw cause instanceof DlletError && cause.id === 'PlatformNotSupported'
      ? cause
      : portUseUnavailable('iphlpapi.dll', cause);
  }
}

/**
 * Returns the name that Get-NetTCPConnection uses for a MIB_TCP_STATE; `Unknown` for an unknown number. Source:
 * learn.microsoft.com, tcpmib.h (MIB_TCP_STATE), Get-NetTCPConnection (parameter -State).
 */
export function windowsTcpState(state: number): string {
  return TCP_STATES[state] ?? 'Unknown';
}

const TCP_STATES: Readonly<Record<number, string>> = {
  1: 'Closed',
  2: 'Listen',
  3: 'SynSent',
  4: 'SynReceived',
  5: 'Established',
  6: 'FinWait1',
  7: 'FinWait2',
  8: 'CloseWait',
  9: 'Closing',
  10: 'LastAck',
  11: 'TimeWait',
  12: 'DeleteTCB',
  100: 'Bound',
};

let tables: PortTableReader | undefined;

/** The opened tables are kept; process names are read again for each query. */
function openTables(): { readonly readTable: PortTableReader; readonly processName: ProcessNames } {
  const system = nativeSystem('win32');
  tables ??= openPortTables(system);
  return { readTable: tables, processName: openProcessNames(system) };
}

function useOf(protocol: Protocol, addressFamily: AddressFamily, row: PortTableRow, names: ProcessNames): PortUse {
  return {
    protocol,
    addressFamily,
    address: row.address,
    port: row.port,
    state: row.state === null ? null : windowsTcpState(row.state),
    processId: row.processId,
    // 0 is the idle process: the connection no longer belongs to a process.
    processName: row.processId === 0 ? null : names(row.processId),
  };
}
