/** Errors for values that a C type cannot hold. */
import { DlletError } from '../definition/errors.js';
import type { NativeValue } from '../definition/execution.js';

/** Returns the error of a value that a codec rejects. */
export function unfit(place: string, value: NativeValue | undefined, expected: string): DlletError {
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `${place} is ${describeValue(value)}, which cannot be passed to the function: it takes ${expected}.`,
    recommendedAction: `Give ${expected} for ${place}.`,
    data: { parameter: place },
  });
}

function describeValue(value: NativeValue | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return value.includes('\0') ? 'a string with a NUL character' : JSON.stringify(value);
  if (Array.isArray(value)) return `an array of ${value.length} elements`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
