/** Reads a blob from start to end. Every step checks that enough bytes remain. */
import type { ByteSource } from './byte-source.js';
import { type Blob, compressed } from './heaps.js';
import type { MetadataError } from './metadata-error.js';

export class BlobReader {
  readonly #source: ByteSource;
  readonly #blob: Blob;
  /** A description of the blob, for messages. */
  readonly #what: string;
  #at = 0;

  constructor(source: ByteSource, blob: Blob, what: string) {
    this.#source = source;
    this.#blob = blob;
    this.#what = what;
  }

  get remaining(): number {
    return this.#blob.bytes.length - this.#at;
  }

  error(problem: string): MetadataError {
    return this.#source.error(this.#blob.offset + this.#at, `${this.#what}: ${problem}`);
  }

  take(length: number): Buffer {
    if (length > this.remaining)
      throw this.error(`it ends too early: ${length} bytes are wanted, ${this.remaining} left`);
    this.#at += length;
    return this.#blob.bytes.subarray(this.#at - length, this.#at);
  }

  byte(): number {
    return this.take(1).readUInt8(0);
  }

  peek(): number | undefined {
    return this.#blob.bytes[this.#at];
  }

  compressed(): number {
    const found = compressed(this.#blob.bytes, this.#at);
    if (!found) throw this.error('a number in it is malformed');
    this.#at += found.size;
    return found.value;
  }

  /** Reads a count. Each counted item takes at least one byte, so a count greater than the remaining bytes is an error. */
  count(): number {
    const value = this.compressed();
    if (value > this.remaining)
      throw this.error(`it would have ${value} parts, but only ${this.remaining} bytes are left`);
    return value;
  }

  end(): void {
    if (this.remaining > 0) throw this.error(`${this.remaining} bytes are left at its end`);
  }
}
