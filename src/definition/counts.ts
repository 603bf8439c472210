/** Reads from a type expression which parameter holds its number of elements. */
import type { CountedBy } from './types.js';

/** Returns how a parameter holds the number of elements of a type; undefined if none does. */
export function countsIn(type: unknown): CountedBy | undefined {
  if (type === null || typeof type !== 'object') return undefined;
  return Object.values(type).find((extent) => typeof extent?.parameter === 'string') as CountedBy | undefined;
}

/** True for memory whose number of elements this parameter holds, or reports after the call. */
export function isCountedBy(type: unknown, parameter: string): boolean {
  const by = countsIn(type);
  return by?.parameter === parameter || by?.written === parameter || by?.each === parameter;
}
