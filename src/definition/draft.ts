/** A definition in progress: a library, pasted C declarations, and cmdlets over their functions. */
import { joinKnown, type KnownTypes, type ParsedFunction, parsePrototypes } from './prototype/index.js';
import { isDeviceName, shippedModule } from './reserved-names.js';
import { pointerTo } from './source-text.js';
import type { DefinitionSource, LibraryDefinition, LibraryPlatform } from './types.js';
import { validateDefinitionText } from './validate.js';

export interface Draft {
  readonly name: string;
  readonly library: DraftLibrary;
  /** The texts in order. Each declares functions with the types that they use, or types only. */
  readonly declarations: readonly string[];
  /** The documentation of the function that a declaration is; none by default. */
  readonly pages?: readonly (string | undefined)[];
  /** The functions, by the names of their cmdlets. */
  readonly cmdlets: Readonly<Record<string, string>>;
}

/** The file name of the library on each system. */
export type DraftLibrary = Readonly<Partial<Record<LibraryPlatform, string>>> &
  Partial<Pick<LibraryDefinition, 'location'>>;

/** A message about a draft. */
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
  /** Assumptions for the author to check. */
  readonly notes: readonly Remark[];
}

/** Converts a draft to a document, and checks it. */
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
  // Convert places of mistakes to places in the pasted text.
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

/** Joins the lines of a text, unless it has a comment or a directive, which end with the line. */
const onOneLine = (text: string): string => (/#|\/\//.test(text) ? text : text.replaceAll(/\s*\n\s*/g, ' '));

/** Writes the library: only its file name if it is a Windows library in the system directory. */
function writtenLibrary(library: DraftLibrary): DraftLibrary | string {
  const { win32, ...others } = library;
  return win32 !== undefined && Object.keys(others).length === 0 ? win32 : library;
}

/**
 * Returns the names of the functions that each text declares. A text that is not C has none; the check of the draft
 * reports why.
 */
export const functionsIn = (declarations: readonly string[]): string[][] =>
  parsedFunctions(declarations).map((functions) => functions.map(({ name }) => name));

/** Returns the functions of each text, with everything that their declarations contain. */
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

/** Maps the end of a file name to the system. */
const ENDINGS: readonly (readonly [RegExp, LibraryPlatform])[] = [
  [/\.(dll|drv|cpl|ocx)$/i, 'win32'],
  [/\.so(\.[0-9]+)*$/, 'linux'],
  [/\.(dylib|tbd)$/, 'darwin'],
];

/** The system to which a library with this file name belongs; undefined if the name does not show it. */
export const systemOf = (file: string): LibraryPlatform | undefined =>
  ENDINGS.find(([ending]) => ending.test(file))?.[1];

/**
 * Proposes the name of a definition: `Sqlite3` for `libsqlite3.so.0`. Avoids the names of modules of PowerShell and
 * Windows.
 */
export function nameFor(file: string): string {
  const plain = file.replace(/\.(dll|drv|cpl|ocx|dylib|so)([.].*)?$/i, '').replaceAll(/[^A-Za-z0-9]/g, '');
  const stem = plain.replace(/^lib(?=[A-Za-z][A-Za-z0-9]{2})/, '').replace(/^[0-9]+/, '');
  const name = stem.slice(0, 60).replace(/^./, (first) => first.toUpperCase());
  const isFree = name.length > 1 && shippedModule(name) === undefined && !isDeviceName(name);
  return isFree ? name : `${name}Functions`;
}
