/**
 * The bytes a console program printed, as lines in which ASCII digits and punctuation can be trusted and nothing else.
 *
 * netsh writes into a pipe in the OEM code page, which nobody names. In every code page that a console can have (single
 * byte ones, 932, 936, 949, 950, UTF-8) a byte 0x00 to 0x3F is the ASCII character and never half of another one, so
 * one byte is read as one character; letters may come out as nonsense. Redirected or rewritten output may be UTF-16LE:
 * its zero bytes tell, which text in a code page never has.
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
 * At most `limit` characters of an output in printable ASCII, safe in any message: the rest as \r \n \t, \xNN, \uNNNN.
 */
export function escapedExcerpt(output: Buffer | string, limit = 160): string {
  const text = decode(output).trim();
  // One more character than is shown tells whether anything was omitted.
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
