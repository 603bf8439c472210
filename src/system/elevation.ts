/** Whether this process has full administrator rights. */
import { nativeSystem } from '../native/system.js';
import { windowsCalls } from './calls.js';
import { isTokenElevated, openToken, TOKEN_QUERY } from './token.js';

/**
 * Returns whether the process is elevated (Windows) or root (elsewhere). Throws DlletError, or an Error with the code
 * if Windows does not report it.
 */
export function isElevated(platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' ? isProcessElevated() : process.getuid?.() === 0;
}

function isProcessElevated(): boolean {
  const calls = windowsCalls(nativeSystem('win32'));
  const token = openToken(calls, TOKEN_QUERY);
  try {
    return isTokenElevated(calls, token);
  } finally {
    calls.call.CloseHandle(token);
  }
}
