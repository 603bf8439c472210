/** Decides when a call is repeated with more memory for its outputs. */
import type { CallOutcome, Room } from '../definition/execution.js';
import type { NativeFailure } from '../model/find-failure.js';
import type { FunctionModel } from '../model/types.js';

/** An output that does not fit into its memory, which cannot be more: the number of elements that it had. */
export interface Shortage {
  readonly parameter: string;
  readonly limit: number;
  /** True if the function did its work: a call that changes something is not repeated for the sake of its output. */
  readonly isDone?: true;
}

/**
 * Returns the memory for the next call of a function whose outputs had too little, or the output that cannot have more;
 * undefined if there was enough. Memory was too small if the call failed with a code that the definition names for it, or
 * succeeded and asks for more than there was.
 */
export function findShortage(
  { parameters, changesState }: Pick<FunctionModel, 'parameters' | 'changesState'>,
  { room = {} }: CallOutcome,
  failed: NativeFailure | undefined,
): { readonly room: Room } | Shortage | undefined {
  const next: Record<string, number> = {};
  let isShort = false;
  for (const { name, grow } of parameters) {
    const used = room[name];
    if (!used) continue;
    const { elements, needed, limit } = used;
    const wantsMore = failed ? isAmong(failed.code, grow?.on ?? []) : needed !== undefined;
    if (wantsMore && !failed && changesState) return { parameter: name, limit: elements, isDone: true };
    if (wantsMore && elements >= limit) return { parameter: name, limit };
    next[name] = wantsMore
      ? Math.min(limit, needed === undefined ? Math.max(elements, 1) * BLIND_GROWTH : Math.max(needed, elements * 2))
      : elements;
    isShort ||= wantsMore;
  }
  return isShort ? { room: next } : undefined;
}

/** By how much memory grows if nothing says how much is needed: each call can take long, and unused memory costs nothing. */
const BLIND_GROWTH = 8;

/** The definition may write a code as signed or as unsigned. */
const isAmong = (code: number | bigint, codes: readonly number[]) =>
  codes.some((one) => BigInt.asUintN(32, BigInt(one)) === BigInt.asUintN(32, BigInt(code)));
