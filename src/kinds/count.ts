/** Numbers of elements, as parameters and fields of structs hold them. */
import type { CountedBy, Extent, PointerCount } from '../definition/types.js';

/** The field of the same struct that holds the number; undefined if none does. */
export const countFieldOf = (count: Extent | PointerCount | undefined): string | undefined =>
  typeof count === 'object' && 'field' in count ? count.field : undefined;

/** What another parameter says of the number; undefined if none does. */
export const countedBy = (extent: Extent | undefined): CountedBy | undefined =>
  typeof extent === 'object' && 'parameter' in extent ? extent : undefined;

/** The elements that the type itself has: C writes 1 for those that end a struct. What another parameter counts is not known before a call. */
export function fixedLength(extent: Extent): number {
  if (typeof extent === 'number') return extent;
  return countFieldOf(extent) === undefined ? 0 : 1;
}

/** The elements of `size` bytes each that a number stands for. */
export function elementsIn(number: number, count: Extent | PointerCount, size: () => number): number {
  return Math.max(0, isInBytes(count) ? Math.floor(number / size()) : number);
}

/** The number that stands for elements of `size` bytes each. */
export function numberOf(elements: number, count: Extent | PointerCount | undefined, size: () => number): number {
  return isInBytes(count) ? elements * size() : elements;
}

/** The declarator in C of memory with elements: behind a pointer, or with their number behind its name. */
export function inMemory(declarator: string, extent: Extent): string {
  if (declarator.startsWith('*')) return declarator;
  return `${declarator}[${typeof extent === 'number' ? extent : ''}]`;
}

const isInBytes = (count: Extent | PointerCount | undefined) => typeof count === 'object' && count.unit === 'bytes';
