/**
 * Calls functions of the form `(USHORT, USHORT, PULONG64)` with caller-defined memory behind the pointer, to observe
 * what they write. All other calls use the binding, which clears the memory before and reads it after.
 */
import { bindTable, loadedLibrary } from '../../../native/prototype.js';

export interface TokenMemoryCall {
  readonly code: number;
  /** The memory after the call; undefined for a NULL pointer. */
  readonly memory: bigint | undefined;
}

/**
 * Calls an export of a loaded library. `port` is in host order. `before` is the memory's content at the call; null
 * passes NULL, which may crash the process.
 */
export function callWithTokenMemory(
  libraryPath: string,
  name: string,
  block: { readonly start: number; readonly count: number },
  before: bigint | null,
): TokenMemoryCall {
  const fn = functionOf(libraryPath, name);
  if (before === null) return { code: fn(block.start, block.count, null), memory: undefined };
  const memory = Buffer.alloc(8);
  memory.writeBigUInt64LE(before);
  const code = fn(block.start, block.count, memory);
  return { code, memory: memory.readBigUInt64LE() };
}

function functionOf(library: string, name: string): (...args: readonly unknown[]) => number {
  const calls = bindTable({ [name]: [library, 'DWORD (WORD_BE, WORD, PVOID)', 'code', 'iphlpapi'] }, loadedLibrary);
  return calls[name] as (...args: readonly unknown[]) => number;
}
