/** Plain text and Markdown made of the texts of a definition. */

const WIDTH = 80;
const INDENT = '    ';

/**
 * Paragraphs in lines of at most 80 columns, indented by four; blank lines stay. A line that begins with spaces is code:
 * it is kept as it is. A word that is longer than a line has one of its own.
 */
export function wrapped(text: string): string {
  const parts = text.replaceAll(/\r\n?/g, '\n').split(/\n[ \t]*\n/);
  return parts.map(wrapPart).join('\n\n');
}

function wrapPart(part: string): string {
  if (/^ /.test(part))
    return part
      .split('\n')
      .map((line) => `${INDENT}${line.trimEnd()}`)
      .join('\n');
  const lines: string[] = [];
  let line = INDENT;
  for (const word of part.split(/\s+/).filter(Boolean)) {
    if (line !== INDENT && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = INDENT;
    }
    line += line === INDENT ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** Text as Markdown: nothing in it is markup. */
export function markdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}

/** A block of code, in a fence that the code does not have. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
