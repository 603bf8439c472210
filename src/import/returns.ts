/** Determines what the return value of a function means: success, failure or a result. */

import { resolveType } from '../definition/checks/resolve-type.js';
import type { FailureStrategy, ReturnDefinition, TypeExpression } from '../definition/types.js';
import { kindOf } from '../kinds/index.js';
import { InexpressibleError, type MetadataFunction, type MetadataType } from './metadata.js';
import type { Note } from './parameters.js';
import type { TypeImporter } from './type-importer.js';

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

/** Converts the return value. `names` are those of the parameters; the result gets a different one. */
export function importReturns(
  fn: MetadataFunction,
  importer: TypeImporter,
  names: readonly string[],
  note: Note,
): ReturnDefinition {
  if (fn.ReturnType.Kind === 'Native' && fn.ReturnType.Name === 'Void') return { type: 'ULONG', failure: 'none' };
  if (isNamed(fn.ReturnType, 'WIN32_ERROR')) return { type: 'ULONG', failure: 'win32' };
  const type = returnType(fn.ReturnType, importer);
  const shape = resolveType(importer, { type });
  if (!shape || !kindOf(shape).returns?.(shape)) throw new InexpressibleError('the return value is a struct');
  const failure = failureOf(fn, type, note);
  const isOnlyStatus = failure === 'win32' || failure === 'ntstatus' || (failure !== 'none' && type === 'BOOL');
  return isOnlyStatus || type === 'HRESULT' ? { type, failure } : { type, failure, resultName: resultName(names) };
}

function returnType(type: MetadataType, importer: TypeImporter): TypeExpression {
  if (isNamed(type, 'PWSTR')) return 'LPCWSTR';
  if (isNamed(type, 'PSTR')) return 'LPCSTR';
  try {
    return importer.valueType(type);
  } catch (error) {
    if (!(error instanceof InexpressibleError)) throw error;
    throw new InexpressibleError(`the return value cannot be expressed: ${error.message}`);
  }
}

function failureOf(fn: MetadataFunction, type: TypeExpression, note: Note): FailureStrategy {
  if (type === 'HRESULT') return 'hresult';
  if (type === 'NTSTATUS') return 'ntstatus';
  if (type === 'ULONG' && !fn.SetLastError && ERROR_CODE_LIBRARIES.test(fn.DllImport) && !NO_ERROR_CODE.test(fn.Name)) {
    note(`returns UInt32, taken for a Win32 error code as in the rest of ${fn.DllImport}; check its page`);
    return 'win32';
  }
  // WSAGetLastError returns the same as GetLastError.
  if (isNamed(fn.ReturnType, 'SOCKET')) return 'lastErrorIfInvalidHandle';
  if (!fn.SetLastError) return 'none';
  if (type === 'HANDLE') return INVALID_HANDLE.test(fn.Name) ? 'lastErrorIfInvalidHandle' : 'lastErrorIfZero';
  if ((type === 'BOOL' || type === 'BOOLEAN') && !/^Is[A-Z]/.test(fn.Name)) return 'lastErrorIfZero';
  note('which return value means failure cannot be told from the metadata, so it is reported as it is; check its page');
  return 'none';
}

const isNamed = (type: MetadataType, name: string) => type.Kind === 'ApiRef' && type.Name === name;

function resultName(names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  return ['Result', 'ReturnValue', 'ReturnedValue'].find((name) => !taken.has(name.toLowerCase())) ?? 'TheReturnValue';
}
