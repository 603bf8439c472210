/** Splits the names of C functions and parameters into words. */

/**
 * Returns the words of a name as written: `RegOpenKeyExW` has Reg, Open, Key, Ex, W; `SHGetFolderPath` has SH, Get,
 * Folder, Path; `sqlite3_open` has sqlite, 3, open; `UnInstall`, `ReOpen`, `CheckSum` and `OpenSSL` are one word each.
 */
export function wordsOf(name: string): string[] {
  return (
    name.match(
      /Open(?:SSL|GL|CL|AL)|(?:Un|Re)[A-Z][a-z]+|CheckSum|CallBack|[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|[0-9]+/g,
    ) ?? []
  );
}

/** Joins the words to one name, each with a capital letter. */
export const pascal = (words: readonly string[]): string => words.map(upperFirst).join('');

export const upperFirst = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());
