/** Which field says how many elements the array has that ends a struct; metadata does not. */
import { namesCount, namesSize } from '../definition/size-names.js';
import type { MetadataField } from './metadata.js';
import type { Sort } from './sort.js';

/** The fields that can say it: whole numbers. */
export function otherNumbers(fields: readonly MetadataField[], sortOf: (field: MetadataField) => Sort): string[] {
  return fields
    .filter((one) => /^(number|byte)$/.test(sortOf(one)) && one.Type.Kind === 'Native')
    .map(({ Name }) => Name);
}

/**
 * Returns the mark of an array of any length: the field whose name says so, the nearest of them; else one element, so
 * that nothing is read that is not there.
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
