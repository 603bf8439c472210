/**
 * Runs code on a Windows thread with standard user rights: the process token with Administrators as deny-only and
 * without privileges, as UAC creates it for a session that is not elevated.
 */
import { nativeSystem } from '../native/system.js';
import { windowsCalls } from './calls.js';
import { openToken, TOKEN_DUPLICATE, TOKEN_IMPERSONATE, TOKEN_QUERY } from './token.js';

/** Runs work on this thread with reduced rights. The work must be synchronous. Windows only. */
export type Restriction = <T>(work: () => T) => T;

/**
 * Throws an Error with the Win32 code if the token cannot be created. The token is kept for the life of the process.
 */
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
      // Never continue on a thread that could not revert to its own rights.
      must.RevertToSelf();
    }
  };
}

const DISABLE_MAX_PRIVILEGE = 1;
/** S-1-5-32-544 as Windows stores it: revision, count, authority 5, then 32 and 544. */
const ADMINISTRATORS = Buffer.from([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]);
