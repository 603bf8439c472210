/** Finds the metadata in a PE image: MS-DOS header, PE headers, sections, CLI header (ECMA-335, II.25). */
import type { ByteSource } from './byte-source.js';

/** A part of a file. */
export interface Extent {
  readonly offset: number;
  readonly size: number;
}

interface Section extends Extent {
  /** The address of its first byte in memory. */
  readonly address: number;
}

/** The index of the data directory with the address of the CLI header. */
const CLI_DIRECTORY = 14;

/** The maximum number of sections that Windows loads. */
const MOST_SECTIONS = 96;

/**
 * Returns the extent of the metadata. Throws a MetadataError if the file is not an image, is truncated or has no
 * metadata.
 */
export function findMetadata(source: ByteSource): Extent {
  const dos = source.bytes(0, 64, 'the MS-DOS header');
  if (dos.toString('latin1', 0, 2) !== 'MZ') throw source.error(0, 'the file does not start as a PE image does (MZ)');
  const start = dos.readUInt32LE(0x3c);
  const header = source.bytes(start, 24, 'the PE header');
  if (header.toString('latin1', 0, 4) !== 'PE\0\0') throw source.error(start, 'the PE header does not start with PE');
  const optionalSize = header.readUInt16LE(20);
  const sections = readSections(source, start + 24 + optionalSize, header.readUInt16LE(6));
  const directory = cliDirectory(source, start + 24, optionalSize);
  const cli = extentOf(source, sections, directory.readUInt32LE(0), 72, 'the CLI header');
  const words = source.bytes(cli.offset, cli.size, 'the CLI header');
  return extentOf(source, sections, words.readUInt32LE(8), words.readUInt32LE(12), 'the metadata');
}

function cliDirectory(source: ByteSource, offset: number, size: number): Buffer {
  const optional = source.bytes(offset, size, 'the optional header');
  const magic = size >= 2 ? optional.readUInt16LE(0) : 0;
  if (magic !== 0x10b && magic !== 0x20b) {
    throw source.error(offset, `the optional header starts with ${magic}, and neither 267 (PE32) nor 523 (PE32+)`);
  }
  const directories = magic === 0x20b ? 112 : 96;
  const at = directories + CLI_DIRECTORY * 8;
  if (at + 8 > size || optional.readUInt32LE(directories - 4) <= CLI_DIRECTORY || optional.readUInt32LE(at) === 0) {
    throw source.error(offset, 'the image has no CLI header, so it is native code without metadata', NATIVE);
  }
  return optional.subarray(at, at + 8);
}

const NATIVE = 'Give a .winmd file, such as Windows.Win32.winmd of the package Microsoft.Windows.SDK.Win32Metadata.';

function readSections(source: ByteSource, offset: number, count: number): Section[] {
  if (count > MOST_SECTIONS)
    throw source.error(offset, `the image has ${count} sections; ${MOST_SECTIONS} are the most`);
  const table = source.bytes(offset, count * 40, 'the section table');
  return Array.from({ length: count }, (_, index) => {
    const at = index * 40;
    const section = {
      address: table.readUInt32LE(at + 12),
      size: table.readUInt32LE(at + 16),
      offset: table.readUInt32LE(at + 20),
    };
    // Detects a truncated file here, before anything is read from it.
    if (section.size > 0) source.bytes(section.offset + section.size - 1, 1, `the end of section ${index + 1}`);
    return section;
  });
}

function extentOf(
  source: ByteSource,
  sections: readonly Section[],
  address: number,
  size: number,
  what: string,
): Extent {
  const section = sections.find((one) => address >= one.address && address + size <= one.address + one.size);
  if (!section) throw source.error(0, `no section holds ${what}, ${size} bytes at the address ${address}`);
  return { offset: section.offset + address - section.address, size };
}
