/**
 * Windows: the kernel32 functions that find and load libraries and return error texts.
 *
 * kernel32.dll is a "known DLL" that every process has already loaded, so its bare name cannot be hijacked. Source of
 * the codes: learn.microsoft.com, "System error codes".
 */
import { getSystemErrorMap } from 'node:util';
import koffi from 'koffi';
import { errnoName } from '../definition/errno.js';
import { WINDOWS } from '../system/prototypes.js';
import type { LibraryOrigin, NativeSystem } from './native-system.js';
import { type Bound, bindTable } from './prototype.js';
import { keepStdout } from './windows-stdout.js';

/** The Windows implementation of NativeSystem. The first use binds kernel32 and restricts the library search. */
export function windowsSystem(): NativeSystem {
  let bound: Kernel32 | undefined;
  const kernel = (): Kernel32 => {
    bound ??= bindKernel32();
    return bound;
  };
  return {
    systemDirectory: () => systemDirectory(kernel()),
    ownStdout: () => 1,
    open: (path, origin) => {
      if (!isStdoutKept) keepStdout(kernel(), systemDirectory(kernel()));
      isStdoutKept = true;
      preload(kernel(), path, origin);
      return koffi.load(path);
    },
    lastErrorKind: 'lastError',
    lastError: () => kernel().GetLastError(),
    clearLastError: () => kernel().SetLastError(0),
    errno: () => koffi.errno(),
    clearErrno: () => void koffi.errno(0),
    describeErrno,
    describeWin32: (code) => formatMessage(kernel(), code),
  };
}

/** Stdout is reserved once per process, for all instances. */
let isStdoutKept = false;

type Kernel32 = Bound<typeof WINDOWS>;

/** LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR, LOAD_LIBRARY_SEARCH_USER_DIRS and LOAD_LIBRARY_SEARCH_SYSTEM32. */
const SEARCH_LOAD_DIRECTORY = 0x100;
const SEARCH_USER_DIRECTORIES = 0x400;
const SEARCH_SYSTEM32 = 0x800;

/** FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_FROM_SYSTEM. */
const SYSTEM_MESSAGE = 0x200 | 0x1000;

/** The maximum length of a path and of a message in Windows, in UTF-16 units. */
const LONGEST_TEXT = 32_768;

/** Loader codes and their meaning if the file exists. */
const LOADER_REASONS: Readonly<Record<number, string>> = {
  126: 'a library that it needs was not found',
  193: 'it is not a Windows library of this architecture',
  216: 'it was made for another processor architecture',
};

/**
 * Restricts the library search of this process: a library requested by its bare name comes from System32, or from a
 * directory that its caller added, never from the current directory, PATH, or the directory of node.exe.
 */
function bindKernel32(): Kernel32 {
  const kernel = bindTable(WINDOWS, () => koffi.load('kernel32.dll'));
  if (kernel.SetDefaultDllDirectories(SEARCH_SYSTEM32 | SEARCH_USER_DIRECTORIES) === 0) {
    throw new Error('SetDefaultDllDirectories failed, so libraries could be loaded from any directory');
  }
  // Bind now, because finding a function may change the last error.
  void [kernel.GetLastError, kernel.SetLastError];
  return kernel;
}

function systemDirectory(kernel: Kernel32): string {
  const buffer = Buffer.alloc(LONGEST_TEXT * 2);
  const length = kernel.GetSystemDirectoryW(buffer, LONGEST_TEXT);
  if (length === 0 || length >= LONGEST_TEXT) {
    throw new Error(`GetSystemDirectoryW failed with error ${kernel.GetLastError()}`);
  }
  return buffer.toString('utf16le', 0, length * 2);
}

/**
 * Loads the library so that its dependencies come from System32 only (and, for the user's own library, from its
 * directory); koffi.load then finds it loaded. The module stays loaded for the life of the process.
 */
function preload(kernel: Kernel32, path: string, origin: LibraryOrigin): void {
  const flags = origin === 'system' ? SEARCH_SYSTEM32 : SEARCH_SYSTEM32 | SEARCH_LOAD_DIRECTORY;
  if (BigInt(kernel.LoadLibraryExW(path, null, flags)) !== 0n) return;
  const code = kernel.GetLastError();
  throw new Error(LOADER_REASONS[code] ?? `${formatMessage(kernel, code) ?? 'the loader refused it'} (error ${code})`);
}

/** Node.js has the texts, by the name of the code. */
function describeErrno(code: number): string | undefined {
  const name = errnoName(code);
  return [...getSystemErrorMap().values()].find(([one]) => one === name)?.[1];
}

function formatMessage(kernel: Kernel32, code: number): string | undefined {
  const buffer = Buffer.alloc(LONGEST_TEXT * 2);
  const length = kernel.FormatMessageW(SYSTEM_MESSAGE, null, code >>> 0, 0, buffer, LONGEST_TEXT, null);
  const text = buffer.toString('utf16le', 0, length * 2).trim();
  return text === '' ? undefined : text;
}
