/**
 * Reserves standard output for this program, on POSIX systems. A native library may print to stdout, so descriptor 1 is
 * redirected to stderr.
 */
import koffi from 'koffi';
import { POSIX } from '../system/prototypes.js';
import { bindTable, ownLibrary } from './prototype.js';

/**
 * Redirects descriptor 1 to the target of descriptor 2, for native code and child processes. Returns a descriptor of
 * the original stdout, which child processes do not inherit; later calls return the same one. Throws an Error if the
 * system refuses.
 */
export function separateStdout(): number {
  own ??= separate();
  return own;
}

let own: number | undefined;

const STDOUT = 1;
const STDERR = 2;

/** The lowest descriptor above the standard ones. */
const FIRST_FREE = 3;

/** F_DUPFD_CLOEXEC; macOS has a different value. */
const DUPLICATE = process.platform === 'darwin' ? 67 : 1030;

function separate(): number {
  const { fcntl, dup2 } = bindTable(POSIX, ownLibrary);
  const duplicate = fcntl(STDOUT, DUPLICATE, 'int', FIRST_FREE);
  if (duplicate === -1 || dup2(STDERR, STDOUT) === -1) {
    throw new Error(`stdout could not be protected from native code: errno ${koffi.errno()}`);
  }
  return duplicate;
}
