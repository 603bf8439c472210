/** Numbers of elements that parameters and fields of structs hold. */
import type { CountedBy, Extent, PointerCount } from '../definition/types.js';

/** The field of the same struct that holds the number; undefined if there is none. */
export const countFieldOf = (count: Extent | PointerCount | undefined): string | undefined =>
  typeof count === 'object' && 'field' in count ? count.field : undefined;

/** The parameter that holds the number, with its unit; undefined if there is none. */
export const countedBy = (extent: Extent | undefined): CountedBy | undefined =>
  typeof extent === 'object' && 'parameter' in extent ? extent : undefined;

/**
 * The number of elements that the type itself has. It is 1 for elements at the end of a struct, as in C, and for
 * elements that another parameter counts, because their number is unknown before a call.
 */
export function fixedLength(extent: Extent): number {
  if (typeof extent === 'number') return extent;
  return countFieldOf(extent) === undefined ? 0 : 1;
}

/** Returns the number of elements of `size` bytes each that the value of a counter means. */
export function elementsIn(number: number, count: Extent | PointerCount, size: () => number): number {
  return Math.max(0, isInBytes(count) ? Math.floor(number / size()) : number);
}

/** Returns the value of a counter for this many elements of `size` bytes each. */
export function numberOf(elements: number, count: Extent | PointerCount | undefined, size: () => number): number {
  return isInBytes(count) ? elements * size() : elements;
}

/** The C declarator of elements in memory: behind a pointer, or with their number after the name. */
export function inMemory(declarator: string, extent: Extent): string {
  if (declarator.startsWith('*')) return declarator;
  return `${declarator}[${typeof extent === 'number' ? extent : ''}]`;
}

const isInBytes = (count: Extent | PointerCount | undefined) => typeof count === 'object' && count.unit === 'bytes';
