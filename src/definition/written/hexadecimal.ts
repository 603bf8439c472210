/** Whole numbers in hexadecimal digits. JSON has none, so a definition writes them as text: "0x20019". */

/** Matches as many digits as a JSON number holds exactly. */
const HEXADECIMAL = /^-?0x[0-9a-f]{1,13}$/i;

/** The parts of a definition in which such a text is always a number. */
const PARTS = new Set(['types', 'functions', 'errors']);

/** Returns the document with numbers in place of the hexadecimal texts in its types, functions and errors. */
export function withNumbers(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  return fromEntries(Object.entries(document).map(([key, part]) => [key, PARTS.has(key) ? converted(part) : part]));
}

function converted(value: unknown): unknown {
  if (typeof value === 'string') return HEXADECIMAL.test(value) ? numberOf(value) : value;
  if (Array.isArray(value)) return value.map(converted);
  if (typeof value !== 'object' || value === null) return value;
  return fromEntries(Object.entries(value).map(([key, part]) => [key, converted(part)]));
}

const numberOf = (text: string) => (text.startsWith('-') ? -Number(text.slice(1)) : Number(text));

/** Keeps an own property `__proto__` of a document an own property. */
const fromEntries = (entries: [string, unknown][]): unknown => Object.fromEntries(entries);
