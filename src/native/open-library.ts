/** Opens a library file, and reports the reason if that fails. */
import { statSync } from 'node:fs';
import type { LibraryHandle } from 'koffi';
import { DlletError, messageOf } from '../definition/errors.js';
import type { LibraryLocation } from './library-path.js';
import type { NativeSystem } from './native-system.js';

/**
 * Opens a library. Throws DlletError `LibraryNotFound`: category ObjectNotFound if the file does not exist, InvalidData
 * if this process cannot load it (not a library, another platform or architecture, a missing dependency).
 */
export function openLibrary(location: LibraryLocation, system: NativeSystem): LibraryHandle {
  const kind = location.isVirtual ? 'unknown' : kindOf(location.path);
  if (kind === 'missing') throw missing(location.path);
  if (kind === 'directory') throw unloadable(location.path, 'it is a directory');
  try {
    return system.open(location.path, location.origin);
  } catch (cause) {
    const reason = messageOf(cause).replace(/^Failed to load shared library:\s*/, '');
    throw location.isVirtual ? notOfSystem(location.path, reason, cause) : unloadable(location.path, reason, cause);
  }
}

/** `unknown` means, for example, access denied: the loader gives the reason. */
function kindOf(path: string): 'missing' | 'directory' | 'file' | 'unknown' {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 'missing';
    return stats.isDirectory() ? 'directory' : 'file';
  } catch {
    return 'unknown';
  }
}

function missing(path: string): DlletError {
  return new DlletError({
    id: 'LibraryNotFound',
    category: 'ObjectNotFound',
    message: `The library ${path} does not exist.`,
    recommendedAction: 'Check the path of the library, or leave it out to use the one that the definition names.',
    data: { path },
  });
}

function notOfSystem(path: string, reason: string, cause: unknown): DlletError {
  return new DlletError({
    id: 'LibraryNotFound',
    category: 'ObjectNotFound',
    message: `This system has no library ${path} that this program (${process.platform} ${process.arch}) can load: ${reason}.`,
    recommendedAction: 'Use a version of the system that has it.',
    data: { path, reason },
    cause,
  });
}

function unloadable(path: string, reason: string, cause?: unknown): DlletError {
  return new DlletError({
    id: 'LibraryNotFound',
    category: 'InvalidData',
    message: `${path} exists, but is not a library that this program (${process.platform} ${process.arch}) can load: ${reason}.`,
    recommendedAction: `Give a library that was built for ${process.platform} on ${process.arch}, with everything it depends on.`,
    data: { path, reason },
    cause,
  });
}
