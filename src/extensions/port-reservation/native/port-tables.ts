/**
 * The TCP and UDP tables of Windows, with the process that holds each port.
 *
 * Source: learn.microsoft.com, iphlpapi.h, GetExtendedTcpTable and GetExtendedUdpTable. They need no privilege.
 */

import type { NativeSystem } from '../../../native/native-system.js';
import { bindTable } from '../../../native/prototype.js';
import { openSystemLibrary } from '../../../native/system-library.js';
import { callForTable, type SizedCall, SizedCallError } from './port-table-call.js';
import { type PortTableKind, type PortTableRow, parsePortTable } from './port-table-rows.js';
import { PORT_TABLES } from './prototypes.js';

/** Reads one of the four tables. Throws an Error that names the failed function and the reason. */
export type PortTableReader = (kind: PortTableKind) => PortTableRow[];

/**
 * Uses iphlpapi.dll of System32. Reading also throws DlletError if it cannot be loaded, and koffi's Error for a missing
 * export.
 */
export function openPortTables(system: NativeSystem): PortTableReader {
  const functions = bindTable(PORT_TABLES, (library) => openSystemLibrary(library, system));
  return (kind) => {
    const { protocol, addressFamily } = kind;
    const call: SizedCall = (table, size) =>
      functions[`GetExtended${protocol}Table`](
        table,
        size,
        UNSORTED,
        FAMILIES[addressFamily],
        TABLE_CLASSES[protocol],
        0,
      );
    try {
      return parsePortTable(callForTable(call), kind);
    } catch (cause) {
      if (!(cause instanceof SizedCallError)) throw cause;
      const text = system.describeWin32(cause.code);
      const reason = text === undefined ? '' : `: ${text}`;
      throw new Error(`GetExtended${protocol}Table failed for ${addressFamily} with ${cause.message}${reason}`, {
        cause,
      });
    }
  };
}

const UNSORTED = 0;

/** AF_INET and AF_INET6 of Windows. */
const FAMILIES = { IPv4: 2, IPv6: 23 } as const;

/** TCP_TABLE_OWNER_PID_ALL and UDP_TABLE_OWNER_PID. */
const TABLE_CLASSES = { Tcp: 5, Udp: 1 } as const;
