/**
 * The sockaddr of an address: what `bind` reads.
 *
 * Sources: POSIX netinet/in.h; Linux ip(7), ipv6(7); the headers of macOS (a length byte first, AF_INET6 = 30) and of
 * Windows (AF_INET6 = 23).
 */
import { isIP } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';
import { DlletError } from '../../../definition/errors.js';
import { isIpv4Mapped } from './port-table-address.js';

export interface SocketAddress {
  /** AF_INET or AF_INET6 of the platform. */
  readonly family: number;
  readonly ipv6: boolean;
  /** ::ffff:0:0/96, which an IPv6-only socket rejects. */
  readonly ipv4Mapped: boolean;
  /** sockaddr_in or sockaddr_in6, with port 0; the port belongs at PORT_OFFSET, in network byte order. */
  readonly bytes: Buffer;
}

/** The offset of the port in every sockaddr. */
export const PORT_OFFSET = 2;

/**
 * Converts a literal IPv4 or IPv6 address (`fe80::1%eth0`, `fe80::1%4`). Throws DlletError `InvalidParameter` for other
 * text.
 */
export function socketAddress(text: string, platform: NodeJS.Platform): SocketAddress {
  switch (isIP(text)) {
    case 4:
      return ipv4Address(text, platform);
    case 6:
      return ipv6Address(text, platform);
    default:
      throw invalidAddress(text, 'is not an IPv4 or IPv6 address');
  }
}

const AF_INET = 2;

function ipv4Address(text: string, platform: NodeJS.Platform): SocketAddress {
  const bytes = header(AF_INET, 16, platform);
  bytes.set(ipv4Bytes(text), 4);
  return { family: AF_INET, ipv6: false, ipv4Mapped: false, bytes };
}

function ipv6Address(text: string, platform: NodeJS.Platform): SocketAddress {
  const family = familyIpv6(platform);
  const bytes = header(family, 28, platform);
  const [address = '', scope] = text.split('%');
  const addressBytes = ipv6Bytes(address);
  bytes.set(addressBytes, 8);
  if (scope !== undefined) writeHost32(bytes, scopeId(scope, text), 24);
  return { family, ipv6: true, ipv4Mapped: isIpv4Mapped(addressBytes), bytes };
}

function familyIpv6(platform: NodeJS.Platform): number {
  if (platform === 'win32') return 23;
  return platform === 'darwin' ? 30 : 10;
}

function header(family: number, size: number, platform: NodeJS.Platform): Buffer {
  const bytes = Buffer.alloc(size);
  if (platform === 'darwin') bytes.set([size, family]);
  else if (endianness() === 'LE') bytes.writeUInt16LE(family);
  else bytes.writeUInt16BE(family);
  return bytes;
}

function writeHost32(bytes: Buffer, value: number, offset: number): void {
  if (endianness() === 'LE') bytes.writeUInt32LE(value, offset);
  else bytes.writeUInt32BE(value, offset);
}

function ipv4Bytes(text: string): number[] {
  return text.split('.').map(Number);
}

/** Returns the bytes of an address that `isIP` accepted. */
function ipv6Bytes(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const front = groupBytes(head);
  const back = tail === undefined ? [] : groupBytes(tail);
  return Uint8Array.from([...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back]);
}

function groupBytes(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return ipv4Bytes(group);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function scopeId(scope: string, text: string): number {
  const index = /^\d{1,9}$/.test(scope)
    ? Number(scope)
    : networkInterfaces()[scope]?.find((entry) => entry.family === 'IPv6')?.scopeid;
  if (index === undefined) throw invalidAddress(text, `names the interface ${scope}, which does not exist`);
  return index;
}

function invalidAddress(text: string, problem: string): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `The address ${JSON.stringify(text)} ${problem}.`,
    recommendedAction: 'Give an IP address of this computer, such as 127.0.0.1, 0.0.0.0, ::1 or ::.',
    data: { address: text },
  });
}
