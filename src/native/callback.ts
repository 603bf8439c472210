/** Functions that a library calls back during a call. The arguments of each call become a row. */
import koffi, { type TypeObject } from 'koffi';
import { DlletError } from '../definition/errors.js';
import type { NativeArguments, NativeValue } from '../definition/execution.js';
import type { MemoryOfCall } from '../kinds/index.js';
import type { KoffiCallback } from './marshal.js';
import type { Memory } from './memory.js';

/** Returns the koffi type of a callback, and a function that creates the callback for one call. */
export function planCallback(
  name: string,
  callback: KoffiCallback,
): { readonly type: TypeObject; allocate(args: NativeArguments, memory: MemoryOfCall): Memory } {
  const { parameters, result } = callback;
  const types = parameters.map(({ codec, isPointer }) => (isPointer ? koffi.type('void *') : codec.type));
  const type = koffi.pointer(koffi.proto(result.type, types));
  return { type, allocate: (_args, memory) => collector(name, callback, memory) };
}

/**
 * Creates the callback for one call. An exception must not pass through the library: the callback tells it to stop, and
 * the error is thrown when the rows are read.
 */
function collector(name: string, { parameters, answer, limit }: KoffiCallback, memory: MemoryOfCall): Memory {
  const rows: NativeValue[] = [];
  let failure: unknown;
  const stop = answer === null ? undefined : answer === 0 ? 1 : 0;
  const goOn = answer ?? undefined;
  const passed = (...given: unknown[]) => {
    if (failure) return stop;
    try {
      if (rows.length >= limit) throw tooMany(name, limit);
      const columns = parameters.flatMap(({ name: column, codec, isPointer, isIgnored }, index) => {
        if (isIgnored) return [];
        const raw = given[index];
        if (!isPointer) return [[column, codec.fromNative(unsigned(raw, codec.type), memory)] as const];
        return [[column, raw === null ? null : codec.fromNative(koffi.decode(raw, codec.type), memory)] as const];
      });
      rows.push(Object.fromEntries(columns));
      return goOn;
    } catch (error) {
      failure = error;
      return stop;
    }
  };
  return {
    passed,
    check: () => {
      if (failure) throw failure;
    },
    collect: () => rows,
  };
}

/** koffi 3.3 passes large unsigned arguments of a callback as negative numbers. */
function unsigned(raw: unknown, { primitive, size }: TypeObject): unknown {
  const isNegative = (typeof raw === 'bigint' || typeof raw === 'number') && raw < 0;
  return isNegative && primitive.startsWith('UInt') ? BigInt.asUintN(size * 8, BigInt(raw)) : raw;
}

function tooMany(name: string, limit: number): DlletError {
  return new DlletError({
    id: 'OutputTooLarge',
    category: 'LimitsExceeded',
    message: `${name} has more than ${limit} rows, the limit of the definition.`,
    recommendedAction: `Increase the limit of ${name} in the definition.`,
    data: { parameter: name, maximum: limit },
  });
}
