/**
 * Parses the text of /proc/net/{tcp,tcp6,udp,udp6}. Pure.
 *
 * Sources: proc(5); Linux Documentation/networking/proc_net_tcp.rst; include/net/tcp_states.h.
 */
import type { endianness } from 'node:os';
import { ipv4Text, ipv6Text } from '../native/port-table-address.js';

export interface LinuxSocketRow {
  readonly address: string;
  readonly port: number;
  /** The number of the TCP state. UDP uses two of them with other meanings. */
  readonly state: number;
  /** 0 for a connection that no longer belongs to a process (TIME_WAIT). */
  readonly inode: number;
}

/** As `os.endianness` returns it. */
export type ByteOrder = ReturnType<typeof endianness>;

/**
 * Returns the sockets of a table. `byteOrder` is that of the machine that wrote it: an address is printed as one (IPv4)
 * or four (IPv6) 32-bit numbers whose bytes in memory are in network order. Throws an Error if the text is not such a
 * table or a row cannot be read.
 */
export function parseLinuxSocketTable(text: string, byteOrder: ByteOrder): LinuxSocketRow[] {
  const [header = '', ...lines] = text.split('\n');
  if (!HEADER.test(header)) throw new Error('the first line has no heading');
  return lines.filter((line) => line.trim() !== '').map((line) => parseRow(line, byteOrder));
}

/** Returns the name that Get-NetTCPConnection uses for a Linux TCP state; `Unknown` for an unknown number. */
export function linuxTcpState(state: number): string {
  return TCP_STATES[state] ?? 'Unknown';
}

const HEADER = /^\s*sl\s+local_address\s/;

/** sl: local remote state queues timer retransmits uid timeout inode … */
const ROW =
  /^\s*\d+: ((?:[\dA-F]{8}){1,4}):([\dA-F]{4}) [\dA-F]+:[\dA-F]{4} ([\dA-F]{2}) \S+ \S+ \S+\s+\d+\s+\d+\s+(\d+)(?:\s|$)/i;

const TCP_STATES: Readonly<Record<number, string>> = {
  1: 'Established',
  2: 'SynSent',
  3: 'SynReceived',
  4: 'FinWait1',
  5: 'FinWait2',
  6: 'TimeWait',
  7: 'Closed',
  8: 'CloseWait',
  9: 'LastAck',
  10: 'Listen',
  11: 'Closing',
  // NEW_SYN_RECV
  12: 'SynReceived',
};

function parseRow(line: string, byteOrder: ByteOrder): LinuxSocketRow {
  const [, address = '', port = '', state = '', inode = ''] = ROW.exec(line) ?? [];
  if (address.length !== 8 && address.length !== 32) throw new Error(`unexpected row: ${JSON.stringify(line)}`);
  return {
    address: addressText(address, byteOrder),
    port: Number.parseInt(port, 16),
    state: Number.parseInt(state, 16),
    inode: Number(inode),
  };
}

function addressText(hex: string, byteOrder: ByteOrder): string {
  const bytes = Buffer.from(hex, 'hex');
  if (byteOrder === 'LE') bytes.swap32();
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes);
}
