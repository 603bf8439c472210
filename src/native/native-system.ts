/**
 * The part of the operating system that the native backend uses. Each system implements it in one small file, and tests
 * can replace it.
 */
import type { LibraryHandle } from 'koffi';

/**
 * The origin of a library, which determines where its dependencies may come from. `explicit`: the user named it, or it
 * comes with a module.
 */
export type LibraryOrigin = 'system' | 'explicit';

export interface NativeSystem {
  /** The directory of the system's own libraries; undefined on systems other than Windows. */
  systemDirectory(): string | undefined;
  /**
   * Returns a descriptor of this program's stdout that native code does not use: output of a library goes to stderr.
   * Call it before anything is written and before a library is opened. On Windows, where Node's own descriptor stays
   * the same, opening a library completes the redirection.
   */
  ownStdout(): number;
  /** Opens the library at an absolute path. Throws an Error with the loader's reason. */
  open(path: string, origin: LibraryOrigin): LibraryHandle;
  /** The source of `lastError`: GetLastError, a Win32 code, on Windows; errno elsewhere. */
  readonly lastErrorKind: 'lastError' | 'errno';
  /** Returns the last error of the calling thread. */
  lastError(): number;
  /** Sets the last error of the calling thread to 0, so that a value read after a call belongs to that call. */
  clearLastError(): void;
  /** Returns errno of the calling thread; on Windows, errno of the C runtime that Node.js uses. */
  errno(): number;
  clearErrno(): void;
  /** Returns the system's text for an errno; undefined if there is none. */
  describeErrno(code: number): string | undefined;
  /** Returns the system's text for a Win32 code, trimmed; undefined if there is none. */
  describeWin32(code: number): string | undefined;
}
