/** The functions that release handles, found in the declarations of a definition. */
import { KNOWN_NAMES, TYPE_WORDS } from '../prototype/names.js';
import type { HandleType } from '../types.js';

/** A function whose name says that it ends something, and that takes nothing but a pointer to it, or a name for one. */
const ENDING =
  /\b(\w*(?:close|free|destroy|delete|release|finali[sz]e|cleanup)\w*)\s*\(\s*(?:\[[^\]]*\]\s*)*(?:struct\s+)?(\w+)\s*(?:\*|\s(?=\s*\w))\s*\w*\s*\)/gi;

/**
 * Types of Windows with one function that releases them.
 * Sources: the pages of RegOpenKeyExW ("hKey", the predefined keys of winreg.h) and of OpenSCManagerW.
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
 * Returns the handles by the names of their types, of which C only says that they are pointers: `FILE` where the
 * definition has fclose, `HKEY` where it has RegCloseKey. A type that two functions could release is left out.
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
