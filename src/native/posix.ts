/** Linux, macOS and the like: libraries are given by the user; there is no system directory and no Win32 text. */
import koffi from 'koffi';
import type { NativeSystem } from './native-system.js';
import { separateStdout } from './own-stdout.js';

/** The POSIX side of NativeSystem; errno takes the place of GetLastError. */
export function posixSystem(): NativeSystem {
  let strerror: ((code: number) => string) | undefined;
  return {
    systemDirectory: () => undefined,
    ownStdout: separateStdout,
    open: (path) => koffi.load(path),
    lastErrorKind: 'errno',
    lastError: () => koffi.errno(),
    clearLastError: () => void koffi.errno(0),
    describeErrno: (code) => {
      strerror ??= koffi.load(null).func('strerror', 'str', ['int']) as (code: number) => string;
      return strerror(code);
    },
    describeWin32: () => undefined,
  };
}
