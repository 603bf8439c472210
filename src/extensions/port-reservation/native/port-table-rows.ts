/**
 * Parses the tables of GetExtendedTcpTable and GetExtendedUdpTable. Pure, so that any platform can test it.
 *
 * A table is a DWORD that counts the rows, followed by the rows. Sources: learn.microsoft.com, tcpmib.h
 * (MIB_TCPROW_OWNER_PID, MIB_TCP6ROW_OWNER_PID, MIB_TCP_STATE) and udpmib.h (MIB_UDPROW_OWNER_PID,
 * MIB_UDP6ROW_OWNER_PID); sizes and offsets checked with mingw-w64 10.0.0.
 */
import { ipv4Text, ipv6Text } from './port-table-address.js';

/** Selects one of the four tables. */
export interface PortTableKind {
  readonly protocol: 'Tcp' | 'Udp';
  readonly addressFamily: 'IPv4' | 'IPv6';
}

export interface PortTableRow {
  readonly address: string;
  readonly port: number;
  /** The number of MIB_TCP_STATE; null for UDP. */
  readonly state: number | null;
  readonly processId: number;
}

/** Byte offsets in a row. Everything is a DWORD except an IPv6 address, which is 16 bytes. */
export interface RowLayout {
  readonly size: number;
  readonly address: number;
  /** IPv6 only. */
  readonly scopeId?: number;
  readonly port: number;
  /** TCP only. */
  readonly state?: number;
  readonly processId: number;
}

/** The layout of the rows of each table. */
export const ROW_LAYOUTS: Readonly<Record<`${PortTableKind['protocol']}${PortTableKind['addressFamily']}`, RowLayout>> =
  {
    TcpIPv4: { size: 24, state: 0, address: 4, port: 8, processId: 20 },
    TcpIPv6: { size: 56, address: 0, scopeId: 16, port: 20, state: 48, processId: 52 },
    UdpIPv4: { size: 12, address: 0, port: 4, processId: 8 },
    UdpIPv6: { size: 28, address: 0, scopeId: 16, port: 20, processId: 24 },
  };

/** Returns the rows of a table. Throws an Error if the memory is shorter than the table's row count requires. */
export function parsePortTable(table: Buffer, kind: PortTableKind): PortTableRow[] {
  const layout = ROW_LAYOUTS[`${kind.protocol}${kind.addressFamily}`];
  const count = table.length < COUNT_BYTES ? Number.POSITIVE_INFINITY : table.readUInt32LE(0);
  if (COUNT_BYTES + count * layout.size > table.length) {
    throw new Error(`the table should have ${count} rows of ${layout.size} bytes, but has only ${table.length} bytes`);
  }
  return Array.from({ length: count }, (_, index) => {
    const start = COUNT_BYTES + index * layout.size;
    return parseRow(table.subarray(start, start + layout.size), layout);
  });
}

const COUNT_BYTES = 4;

function parseRow(row: Buffer, layout: RowLayout): PortTableRow {
  return {
    address: addressText(row, layout),
    // Network byte order in the low 16 bits; the upper 16 bits are undefined ("uninitialized data").
    port: row.readUInt16BE(layout.port),
    state: layout.state === undefined ? null : row.readUInt32LE(layout.state),
    processId: row.readUInt32LE(layout.processId),
  };
}

function addressText(row: Buffer, { address, scopeId }: RowLayout): string {
  if (scopeId === undefined) return ipv4Text(row.subarray(address, address + 4));
  const bytes = row.subarray(address, address + 16);
  return ipv6Text(bytes, hasZone(bytes) ? interfaceIndex(row, scopeId) : 0);
}

/**
 * True for an address that is unique on one link only (fe80::/10, fec0::/10, ff00::/8), so that it needs its scope id.
 * Wine gives a scope id to ::1 as well.
 */
function hasZone([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xff || (first === 0xfe && second >= 0x80);
}

/**
 * The documentation says that the scope id is in network byte order; .NET's System.Net.NetworkInformation and Wine read
 * it as host order. It is an interface index and therefore below 65536, so the smaller reading is correct in both
 * cases.
 */
function interfaceIndex(row: Buffer, offset: number): number {
  return Math.min(row.readUInt32LE(offset), row.readUInt32BE(offset));
}
