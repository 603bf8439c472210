/**
 * Whether this process has the full rights of an administrator.
 *
 * Source: learn.microsoft.com, processthreadsapi.h, OpenProcessToken; securitybaseapi.h, GetTokenInformation; winnt.h,
 * TOKEN_ELEVATION.
 */
import { nativeSystem } from './system.js';
import { openSystemLibrary } from './system-library.js';

/** On Windows: elevated. Elsewhere: root. Throws DlletError or an Error with the code where Windows does not tell. */
export function isElevated(platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' ? isTokenElevated() : process.getuid?.() === 0;
}

const TOKEN_QUERY = 8;
const TOKEN_ELEVATION = 20;
/** What GetCurrentProcess returns: a constant that stands for the process. */
const THIS_PROCESS = -1;

function isTokenElevated(): boolean {
  const system = nativeSystem('win32');
  const advapi = openSystemLibrary('advapi32.dll', system);
  const kernel = openSystemLibrary('kernel32.dll', system);
  const openToken = advapi.func('__stdcall', 'OpenProcessToken', 'int', ['intptr', 'uint32', 'void *']);
  const tokenInformation = advapi.func('__stdcall', 'GetTokenInformation', 'int', [
    'uintptr',
    'int',
    'void *',
    'uint32',
    'void *',
  ]);
  const closeHandle = kernel.func('__stdcall', 'CloseHandle', 'int', ['uintptr']);
  const handle = Buffer.alloc(8);
  if (openToken(THIS_PROCESS, TOKEN_QUERY, handle) === 0)
    throw new Error(`OpenProcessToken failed (${system.lastError()})`);
  const token = handle.readBigUInt64LE();
  try {
    const elevation = Buffer.alloc(4);
    if (tokenInformation(token, TOKEN_ELEVATION, elevation, elevation.length, Buffer.alloc(4)) === 0) {
      throw new Error(`GetTokenInformation failed (${system.lastError()})`);
    }
    return elevation.readUInt32LE() !== 0;
  } finally {
    closeHandle(token);
  }
}
