/** Reads the C declarations of a command line, and reports their mistakes. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import type { CheckedDraft, Remark } from '../definition/draft.js';
import { messageOf } from '../definition/errors.js';
import { UsageError } from './usage.js';

/** Returns the texts. Each argument is C, `@` and the name of a file, or `-` for stdin. */
export async function readPrototypes(given: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const one of given) texts.push(await readPrototype(one));
  return texts;
}

async function readPrototype(given: string): Promise<string> {
  if (given === '-') return plain(await textOf(process.stdin), 'stdin');
  if (!given.startsWith('@')) return plain(given, '--prototype');
  const file = given.slice(1);
  try {
    return plain(await readFile(file, 'utf8'), `'${file}'`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read the prototypes in '${file}': ${messageOf(error)}`);
  }
}

function plain(text: string, place: string): string {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (content === '')
    throw new UsageError(`there is no prototype in ${place}; write a C declaration, such as 'int getpid(void)'`);
  return content;
}

/** Throws UsageError with all mistakes of a draft for which `isMeant` returns true. */
export function refuseMistakes(draft: CheckedDraft, isMeant: (mistake: Remark) => boolean = () => true): void {
  const mistakes = draft.mistakes.filter(isMeant);
  if (mistakes.length > 0) throw new UsageError(mistakes.map(remarkLine).join('\n'));
}

/** A remark with its place: the number of the prototype, from 1, or the pointer in the document. */
export function remarkLine({ message, declaration, pointer }: Remark): string {
  return declaration === undefined ? `${message} (at ${pointer})` : `prototype ${declaration + 1}: ${message}`;
}
