/** The operating system's texts for its error codes. */
import { nativeSystem } from './system.js';

/**
 * Returns the text of a Win32 error code in the system's language (FormatMessageW, without inserts, trimmed). Undefined
 * on systems other than Windows and for codes without a text.
 */
export function describeWin32(code: number): string | undefined {
  return ownSystem.describeWin32(code);
}

const ownSystem = nativeSystem(process.platform);
