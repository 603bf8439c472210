/** Options whose value is one of some words. */

/** An option with these choices, in any case: tcp and TCP become Tcp. */
export function wordsOf<T extends string>(...choices: T[]) {
  const spelled = (given: string) => choices.find((choice) => choice.toLowerCase() === given.toLowerCase()) ?? given;
  const coerce = (given: string | string[] | undefined) =>
    Array.isArray(given) ? given.map(spelled) : given && spelled(given);
  return { type: 'string', choices, coerce } as const;
}
