/** Example values that show the JSON form of a type. */
import type { Json } from './json.js';
import type { Shape } from './kind.js';
import { kindOf } from './registry.js';

/** Returns an example value in JSON: the kind's own example, a small number, or the kind's sample. */
export function exampleOf(shape: Shape): Json {
  const kind = kindOf(shape);
  const example = kind.example?.(shape);
  if (example !== undefined) return example;
  const number = kind.wholeNumber?.(shape);
  const value = number ? small(number) : kind.sample?.(shape);
  if (value === undefined) return null;
  return kind.travelsAsString?.(shape) ? String(value) : typeof value === 'bigint' ? Number(value) : value;
}

/** The number 1, or the number in the range that is nearest to it. */
function small({ minimum, maximum }: { readonly minimum: bigint; readonly maximum: bigint }): bigint {
  if (minimum > 1n) return minimum;
  return maximum < 1n ? maximum : 1n;
}
