/** Words of a sentence, for the texts that a definition leaves out. */

const MOST = 10;

/** `A, B and C`; of many, the first ten and the number of the others. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const shown = words.length > MOST ? [...words.slice(0, MOST), `${words.length - MOST} more`] : words;
  const [last = ''] = shown.slice(-1);
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** With a capital letter at its start and a full stop at its end. */
export const sentence = (words: string): string => `${words.replace(/^[a-z]/, (first) => first.toUpperCase())}.`;
