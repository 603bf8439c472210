/**
 * The language in which Windows shows its texts to this user, and the code page in which console programs write them.
 *
 * Source: learn.microsoft.com, winnls.h, GetUserDefaultUILanguage, LCIDToLocaleName, GetOEMCP.
 */
import { nativeSystem } from './system.js';
import { openSystemLibrary } from './system-library.js';

export interface DisplayLanguage {
  /** Such as `de-DE`; the number where it has no name. */
  readonly language: string;
  readonly oemCodePage: number;
}

/** Windows only. */
export function displayLanguage(): DisplayLanguage {
  const kernel = openSystemLibrary('kernel32.dll', nativeSystem('win32'));
  const uiLanguage = kernel.func('__stdcall', 'GetUserDefaultUILanguage', 'uint16', []);
  const localeName = kernel.func('__stdcall', 'LCIDToLocaleName', 'int', ['uint32', 'void *', 'int', 'uint32']);
  const oemCodePage = kernel.func('__stdcall', 'GetOEMCP', 'uint32', []);
  const id = uiLanguage() as number;
  const name = Buffer.alloc(LONGEST_NAME * 2);
  const length = localeName(id, name, LONGEST_NAME, 0) as number;
  return {
    language: length > 1 ? name.toString('utf16le', 0, (length - 1) * 2) : `0x${id.toString(16)}`,
    oemCodePage: oemCodePage(),
  };
}

/** LOCALE_NAME_MAX_LENGTH. */
const LONGEST_NAME = 85;
