/**
 * Standard output for this program alone, in Windows. Node writes to the handle that it was started with, through its own C
 * runtime. A library finds stdout in one of three other places, and from here on finds stderr there: the handle of the process, the
 * descriptor of a C runtime that is loaded already, and what a C runtime that is still to come reads when it starts.
 *
 * Sources: learn.microsoft.com, pages of SetStdHandle, SetHandleInformation, STARTUPINFOW, _dup2; the C runtime's `lowio`.
 */
import path from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';

/** Once for a process, before a library is loaded. Throws an Error when the system refuses. */
export function keepStdout(kernel: LibraryHandle, systemDirectory: string): void {
  const calls = bind(kernel);
  const own = calls.getStdHandle(OUTPUT);
  const errors = calls.getStdHandle(ERROR) || nullDevice(calls);
  redirectInherited(calls, errors);
  // _dup2 closes what a descriptor had, and the handle is node's as well.
  calls.setHandleInformation(own, PROTECT_FROM_CLOSE, PROTECT_FROM_CLOSE);
  for (const name of RUNTIMES) {
    if (BigInt(calls.getModuleHandle(name)) !== 0n) redirectRuntime(path.win32.join(systemDirectory, name));
  }
  calls.setHandleInformation(own, PROTECT_FROM_CLOSE, 0);
  if (calls.setStdHandle(OUTPUT, errors) === 0) throw new Error('stdout could not be kept from native code');
}

/** STD_OUTPUT_HANDLE and STD_ERROR_HANDLE. */
const OUTPUT = -11;
const ERROR = -12;

const PROTECT_FROM_CLOSE = 2;

/** The C runtimes that are parts of Windows. */
const RUNTIMES = ['msvcrt.dll', 'ucrtbase.dll'];

interface Calls {
  getStdHandle(which: number): bigint;
  setStdHandle(which: number, handle: bigint): number;
  setHandleInformation(handle: bigint, mask: number, flags: number): number;
  getModuleHandle(name: string): number | bigint;
  getStartupInfo(info: Buffer): void;
  createFile(name: string): bigint;
}

function bind(kernel: LibraryHandle): Calls {
  const std = kernel.func('__stdcall', 'GetStdHandle', 'uintptr', ['int32']);
  const create = kernel.func('__stdcall', 'CreateFileW', 'uintptr', [
    'str16',
    'uint32',
    'uint32',
    'void *',
    'uint32',
    'uint32',
    'uintptr',
  ]);
  return {
    getStdHandle: (which) => BigInt(std(which)),
    setStdHandle: kernel.func('__stdcall', 'SetStdHandle', 'int32', ['int32', 'uintptr']),
    setHandleInformation: kernel.func('__stdcall', 'SetHandleInformation', 'int32', ['uintptr', 'uint32', 'uint32']),
    getModuleHandle: kernel.func('__stdcall', 'GetModuleHandleW', 'uintptr', ['str16']),
    getStartupInfo: kernel.func('__stdcall', 'GetStartupInfoW', 'void', ['void *']),
    createFile: (name) => BigInt(create(name, GENERIC_WRITE, SHARE_ALL, null, OPEN_EXISTING, 0, 0)),
  };
}

const GENERIC_WRITE = 0x4000_0000;
const SHARE_ALL = 7;
const OPEN_EXISTING = 3;

/** For a program that was started without stderr. */
function nullDevice(calls: Calls): bigint {
  return calls.createFile('NUL');
}

/** A descriptor that the runtime has open gets what its 2 is; where it has no 2, it is closed. */
function redirectRuntime(file: string): void {
  const runtime = koffi.load(file);
  const dup2 = runtime.func('__cdecl', '_dup2', 'int', ['int', 'int']);
  if (dup2(2, 1) === -1) runtime.func('__cdecl', '_close', 'int', ['int'])(1);
}

/**
 * A parent that is a C program, node for one, hands its descriptors over in `lpReserved2` of STARTUPINFOW: a count, a byte of flags
 * for each, then a handle for each. The block is that of the process, and every runtime reads it when it starts.
 */
function redirectInherited(calls: Calls, errors: bigint): void {
  const pointer = koffi.sizeof('void *');
  const info = Buffer.alloc(pointer === 8 ? 104 : 68);
  calls.getStartupInfo(info);
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
