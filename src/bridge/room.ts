/** Decides when a call is repeated with more memory for its outputs. */
import type { CallOutcome, Room } from '../definition/execution.js';
import type { NativeFailure } from '../model/find-failure.js';
import type { FunctionModel } from '../model/types.js';

/** An output that does not fit into the maximum of its memory, and the number of elements that it had. */
export interface Shortage {
  readonly parameter: string;
  readonly limit: number;
  /** True if the function succeeded: a call that changes the system is not repeated to get its output. */
  readonly isDone?: true;
}

/**
 * Returns the memory for the next call of a function whose outputs did not fit, or the output that has reached its
 * maximum; undefined if everything fitted. An output did not fit if the call failed with a code that the definition
 * names for it, or succeeded and reported more elements than there were.
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

/**
 * The growth factor if the required size is unknown. It is large, because each call can take long and unused memory
 * costs nothing.
 */
const BLIND_GROWTH = 8;

/** Compares codes as signed and as unsigned, because the definition may use either. */
const isAmong = (code: number | bigint, codes: readonly number[]) =>
  codes.some((one) => BigInt.asUintN(32, BigInt(one)) === BigInt.asUintN(32, BigInt(code)));
