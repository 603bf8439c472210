/** Finds the functions that release handles in the declarations of a definition. */
import { KNOWN_NAMES, TYPE_WORDS } from '../prototype/names.js';
import type { HandleType } from '../types.js';

/**
 * Matches a declaration whose function name means an end, with one parameter: a pointer, or a value of a named type.
 */
const ENDING =
  /\b(\w*(?:close|free|destroy|delete|release|finali[sz]e|cleanup)\w*)\s*\(\s*(?:\[[^\]]*\]\s*)*(?:struct\s+)?(\w+)\s*(?:\*|\s(?=\s*\w))\s*\w*\s*\)/gi;

/**
 * Windows types with one function that releases them. Sources: the pages of RegOpenKeyExW ("hKey", the predefined keys
 * of winreg.h) and of OpenSCManagerW.
 */
export const WINDOWS_RELEASES: Readonly<Record<string, HandleType>> = {
  HKEY: {
    handle: 'HANDLE',
    release: 'RegCloseKey',
    values: {
      HKEY_CLASSES_ROOT: 0x80000000,
      HKEY_CURRENT_USER: 0x80000001,
      HKEY_LOCAL_MACHINE: 0x80000002,
      HKEY_USERS: 0x80000003,
      HKEY_PERFORMANCE_DATA: 0x80000004,
      HKEY_CURRENT_CONFIG: 0x80000005,
    },
  },
  SC_HANDLE: { handle: 'HANDLE', release: 'CloseServiceHandle' },
};

/**
 * Returns the handles by the names of their types, which in C are only pointers: `FILE` if the definition has fclose,
 * `HKEY` if it has RegCloseKey. Omits a type that two functions could release.
 */
export function releasesIn(texts: readonly string[]): Readonly<Record<string, HandleType>> {
  const found = new Map<string, string[]>();
  for (const text of texts) {
    for (const [, release = '', type = ''] of text.matchAll(ENDING))
      if (!KNOWN_NAMES.get(type)?.base.isWindows && !TYPE_WORDS.has(type))
        found.set(type, [...(found.get(type) ?? []), release]);
  }
  const whole = texts.join('\n');
  const windows = Object.entries(WINDOWS_RELEASES).filter(([, { release }]) =>
    new RegExp(`\\b${release}\\s*\\(`).test(whole),
  );
  const pointers = [...found].flatMap(([type, names]) =>
    names.length === 1 ? [[type, { handle: 'HANDLE', release: names[0] as string }] as const] : [],
  );
  return Object.fromEntries([...windows, ...pointers]);
}
