/** Extracts the metadata from a NuGet package, which is a zip (APPNOTE.TXT of PKWARE, 4.3). */
import { crc32, inflateRawSync } from 'node:zlib';
import { messageOf } from '../definition/errors.js';
import { type ByteSource, MemoryBytes } from './byte-source.js';

/** In bytes. Windows.Win32.winmd has about 20 MB. */
const LARGEST_METADATA = 268_435_456;

/** In bytes. The directory of a package has a few KB. */
const LARGEST_DIRECTORY = 16_777_216;

/** The maximum expansion of Deflate. */
const MOST_EXPANSION = 1032;

const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  /** The offset of its record in the directory. */
  readonly at: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** The offset of its own header. */
  readonly header: number;
}

/** Returns the bytes of the only .winmd file in the package. Reads only the directory and this file. */
export function metadataOfPackage(source: ByteSource): MemoryBytes {
  const found = readDirectory(source).filter(({ name }) => /\.winmd$/i.test(name));
  const [entry, ...others] = found;
  if (!entry) throw source.error(0, 'the package contains no .winmd file', 'Give a package that contains one.');
  if (others.length > 0) {
    const names = found.map(({ name }) => name).join(', ');
    throw source.error(
      entry.at,
      `the package contains several .winmd files: ${names}`,
      'Extract it, and give one of them.',
    );
  }
  return new MemoryBytes(`${source.name}/${entry.name}`, unpack(source, entry));
}

function readDirectory(source: ByteSource): Entry[] {
  const end = findEnd(source);
  const count = end.bytes.readUInt16LE(10);
  const size = end.bytes.readUInt32LE(12);
  const offset = end.bytes.readUInt32LE(16);
  if (count === 0xffff || offset === 0xffffffff)
    throw source.error(end.at, 'it is a package of more than 4 GB (ZIP64)');
  if (size > LARGEST_DIRECTORY) throw source.error(end.at, `its directory would have ${size} bytes`);
  const directory = source.bytes(offset, size, 'the directory of the package');
  const entries: Entry[] = [];
  let at = 0;
  while (entries.length < count) {
    if (at + 46 > size || directory.readUInt32LE(at) !== 0x02014b50) {
      throw source.error(offset + at, `the directory of the package has no record ${entries.length + 1} of ${count}`);
    }
    const next =
      at + 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > size) throw source.error(offset + at, 'a record of the directory would go past its end');
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + directory.readUInt16LE(at + 28)),
      at: offset + at,
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      header: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries;
}

/** Finds the last record of a zip, which a comment can follow. */
function findEnd(source: ByteSource): { readonly bytes: Buffer; readonly at: number } {
  const length = Math.min(source.size, END_SIZE + LONGEST_COMMENT);
  const start = source.size - length;
  const tail = source.bytes(start, length, 'the end of the package');
  for (let at = length - END_SIZE; at >= 0; at--) {
    const isEnd = tail.readUInt32LE(at) === 0x06054b50 && at + END_SIZE + tail.readUInt16LE(at + 20) === length;
    if (isEnd) return { bytes: tail.subarray(at, at + END_SIZE), at: start + at };
  }
  throw source.error(start, 'the package has no end record, so it is not a zip file or is truncated');
}

function unpack(source: ByteSource, entry: Entry): Buffer {
  const { name, at, flags, method, packed, size } = entry;
  if (flags & 1) throw source.error(at, `${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED) throw source.error(at, `${name} is packed with the method ${method}`);
  const isPossible = method === STORED ? size === packed : size <= packed * MOST_EXPANSION;
  if (size > LARGEST_METADATA || !isPossible) {
    throw source.error(at, `${name} would have ${size} bytes, made of ${packed}`);
  }
  const header = source.bytes(entry.header, 30, `the header of ${name}`);
  if (header.readUInt32LE(0) !== 0x04034b50) throw source.error(entry.header, `${name} has no header here`);
  const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = source.bytes(start, packed, name);
  const plain = method === STORED ? bytes : inflated(source, bytes, start, entry);
  if (plain.length !== size) throw source.error(start, `${name} has ${plain.length} bytes, and not ${size}`);
  if (crc32(plain) !== entry.crc) throw source.error(start, `the checksum of ${name} is wrong`);
  return plain;
}

function inflated(source: ByteSource, bytes: Buffer, start: number, { name, size }: Entry): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw source.error(start, `${name} cannot be unpacked to ${size} bytes: ${messageOf(error)}`);
  }
}
