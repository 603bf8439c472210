/** Names of Windows processes, as Get-Process has them. Source: learn.microsoft.com, "Process Security and Access Rights". */
import path from 'node:path';
import type { NativeSystem } from '../native/native-system.js';
import { type WindowsCalls, windowsCalls } from './calls.js';

/** The name of a process, or null where it has ended or may not be looked at. */
export type ProcessNames = (processId: number) => string | null;

/** Names that are looked up once each, so make a new one for each query: process ids are used again. */
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

/** `C:\Windows\System32\svchost.exe` as Get-Process shows it: without the folder and without `.exe`. */
export function processNameOfImage(imagePath: string): string {
  return path.win32.basename(imagePath).replace(/\.exe$/i, '');
}

/** Processes that have no image: the names are those of Get-Process. */
const OWNERLESS: readonly (readonly [number, string])[] = [
  [0, 'Idle'],
  [4, 'System'],
];

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;

/** Longest path that Windows has, in UTF-16 units. */
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
