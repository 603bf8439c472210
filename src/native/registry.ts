/**
 * Numbers in the registry of the machine, read only.
 *
 * Source: learn.microsoft.com, winreg.h, RegGetValueW.
 */
import { nativeSystem } from './system.js';
import { openSystemLibrary } from './system-library.js';

/** A REG_DWORD below HKEY_LOCAL_MACHINE; undefined where there is none that may be read. Windows only. */
export function machineNumber(key: string, name: string): number | undefined {
  const advapi = openSystemLibrary('advapi32.dll', nativeSystem('win32'));
  const getValue = advapi.func('__stdcall', 'RegGetValueW', 'int', [
    'intptr',
    'str16',
    'str16',
    'uint32',
    'void *',
    'void *',
    'void *',
  ]);
  const value = Buffer.alloc(4);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(value.length);
  return getValue(LOCAL_MACHINE, key, name, TYPE_DWORD, null, value, size) === 0 ? value.readUInt32LE() : undefined;
}

/** HKEY_LOCAL_MACHINE, a 32-bit constant that is sign-extended to a handle. */
const LOCAL_MACHINE = 0x8000_0002 | 0;
/** RRF_RT_REG_DWORD. */
const TYPE_DWORD = 0x10;
