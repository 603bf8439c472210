/** The names and values of an enum, in the form that C permits. */
import type { MetadataTypeEntry } from './metadata.js';

type EnumValues = NonNullable<MetadataTypeEntry['Values']>;

/** Returns the values without duplicate names, in the range of the enum's integer type. */
export function enumValues(values: EnumValues, base: string): EnumValues {
  const seen = new Set<string>();
  const first = values.filter(({ Name }) => !seen.has(Name) && seen.add(Name));
  return first.map(({ Name, Value }) => ({ Name, Value: fitted(Value, base) }));
}

/** The ranges of the integer types of enums. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  SByte: [-(2 ** 7), 2 ** 7 - 1],
  Byte: [0, 2 ** 8 - 1],
  Int16: [-(2 ** 15), 2 ** 15 - 1],
  UInt16: [0, 2 ** 16 - 1],
  Int32: [-(2 ** 31), 2 ** 31 - 1],
  UInt32: [0, 2 ** 32 - 1],
};

/**
 * Converts the value to the range of its type: metadata has some unsigned values as negative numbers, and vice versa.
 */
function fitted(value: number, base: string): number {
  const [least, most] = RANGES[base] ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  const span = most - least + 1;
  if (value < least) return value + span;
  return value > most ? value - span : value;
}
