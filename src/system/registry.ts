/** Values of HKEY_LOCAL_MACHINE. */
import type { NativeSystem } from '../native/native-system.js';
import { windowsCalls } from './calls.js';

export interface MachineRegistry {
  /**
   * Returns a REG_SZ value; undefined if it does not exist. REG_EXPAND_SZ is not accepted: it expands the caller's
   * environment variables.
   */
  text(key: string, name: string): string | undefined;
  /** Returns a REG_DWORD value; undefined if it does not exist. */
  number(key: string, name: string): number | undefined;
}

/** Throws an Error with the system's code if a value cannot be read or has another type. */
export function openMachineRegistry(system: NativeSystem): MachineRegistry {
  const { call } = windowsCalls(system);
  const read = (key: string, name: string, type: number, buffer: Buffer): Buffer | undefined => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(buffer.length);
    const code = call.RegGetValueW(LOCAL_MACHINE, key, name, type | NO_EXPANSION | VIEW_64, null, buffer, size);
    if (code === FILE_NOT_FOUND) return undefined;
    if (code !== 0) {
      const why = code === UNSUPPORTED_TYPE ? TYPE_NAMES[type] : system.describeWin32(code);
      throw new Error(`${name}: ${why ?? 'the registry refused it'} (error ${code})`);
    }
    return buffer.subarray(0, size.readUInt32LE());
  };
  return {
    text: (key, name) =>
      read(key, name, STRING, Buffer.alloc(LONGEST_VALUE))?.toString('utf16le').replace(/\0.*$/s, ''),
    number: (key, name) => read(key, name, DWORD, Buffer.alloc(4))?.readUInt32LE(),
  };
}

/** ((HKEY)(ULONG_PTR)((LONG)0x80000002)), which is sign-extended. */
const LOCAL_MACHINE = process.arch === 'ia32' ? 0x8000_0002n : 0xffff_ffff_8000_0002n;

/** RRF_RT_REG_SZ, RRF_RT_REG_DWORD, RRF_NOEXPAND and RRF_SUBKEY_WOW6464KEY. */
const STRING = 0x2;
const DWORD = 0x10;
const NO_EXPANSION = 0x1000_0000;
const VIEW_64 = 0x0001_0000;

/** Source: "System Error Codes". */
const FILE_NOT_FOUND = 2;
const UNSUPPORTED_TYPE = 1630;
const TYPE_NAMES: Readonly<Record<number, string>> = { [STRING]: 'it is no REG_SZ', [DWORD]: 'it is no REG_DWORD' };

/** The maximum path length in Windows in bytes, including the terminator. */
const LONGEST_VALUE = (32_767 + 1) * 2;
