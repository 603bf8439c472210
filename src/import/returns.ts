/** Determines when a function has failed. */
import type { FailureStrategy } from '../definition/types.js';
import type { Declarations } from './declarations.js';
import type { MetadataFunction } from './metadata.js';

/** Reports a note about a function for the user. */
type Note = (text: string) => void;

/**
 * Libraries whose functions return a Win32 error code if they return a plain UInt32 and do not set GetLastError.
 * Source: the "Return value" sections of the pages of iphlpapi, netioapi, lmaccess and the like, and fwpmu.
 */
const ERROR_CODE_LIBRARIES = /^(iphlpapi|netapi32|fwpuclnt)\.dll$/i;

/** Exceptions: functions that return an index, a size or a count. */
const NO_ERROR_CODE = /^(if_nameto|Icmp(6)?ParseReplies|NetpwIs|I_Net)/;

/**
 * Functions that, judging by their names, return INVALID_HANDLE_VALUE instead of NULL; metadata only knows NULL.
 * Source: the "Return value" sections of their pages.
 */
const INVALID_HANDLE =
  /^(CreateFile(Transacted)?[AW2]|CreateNamedPipe|CreateConsoleScreenBuffer|CreateToolhelp32Snapshot|CreateMailslot|Find(First|Volume)|FindFirst|OpenFileById|ReOpenFile|GetStdHandle|IcmpCreateFile|Icmp6CreateFile)/;

/** Returns when a function has failed, and where the code is. */
export function failureOf(fn: MetadataFunction, declarations: Declarations, note: Note): FailureStrategy {
  const { ReturnType: type } = fn;
  const name = type.Kind === 'ApiRef' ? type.Name : '';
  if (name === 'HRESULT') return 'hresult';
  if (name === 'NTSTATUS') return 'ntstatus';
  if (name === 'WIN32_ERROR') return 'win32';
  const isPlain = type.Kind === 'Native' && type.Name === 'UInt32';
  if (isPlain && !fn.SetLastError && ERROR_CODE_LIBRARIES.test(fn.DllImport) && !NO_ERROR_CODE.test(fn.Name)) {
    note(`returns UInt32, taken for a Win32 error code as in the rest of ${fn.DllImport}; check its page`);
    return 'win32';
  }
  // WSAGetLastError returns the same as GetLastError.
  if (name === 'SOCKET') return 'lastErrorIfInvalidHandle';
  if (!fn.SetLastError || (type.Kind === 'Native' && type.Name === 'Void')) return 'none';
  const sort = declarations.sortOf(type);
  if (sort === 'handle') return INVALID_HANDLE.test(fn.Name) ? 'lastErrorIfInvalidHandle' : 'lastErrorIfZero';
  if (sort === 'pointer' || sort === 'text') return 'lastErrorIfZero';
  if ((name === 'BOOL' || name === 'BOOLEAN') && !/^Is[A-Z]/.test(fn.Name)) return 'lastErrorIfZero';
  note('which return value means failure cannot be told from the metadata, so it is reported as it is; check its page');
  return 'none';
}
