/** The files of a library on each system. */
import { own } from './own.js';
import type { LibraryDefinition, LibraryPlatform } from './types.js';

interface HasLibraries extends HasLibrary {
  readonly libraries?: Readonly<Record<string, LibraryDefinition>> | undefined;
}

/** Returns the library of a function. Throws Error for a name that a check rejects. */
export function libraryOf(
  { library, libraries = {} }: HasLibraries,
  fn: { readonly library?: string },
): LibraryDefinition {
  if (fn.library === undefined) return library;
  const found = own(libraries, fn.library);
  if (found === undefined) throw new Error(`the definition has no library '${fn.library}'`);
  return found;
}

/** All libraries of a definition, the main one first. */
export function librariesOf({ library, libraries = {} }: HasLibraries): readonly LibraryDefinition[] {
  return [library, ...Object.values(libraries)];
}

interface HasLibrary {
  readonly library: LibraryDefinition;
}

/** The names of the file, by system. */
export function libraryFiles({ library }: HasLibrary): Readonly<Partial<Record<LibraryPlatform, string>>> {
  const { fileName, files } = library;
  return files ?? (fileName === undefined ? {} : { win32: fileName });
}

/** Returns the name of the file on a system; undefined if the library does not exist there. */
export function libraryFile(definition: HasLibrary, platform: NodeJS.Platform): string | undefined {
  const files = libraryFiles(definition);
  return Object.hasOwn(files, platform) ? files[platform as LibraryPlatform] : undefined;
}

/** Names the library in a few words: `Iphlpapi.dll`, or `zlib1.dll (Windows), libz.so.1 (Linux)`. */
export function libraryTitle(definition: HasLibrary): string {
  const files = libraryFiles(definition);
  const [only, ...more] = Object.values(files);
  if (only !== undefined && more.length === 0) return only;
  return Object.entries(SYSTEMS)
    .filter(([platform]) => Object.hasOwn(files, platform))
    .map(([platform, title]) => `${files[platform as LibraryPlatform]} (${title})`)
    .join(', ');
}

/** Returns the systems that have a file of the library, and the other supported systems, by their usual names. */
export function systemsOf(definition: HasLibrary): { readonly supported: string[]; readonly others: string[] } {
  const files = libraryFiles(definition);
  const isThere = ([platform]: [string, string]) => Object.hasOwn(files, platform);
  const all = Object.entries(SYSTEMS);
  return {
    supported: all.filter(isThere).map(([, title]) => title),
    others: all.filter((one) => !isThere(one)).map(([, title]) => title),
  };
}

/** True for a library in the system directory that only Windows has. */
export function isOfWindows(definition: HasLibrary): boolean {
  const systems = Object.keys(libraryFiles(definition));
  return definition.library.location === 'system' && systems.length === 1 && systems[0] === 'win32';
}

const SYSTEMS: Readonly<Record<LibraryPlatform, string>> = { win32: 'Windows', linux: 'Linux', darwin: 'macOS' };
