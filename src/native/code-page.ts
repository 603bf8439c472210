/** Text in the ANSI code page of Windows (CP_ACP), used by functions whose names end in A. */
import koffi from 'koffi';
import type { CodePage } from '../kinds/index.js';
import { WINDOWS } from '../system/prototypes.js';
import { bindTable } from './prototype.js';

const CP_ACP = 0;

/** The conversion on Windows; undefined on other systems, where such text is UTF-8. Binds kernel32 on first use. */
export const codePage: CodePage | undefined = process.platform === 'win32' ? windowsCodePage() : undefined;

function windowsCodePage(): CodePage {
  // Each function is bound on first use, so nothing is loaded before a text is converted.
  const kernel = bindTable(WINDOWS, () => koffi.load('kernel32.dll'));
  const decode = (bytes: Uint8Array): string => {
    if (bytes.length === 0) return '';
    const source = Buffer.from(bytes);
    const length = kernel.MultiByteToWideChar(CP_ACP, 0, source, source.length, null, 0);
    const wide = Buffer.alloc(length * 2);
    kernel.MultiByteToWideChar(CP_ACP, 0, source, source.length, wide, length);
    return wide.toString('utf16le');
  };
  return {
    encode: (text) => {
      const wide = Buffer.from(text, 'utf16le');
      if (text.length === 0) return wide;
      const size = kernel.WideCharToMultiByte(CP_ACP, 0, wide, text.length, null, 0, null, null);
      const bytes = Buffer.alloc(size);
      kernel.WideCharToMultiByte(CP_ACP, 0, wide, text.length, bytes, size, null, null);
      return bytes;
    },
    decode,
    read: (pointer) => {
      const length = kernel.lstrlenA(koffi.address(pointer));
      return decode(Uint8Array.from(koffi.decode(pointer, 'uint8_t', length) as Iterable<number>));
    },
  };
}
