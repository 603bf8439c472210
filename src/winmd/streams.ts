/** Reads the metadata root, which lists the streams: tables and heaps (ECMA-335, II.24.2). */
import type { ByteSource } from './byte-source.js';
import type { Extent } from './image.js';

/** Compilers write at most six. */
const MOST_STREAMS = 32;

/** The maximum length of a stream's name with its NUL. */
const LONGEST_NAME = 32;

/** Returns the streams by name. Throws a MetadataError if the root is damaged or a stream is not inside the metadata. */
export function readStreams(source: ByteSource, metadata: Extent): ReadonlyMap<string, Extent> {
  const end = metadata.offset + metadata.size;
  const head = source.bytes(metadata.offset, 16, 'the metadata root');
  if (head.toString('latin1', 0, 4) !== 'BSJB') {
    throw source.error(metadata.offset, 'the metadata root does not start with BSJB');
  }
  const versionLength = head.readUInt32LE(12);
  if (versionLength > 255) throw source.error(metadata.offset + 12, `the version would have ${versionLength} bytes`);
  const countAt = metadata.offset + 16 + versionLength + 2;
  const count = source.bytes(countAt, 2, 'the number of streams').readUInt16LE(0);
  if (count > MOST_STREAMS)
    throw source.error(countAt, `there would be ${count} streams; ${MOST_STREAMS} are the most`);
  const streams = new Map<string, Extent>();
  let at = countAt + 2;
  for (let index = 0; index < count; index++) {
    const { name, extent, next } = readStream(source, at, metadata);
    if (next > end || extent.offset + extent.size > end) {
      throw source.error(at, `the stream ${name} would go past the end of the metadata`);
    }
    if (streams.has(name)) throw source.error(at, `there are two streams ${name}`);
    streams.set(name, extent);
    at = next;
  }
  return streams;
}

function readStream(source: ByteSource, at: number, metadata: Extent) {
  const available = Math.max(0, Math.min(8 + LONGEST_NAME, source.size - at));
  const bytes = source.bytes(at, Math.max(available, 9), 'a stream header');
  const length = bytes.indexOf(0, 8) - 8;
  const name = length < 0 ? '' : bytes.toString('latin1', 8, 8 + length);
  if (!/^[!-~]+$/.test(name)) throw source.error(at + 8, 'the name of a stream is no text');
  return {
    name,
    extent: { offset: metadata.offset + bytes.readUInt32LE(0), size: bytes.readUInt32LE(4) },
    // The name with its NUL is padded to a multiple of four bytes.
    next: at + 8 + 4 * Math.floor(length / 4 + 1),
  };
}
