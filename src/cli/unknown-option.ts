/** What is said of an option that there is not: the nearest one. */
import { nearNames } from '../definition/near-names.js';

/** `name` and `names` are without hyphens. */
export const unknownOption = (name: string, names: readonly string[]): string =>
  `Unknown option: --${name}.${didYouMean(name, names, '--')}`;

/** A question at the end of a message; empty if no name is near. */
export function didYouMean(written: string, names: readonly string[], before = ''): string {
  const [nearest] = nearNames(written, names);
  return nearest === undefined ? '' : ` Did you mean ${before}${nearest}?`;
}
