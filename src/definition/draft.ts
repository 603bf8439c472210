/** A definition that is being written: a library, C declarations as somebody pasted them, and cmdlets over their functions. */
import { joinKnown, type KnownTypes, type ParsedFunction, parsePrototypes } from './prototype/index.js';
import { isDeviceName, shippedModule } from './reserved-names.js';
import { pointerTo } from './source-text.js';
import type { DefinitionSource, LibraryDefinition, LibraryPlatform } from './types.js';
import { validateDefinitionText } from './validate.js';

export interface Draft {
  readonly name: string;
  readonly library: DraftLibrary;
  /** In their order: functions, with the types that they use, or types alone. */
  readonly declarations: readonly string[];
  /** The documentation of the function that a declaration is; none by default. */
  readonly pages?: readonly (string | undefined)[];
  /** The functions, by the names of their cmdlets. */
  readonly cmdlets: Readonly<Record<string, string>>;
}

/** The file on each system. */
export type DraftLibrary = Readonly<Partial<Record<LibraryPlatform, string>>> &
  Partial<Pick<LibraryDefinition, 'location'>>;

/** What is to be said of a draft. */
export interface Remark {
  readonly message: string;
  /** The number of the declaration, from 0; undefined for any other place. */
  readonly declaration: number | undefined;
  /** The JSON pointer of the place in the document. */
  readonly pointer: string;
}

export interface CheckedDraft {
  /** The document, in the short form. */
  readonly text: string;
  /** The canonical form; a definition only if there are no mistakes. */
  readonly value: DefinitionSource | undefined;
  readonly mistakes: readonly Remark[];
  /** What was taken for granted, for the author to check. */
  readonly notes: readonly Remark[];
}

/** Writes a draft as a document, and checks it. */
export function checkDraft(draft: Draft): CheckedDraft {
  const { name, library, declarations, cmdlets, pages = [] } = draft;
  const functions = functionsIn(declarations);
  const first = functions.findIndex((names) => names.length > 0);
  const types = Math.max(0, first);
  const documentOf = (texts: readonly string[]) => ({
    name,
    library: writtenLibrary(library),
    ...(types > 0 && { types: texts.slice(0, types) }),
    functions: texts.slice(types).map((prototype, index) => {
      const documentation = pages[types + index];
      return documentation === undefined ? prototype : { prototype, documentation };
    }),
    cmdlets,
  });
  // The places of mistakes are those in the text as it was pasted.
  const { value, mistakes, notes } = validateDefinitionText(JSON.stringify(documentOf(declarations)));
  const places = declarations.map((_, index) =>
    index < types ? pointerTo('types', index) : pointerTo('functions', index - types),
  );
  const remark = ({ pointer, message }: { readonly pointer: string; readonly message: string }): Remark => {
    const declaration = places.findIndex((place) => pointer === place || pointer.startsWith(`${place}/`));
    return { message, pointer, declaration: declaration < 0 ? undefined : declaration };
  };
  const text = `${JSON.stringify(documentOf(declarations.map(onOneLine)), null, 2)}\n`;
  return { text, value, mistakes: mistakes.map(remark), notes: notes.map(remark) };
}

/** A text on one line, unless a comment or a directive ends with a line of it. */
const onOneLine = (text: string): string => (/#|\/\//.test(text) ? text : text.replaceAll(/\s*\n\s*/g, ' '));

/** A library that only Windows has, in its system directory, is its file name. */
function writtenLibrary(library: DraftLibrary): DraftLibrary | string {
  const { win32, ...others } = library;
  return win32 !== undefined && Object.keys(others).length === 0 ? win32 : library;
}

/** The names of the functions that each text declares; none of a text that is no C, of which the check of the draft says why. */
export const functionsIn = (declarations: readonly string[]): string[][] =>
  parsedFunctions(declarations).map((functions) => functions.map(({ name }) => name));

/** The same, with all that their declarations say. */
export function parsedFunctions(declarations: readonly string[]): (readonly ParsedFunction[])[] {
  let known: KnownTypes = {};
  return declarations.map((text) => {
    try {
      const parsed = parsePrototypes(text, known);
      known = joinKnown(known, parsed);
      return parsed.functions;
    } catch {
      return [];
    }
  });
}

/** The systems by the end of a file name. */
const ENDINGS: readonly (readonly [RegExp, LibraryPlatform])[] = [
  [/\.(dll|drv|cpl|ocx)$/i, 'win32'],
  [/\.so(\.[0-9]+)*$/, 'linux'],
  [/\.(dylib|tbd)$/, 'darwin'],
];

/** The system that has a library of this file name; undefined if the name does not tell. */
export const systemOf = (file: string): LibraryPlatform | undefined =>
  ENDINGS.find(([ending]) => ending.test(file))?.[1];

/** Proposes the name of a definition: `Sqlite3` for `libsqlite3.so.0`; not that of a module that PowerShell or Windows has. */
export function nameFor(file: string): string {
  const plain = file.replace(/\.(dll|drv|cpl|ocx|dylib|so)([.].*)?$/i, '').replaceAll(/[^A-Za-z0-9]/g, '');
  const stem = plain.replace(/^lib(?=[A-Za-z][A-Za-z0-9]{2})/, '').replace(/^[0-9]+/, '');
  const name = stem.slice(0, 60).replace(/^./, (first) => first.toUpperCase());
  const isFree = name.length > 1 && shippedModule(name) === undefined && !isDeviceName(name);
  return isFree ? name : `${name}Functions`;
}
