/**
 * Guesses which field holds the number of elements of the array at the end of a struct, because metadata does not have
 * it.
 */
import { namesCount, namesSize } from '../definition/size-names.js';
import type { MetadataField } from './metadata.js';
import type { Sort } from './sort.js';

/** The candidates: fields that are whole numbers. */
export function otherNumbers(fields: readonly MetadataField[], sortOf: (field: MetadataField) => Sort): string[] {
  return fields
    .filter((one) => /^(number|byte)$/.test(sortOf(one)) && one.Type.Kind === 'Native')
    .map(({ Name }) => Name);
}

/**
 * Returns the mark of an array of variable length: the nearest field whose name suggests a count; otherwise one
 * element, so that nothing is read past the memory.
 */
export function openEnd(sort: Sort, numbers: readonly string[]): string {
  const counts = numbers.filter((one) => namesCount(one) || namesSize(one) || /(num|entries|count)/i.test(one));
  const count = counts.at(-1);
  if (count === undefined) return '[count(1)] ';
  const isInBytes = namesSize(count) && (sort === 'byte' || sort === 'character' || /bytes|^cb/i.test(count));
  const isText = sort === 'character' || sort === 'byte';
  if (namesSize(count) && !isText && !namesCount(count)) return '[count(1)] ';
  return isInBytes ? `[bytes(${count})] ` : `[count(${count})] `;
}
