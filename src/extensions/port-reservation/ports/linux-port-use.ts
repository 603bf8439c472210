/** Linux: the ports in use, from /proc. */
import { existsSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import path from 'node:path';
import { findSocketOwners, type SocketOwner } from './linux-socket-owners.js';
import { type LinuxSocketRow, linuxTcpState, parseLinuxSocketTable } from './linux-socket-table.js';
import type { AddressFamily, PortUse, Protocol } from './types.js';
import { portUseUnavailable } from './use-errors.js';
import type { PortUseQuery } from './use-source.js';

/** Returns the sockets of this process's network namespace. Rejects with DlletError `PortUseUnavailable`. */
export async function linuxPortUse(query: PortUseQuery, proc = '/proc'): Promise<PortUse[]> {
  const tables = query.protocols.flatMap((protocol) =>
    query.addressFamilies.map((addressFamily) => ({
      protocol,
      addressFamily,
      rows: readTable(proc, protocol, addressFamily),
    })),
  );
  const inodes = new Set(tables.flatMap(({ rows }) => rows.map(({ inode }) => inode)));
  inodes.delete(0);
  const owners = ownersOf(inodes, proc);
  return tables.flatMap(({ protocol, addressFamily, rows }) =>
    rows.flatMap((row) =>
      (owners.get(row.inode) ?? NOBODY).map((owner) => ({
        protocol,
        addressFamily,
        address: row.address,
        port: row.port,
        state: protocol === 'Tcp' ? linuxTcpState(row.state) : null,
        ...owner,
      })),
    ),
  );
}

const NOBODY: readonly SocketOwner[] = [{ processId: 0, processName: null }];

function readTable(proc: string, protocol: Protocol, addressFamily: AddressFamily): LinuxSocketRow[] {
  const ipv4File = path.join(proc, 'net', protocol.toLowerCase());
  const file = addressFamily === 'IPv4' ? ipv4File : `${ipv4File}6`;
  // A kernel without IPv6 (ipv6.disable=1) has only the IPv4 tables, and no IPv6 sockets.
  if (addressFamily === 'IPv6' && !existsSync(file) && existsSync(ipv4File)) return [];
  try {
    return parseLinuxSocketTable(readFileSync(file, 'latin1'), endianness());
  } catch (cause) {
    throw portUseUnavailable(file, cause);
  }
}

function ownersOf(inodes: ReadonlySet<number>, proc: string): Map<number, SocketOwner[]> {
  try {
    return findSocketOwners(inodes, proc);
  } catch (cause) {
    throw portUseUnavailable(proc, cause);
  }
}
