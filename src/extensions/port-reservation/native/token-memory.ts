/**
 * Calls of the form `(USHORT, USHORT, PULONG64)` with memory of the caller's own choice behind the pointer, to see what a
 * function does with it. Everything else goes through the binding, which clears the memory before and reads it after.
 */
import { bindTable, loadedLibrary } from '../../../native/prototype.js';

export interface TokenMemoryCall {
  readonly code: number;
  /** What the memory holds afterwards; undefined for a NULL pointer. */
  readonly memory: bigint | undefined;
}

/**
 * Calls an export of a library that is loaded already. `port` in host order. `before` is what the memory holds at the
 * call; null passes NULL, which may end the process.
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
