import { randomBytes } from 'node:crypto';

/**
 * Returns a random unsigned 64-bit number from the system's cryptographic source. This is the default source of tokens.
 */
export function randomToken(): bigint {
  return randomBytes(8).readBigUInt64BE();
}
