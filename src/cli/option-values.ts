/** Options whose value is one of some words, or a whole number. */
import { UsageError } from './usage.js';

/** An option with these choices, in any case: tcp and TCP become Tcp. */
export function wordsOf<T extends string>(...choices: T[]) {
  const spelled = (given: string) => choices.find((choice) => choice.toLowerCase() === given.toLowerCase()) ?? given;
  const coerce = (given: string | string[] | undefined) =>
    Array.isArray(given) ? given.map(spelled) : given && spelled(given);
  return { type: 'string', choices, coerce } as const;
}

/** A whole number. The parser of yargs would make NaN of a word, and the message could not show it. */
export function wholeNumber(what: string) {
  const coerce = (given: string | undefined) => {
    if (given !== undefined && !/^\d+$/.test(given))
      throw new UsageError(`'${given}' is not a whole number; give ${what} as digits, such as 20`);
    return given === undefined ? undefined : Number(given);
  };
  return { type: 'string', requiresArg: true, coerce } as const;
}
