/** Parses the library of a new definition from command-line arguments. */
import path from 'node:path';
import { type DraftLibrary, systemOf } from '../definition/draft.js';
import type { LibraryPlatform } from '../definition/types.js';
import { UsageError } from './usage.js';

/** The names of the systems for people. */
export const SYSTEMS: Readonly<Record<LibraryPlatform, string>> = { win32: 'Windows', linux: 'Linux', darwin: 'macOS' };

/**
 * Returns the library. The name of each file determines its system, or the word before a `=` does (`linux=libodd`). A
 * path means a file beside the definition, which goes into the module; `directory` is the directory of the new
 * definition. Throws UsageError.
 */
export function libraryFrom(given: readonly string[], directory: string): DraftLibrary {
  const files = given.map((one) => fileFrom(one, directory));
  const inModule = files.filter(({ isBeside }) => isBeside).length;
  if (inModule > 0 && inModule < files.length)
    throw new UsageError(
      'the library is in the directory of the definition on one system but not on another, which a definition cannot express',
    );
  const library: Partial<Record<LibraryPlatform, string>> = {};
  for (const { system, file } of files) {
    if (library[system] !== undefined)
      throw new UsageError(`the library on ${SYSTEMS[system]} is given twice: '${library[system]}' and '${file}'`);
    library[system] = file;
  }
  return { ...library, ...(inModule > 0 && { location: 'module' }) };
}

interface LibraryFile {
  readonly system: LibraryPlatform;
  readonly file: string;
  readonly isBeside: boolean;
}

function fileFrom(given: string, directory: string): LibraryFile {
  const [, word, rest] = /^(win32|linux|darwin)=(.*)$/s.exec(given) ?? [];
  const written = rest ?? given;
  const file = path.basename(written);
  const isPath = /[\\/]/.test(written);
  if (isPath && path.dirname(path.resolve(written)) !== path.resolve(directory))
    throw new UsageError(
      `'${written}' is a path. If it is a system library, write its file name, '${file}'; ` +
        `otherwise copy it to the directory of the definition, ${directory}, and give that path`,
    );
  const system = (word as LibraryPlatform | undefined) ?? systemOf(file);
  if (system === undefined)
    throw new UsageError(
      `the system of '${written}' is unknown: write linux=${written}, win32=${written} or darwin=${written}`,
    );
  return { system, file, isBeside: isPath };
}
