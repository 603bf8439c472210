/** What the native backend needs from the operating system, so that each system is one small file and tests can stand in. */
import type { LibraryHandle } from 'koffi';

/** Where a library comes from, which decides where its own dependencies may come from. */
export type LibraryOrigin = 'system' | 'explicit';

export interface NativeSystem {
  /** The directory of the system's own libraries; undefined where there is none that counts (everywhere but Windows). */
  systemDirectory(): string | undefined;
  /**
   * A descriptor of this program's stdout that native code does not have: what a library prints goes to stderr. To be asked for
   * before anything is written and a library is opened; on Windows, where node's own descriptor stays, opening does the rest.
   */
  ownStdout(): number;
  /** Opens the library at an absolute path. Throws an Error with the loader's own reason. */
  open(path: string, origin: LibraryOrigin): LibraryHandle;
  /** What `lastError` reads: GetLastError, a Win32 code, on Windows; errno elsewhere. */
  readonly lastErrorKind: 'lastError' | 'errno';
  /** The calling thread's last error. */
  lastError(): number;
  /** Sets the calling thread's last error to 0, so that what is read after a call is that call's own. */
  clearLastError(): void;
  /** The system's text for an errno, and undefined on Windows, where nothing reports one. */
  describeErrno(code: number): string | undefined;
  /** The system's text for a Win32 code, trimmed; undefined where there is none. */
  describeWin32(code: number): string | undefined;
}
