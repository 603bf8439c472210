/**
 * Reserves standard output for this program, on Windows. Node writes to the handle that it was started with, through
 * its own C runtime. A library finds stdout in one of three other places, and this file redirects all of them to
 * stderr: the standard handle of the process, the descriptor of a C runtime that is already loaded, and the data that a
 * C runtime reads when it is loaded later.
 *
 * Sources: learn.microsoft.com, STARTUPINFOW; the C runtime's `lowio`.
 */
import path from 'node:path';
import koffi from 'koffi';
import { WINDOWS } from '../system/prototypes.js';
import { type Bound, bindTable } from './prototype.js';

/** Redirects stdout. Call it once per process, before a library is loaded. Throws an Error if the system refuses. */
export function keepStdout(kernel: Bound<typeof WINDOWS>, systemDirectory: string): void {
  const own = kernel.GetStdHandle(OUTPUT);
  const errors = BigInt(kernel.GetStdHandle(ERROR)) || nullDevice(kernel);
  redirectInherited(kernel, errors);
  // _dup2 closes the previous handle of a descriptor, which Node also uses.
  kernel.SetHandleInformation(own, PROTECT_FROM_CLOSE, PROTECT_FROM_CLOSE);
  for (const name of RUNTIMES) {
    if (BigInt(kernel.GetModuleHandleW(name)) !== 0n) redirectRuntime(path.win32.join(systemDirectory, name));
  }
  kernel.SetHandleInformation(own, PROTECT_FROM_CLOSE, 0);
  if (kernel.SetStdHandle(OUTPUT, errors) === 0) throw new Error('stdout could not be protected from native code');
}

/** STD_OUTPUT_HANDLE and STD_ERROR_HANDLE. */
const OUTPUT = -11;
const ERROR = -12;

const PROTECT_FROM_CLOSE = 2;

/** The C runtimes that are part of Windows. */
const RUNTIMES = ['msvcrt.dll', 'ucrtbase.dll'];

const GENERIC_WRITE = 0x4000_0000;
const SHARE_ALL = 7;
const OPEN_EXISTING = 3;

/** Opens NUL, for a program that was started without stderr. */
function nullDevice(kernel: Bound<typeof WINDOWS>): bigint {
  return BigInt(kernel.CreateFileW('NUL', GENERIC_WRITE, SHARE_ALL, null, OPEN_EXISTING, 0, 0));
}

/**
 * Redirects an open descriptor to descriptor 2 of the same runtime, or closes it if that runtime has no descriptor 2.
 */
function redirectRuntime(file: string): void {
  const runtime = bindTable(WINDOWS, () => koffi.load(file));
  if (runtime._dup2(2, 1) === -1) runtime._close(1);
}

/**
 * A parent that is a C program, such as Node, passes its descriptors in `lpReserved2` of STARTUPINFOW: a count, a flags
 * byte for each, then a handle for each. The block belongs to the process, and every C runtime reads it when it starts.
 */
function redirectInherited(kernel: Bound<typeof WINDOWS>, errors: bigint): void {
  const pointer = koffi.sizeof('void *');
  const info = Buffer.alloc(pointer === 8 ? 104 : 68);
  kernel.GetStartupInfoW(info);
  const size = info.readUInt16LE(pointer === 8 ? 66 : 50);
  const address = pointer === 8 ? info.readBigUInt64LE(72) : BigInt(info.readUInt32LE(52));
  if (address === 0n || size < 4) return;
  const memory = Buffer.from(koffi.view(address, size));
  const count = memory.readUInt32LE(0);
  const handle = 4 + count + pointer;
  if (count < 2 || handle + pointer > size) return;
  if (pointer === 8) memory.writeBigUInt64LE(errors, handle);
  else memory.writeUInt32LE(Number(errors), handle);
}
