/** The functions of Windows that this program itself calls, from the libraries in the system directory. */
import type { NativeSystem } from '../native/native-system.js';
import { type Bound, bindTable, mustSucceed } from '../native/prototype.js';
import { openSystemLibrary } from '../native/system-library.js';
import { WINDOWS } from './prototypes.js';

export interface WindowsCalls {
  /** The plain functions: the caller checks the result. */
  readonly call: Bound<typeof WINDOWS>;
  /** The same functions; they throw an Error with the function's name and the system's text if the call fails. */
  readonly must: Bound<typeof WINDOWS>;
}

/** On systems other than Windows, using one throws DlletError `PlatformNotSupported`. */
export function windowsCalls(system: NativeSystem): WindowsCalls {
  const call = bindTable(WINDOWS, (library) => openSystemLibrary(library, system));
  return { call, must: mustSucceed(WINDOWS, call, system) };
}
