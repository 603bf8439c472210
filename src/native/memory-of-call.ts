/** The memory of one call: keeps inputs alive, and follows pointers that the function wrote. */
import koffi, { type TypeObject } from 'koffi';
import { DlletError } from '../definition/errors.js';
import type { StringEncoding } from '../definition/types.js';
import type { MemoryOfCall, NativeType } from '../kinds/index.js';
import { codePage } from './code-page.js';
import { MOST_BYTES, SPARE } from './memory.js';
import { isOpen, readOpen, writeOpen } from './open-struct.js';

/** Memory that was passed to a function. Pointers in it must point into it as well. */
export interface Region {
  /** The parameter, for messages. */
  readonly name: string;
  readonly buffer: Buffer;
}

/** `typeOf`: returns the koffi type of a native type. `region`: absent if pointers may point anywhere. */
export function memoryOfCall(typeOf: (type: NativeType) => TypeObject, region?: Region): MemoryOfCall {
  const kept: Buffer[] = [];
  const sizeOf = (type: NativeType) => typeOf(type).size;
  const keep = (bytes: Uint8Array) => {
    // Allocates spare bytes, so that memory without bytes has an address too.
    const buffer = Buffer.alloc(bytes.length + SPARE);
    buffer.set(bytes);
    kept.push(buffer);
    return buffer;
  };
  const check = (pointer: unknown, size: number): bigint => {
    const address = BigInt(pointer as bigint | number);
    if (size > MOST_BYTES) throw tooLarge(size);
    if (region && !isWithin(region, address, size)) throw outside(region);
    return address;
  };
  const values = (pointer: unknown, type: NativeType, count: number): unknown[] => {
    if (isOpen(type))
      return Array.from({ length: count }, () => readOpen(type, typeOf, (size) => check(pointer, size)));
    const koffiType = typeOf(type);
    const address = check(pointer, count * koffiType.size);
    return Array.from({ length: count }, (_, index) =>
      koffi.decode(address + BigInt(index * koffiType.size), koffiType),
    );
  };
  return {
    keep,
    keepValues: (type, all) => {
      if (isOpen(type)) return keep(writeOpen(type, typeOf, all[0] as Readonly<Record<string, unknown>>));
      const koffiType = typeOf(type);
      const buffer = keep(new Uint8Array(all.length * koffiType.size)) as Buffer;
      all.forEach((one, index) => {
        koffi.encode(buffer, index * koffiType.size, koffiType, one);
      });
      return buffer;
    },
    sizeOf,
    values,
    bytes: (pointer, count) => {
      const address = check(pointer, count);
      return count === 0 ? new Uint8Array(0) : Uint8Array.from(new Uint8Array(koffi.view(address, count)));
    },
    text: (pointer, encoding) => {
      const address = check(pointer, encoding === 'utf16' ? 2 : 1);
      if (region) return textIn(region, address, encoding);
      if (encoding === 'ansi' && codePage) return codePage.read(address);
      return koffi.decode(address, encoding === 'utf16' ? 'char16_t' : 'char', -1) as string;
    },
    texts: (pointer, size) => {
      const address = check(pointer, size);
      const room = region ? region.buffer.length - Number(address - koffi.address(region.buffer)) : MOST_BYTES;
      const bytes = bytesOfTexts(address, size, room);
      if (bytes) return bytes;
      throw region ? outside(region) : invalid(`a list of texts of the function has more than ${MOST_BYTES} bytes`);
    },
    list: (pointer, type, link, limit) => {
      const found: unknown[] = [];
      const seen = new Set<bigint>();
      for (let address = addressOf(pointer); address !== 0n; ) {
        if (seen.has(address)) throw endless('contains a cycle');
        if (found.length >= limit) throw endless(`has more than ${limit} elements`);
        seen.add(address);
        const [element] = values(address, type, 1);
        found.push(element);
        address = addressOf((element as Readonly<Record<string, unknown>>)[link]);
      }
      return found;
    },
  };
}

/** The address; 0 for NULL. */
const addressOf = (pointer: unknown) => BigInt((pointer ?? 0) as bigint | number);

function isWithin({ buffer }: Region, address: bigint, size: number): boolean {
  const offset = address - koffi.address(buffer);
  return offset >= 0n && offset + BigInt(size) <= BigInt(buffer.length);
}

/** Returns the text at an address of a region. Its NUL must be in the region too. */
function textIn(region: Region, address: bigint, encoding: StringEncoding): string {
  const memory = region.buffer.subarray(Number(address - koffi.address(region.buffer)));
  const size = encoding === 'utf16' ? 2 : 1;
  let end = 0;
  while (end + size <= memory.length && (memory[end] !== 0 || (size === 2 && memory[end + 1] !== 0))) end += size;
  if (end + size > memory.length) throw outside(region);
  const text = memory.subarray(0, end);
  if (encoding === 'ansi' && codePage) return codePage.decode(text);
  return text.toString(encoding === 'utf16' ? 'utf16le' : 'utf8');
}

/** The minimum size of a page: if one byte of a page is readable, all of it is. */
const PAGE = 4096;

/**
 * Returns the bytes up to an empty text; undefined if there is none within `room`. Reads page by page, because the next
 * page may not exist.
 */
function bytesOfTexts(address: bigint, size: 1 | 2, room: number): Uint8Array | undefined {
  const pages: Uint8Array[] = [];
  let isAtStart = true;
  for (let at = 0; at + size <= room; ) {
    const from = address + BigInt(at);
    const left = PAGE - Number(from % BigInt(PAGE));
    const length = Math.min(room - at, Math.max(size, left));
    const page = Uint8Array.from(new Uint8Array(koffi.view(from, length - (length % size))));
    for (let index = 0; index < page.length; index += size) {
      const isNul = page[index] === 0 && (size === 1 || page[index + 1] === 0);
      if (isNul && isAtStart) return Buffer.concat([...pages, page.subarray(0, index)]);
      isAtStart = isNul;
    }
    pages.push(page);
    at += page.length;
  }
  return undefined;
}

function outside({ name }: Region): DlletError {
  return invalid(`a pointer or a count in ${name} is outside the memory that the function received`, {
    parameter: name,
  });
}

function endless(what: string): DlletError {
  return invalid(`a linked list of the function ${what}`);
}

function tooLarge(size: number): DlletError {
  return invalid(`a pointer that the function returned refers to ${size} bytes, but the limit is ${MOST_BYTES}`);
}

function invalid(what: string, data: Readonly<Record<string, string>> = {}): DlletError {
  return new DlletError({
    id: 'OutputInvalid',
    category: 'InvalidData',
    message: `The function was called, but its output cannot be read: ${what}.`,
    recommendedAction: 'Compare the types in the definition with the documentation of the function.',
    data,
  });
}
