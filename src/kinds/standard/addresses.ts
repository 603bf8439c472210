/**
 * Network addresses: in_addr and in6_addr, whose bytes are in network order, and SOCKADDR with its variants (ws2def.h,
 * netinet/in.h). The latter are endpoints as in .NET: an address and a number of 16 bits.
 */
import { isIPv4, isIPv6 } from 'node:net';
import type { Json } from '../json.js';
import type { AddressFamilies, StandardForm } from './form.js';

const IPV4 = 2;

function ipv4Bytes(json: Json): Buffer | undefined {
  return typeof json === 'string' && isIPv4(json) ? Buffer.from(json.split('.').map(Number)) : undefined;
}

/** Normalizes an address to the text form of RFC 5952. */
const ipv6Text = (written: string) => new URL(`http://[${written}]/`).hostname.slice(1, -1);

function ipv6Bytes(json: Json): Buffer | undefined {
  if (typeof json !== 'string' || !isIPv6(json) || json.includes('%')) return undefined;
  const [head = '', tail] = ipv6Text(json).split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...new Array<string>(missing).fill('0'), ...groups(tail)];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

const ipv4Of = (bytes: Buffer) => [...bytes].join('.');
const ipv6Of = (bytes: Buffer) => ipv6Text(bytes.toString('hex').replace(/.{4}(?!$)/g, '$&:'));

const address = { powershellType: 'ipaddress', wireType: 'ipaddress' } as const;

export const ipv4: StandardForm = {
  ...address,
  size: 4,
  alignment: 4,
  sample: '192.0.2.1',
  expected: 'an IPv4 address such as 192.0.2.1',
  format: 'ipv4',
  toBytes: ipv4Bytes,
  fromBytes: ipv4Of,
};

export const ipv6: StandardForm = {
  ...address,
  size: 16,
  alignment: process.platform === 'win32' ? 2 : 4,
  sample: '2001:db8::1',
  expected: 'an IPv6 address such as 2001:db8::1',
  format: 'ipv6',
  toBytes: ipv6Bytes,
  fromBytes: ipv6Of,
};

const WRITTEN = /^(?:([\d.]+)|\[([0-9A-Fa-f:.]+)(?:%(\d+))?\]):(\d{1,5})$/;

/** Returns the bytes of `192.0.2.1:80`, `[2001:db8::1]:80` or, with a scope, `[fe80::1%3]:80`. */
export function endpointBytes(json: Json, families: AddressFamilies): Buffer | undefined {
  const [, four, six, scope = '0', number = ''] = typeof json === 'string' ? (WRITTEN.exec(json) ?? []) : [];
  if (Number(number) > 0xffff || Number(scope) > 0xffff_ffff) return undefined;
  const bytes = four === undefined ? six !== undefined && ipv6Bytes(six) : ipv4Bytes(four);
  if (!bytes) return undefined;
  const isShort = four !== undefined;
  const all = Buffer.alloc(isShort ? 16 : 28);
  const family = isShort ? IPV4 : families.ipv6;
  all.set(families.hasLength ? [all.length, family] : [family]);
  all.writeUInt16BE(Number(number), 2);
  all.set(bytes, isShort ? 4 : 8);
  if (!isShort) all.writeUInt32LE(Number(scope), 24);
  return all;
}

const familyOf = (bytes: Uint8Array, { hasLength }: AddressFamilies) => bytes[hasLength ? 1 : 0] ?? 0;

/** Returns the size of an endpoint that begins with these two bytes; 2 if it is neither IPv4 nor IPv6. */
export function endpointSize(start: Uint8Array, families: AddressFamilies): number {
  const family = familyOf(start, families);
  if (family === IPV4) return 16;
  return family === families.ipv6 ? 28 : 2;
}

/**
 * Returns the text of an endpoint; null for the family 0, and the bytes in base64 for a family other than IPv4 and
 * IPv6.
 */
export function endpointOf(bytes: Buffer, families: AddressFamilies): Json {
  const family = familyOf(bytes, families);
  if (family === 0) return null;
  if (family === IPV4 && bytes.length >= 8) return `${ipv4Of(bytes.subarray(4, 8))}:${bytes.readUInt16BE(2)}`;
  if (family !== families.ipv6 || bytes.length < 28) return `base64:${bytes.toString('base64')}`;
  const scope = bytes.readUInt32LE(24);
  return `[${ipv6Of(bytes.subarray(8, 24))}${scope === 0 ? '' : `%${scope}`}]:${bytes.readUInt16BE(2)}`;
}

/** The common part of endpoints of all sizes. */
export const ENDPOINT = {
  powershellType: 'string',
  wireType: 'ipendpoint',
  expected: 'an endpoint such as 192.0.2.1:80 or [2001:db8::1]:80',
  format: 'endpoint',
} as const;

/** An endpoint in a struct of a given size. */
export function endpointIn(size: number, alignment: 4 | 8, least = 16): StandardForm {
  return {
    ...ENDPOINT,
    size,
    alignment,
    sample: size === 16 ? '192.0.2.1:80' : '[2001:db8::1]:80',
    toBytes: (json, families) => {
      const bytes = endpointBytes(json, families);
      if (!bytes || bytes.length > size || bytes.length < least) return undefined;
      return Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
    },
    fromBytes: endpointOf,
  };
}
