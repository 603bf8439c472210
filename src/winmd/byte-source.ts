/** The bytes of a file, read in pages, or of memory. Every read is checked against the size. */
import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { MetadataError } from './metadata-error.js';

export abstract class ByteSource {
  /** The path, for messages. */
  readonly name: string;
  readonly size: number;

  constructor(name: string, size: number) {
    this.name = name;
    this.size = size;
  }

  /** Returns bytes, which the caller must not change. Throws a MetadataError if some are past the end. */
  bytes(offset: number, length: number, what: string): Buffer {
    if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > this.size) {
      throw this.error(offset, `${what} (${length} bytes) would go past the end of the file, which has ${this.size}`);
    }
    return this.take(offset, length);
  }

  error(offset: number, problem: string, recommendedAction?: string): MetadataError {
    return new MetadataError(this.name, offset, problem, recommendedAction);
  }

  close(): void {
    // Does nothing for memory.
  }

  protected abstract take(offset: number, length: number): Buffer;
}

export class MemoryBytes extends ByteSource {
  readonly #bytes: Buffer;

  constructor(name: string, bytes: Buffer) {
    super(name, bytes.length);
    this.#bytes = bytes;
  }

  protected override take(offset: number, length: number): Buffer {
    return this.#bytes.subarray(offset, offset + length);
  }
}

/** The unit of reading and caching, in bytes. */
const PAGE = 65_536;

/** A file of which only the requested pages are read, each once. */
export class FileBytes extends ByteSource {
  readonly #descriptor: number;
  #isOpen = true;
  readonly #pages = new Map<number, Buffer>();

  private constructor(name: string, descriptor: number, size: number) {
    super(name, size);
    this.#descriptor = descriptor;
  }

  /** Opens a file. Throws the system's error if it cannot be opened. */
  static open(file: string): FileBytes {
    // Refuses anything without a size, such as a pipe, whose opening could wait for a writer.
    const { size } = regularFile(file);
    return new FileBytes(file, openSync(file, 'r'), size);
  }

  /** The number of bytes read so far. */
  get bytesRead(): number {
    return [...this.#pages.values()].reduce((sum, page) => sum + page.length, 0);
  }

  override close(): void {
    if (this.#isOpen) closeSync(this.#descriptor);
    this.#isOpen = false;
  }

  protected override take(offset: number, length: number): Buffer {
    const first = Math.floor(offset / PAGE);
    const last = Math.floor(Math.max(offset, offset + length - 1) / PAGE);
    if (first === last) return this.#page(first).subarray(offset - first * PAGE, offset - first * PAGE + length);
    const parts: Buffer[] = [];
    for (let index = first; index <= last; index++) parts.push(this.#page(index));
    return Buffer.concat(parts).subarray(offset - first * PAGE, offset - first * PAGE + length);
  }

  #page(index: number): Buffer {
    const kept = this.#pages.get(index);
    if (kept) return kept;
    const start = index * PAGE;
    const page = Buffer.alloc(Math.min(PAGE, this.size - start));
    let filled = 0;
    while (filled < page.length) {
      const count = readSync(this.#descriptor, page, filled, page.length - filled, start + filled);
      if (count === 0) throw this.error(start + filled, 'the file ended while it was read');
      filled += count;
    }
    this.#pages.set(index, page);
    return page;
  }
}

function regularFile(file: string): Stats {
  const stats = statSync(file);
  if (!stats.isFile()) throw new MetadataError(file, 0, 'it is not a file');
  return stats;
}
