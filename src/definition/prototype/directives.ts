/**
 * Handles comments and preprocessor lines: replaces them by blanks, which keeps all offsets, and returns the meaning of
 * the lines.
 */
import { Mistake, refuse } from './errors.js';

/** A `#define NAME value`, with its place. */
export interface Define {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** From this offset on, fields are aligned to at most this many bytes; undefined: natural alignment. */
export interface Packing {
  readonly at: number;
  readonly bytes: number | undefined;
}

export interface Prepared {
  readonly text: string;
  readonly defines: readonly Define[];
  readonly packing: readonly Packing[];
}

/** The architecture for which a text is read: 64-bit Windows, including ARM64, or 32-bit Windows. */
export type Architecture = 'x64' | 'x86';

/** True if the text depends on the architecture. */
export const tellsArchitectures = (text: string): boolean => /^[^\S\n]*#.*\b_WIN64\b/m.test(text);

/** Returns the text with declarations only. Throws Mistake. */
export function prepare(text: string, architecture: Architecture): Prepared {
  const code = withoutComments(text);
  const directives = new Directives(architecture);
  const kept = code.replaceAll(/(?:\\\r?\n|[^\n])*(?:\n|$)/g, (line: string, at: number) =>
    directives.keeps(line, at) ? line : blank(line),
  );
  directives.end();
  return { text: kept, defines: directives.defines, packing: directives.packing };
}

const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');

function withoutComments(text: string): string {
  return text.replaceAll(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]'/g,
    (found: string, at: number) => {
      if (!found.startsWith('/')) return found;
      if (found.startsWith('/*') && (found.length < 4 || !found.endsWith('*/')))
        throw new Mistake(at, "the comment that starts here has no '*/'", ["'*/'"]);
      return blank(found);
    },
  );
}

class Directives {
  readonly defines: Define[] = [];
  readonly packing: Packing[] = [];
  /**
   * The open conditions: whether the surrounding lines are active, whether this branch is, and whether any branch has
   * been.
   */
  readonly #branches: { readonly isReached: boolean; isTaken: boolean; wasTaken: boolean; readonly at: number }[] = [];
  readonly #saved: (number | undefined)[] = [];
  #bytes: number | undefined;
  readonly #architecture: Architecture;

  constructor(architecture: Architecture) {
    this.#architecture = architecture;
  }

  /** True for an active line of declarations. */
  keeps(line: string, at: number): boolean {
    const [, word = '', rest = ''] = /^[^\S\n]*#[^\S\n]*([a-z]*)([\s\S]*)/.exec(line) ?? [];
    if (!/^\s*#/.test(line)) return this.#isTaken;
    const value = rest.replaceAll(/\\\r?\n/g, ' ').trim();
    this.#read(word, value, at + line.indexOf('#'));
    return false;
  }

  end(): void {
    const open = this.#branches.at(-1);
    if (open) throw new Mistake(open.at, "this condition has no '#endif'", ["'#endif'"]);
  }

  get #isTaken(): boolean {
    return this.#branches.every(({ isTaken }) => isTaken);
  }

  #read(word: string, value: string, at: number): void {
    const branch = this.#branches.at(-1);
    switch (word) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        const isReached = this.#isTaken;
        const isTaken = isReached && this.#holds(word, value, at);
        this.#branches.push({ isReached, isTaken, wasTaken: isTaken, at });
        return;
      }
      case 'else':
      case 'elif': {
        if (!branch) refuse(at, `this '#${word}' has no '#if'`);
        branch.isTaken = branch.isReached && !branch.wasTaken && (word === 'else' || this.#holds('if', value, at));
        branch.wasTaken ||= branch.isTaken;
        return;
      }
      case 'endif':
        if (!branch) refuse(at, "this '#endif' has no '#if'");
        this.#branches.pop();
        return;
      default:
        if (this.#isTaken) this.#keep(word, value, at);
    }
  }

  #holds(word: string, condition: string, at: number): boolean {
    const [, not, name] = /^(!?)\s*(?:defined\s*\(?\s*)?(_WIN64)\s*\)?$/.exec(condition) ?? [];
    if (name === undefined) return holds(word, condition, at);
    return (this.#architecture === 'x64') === (not === '' && word !== 'ifndef');
  }

  #keep(word: string, value: string, at: number): void {
    const [, name, body = ''] = /^([A-Za-z_]\w*)(?:\s+([\s\S]*))?$/.exec(value) ?? [];
    if (word === 'define' && name !== undefined && body !== '') this.defines.push({ name, value: body, at });
    const [, pragma] = /^pack\s*\(([^)]*)\)/.exec(value) ?? [];
    if (word === 'pragma' && pragma !== undefined) this.#pack(pragma, at);
    const [, bytes] = /^[<"]pshpack([1248])\.h[>"]/.exec(value) ?? [];
    if (word === 'include' && bytes !== undefined) this.#pack(`push, ${bytes}`, at);
    if (word === 'include' && /^[<"]poppack\.h[>"]/.test(value)) this.#pack('pop', at);
  }

  #pack(words: string, at: number): void {
    const parts = words.split(',').map((part) => part.trim());
    const bytes = parts.find((part) => /^\d+$/.test(part));
    if (parts[0] === 'push') this.#saved.push(this.#bytes);
    if (parts[0] === 'pop') this.#bytes = this.#saved.pop();
    else if (bytes !== undefined) this.#bytes = Number(bytes);
    else if (parts[0] === '') this.#bytes = undefined;
    this.packing.push({ at, bytes: this.#bytes });
  }
}

/** Evaluates conditions with an unambiguous purpose. The texts are C for a current Windows, or for other systems. */
function holds(word: string, condition: string, at: number): boolean {
  if (/\b__cplusplus\b/.test(condition)) return word === 'ifndef' || /^!\s*defined/.test(condition);
  if (word === 'if' && /^\d+$/.test(condition)) return Number(condition) !== 0;
  if (/\b(_WIN32_WINNT|WINVER|NTDDI_VERSION|_WIN32_IE|WINAPI_FAMILY_PARTITION|_WIN32_WINDOWS)\b/.test(condition))
    return true;
  if (word === 'ifdef' && /^(_?UNICODE|_?WIN32)$/.test(condition)) return true;
  if (word === 'ifdef' && /^(_MAC|MIDL_PASS|__midl|_M_IX86|_X86_|_IA64_)$/.test(condition)) return false;
  if (word === 'ifndef' || /^!\s*defined\b[^&|]*$/.test(condition)) return true;
  return refuse(at, `the value of '${condition}' is unknown; keep only the lines that you want`);
}
