/** How the characters behind a pointer are encoded. */
import { refuse } from './errors.js';
import type { Encoding, LongType } from './long-form.js';
import type { Marks } from './marks.js';
import type { Base } from './names.js';

/** What of a function its texts and failures depend on. */
export interface FunctionFacts {
  /** True for a function over types of the Windows headers, or with their calling convention. */
  readonly isWindows: boolean;
  /** True for a function of Windows that takes texts in the system's code page: its name ends with A. */
  readonly isAnsi: boolean;
}

/**
 * Returns the encoding of memory that is text; undefined for other memory. `char *` with a number of bytes is no text, unless it is
 * marked as one. Throws Mistake for a mark on what cannot be text.
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
      if (marks.extent?.unit === 'bytes' && marks.terminated === undefined) return undefined;
      return isAnsi ? 'ansi' : 'utf8';
    default:
      if (marked) refuse(marked.at, `the mark '${marked.encoding}' is for text, and '${base.name}' is none`);
      return undefined;
  }
}

/** The type of a text that ends with a NUL. */
export function terminatedText(encoding: Encoding | undefined): LongType {
  if (encoding === 'utf16') return 'LPCWSTR';
  return encoding === 'ansi' ? { string: 'ansi' } : 'LPCSTR';
}
