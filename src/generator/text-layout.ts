/** Lays out the definition's texts as plain text and Markdown. */

const WIDTH = 80;
const INDENT = '    ';

/**
 * Wraps paragraphs at 80 columns, indented by four. Blank lines stay. Lines that start with spaces are code and stay as
 * they are. A word longer than a line gets its own line.
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

/** Escapes text for Markdown. */
export function markdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}

/** A code block, with a fence that does not occur in the code. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}
