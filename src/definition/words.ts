/** Builds sentences for texts that a definition omits. */

const MOST = 10;

/** `A, B and C`; of a longer list, the first ten names and the number of the others. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const shown = words.length > MOST ? [...words.slice(0, MOST), `${words.length - MOST} more`] : words;
  const [last = ''] = shown.slice(-1);
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** Adds a capital letter at the start and a full stop at the end. */
export const sentence = (words: string): string => `${words.replace(/^[a-z]/, (first) => first.toUpperCase())}.`;
