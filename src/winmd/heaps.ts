/** The heaps of metadata: names, blobs and GUIDs (ECMA-335, II.24.2.3 to II.24.2.5). */
import type { ByteSource } from './byte-source.js';
import type { Extent } from './image.js';

/** In bytes. The standard allows 1,023 for a type, and compilers write no name longer than this. */
const LONGEST_NAME = 4096;

/** In bytes. More than any signature, attribute or constant needs, and small enough to be read for each row. */
const LARGEST_BLOB = 1_048_576;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A blob, and its offset in the file. */
export interface Blob {
  readonly bytes: Buffer;
  readonly offset: number;
}

export class Heaps {
  readonly #source: ByteSource;
  readonly #strings: Extent;
  readonly #blobs: Extent;
  readonly #guids: Extent;
  readonly #names = new Map<number, string>();

  constructor(source: ByteSource, streams: ReadonlyMap<string, Extent>) {
    const none = { offset: 0, size: 0 };
    this.#source = source;
    this.#strings = streams.get('#Strings') ?? none;
    this.#blobs = streams.get('#Blob') ?? none;
    this.#guids = streams.get('#GUID') ?? none;
  }

  /** Returns the text at an index into `#Strings`. Index 0 is the empty text. */
  string(index: number): string {
    const kept = index === 0 ? '' : this.#names.get(index);
    if (kept !== undefined) return kept;
    const name = this.#readName(index);
    this.#names.set(index, name);
    return name;
  }

  #readName(index: number): string {
    const at = this.#place(this.#strings, index, '#Strings');
    const most = Math.min(LONGEST_NAME, this.#strings.size - index);
    for (let length = Math.min(64, most); ; length = Math.min(length * 8, most)) {
      const bytes = this.#source.bytes(at, length, 'a name');
      const end = bytes.indexOf(0);
      if (end !== -1) return this.#decode(bytes.subarray(0, end), at);
      if (length === most) throw this.#source.error(at, `the name at ${index} of #Strings has no end`);
    }
  }

  #decode(bytes: Buffer, at: number): string {
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.#source.error(at, 'a name is no UTF-8 text');
    }
  }

  /** Returns the blob at an index into `#Blob`. Index 0 is the empty blob. */
  blob(index: number): Blob {
    if (index === 0) return { bytes: Buffer.alloc(0), offset: this.#blobs.offset };
    const at = this.#place(this.#blobs, index, '#Blob');
    const head = this.#source.bytes(at, Math.min(4, this.#blobs.size - index), 'the length of a blob');
    const length = compressed(head, 0);
    if (!length || length.value > LARGEST_BLOB || index + length.size + length.value > this.#blobs.size) {
      throw this.#source.error(at, `the blob at ${index} of #Blob has a length that cannot be`);
    }
    const offset = at + length.size;
    return { bytes: this.#source.bytes(offset, length.value, 'a blob'), offset };
  }

  /** Returns the GUID with this number, from 1; undefined for 0. */
  guid(number: number): string | undefined {
    if (number === 0) return undefined;
    const at = this.#place(this.#guids, number * 16 - 1, '#GUID') - 15;
    const hex = Buffer.from(this.#source.bytes(at, 16, 'a GUID'));
    hex.subarray(0, 4).reverse();
    hex.subarray(4, 6).reverse();
    hex.subarray(6, 8).reverse();
    return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  #place(heap: Extent, index: number, name: string): number {
    if (index < heap.size) return heap.offset + index;
    throw this.#source.error(
      heap.offset,
      `the index ${index} is past the end of ${name}, which has ${heap.size} bytes`,
    );
  }
}

/** Reads an unsigned number of one, two or four bytes (II.23.2). Returns undefined if it is truncated or malformed. */
export function compressed(bytes: Buffer, at: number): { readonly value: number; readonly size: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, size: 1 };
  if (first < 0xc0) return at + 2 > bytes.length ? undefined : { value: bytes.readUInt16BE(at) & 0x3fff, size: 2 };
  if (first < 0xe0) return at + 4 > bytes.length ? undefined : { value: bytes.readUInt32BE(at) & 0x1fffffff, size: 4 };
  return undefined;
}
