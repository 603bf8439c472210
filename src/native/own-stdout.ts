/**
 * Standard output for this program alone. A native library may write to stdout what it likes: from here on its stdout is
 * stderr, on POSIX systems.
 */
import koffi from 'koffi';
import { POSIX } from '../system/prototypes.js';
import { bindTable, ownLibrary } from './prototype.js';

/**
 * Points descriptor 1 at what 2 is, for all native code and every program that it starts. Returns a descriptor of what 1 was,
 * which programs that are started do not inherit. The second time it returns the same. Throws an Error when the system refuses.
 */
export function separateStdout(): number {
  own ??= separate();
  return own;
}

let own: number | undefined;

const STDOUT = 1;
const STDERR = 2;

/** The lowest descriptor that is none of the standard ones. */
const FIRST_FREE = 3;

/** F_DUPFD_CLOEXEC, which is another number on macOS. */
const DUPLICATE = process.platform === 'darwin' ? 67 : 1030;

function separate(): number {
  const { fcntl, dup2 } = bindTable(POSIX, ownLibrary);
  const duplicate = fcntl(STDOUT, DUPLICATE, 'int', FIRST_FREE);
  if (duplicate === -1 || dup2(STDERR, STDOUT) === -1) {
    throw new Error(`stdout could not be kept from native code: errno ${koffi.errno()}`);
  }
  return duplicate;
}
