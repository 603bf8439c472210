/**
 * A thread of Windows with the rights of an ordinary user: the token of this process with Administrators for deny only and
 * without privileges, as UAC makes it for a session that is not elevated.
 */
import { nativeSystem } from '../native/system.js';
import { windowsCalls } from './calls.js';
import { openToken, TOKEN_DUPLICATE, TOKEN_IMPERSONATE, TOKEN_QUERY } from './token.js';

/** Runs work in this thread with fewer rights. Work must not leave anything for later. Windows only. */
export type Restriction = <T>(work: () => T) => T;

/** Throws an Error with the Win32 code when such a token cannot be made. It is kept for the life of the process. */
export function openRestriction(): Restriction {
  const calls = windowsCalls(nativeSystem('win32'));
  const { must } = calls;
  const own = openToken(calls, TOKEN_DUPLICATE | TOKEN_IMPERSONATE | TOKEN_QUERY);
  const handle = Buffer.alloc(8);
  const disabled = [{ Sid: ADMINISTRATORS, Attributes: 0 }];
  must.CreateRestrictedToken(own, DISABLE_MAX_PRIVILEGE, 1, disabled, 0, null, 0, null, handle);
  const restricted = handle.readBigUInt64LE();
  return (work) => {
    must.ImpersonateLoggedOnUser(restricted);
    try {
      return work();
    } finally {
      // A thread that cannot get its rights back must not go on as if it had.
      must.RevertToSelf();
    }
  };
}

const DISABLE_MAX_PRIVILEGE = 1;
/** S-1-5-32-544 as Windows stores it: revision, count, authority 5, then 32 and 544. */
const ADMINISTRATORS = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]);
