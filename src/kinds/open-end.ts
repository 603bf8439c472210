/** Elements at the end of a struct, counted by one of its fields: an array, a text, bytes. */
import type { NativeValue } from '../definition/execution.js';
import type { Extent } from '../definition/types.js';
import { countFieldOf, elementsIn, numberOf } from './count.js';
import type { Codec, MemoryOfCall, NativeType, Open, OpenEnd, Place, Problem } from './kind.js';

/** How a kind stores the elements in memory. */
interface Elements {
  /** The type of the field, with one element. */
  readonly type: NativeType;
  /** The size of an element in bytes. */
  size(memory: MemoryOfCall): number;
  toNative(value: NativeValue | undefined, place: string, memory: MemoryOfCall): OpenEnd;
  /** The number of elements; 0 for a value of another kind. */
  lengthOf(value: NativeValue | undefined): number;
  read(start: unknown, length: number, memory: MemoryOfCall): NativeValue;
}

/** True for elements that end a struct. */
export const openEnd = (extent: Extent | undefined): Open | undefined =>
  countFieldOf(extent) === undefined ? undefined : 'end';

/** The codec of elements at the end of a struct. */
export function openEndCodec(extent: Extent, elements: Elements): Codec {
  const { type, size, lengthOf, toNative, read } = elements;
  return {
    type,
    toNative,
    countOf: (value, memory) => numberOf(lengthOf(value), extent, () => size(memory)),
    fromNative: (start, memory, count) => {
      if (count === undefined) throw new Error('the number of elements at the end of the struct is unknown here');
      return read(
        start,
        elementsIn(count, extent, () => size(memory)),
        memory,
      );
    },
  };
}

/** Mistakes of a parameter that has no fixed size. */
export function openPlaceProblems(open: Open | undefined, { name, direction, pointer }: Place): Problem[] {
  if (open === undefined) return [];
  if (open === 'end')
    return [{ at: ['type'], message: `'${name}' is not a field, so another field cannot be its count` }];
  if (direction !== 'in')
    return [
      {
        at: ['type'],
        message: `how many bytes may the function write to '${name}'? Its struct has a variable number of elements at its end; write its type as { "buffer": ..., "size": { "parameter": ... } }`,
      },
    ];
  return pointer
    ? []
    : [
        {
          at: [],
          message: `'${name}' has a variable number of elements at its end, so it cannot be passed by value; write "pointer": true`,
        },
      ];
}

/**
 * Returns the reason why a part of a type must have a fixed size; undefined if it need not. `possible`: what is allowed
 * there.
 */
export function openPartProblem(open: Open | undefined, possible: Open | undefined): string | undefined {
  if (open === undefined || open === possible) return undefined;
  return open === 'end'
    ? 'only the last of several fields can have its number of elements in another field'
    : 'this struct has a variable number of elements at its end, so it cannot be a field, an element or an argument; use a pointer to one such struct, or a "buffer"';
}
