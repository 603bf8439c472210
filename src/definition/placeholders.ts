/**
 * `{Name}` placeholders in the names and texts of a definition, and choices between two wordings by a count:
 * `{Count:one port|{Count} ports}` is the first where Count is 1, otherwise the second.
 */
import type { Terms } from './types.js';

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;
const CHOICE = /\{([A-Za-z][A-Za-z0-9]*):((?:[^{}|]|\{[A-Za-z0-9]+\})*)\|((?:[^{}|]|\{[A-Za-z0-9]+\})*)\}/g;

/** Returns the placeholder names of a text, also those of choices, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([CHOICE, PLACEHOLDER].flatMap((form) => [...text.matchAll(form)].map(([, name = '']) => name)))];
}

/** Replaces the placeholders and choices whose names are in `values`, and keeps the others. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text
    .replace(CHOICE, (whole, name: string, one: string, other: string) => {
      if (!Object.hasOwn(values, name)) return whole;
      return values[name] === '1' ? one : other;
    })
    .replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] as string) : whole));
}

/** Returns a variant's word in three spellings: Protocol (Udp), PROTOCOL (UDP) and protocol (udp). */
export function spellings(terms: Terms): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, word] of Object.entries(terms)) {
    values[name.toLowerCase()] = word.toLowerCase();
    values[name.toUpperCase()] = word.toUpperCase();
    values[name] = word;
  }
  return values;
}

/** Copies a JSON value and fills the placeholders of every string. */
export function fillDeep<T>(value: T, values: Readonly<Record<string, string>>): T {
  if (typeof value === 'string') return fillPlaceholders(value, values) as T;
  if (Array.isArray(value)) return value.map((item) => fillDeep(item, values)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillDeep(item, values)])) as T;
}
