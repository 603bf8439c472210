/** Finds, reads and checks a definition. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from './errors.js';
import { expandDefinition } from './expand.js';
import { MODULE_NAME } from './reserved-names.js';
import type { Mistake } from './source-text.js';
import type { Definition, DefinitionSource } from './types.js';
import { validateDefinitionText } from './validate.js';

/** The directory of the definitions that a user can refer to by name. */
const BUILT_IN_DIRECTORY = fileURLToPath(new URL('../../module/', import.meta.url));

/** The names of those definitions. */
export const builtInNames = (): string[] =>
  readdirSync(BUILT_IN_DIRECTORY).flatMap((file) => /^(.*)\.definition\.json$/.exec(file)?.[1] ?? []);

/** A definition that cannot be used: unreadable, or with mistakes, all of them listed. */
export class DefinitionError extends Error {
  readonly file: string;
  readonly mistakes: readonly Mistake[];

  constructor(file: string, message: string, mistakes: readonly Mistake[] = []) {
    super([message, ...mistakes.map((mistake) => `  ${formatMistake(file, mistake)}`)].join('\n'));
    this.name = 'DefinitionError';
    this.file = file;
    this.mistakes = mistakes;
  }
}

/** Formats a mistake as a line that editors recognize: `file:line: message (at /pointer)`. */
export function formatMistake(file: string, mistake: Mistake): string {
  return `${file}:${mistake.line}: ${mistake.message} (at ${mistake.pointer === '' ? 'the top' : mistake.pointer})`;
}

/** Returns the file for a definition's path, or for the name of a built-in such as `PersistentPortReservation`. */
export function definitionFile(nameOrPath: string): string {
  if (MODULE_NAME.test(nameOrPath)) {
    const builtIn = path.join(BUILT_IN_DIRECTORY, `${nameOrPath}.definition.json`);
    if (existsSync(builtIn)) return builtIn;
  }
  return path.resolve(nameOrPath);
}

/** Reads the text of a definition. Throws DefinitionError if there is none. */
export async function readDefinition(nameOrPath: string): Promise<{ file: string; text: string }> {
  const file = definitionFile(nameOrPath);
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    throw new DefinitionError(
      file,
      `cannot read the definition '${nameOrPath}': ${messageOf(error)}\n` +
        '  give the path of a definition, or the name of a built-in one: PersistentPortReservation',
    );
  }
}

/** Returns a checked definition with its variants expanded. Throws DefinitionError with every mistake. */
export async function loadDefinition(nameOrPath: string): Promise<Definition> {
  const { file, text } = await readDefinition(nameOrPath);
  const { mistakes, value } = validateDefinitionText(text);
  if (mistakes.length > 0) throw new DefinitionError(file, `the definition has ${count(mistakes.length)}:`, mistakes);
  return expandDefinition(value as DefinitionSource);
}

function count(mistakes: number): string {
  return mistakes === 1 ? 'a mistake' : `${mistakes} mistakes`;
}
