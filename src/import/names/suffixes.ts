/** The endings of function names that do not describe what the function does: `A`, `W`, `Ex`, `2`. */

/** A function's name without its endings, and the endings. */
export interface NameParts {
  readonly core: string;
  /** `Ex`, `2`, `Ex2`, `v2`; empty for the first version. */
  readonly version: string;
  /** The encoding of texts in memory: `A` for bytes of a code page, `W` for UTF-16. */
  readonly characters: 'A' | 'W' | '';
}

/** Words whose last letter does not stand for a character set: SleepConditionVariableSRW, LineDDA, DXVA. */
const WHOLE_WORD = /(SRW|(?<![A-Z])DW|DDA|DXVA|DPA|DSA|RSA|RGBA|BGRA|NUMA)$/;

/** Words that include their digit, such as IPv4, UTF8, MD5, SHA1, sqlite3 and PKCS8; GUID2 is not one of them. */
const WITH_DIGIT = /(v|V|ip|Ip|UTF|Utf|utf|MD|md|SHA|Sha|sha|sqlite|PKCS|PBKDF|ROP|Direct3DDevice|[0-9D._])$/;

/** The prefix of functions that kernel32.dll took over from psapi.dll, such as K32EnumProcesses. */
const TAKEN_OVER = /^K32(?=[A-Z])/;

/** Splits a name: `RegOpenKeyExW` has the core `RegOpenKey`, the version `Ex`, and `W`. */
export function partsOf(whole: string): NameParts {
  const name = whole.replace(TAKEN_OVER, '');
  const [, beforeLetter = name, letter = ''] = WHOLE_WORD.test(name)
    ? []
    : (/^(.*[A-Za-z0-9])_?([AW])$/.exec(name) ?? []);
  const isLetter = letter !== '' && beforeLetter.length > 2;
  const rest = isLetter ? beforeLetter : name;
  const [, core = rest, version = ''] = /^(.{3,}?)([0-9]?_?Ex[0-9]?|_ex|_?v?[0-9])$/.exec(rest) ?? [];
  const isVersion = version !== '' && !(/^[0-9]/.test(version) && WITH_DIGIT.test(core)) && !/V[0-9]$/.test(version);
  return {
    core: isVersion ? core : rest,
    version: isVersion ? version.replace(/^_/, '') : '',
    characters: isLetter ? (letter as 'A' | 'W') : '',
  };
}

/**
 * Returns the names without ANSI forms whose Unicode form is among them: of XxxA and XxxW, and of Xxx and XxxW, only
 * XxxW. For functions found by a pattern; functions that a user names are kept.
 */
export function withoutAnsiTwins(names: readonly string[]): string[] {
  const all = new Set(names);
  return names.filter((name) => {
    const { characters } = partsOf(name);
    if (characters === 'W') return true;
    const plain = characters === 'A' ? name.slice(0, -1) : name;
    return !all.has(`${plain}W`);
  });
}
