/** Linux, macOS and similar systems. They have no texts for Win32 codes, and several directories of libraries. */
import koffi from 'koffi';
import { POSIX } from '../system/prototypes.js';
import type { NativeSystem } from './native-system.js';
import { separateStdout } from './own-stdout.js';
import { bindTable, ownLibrary } from './prototype.js';

/** The POSIX implementation of NativeSystem. Its last error is errno. */
export function posixSystem(): NativeSystem {
  const libc = bindTable(POSIX, ownLibrary);
  return {
    systemDirectory: () => undefined,
    ownStdout: separateStdout,
    open: (path) => koffi.load(path),
    lastErrorKind: 'errno',
    lastError: () => koffi.errno(),
    clearLastError: () => void koffi.errno(0),
    errno: () => koffi.errno(),
    clearErrno: () => void koffi.errno(0),
    describeErrno: (code) => libc.strerror(code),
    describeWin32: () => undefined,
  };
}
