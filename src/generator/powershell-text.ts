/** Writing data as PowerShell, so that no text of a definition can become code. */

/**
 * The characters that PowerShell takes for a single quote: the ASCII one and four typographic ones.
 * Source: PowerShell's tokenizer, `CharExtensions.IsSingleQuote`.
 */
const SINGLE_QUOTES = /['\u2018\u2019\u201A\u201B]/g;

/** A single-quoted literal. Nothing is special inside but the quote itself, which is doubled. */
export function quoted(text: string): string {
  return `'${text.replace(SINGLE_QUOTES, '$&$&')}'`;
}

/** A name that is written without quotes; anything but a plain name is a defect of the definition's schema. */
export function bareName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z][A-Za-z0-9]*)?$/.test(name)) throw new Error(`'${name}' is not a plain name`);
  return name;
}

/** A whole number as PowerShell code. */
export function numeral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number`);
  return String(value);
}

/**
 * A text with `{Name}` placeholders as a PowerShell expression that joins literals and variables with `+`.
 * It starts with a string, and PowerShell's `+` formats numbers in the invariant culture.
 */
export function template(text: string, variables: ReadonlySet<string>): string {
  const parts = text.split(/(\{[A-Za-z][A-Za-z0-9]*\})/).filter((part) => part !== '');
  const terms = parts.map((part) => {
    const name = part.slice(1, -1);
    return part.startsWith('{') && variables.has(name) ? `$${bareName(name)}` : quoted(part);
  });
  if (!terms[0]?.startsWith("'")) terms.unshift("''");
  return terms.join(' + ');
}

/** Text inside an XML element or attribute. Characters that XML 1.0 cannot hold become U+FFFD. */
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
