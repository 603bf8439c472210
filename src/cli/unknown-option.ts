/** The message about an unknown option, with the nearest name. */
import { nearNames } from '../definition/near-names.js';

/** `name` and `names` are without hyphens. */
export const unknownOption = (name: string, names: readonly string[]): string =>
  `Unknown option: --${name}.${didYouMean(name, names, '--')}`;

/** Returns the end of a message as a question; empty if no name is similar. */
export function didYouMean(written: string, names: readonly string[], before = ''): string {
  const [nearest] = nearNames(written, names);
  return nearest === undefined ? '' : ` Did you mean ${before}${nearest}?`;
}
