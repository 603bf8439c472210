/** JSON values between a caller and the kinds, and the errors about them. */

import { show } from '../definition/shown.js';

/** JSON as transmitted: 64-bit integers and handles are decimal strings. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Range {
  readonly minimum: bigint;
  readonly maximum: bigint;
}

/** A value that does not fit its type: the reason, and the valid range if there is one. */
export class ValueError extends Error {
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;

  constructor(message: string, range?: Range) {
    super(message);
    this.minimum = range?.minimum;
    this.maximum = range?.maximum;
  }
}

/** Runs `work` for a part of a value, and adds the part's place to an error. */
export function within<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { minimum, maximum } = error;
    const range = minimum === undefined || maximum === undefined ? undefined : { minimum, maximum };
    throw new ValueError(`at ${place}: ${error.message}`, range);
  }
}

/** The JSON schema of bytes. */
export const BASE64_SCHEMA = { type: 'string', contentEncoding: 'base64' } as const;

/**
 * Returns the bytes of a base64 text according to RFC 4648, with padding and without line breaks. Throws ValueError.
 */
export function bytesIn(json: Json): Buffer {
  const bytes = typeof json === 'string' ? Buffer.from(json, 'base64') : undefined;
  // Compare by encoding again: a regular expression over the text needs a stack as deep as the text is long.
  if (bytes?.toString('base64') !== json) throw new ValueError(`must be base64, not ${show(json)}`);
  return bytes as Buffer;
}

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function rangeText({ minimum, maximum }: Range): string {
  return `a whole number from ${minimum} to ${maximum}`;
}
