/** Writes data as PowerShell code, so that no text of a definition is executed. */
import { MODULE_NAME } from '../definition/reserved-names.js';

/**
 * The characters that PowerShell accepts as a single quote: the ASCII one and four typographic ones, for use inside a
 * character class. Source: PowerShell's tokenizer, `CharExtensions.IsSingleQuote`.
 */
export const SINGLE_QUOTES = "'\\u2018\\u2019\\u201A\\u201B";

const ANY_QUOTE = new RegExp(`[${SINGLE_QUOTES}]`, 'g');

/** Returns a single-quoted literal. Only the quote itself is special, so it is doubled. */
export function quoted(text: string): string {
  return `'${text.replace(ANY_QUOTE, '$&$&')}'`;
}

/** Returns a name written without quotes. Throws if it is not a plain name, which the definition's schema rules out. */
export function bareName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z][A-Za-z0-9]*)?$/.test(name)) throw new Error(`'${name}' is not a plain name`);
  return name;
}

/** Returns the name of a module, for names of files and types. Throws if it is none, which the definition's schema rules out. */
export function moduleName(name: string): string {
  if (!MODULE_NAME.test(name)) throw new Error(`'${name}' is not the name of a module`);
  return name;
}

/** A whole number as PowerShell code. */
export function numeral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number`);
  return String(value);
}

/** Data as PowerShell code, in lines of up to 132 characters where possible. Keys are plain names. */
export function literal(value: Data, indentation = ''): string {
  if (value === undefined) return '$null';
  if (typeof value === 'boolean') return `$${value}`;
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'string') return quoted(value);
  const inner = `${indentation}    `;
  const parts = Array.isArray(value)
    ? value.map((one) => literal(one, inner))
    : Object.entries(value).map(([key, one]) => `${bareName(key)} = ${literal(one, inner)}`);
  const [open, separator, close] = Array.isArray(value) ? ['@(', ', ', ')'] : ['@{ ', '; ', ' }'];
  const line = parts.length === 0 ? open.trim() + close.trim() : open + parts.join(separator) + close;
  if (line.length + indentation.length <= 132 && !line.includes('\n')) return line;
  const comma = Array.isArray(value) ? ',' : '';
  const lines = parts.map((part) => inner + part).join(`${comma}\n`);
  return `${open.trim()}\n${lines}\n${indentation}${close.trim()}`;
}

export type Data = undefined | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** Escapes text for an XML element or attribute. Characters that XML 1.0 does not allow become U+FFFD. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (char) => XML_ENTITIES[char] as string);
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
