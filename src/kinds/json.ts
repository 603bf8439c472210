/** JSON values between a caller and the kinds, and their errors. */

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

/** Does `work` for a part of a value, and adds the part's place to an error. */
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

export function rangeText({ minimum, maximum }: Range): string {
  return `a whole number from ${minimum} to ${maximum}`;
}
