/** Opens libraries of the Windows system directory for the functions that this program itself calls. */
import path from 'node:path';
import type { LibraryHandle } from 'koffi';
import { DlletError } from '../definition/errors.js';
import type { NativeSystem } from './native-system.js';
import { openLibrary } from './open-library.js';

/**
 * Opens a DLL by its absolute path in System32. Throws DlletError `PlatformNotSupported` if there is no such directory,
 * `LibraryNotFound` if there is no such DLL.
 */
export function openSystemLibrary(fileName: string, system: NativeSystem): LibraryHandle {
  const directory = system.systemDirectory();
  if (directory !== undefined) {
    return openLibrary({ path: path.win32.join(directory, fileName), origin: 'system' }, system);
  }
  throw new DlletError({
    id: 'PlatformNotSupported',
    category: 'NotImplemented',
    message: `${fileName} is a part of Windows, and this system (${process.platform}) does not have it.`,
    recommendedAction: 'Run this on Windows.',
    data: { platform: process.platform, library: fileName },
  });
}
