/** Formats values of any depth and size for messages. */

/** A text of this many characters needs no more levels, and no more elements of one level. */
const ENOUGH = 100;

/**
 * Returns the JSON text of a value, cut to `limit` characters, which are at most 100. Depth and width of the value do
 * not matter, because the part beyond the cut is never visited. `undefined`, which JSON does not have, is shown as
 * `nothing`.
 */
export function shown(value: unknown, limit: number, nothing = 'undefined'): string {
  const text = JSON.stringify(pruned(value, ENOUGH)) ?? nothing;
  return text.length > limit ? `${text.slice(0, limit - 3)}...` : text;
}

/** Returns a value as shortened JSON, for messages. */
export function show(value: unknown): string {
  return shown(value, 60, 'nothing');
}

/**
 * Joins sentences or names in one line: the first ones, and the number of the others, because there can be any number
 * of mistakes.
 */
export function listed(items: readonly string[], separator: string, limit = 10): string {
  const rest = items.length - limit;
  return rest <= 0 ? items.join(separator) : [...items.slice(0, limit), `and ${rest} more`].join(separator);
}

/** `1 function`, `2 functions`. */
export const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** Removes levels and elements that would be beyond the cut: each adds at least one character. */
function pruned(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return value.slice(0, ENOUGH);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return [];
  if (Array.isArray(value)) return value.slice(0, ENOUGH).map((one) => pruned(one, levels - 1));
  const entries = Object.entries(value).slice(0, ENOUGH);
  return Object.fromEntries(entries.map(([key, one]) => [key.slice(0, ENOUGH), pruned(one, levels - 1)]));
}
