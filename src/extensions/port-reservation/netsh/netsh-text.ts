/**
 * Splits the bytes that a console program printed into lines. Only ASCII digits and punctuation in them are reliable.
 *
 * netsh writes into a pipe in the OEM code page, and the output does not say which one. In every code page that a
 * console can have (single-byte ones, 932, 936, 949, 950, UTF-8), a byte from 0x00 to 0x3F is the ASCII character and
 * never part of another one. So each byte is read as one character, and letters may be wrong. Redirected or rewritten
 * output may be UTF-16LE. It is recognized by its zero bytes, which text in a code page never has.
 */

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the line end. */
  readonly text: string;
  /** False for a last line without a line end, which may be truncated. */
  readonly complete: boolean;
}

/** Returns the lines of an output that are not blank. CR, LF, CRLF and CRCRLF end a line. */
export function textLines(output: Buffer | string): Line[] {
  const lines: Line[] = [];
  let number = 1;
  for (const [, text = '', end] of decode(output).matchAll(/([^\r\n]*)(\r+\n?|\n|$)/g)) {
    if (text.trim() !== '') lines.push({ number, text, complete: end !== '' });
    number += 1;
  }
  return lines;
}

/**
 * Returns at most `limit` characters of an output in printable ASCII, safe in any message. Other characters become \r
 * \n \t, \xNN or \uNNNN.
 */
export function escapedExcerpt(output: Buffer | string, limit = 160): string {
  const text = decode(output).trim();
  // Takes one more character than is shown, to find out whether anything was omitted.
  const escaped = Array.from(text.slice(0, limit + 1), escapeCharacter).join('');
  return escaped.length > limit ? `${escaped.slice(0, limit)}...` : escaped;
}

/** As a character, and as the three bytes of UTF-8. */
const BYTE_ORDER_MARK = /^(?:\uFEFF|\xEF\xBB\xBF)/;

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\r': '\\r',
  '\n': '\\n',
  '\t': '\\t',
  '\\': '\\\\',
  '"': '\\"',
};

function decode(output: Buffer | string): string {
  const text = typeof output === 'string' ? output : output.toString(output.includes(0) ? 'utf16le' : 'latin1');
  return text.replace(BYTE_ORDER_MARK, '');
}

function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  if (character >= ' ' && character <= '~') return character;
  return Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join('');
}

function escapeUnit(unit: number): string {
  const hex = unit.toString(16);
  return unit <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
