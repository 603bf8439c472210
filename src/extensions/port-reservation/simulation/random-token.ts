import { randomBytes } from 'node:crypto';

/** A random unsigned 64-bit number, 0 to 2^64-1, from the system's cryptographic source: the token source of real use. */
export function randomToken(): bigint {
  return randomBytes(8).readBigUInt64BE();
}
