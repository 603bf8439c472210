/** Removes comments and the content of literals from PowerShell text, so that only the code remains. */
const QUOTES = "'\u2018\u2019\u201a\u201b";
const DOUBLE_QUOTES = '"\u201c\u201d\u201e';

/**
 * Returns the code, and the values of the single-quoted literals in order. Here-strings are not supported, because they
 * are never emitted.
 */
export function splitCode(text: string): { code: string; literals: string[] } {
  const literals: string[] = [];
  let code = '';
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (text.startsWith('<#', at)) at = after(text, '#>', at + 2);
    else if (char === '#') at = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    else if (QUOTES.includes(char)) {
      const end = endOfLiteral(text, at + 1, QUOTES);
      literals.push(text.slice(at + 1, end).replace(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g, '$1'));
      code += "''";
      at = end + 1;
    } else if (DOUBLE_QUOTES.includes(char)) {
      const end = endOfLiteral(text, at + 1, DOUBLE_QUOTES);
      code += text.slice(at, end + 1);
      at = end + 1;
    } else {
      code += char;
      at += 1;
    }
  }
  return { code, literals };
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}

/** Finds the closing quote of the literal; a doubled quote is a character. */
function endOfLiteral(text: string, from: number, quotes: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (quotes === DOUBLE_QUOTES && text[at] === '`') at += 1;
    else if (quotes.includes(text.charAt(at))) {
      if (at + 1 >= text.length || !quotes.includes(text.charAt(at + 1))) return at;
      at += 1;
    }
  }
  return text.length;
}
