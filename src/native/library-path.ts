/** Determines the library file from the definition and the user's option, never by search order. */

import { statSync } from 'node:fs';
import path from 'node:path';
import { advised } from '../definition/audience.js';
import { DlletError } from '../definition/errors.js';
import { isOfWindows, libraryFile, libraryFiles, libraryTitle } from '../definition/library.js';
import type { Definition } from '../definition/types.js';
import type { LibraryOrigin } from './native-system.js';
import { DARWIN_DIRECTORY, linuxDirectories } from './system-directories.js';

export interface LibraryLocation {
  /** Absolute, except for an API set. */
  readonly path: string;
  readonly origin: LibraryOrigin;
  /** True for a library of the system that may not exist as a file, so that only the loader can find it. */
  readonly isVirtual?: true;
}

export interface LibraryChoice {
  readonly definition: Definition;
  readonly platform: NodeJS.Platform;
  /** The user's own library, as given. */
  readonly libraryPath: string | undefined;
  /** The directory of the module, or of the definition, which has the libraries that come with it. */
  readonly directory: string | undefined;
  /** Returns the system directory of Windows; called only if needed. */
  readonly systemDirectory: () => string | undefined;
  /** The processor architecture; default: that of the process. */
  readonly arch?: string;
  /** True if the file exists; replaced in tests. */
  readonly exists?: (file: string) => boolean;
}

/**
 * Returns the library's location: the user's path, or the file that the definition names, in a directory of the system
 * or of the module. Throws DlletError `InvalidParameter` for a path that is not absolute, `PlatformNotSupported` if no
 * path was given and the library does not exist for this system, `LibraryNotFound` if no directory of the system has
 * it.
 */
export function locateLibrary(choice: LibraryChoice): LibraryLocation {
  const { definition, platform, libraryPath, directory } = choice;
  if (libraryPath !== undefined) return explicitLocation(libraryPath, platform);
  const file = libraryFile(definition, platform);
  if (file === undefined) throw unsupported(definition, platform);
  if (definition.library.location === 'system') return systemLocation(file, choice);
  if (directory === undefined) throw new Error(`the directory of the library ${file} is not known`);
  return { path: pathsOf(platform).resolve(directory, file), origin: 'explicit' };
}

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? path.win32 : path.posix);

/**
 * Matches an API set, such as `api-ms-win-core-path-l1-1-0.dll`: a name that Windows maps to the DLL with its
 * functions.
 */
const API_SET = /^(api|ext)-ms-/i;

function systemLocation(file: string, choice: LibraryChoice): LibraryLocation {
  const { definition, platform, arch = process.arch, exists = isThere } = choice;
  if (platform === 'win32') {
    const directory = choice.systemDirectory();
    if (directory === undefined) throw unsupported(definition, platform);
    if (API_SET.test(file)) return { path: file, origin: 'system', isVirtual: true };
    return { path: path.win32.join(directory, file), origin: 'system' };
  }
  // macOS keeps its libraries in a cache, not as files.
  if (platform === 'darwin')
    return { path: path.posix.join(DARWIN_DIRECTORY, file), origin: 'system', isVirtual: true };
  const directories = linuxDirectories(arch);
  const found = directories.map((directory) => path.posix.join(directory, file)).find(exists);
  if (found === undefined) throw notInSystem(file, directories);
  return { path: found, origin: 'system' };
}

const isThere = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

/** `C:\…` or `\\server\share…`: `\foo` and `C:foo` would depend on the current drive and directory. */
const WINDOWS_ABSOLUTE = /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/]+[\\/]+[^\\/]+)/;

function explicitLocation(libraryPath: string, platform: NodeJS.Platform): LibraryLocation {
  const windows = platform === 'win32';
  const absolute = windows ? WINDOWS_ABSOLUTE.test(libraryPath) : path.posix.isAbsolute(libraryPath);
  if (!absolute || libraryPath.includes('\0')) throw notAbsolute(libraryPath, windows);
  // LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR requires backslashes and an absolute path without `.` or `..`.
  return { path: pathsOf(platform).normalize(libraryPath), origin: 'explicit' };
}

function notAbsolute(libraryPath: string, windows: boolean): DlletError {
  const example = windows ? 'C:\\Windows\\System32\\Iphlpapi.dll' : '/usr/lib/libexample.so';
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `The library path ${JSON.stringify(libraryPath)} is not an absolute path.`,
    recommendedAction: `Give the full path of the library, such as ${example}.`,
    data: { path: libraryPath },
  });
}

function notInSystem(file: string, directories: readonly string[]): DlletError {
  return new DlletError({
    id: 'LibraryNotFound',
    category: 'ObjectNotFound',
    message: `The library ${file} was not found in the library directories of this system: ${directories.join(', ')}.`,
    recommendedAction: `Install the package that contains it, or give its path: ${advised('library')}`,
    data: { library: file, directories: directories.join(':') },
  });
}

function unsupported(definition: Definition, platform: NodeJS.Platform): DlletError {
  const { name } = definition;
  const title = libraryTitle(definition);
  const others = Object.entries(libraryFiles(definition)).map(([system, file]) => `${system}: ${file}`);
  const isWindows = isOfWindows(definition);
  return new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: isWindows
      ? `${title} is a part of Windows, and this system (${platform}) does not have it.`
      : `The definition ${name} has no library for ${platform}; it has one for ${others.join(', ')}.`,
    recommendedAction:
      `Run this on ${isWindows ? 'Windows' : 'a system that has the library'}. To try it here, use the simulated backend: ${advised('simulated')}\n` +
      `Or name another library with the same functions: ${advised('library')}`,
    data: { platform, library: title },
  });
}
