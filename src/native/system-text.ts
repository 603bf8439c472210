/** The operating system's words for its own error codes. */
import { nativeSystem } from './system.js';

/**
 * The text of a Win32 error code in the language of the system (FormatMessageW, without inserts, trimmed).
 * Undefined on systems other than Windows and for codes that have no text.
 */
export function describeWin32(code: number): string | undefined {
  return ownSystem.describeWin32(code);
}

const ownSystem = nativeSystem(process.platform);
