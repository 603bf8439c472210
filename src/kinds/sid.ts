/**
 * Security identifiers (SID, winnt.h), whose size is part of their content. Their text form is that of SDDL:
 * S-1-5-32-544.
 */
import type { Json } from './json.js';
import { sizedKind } from './standard/sized.js';

const SID = /^S-1-(\d{1,10}|0x[0-9a-f]{1,12})((?:-\d{1,10}){0,15})$/i;

/** The number of bytes before the sub-authorities: the revision, the count and the authority. */
const HEAD = 8;

function toBytes(json: Json): Buffer | undefined {
  const [, authority, rest = ''] = typeof json === 'string' ? (SID.exec(json) ?? []) : [];
  if (authority === undefined) return undefined;
  const parts = rest.split('-').slice(1).map(Number);
  if (parts.some((part) => part > 0xffff_ffff)) return undefined;
  const bytes = Buffer.alloc(HEAD + parts.length * 4);
  bytes.set([1, parts.length]);
  bytes.writeUIntBE(Number(authority), 2, 6);
  parts.forEach((part, index) => {
    bytes.writeUInt32LE(part, HEAD + index * 4);
  });
  return bytes;
}

/** Returns null for memory without a valid SID. */
function fromBytes(bytes: Buffer): Json {
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || bytes.length < HEAD + count * 4) return null;
  const authority = bytes.readUIntBE(2, 6);
  const isLong = authority > 0xffff_ffff;
  const parts = Array.from({ length: count }, (_, index) => `-${bytes.readUInt32LE(HEAD + index * 4)}`);
  const text = isLong ? `0x${authority.toString(16).toUpperCase().padStart(12, '0')}` : authority;
  return `S-1-${text}${parts.join('')}`;
}

export const sid = sizedKind('sid', {
  pointer: 'PSID',
  description: 'A pointer to a SID, in memory of a number of bytes.',
  wireType: 'sid',
  sample: 'S-1-5-32-544',
  expected: 'a SID such as S-1-5-32-544',
  format: 'sid',
  toBytes,
  fromBytes,
  read: (pointer, memory) => memory.bytes(pointer, HEAD + (memory.bytes(pointer, HEAD)[1] ?? 0) * 4),
});
