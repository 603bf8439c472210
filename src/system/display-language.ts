/** The display language of Windows for this user, and the code page of console programs. */
import { nativeSystem } from '../native/system.js';
import { windowsCalls } from './calls.js';

export interface DisplayLanguage {
  /** Such as `de-DE`, or the number if the language has no name. */
  readonly language: string;
  readonly oemCodePage: number;
}

/** Windows only. */
export function displayLanguage(): DisplayLanguage {
  const { call } = windowsCalls(nativeSystem('win32'));
  const id = call.GetUserDefaultUILanguage();
  const name = Buffer.alloc(LONGEST_NAME * 2);
  const length = call.LCIDToLocaleName(id, name, LONGEST_NAME, 0);
  return {
    language: length > 1 ? name.toString('utf16le', 0, (length - 1) * 2) : `0x${id.toString(16)}`,
    oemCodePage: call.GetOEMCP(),
  };
}

/** LOCALE_NAME_MAX_LENGTH. */
const LONGEST_NAME = 85;
