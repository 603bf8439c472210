/** Names of numbers, and numbers instead of names, for enums and flags. */
import { meant } from '../definition/near-names.js';
import { show } from '../definition/shown.js';
import { type Json, ValueError } from './json.js';

/** Returns the number of a name, ignoring case if there is no exact match; undefined for an unknown name. */
export function numberOf<N extends number | bigint>(
  names: readonly (readonly [string, N])[],
  json: Json,
): N | undefined {
  if (typeof json !== 'string') return undefined;
  const key = json.toLowerCase();
  return (names.find(([name]) => name === json) ?? names.find(([name]) => name.toLowerCase() === key))?.[1];
}

/**
 * Returns a whole number, given as a number or in decimal or hexadecimal digits; undefined for anything else. Throws
 * ValueError for a number out of range.
 */
export function wholeNumberIn(
  json: Json,
  { minimum, maximum }: { readonly minimum: bigint; readonly maximum: bigint },
): bigint | undefined {
  const isNumber =
    typeof json === 'number' ? Number.isSafeInteger(json) : /^(-?[0-9]{1,20}|0x[0-9a-f]{1,16})$/i.test(String(json));
  if (!isNumber || (typeof json !== 'number' && typeof json !== 'string')) return undefined;
  const value = BigInt(json);
  if (value < minimum || value > maximum) throw new ValueError(`must be ${minimum} to ${maximum}, not ${value}`);
  return value;
}

/** The message about a word that is neither a name nor a number, with the name that was probably meant. */
export function unknownName(names: readonly string[], json: Json, many: 'one of' | 'one or more of'): string {
  const near = typeof json === 'string' ? meant(json, names) : '';
  return `must be ${many} ${names.join(', ')}, or a number, not ${show(json)}${near}`;
}
