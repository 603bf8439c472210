/**
 * A thread of Windows with the rights of an ordinary user: the token of this process with Administrators for deny only and
 * without privileges, as UAC makes it for a session that is not elevated.
 *
 * Source: learn.microsoft.com, securitybaseapi.h, CreateRestrictedToken, ImpersonateLoggedOnUser, RevertToSelf.
 */
import koffi from 'koffi';
import { nativeSystem } from './system.js';
import { openSystemLibrary } from './system-library.js';

/** Runs work in this thread with fewer rights. Work must not leave anything for later. Windows only. */
export type Restriction = <T>(work: () => T) => T;

/** Throws an Error with the Win32 code when such a token cannot be made. It is kept for the life of the process. */
export function openRestriction(): Restriction {
  const system = nativeSystem('win32');
  const advapi = openSystemLibrary('advapi32.dll', system);
  const openToken = advapi.func('__stdcall', 'OpenProcessToken', 'int', ['intptr', 'uint32', 'void *']);
  const restrict = advapi.func('__stdcall', 'CreateRestrictedToken', 'int', [
    'uintptr',
    'uint32',
    'uint32',
    koffi.pointer(koffi.struct({ Sid: 'void *', Attributes: 'uint32' })),
    'uint32',
    'void *',
    'uint32',
    'void *',
    'void *',
  ]);
  const impersonate = advapi.func('__stdcall', 'ImpersonateLoggedOnUser', 'int', ['uintptr']);
  const revert = advapi.func('__stdcall', 'RevertToSelf', 'int', []);
  const need = (result: number, what: string): void => {
    if (result === 0) throw new Error(`${what} failed with error ${system.lastError()}`);
  };

  const handle = Buffer.alloc(8);
  need(openToken(THIS_PROCESS, TOKEN_RIGHTS, handle), 'OpenProcessToken');
  const own = handle.readBigUInt64LE();
  const disabled = [{ Sid: ADMINISTRATORS, Attributes: 0 }];
  need(restrict(own, DISABLE_MAX_PRIVILEGE, 1, disabled, 0, null, 0, null, handle), 'CreateRestrictedToken');
  const restricted = handle.readBigUInt64LE();

  return (work) => {
    need(impersonate(restricted), 'ImpersonateLoggedOnUser');
    try {
      return work();
    } finally {
      // A thread that cannot get its rights back must not go on as if it had.
      need(revert(), 'RevertToSelf');
    }
  };
}

/** What GetCurrentProcess returns. */
const THIS_PROCESS = -1;
/** TOKEN_DUPLICATE | TOKEN_IMPERSONATE | TOKEN_QUERY. */
const TOKEN_RIGHTS = 2 | 4 | 8;
const DISABLE_MAX_PRIVILEGE = 1;
/** S-1-5-32-544 as Windows stores it: revision, count, authority 5, then 32 and 544. */
const ADMINISTRATORS = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]);
