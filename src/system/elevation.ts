/** Whether this process has the full rights of an administrator. */
import { nativeSystem } from '../native/system.js';
import { windowsCalls } from './calls.js';
import { isTokenElevated, openToken, TOKEN_QUERY } from './token.js';

/** On Windows: elevated. Elsewhere: root. Throws DlletError or an Error with the code where Windows does not tell. */
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
