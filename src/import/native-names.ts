/** The C names of metadata's primitive types. */
import type { Sort } from './sort.js';

interface NativeName {
  readonly name: string;
  readonly sort: Sort;
}

const NATIVE: Readonly<Record<string, NativeName>> = {
  Void: { name: 'void', sort: 'void' },
  Boolean: { name: 'BOOLEAN', sort: 'byte' },
  SByte: { name: 'INT8', sort: 'byte' },
  Byte: { name: 'BYTE', sort: 'byte' },
  Int16: { name: 'SHORT', sort: 'number' },
  UInt16: { name: 'USHORT', sort: 'number' },
  Char: { name: 'WCHAR', sort: 'character' },
  Int32: { name: 'INT', sort: 'number' },
  UInt32: { name: 'DWORD', sort: 'number' },
  Int64: { name: 'INT64', sort: 'number' },
  UInt64: { name: 'UINT64', sort: 'number' },
  IntPtr: { name: 'INT_PTR', sort: 'number' },
  UIntPtr: { name: 'UINT_PTR', sort: 'number' },
  Single: { name: 'FLOAT', sort: 'number' },
  Double: { name: 'DOUBLE', sort: 'number' },
  Guid: { name: 'GUID', sort: 'struct' },
};

export const nativeNames = (name: string): NativeName | undefined =>
  Object.hasOwn(NATIVE, name) ? NATIVE[name] : undefined;
