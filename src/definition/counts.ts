/** The written form of memory whose number of elements another parameter holds. */
import type { CountedBy, Extent } from './types.js';

/** Returns what a type says about its number of elements, if a parameter holds it; undefined for any other type. */
export function countsIn(type: unknown): CountedBy | undefined {
  if (type === null || typeof type !== 'object') return undefined;
  const { bytes, length, capacity, count, size } = type as Readonly<Record<string, Extent | undefined>>;
  const extent = bytes ?? length ?? capacity ?? count ?? size;
  return typeof extent === 'object' && extent !== null && 'parameter' in extent ? extent : undefined;
}

/** True for memory whose number of elements this parameter holds, or reports after the call. */
export function isCountedBy(type: unknown, parameter: string): boolean {
  const by = countsIn(type);
  return by?.parameter === parameter || by?.written === parameter || by?.each === parameter;
}
