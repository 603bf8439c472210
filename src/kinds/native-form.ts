/** The representation of values in native memory: the interface between the codecs of the kinds and `src/native`. */
import type { NativeValue } from '../definition/execution.js';
import type { CountedBy, StringEncoding } from '../definition/types.js';
import type { AddressFamilies } from './standard/form.js';

/** What is at a place in native memory. A codec uses these types to tell the native side what to declare. */
export type NativeType =
  | 'int8'
  | 'uint8'
  | `${'' | 'u'}int${16 | 32 | 64}${'' | '_be'}`
  | `${'' | 'u'}intptr`
  | 'long'
  | 'ulong'
  | 'void'
  | 'float'
  | 'double'
  /** Pointers to NUL-terminated strings. */
  | 'text16'
  | 'text8'
  /** Pointers to memory of the program, which are passed unchanged. */
  | 'memory'
  | {
      readonly struct: readonly (readonly [name: string, type: NativeType])[];
      readonly pack?: number;
      /**
       * True if the last field continues beyond the struct; its type has one element. A raw value that was read has
       * only the first element there; a raw value to be written has an `OpenEnd`.
       */
      readonly isOpen?: true;
    }
  | { readonly union: readonly (readonly [name: string, type: NativeType])[]; readonly pack?: number }
  | { readonly array: NativeType; readonly length: number }
  /** Inline characters, read up to a NUL or up to the length. */
  | { readonly characters: 16 | 8; readonly length: number };

/**
 * The location of a value: `argument` is by value (or a return value), where a string is a pointer; `memory` is inside
 * a struct, an array or a buffer, where a string with a capacity is the characters themselves.
 */
export type Residence = 'argument' | 'memory';

/**
 * The memory of one call. Pointers are raw values. Pointers that the function wrote can be followed while the outputs
 * are read; memory for inputs lives until then.
 */
export interface MemoryOfCall {
  /** Copies bytes to memory of the call, and returns a pointer to it. */
  keep(bytes: Uint8Array): unknown;
  /** Does the same for consecutive raw values. */
  keepValues(type: NativeType, values: readonly unknown[]): unknown;
  /** Returns the size of a value in bytes. */
  sizeOf(type: NativeType): number;
  /** Reads consecutive raw values. Throws DlletError `OutputInvalid` for a pointer that cannot be followed. */
  values(pointer: unknown, type: NativeType, count: number): readonly unknown[];
  bytes(pointer: unknown, count: number): Uint8Array;
  /** Reads a text that ends with a NUL. */
  text(pointer: unknown, encoding: StringEncoding): string;
  /** Reads the bytes of consecutive texts, each with its NUL, up to an empty one. `size`: the bytes of a character. */
  texts(pointer: unknown, size: 1 | 2): Uint8Array;
  /** Reads the structs of a linked list; `link` is the field that points to the next one. */
  list(pointer: unknown, type: NativeType, link: string, limit: number): readonly unknown[];
}

/** The elements at the end of a struct. */
export interface OpenEnd {
  readonly type: NativeType;
  readonly values: readonly unknown[];
}

/** Converts values of one shape to and from native memory. */
export interface Codec {
  readonly type: NativeType;
  /**
   * Converts a value for the native side. `place` names the value in errors: `StartPort`, `Endpoint.Port`, `Values[3]`.
   * Throws DlletError `InvalidParameter` for a value that the C type cannot hold and would silently truncate. `told` is
   * the value of the field that chooses the member of a union.
   */
  toNative(value: NativeValue | undefined, place: string, memory: MemoryOfCall, told?: number): unknown;
  /** Returns the value for the field that counts the elements. Absent: no field counts them. */
  countOf?(value: NativeValue | undefined, memory: MemoryOfCall): number;
  /** Returns the value for the field that holds the capacity for the elements. Absent: no field holds it. */
  roomOf?(value: NativeValue | undefined, memory: MemoryOfCall): number;
  /** Fills in the fixed values of an output before the call. Absent: there are none. */
  withConstants?(raw: unknown): unknown;
  /**
   * Normalizes a value from the native side: 64-bit and pointer-sized integers and handles are always bigint. `told` is
   * the number of elements behind a pointer or at the end of a struct, or the number that chooses the member of a
   * union.
   */
  fromNative(raw: unknown, memory: MemoryOfCall, told?: number): NativeValue;
}

/** The ANSI code page of Windows, used by functions whose names end in A. */
export interface CodePage {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
  /** Reads the text that a pointer of the native side points to. */
  read(pointer: unknown): string;
}

/** The properties of the machine that decide the range of a value. */
export interface Machine {
  readonly pointerBits: 32 | 64;
  /** The width of C's `long`: 32 bits on Windows, that of a pointer elsewhere. */
  readonly longBits: 32 | 64;
  readonly families: AddressFamilies;
  /** The bytes that a value takes. */
  sizeOf(type: NativeType): number;
  /** Converts text in the code page of Windows that its functions with an A use. Absent: it is UTF-8. */
  readonly ansi?: CodePage;
}

/** Memory whose number of elements another parameter holds. */
export type CountedMemory =
  /** Bytes or characters, which are read and written without conversion. */
  | {
      readonly by: CountedBy;
      readonly elementSize: 1 | 2;
      toBytes(value: NativeValue, place: string): Uint8Array;
      /** `bytes`: the memory that the function wrote, or all of it if the written length is unknown. */
      fromBytes(bytes: Uint8Array): NativeValue;
    }
  /** Elements of another kind. */
  | { readonly by: CountedBy; readonly element: Codec };

/** A function that the library calls back. Its arguments are collected. */
export interface Callback {
  readonly parameters: readonly {
    readonly name: string;
    readonly isPointer: boolean;
    readonly isIgnored: boolean;
    readonly codec: Codec;
  }[];
  readonly result: Codec;
  /** The value that it returns so that the library continues; null for void. */
  readonly answer: number | null;
  /** The maximum number of calls. */
  readonly limit: number;
}
