/** Names of Windows processes, as in Get-Process. Source: learn.microsoft.com, "Process Security and Access Rights". */
import path from 'node:path';
import type { NativeSystem } from '../native/native-system.js';
import { type WindowsCalls, windowsCalls } from './calls.js';

/** Returns the name of a process, or null if it has exited or access is denied. */
export type ProcessNames = (processId: number) => string | null;

/** Returns a lookup that caches names. Create a new one for each query, because process ids are reused. */
export function openProcessNames(system: NativeSystem): ProcessNames {
  const calls = windowsCalls(system);
  const known = new Map<number, string | null>(OWNERLESS);
  return (processId) => {
    const name = known.get(processId);
    if (name !== undefined) return name;
    const fresh = imageName(calls, processId);
    known.set(processId, fresh);
    return fresh;
  };
}

/** `C:\Windows\System32\svchost.exe` as in Get-Process: without the directory and without `.exe`. */
export function processNameOfImage(imagePath: string): string {
  return path.win32.basename(imagePath).replace(/\.exe$/i, '');
}

/** Processes without an image, named as in Get-Process. */
const OWNERLESS: readonly (readonly [number, string])[] = [
  [0, 'Idle'],
  [4, 'System'],
];

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

/** The maximum path length in Windows, in UTF-16 units. */
const LONGEST_PATH = 32_768;

function imageName({ call }: WindowsCalls, processId: number): string | null {
  const handle = call.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, processId);
  if (BigInt(handle) === 0n) return null;
  try {
    const buffer = Buffer.alloc(LONGEST_PATH * 2);
    const characters = Buffer.alloc(4);
    characters.writeUInt32LE(LONGEST_PATH);
    if (call.QueryFullProcessImageNameW(handle, 0, buffer, characters) === 0) return null;
    return processNameOfImage(buffer.toString('utf16le', 0, characters.readUInt32LE() * 2));
  } finally {
    call.CloseHandle(handle);
  }
}
