/**
 * The common part of texts and lists of texts: characters with a NUL, behind a pointer or in memory with a capacity.
 */
import type { Extent, StringEncoding } from '../definition/types.js';
import { countFieldOf, fixedLength } from './count.js';
import { bytesOf } from './encoded.js';
import type { Kind, Shape } from './kind.js';
import { openEnd } from './open-end.js';
import { scalarLayout } from './whole-number.js';

/**
 * `capacity`: the number of characters that fit into the memory, with all NULs; undefined for a pointer to any number
 * of characters.
 */
export interface CharactersShape extends Shape {
  readonly encoding: StringEncoding;
  readonly capacity: Extent | undefined;
}

/** The members of `Kind` that are the same for both. */
export const characters = {
  returns: ({ capacity }) => (capacity === undefined ? { tells: 'zero' } : undefined),
  layout: ({ encoding, capacity }) =>
    capacity === undefined
      ? scalarLayout(64)
      : { size: fixedLength(capacity) * bytesOf(encoding), alignment: bytesOf(encoding) },
  passing: 'pointer',
  countField: ({ capacity }) => countFieldOf(capacity),
  open: ({ capacity }) => openEnd(capacity),
  endsWithNul: true,
  isPointer: ({ capacity }) => capacity === undefined,
} satisfies Partial<Kind<CharactersShape>>;
