/** Determines the encoding of the characters behind a pointer. */
import { refuse } from './errors.js';
import type { Encoding, Extent, LongType } from './long-form.js';
import type { Marks } from './marks.js';
import type { Base } from './names.js';

/** The facts about a function that determine the encoding of its texts and how it fails. */
export interface FunctionFacts {
  /** True for a function with types or the calling convention of the Windows headers. */
  readonly isWindows: boolean;
  /** True for a Windows function that takes texts in the ANSI code page: its name ends with A. */
  readonly isAnsi: boolean;
}

/**
 * Returns the encoding of memory that is text; undefined for other memory. `char *` with a number of bytes is not text,
 * unless it is marked as text. Throws Mistake for a mark on memory that cannot be text.
 */
export function encodingOf(base: Base, marks: Marks, { isAnsi }: FunctionFacts): Encoding | undefined {
  const marked = marks.encoding;
  switch (base.role) {
    case 'wide':
      return 'utf16';
    case 'either':
      return isAnsi ? 'ansi' : 'utf16';
    case 'byte':
      return marked?.encoding;
    case 'char':
      if (marked) return marked.encoding;
      if (marks.extent?.unit === 'bytes' && marks.terminated === undefined && !isList(base, marks)) return undefined;
      return isAnsi ? 'ansi' : 'utf8';
    default:
      if (marked) refuse(marked.at, `the mark '${marked.encoding}' is only for text, and '${base.name}' is not text`);
      return undefined;
  }
}

/** True for a list of texts that ends with an empty one. Throws Mistake if something other than text is marked as one. */
export function isList(base: Base, marks: Marks): boolean {
  const { multi } = marks;
  if (multi !== undefined && !isText(base, marks))
    refuse(multi, `the mark 'multi' is only for text, and '${base.name}' is not text; write LPWSTR or char * instead`);
  return base.isList === true || multi !== undefined;
}

/** True for characters, and for bytes that are marked as such. */
export const isText = ({ role }: Base, { encoding }: Marks): boolean =>
  role === 'char' || role === 'wide' || role === 'either' || (role === 'byte' && encoding !== undefined);

/** The type of text in memory of a known extent. */
export const textType = (encoding: Encoding, capacity: Extent, isMany: boolean): LongType =>
  isMany ? { texts: encoding, capacity } : { string: encoding, capacity };

/** The type of a text that ends with a NUL, or of a list of texts that ends with an empty one. */
export function terminatedText(encoding: Encoding | undefined, isMany: boolean): LongType {
  if (isMany) return { texts: encoding ?? 'utf8' };
  if (encoding === 'utf16') return 'LPCWSTR';
  return encoding === 'ansi' ? { string: 'ansi' } : 'LPCSTR';
}
