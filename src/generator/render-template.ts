/** Renders templates to text. The only caller of EJS. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';

const TEMPLATES = fileURLToPath(new URL('../../templates/', import.meta.url));

/** Escapes data for the language of a template. */
type Escape = (text: string) => string;

/** Compiled templates, by their escape function and then by their names. */
const COMPILED = new Map<Escape, Map<string, ejs.TemplateFunction>>();

/** Renders a template. `literal` is the function behind `<%= %>`. */
export function renderTemplate(name: string, data: object, literal: Escape): string {
  const templates = COMPILED.get(literal) ?? new Map<string, ejs.TemplateFunction>();
  COMPILED.set(literal, templates);
  const template = templates.get(name) ?? compile(name, literal);
  templates.set(name, template);
  // Replaces the `include` of EJS, which would compile the part each time.
  const include = (part: string, more: object = {}) => renderTemplate(part, { ...data, ...more }, literal);
  return template({ ...data, include });
}

function compile(name: string, literal: Escape): ejs.TemplateFunction {
  const text = readFileSync(`${TEMPLATES}${name}`, 'utf8').replaceAll('\r\n', '\n');
  return ejs.compile(text, {
    escape: (value: unknown) => literal(String(value)),
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
