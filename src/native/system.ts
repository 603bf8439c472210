/** What the native backend needs from the operating system, so that each system is one small file and tests can stand in. */
import type { LibraryHandle } from 'koffi';
import { posixSystem } from './posix.js';
import { windowsSystem } from './windows.js';

/** Where a library comes from, which decides where its own dependencies may come from. */
export type LibraryOrigin = 'system' | 'explicit';

export interface NativeSystem {
  /** The directory of the system's own libraries; undefined where there is none that counts (everywhere but Windows). */
  systemDirectory(): string | undefined;
  /** Opens the library at an absolute path. Throws an Error with the loader's own reason. */
  open(path: string, origin: LibraryOrigin): LibraryHandle;
  /** The calling thread's last error: GetLastError on Windows, errno elsewhere. */
  lastError(): number;
  /** The system's text for a Win32 code, trimmed; undefined where there is none. */
  describeWin32(code: number): string | undefined;
}

/** The system behind a platform name (`process.platform`). Nothing is loaded before it is needed. */
export function nativeSystem(platform: NodeJS.Platform): NativeSystem {
  return platform === 'win32' ? windowsSystem() : posixSystem();
}
