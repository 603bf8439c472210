/** Determines the library file from the definition and the user's option, never by search order. */
import path from 'node:path';
import { DlletError } from '../definition/errors.js';
import type { Definition } from '../definition/types.js';
import type { LibraryOrigin } from './native-system.js';

export interface LibraryLocation {
  /** Absolute. */
  readonly path: string;
  readonly origin: LibraryOrigin;
}

export interface LibraryChoice {
  readonly definition: Definition;
  readonly platform: NodeJS.Platform;
  /** The user's own library, as given. */
  readonly libraryPath: string | undefined;
  /** Returns the system directory; called only if needed. */
  readonly systemDirectory: () => string | undefined;
}

/**
 * Returns the library's location: the user's path, or the file in the Windows system directory. Throws DlletError
 * `InvalidParameter` for a path that is not absolute, `PlatformNotSupported` if no path was given and the system is not
 * Windows.
 */
export function locateLibrary(choice: LibraryChoice): LibraryLocation {
  if (choice.libraryPath !== undefined) return explicitLocation(choice.libraryPath, choice.platform);
  const directory = choice.platform === 'win32' ? choice.systemDirectory() : undefined;
  if (directory === undefined) throw unsupported(choice.definition, choice.platform);
  return { path: path.win32.join(directory, choice.definition.library.fileName), origin: 'system' };
}

/** `C:\…` or `\\server\share…`: `\foo` and `C:foo` would depend on the current drive and directory. */
const WINDOWS_ABSOLUTE = /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/]+[\\/]+[^\\/]+)/;

function explicitLocation(libraryPath: string, platform: NodeJS.Platform): LibraryLocation {
  const windows = platform === 'win32';
  const absolute = windows ? WINDOWS_ABSOLUTE.test(libraryPath) : path.posix.isAbsolute(libraryPath);
  if (!absolute || libraryPath.includes('\0')) throw notAbsolute(libraryPath, windows);
  // LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR requires backslashes and an absolute path without `.` or `..`.
  return { path: windows ? path.win32.normalize(libraryPath) : path.posix.normalize(libraryPath), origin: 'explicit' };
}

function notAbsolute(libraryPath: string, windows: boolean): DlletError {
  const example = windows ? 'C:\\Windows\\System32\\Iphlpapi.dll' : '/usr/lib/libexample.so';
  return new DlletError({
    id: 'InvalidParameter',
    category: 'InvalidArgument',
    message: `The library path ${JSON.stringify(libraryPath)} is not an absolute path.`,
    recommendedAction: `Give the library with its full path, such as ${example}; a library is never searched for.`,
    data: { path: libraryPath },
  });
}

function unsupported({ name, library }: Definition, platform: NodeJS.Platform): DlletError {
  return new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `${library.fileName} is a part of Windows, and this system (${platform}) does not have it.`,
    recommendedAction:
      `Run this on Windows; or use the simulated backend (--backend simulated; in PowerShell ` +
      `Import-Module ${name} -ArgumentList @{ Backend = 'Simulated' }); or name a library that has the same functions ` +
      `(--library <absolute path>; in PowerShell -ArgumentList @{ LibraryPath = '<absolute path>' }).`,
    data: { platform, library: library.fileName },
  });
}
