/** Linux, macOS and the like: libraries are given by the user; there is no system directory and no Win32 text. */
import koffi from 'koffi';
import type { NativeSystem } from './system.js';

/** The POSIX side of NativeSystem; errno takes the place of GetLastError. */
export function posixSystem(): NativeSystem {
  return {
    systemDirectory: () => undefined,
    open: (path) => koffi.load(path),
    lastError: () => koffi.errno(),
    describeWin32: () => undefined,
  };
}
