/** Renders templates to text. The only caller of EJS. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** `literal` is the function behind `<%= %>`: it escapes data for the language of the template. */
export function renderTemplate(name: string, data: object, literal: (text: string) => string): string {
  const text = readFileSync(`${TEMPLATES}${name}`, 'utf8').replaceAll('\r\n', '\n');
  return ejs.render(text, data, {
    escape: (value: unknown) => literal(String(value)),
    root: TEMPLATES,
    views: [TEMPLATES],
    filename: `${TEMPLATES}${name}`,
    strict: false,
  });
}

/**
 * Uses LF line ends, one at the end; adds a byte order mark only if Windows PowerShell 5.1 needs it to read non-ASCII
 * text.
 */
export function finishText(text: string): string {
  const body = `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;
  return /[^\n\r\t -~]/.test(body) ? `\uFEFF${body}` : body;
}
