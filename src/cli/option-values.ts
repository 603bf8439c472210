/** The values of options and arguments: words, whole numbers, and values for completion. */
import { UsageError } from './usage.js';

/**
 * The kind of value that a shell completes: paths, also names of built-in definitions, or functions of the definition.
 */
export type Takes = 'file' | 'folder' | 'definition' | 'function';

export const TEXT = { type: 'string', requiresArg: true } as const;
export const FILE = { ...TEXT, takes: 'file' } as const;
export const FOLDER = { ...TEXT, takes: 'folder' } as const;

export const DEFINITION = { type: 'string', takes: 'definition', describe: 'Path, or the name of a built-in' } as const;
export const FUNCTION = { type: 'string', takes: 'function', describe: 'Name of the native function' } as const;

/** An option with these choices, in any case: tcp and TCP are converted to Tcp. */
export function wordsOf<T extends string>(...choices: T[]) {
  const spelled = (given: string) => choices.find((choice) => choice.toLowerCase() === given.toLowerCase()) ?? given;
  const coerce = (given: string | string[] | undefined) =>
    Array.isArray(given) ? given.map(spelled) : given && spelled(given);
  return { type: 'string', choices, coerce } as const;
}

/** A whole number. The parser of yargs would convert a word to NaN, and the message could not show the word. */
export function wholeNumber(what: string) {
  const coerce = (given: string | undefined) => {
    if (given !== undefined && !/^\d+$/.test(given))
      throw new UsageError(`'${given}' is not a whole number; give ${what} as digits, such as 20`);
    return given === undefined ? undefined : Number(given);
  };
  return { type: 'string', requiresArg: true, coerce } as const;
}
