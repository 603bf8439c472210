/** Errors in prototypes, each with its place in the author's text. */

/** A mistake at an offset of the text. */
export class Mistake extends Error {
  readonly offset: number;
  readonly expected: readonly string[];

  constructor(offset: number, message: string, expected: readonly string[] = []) {
    super(message);
    this.offset = offset;
    this.expected = expected;
  }
}

/** Throws a mistake. */
export function refuse(at: number, message: string): never {
  throw new Mistake(at, message);
}

/** The error for a text that is not a C prototype, or that a definition cannot express. */
export class PrototypeError extends Error {
  /** The offset in the text, from 0. */
  readonly offset: number;
  /** Its line and its column, from 1. */
  readonly line: number;
  readonly column: number;
  /** What the parser expected there, if the text is not C. */
  readonly expected: readonly string[];
  /** The message without the place. */
  readonly reason: string;

  constructor(text: string, { offset, message, expected }: Mistake) {
    const before = text.slice(0, offset).split(/\r\n|\r|\n/);
    const line = before.length;
    const column = (before.at(-1) as string).length + 1;
    super(`${message} (line ${line}, column ${column})\n${pointer(text, offset, column - 1)}`);
    this.name = 'PrototypeError';
    this.offset = offset;
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.reason = message;
  }
}

/** The maximum number of characters that are shown on each side of a place. */
const AROUND = 60;

/** Returns the line of the place, with a caret below it. */
function pointer(text: string, offset: number, before: number): string {
  const from = offset - Math.min(before, AROUND);
  const [rest = ''] = text.slice(offset, offset + AROUND).split(/\r\n|\r|\n/);
  const shown = printable(text.slice(from, offset) + rest);
  return `  ${shown}\n  ${' '.repeat(offset - from)}^`;
}

/** Replaces each unprintable character with one character, so that the caret still points to the right place. */
const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');

/** The name in a list that is most similar to a wrong one; undefined if none is similar. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  const wanted = wrong.toLowerCase();
  let best: string | undefined;
  let least = Math.min(3, Math.floor(wrong.length / 3) + 1);
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= least) continue;
    const distance = differences(wanted, name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** The edit distance of two texts: characters to insert, remove or replace. */
function differences(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const change = (row[to] as number) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(change, (row[to + 1] as number) + 1, (next[to] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
