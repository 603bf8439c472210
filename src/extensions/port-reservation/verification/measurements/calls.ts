/** Open points about the functions themselves. */

import { answered, type Measurement, type MeasuringBench, measured, NEEDS_ELEVATION, reserve } from '../bench.js';
import type { Measured } from '../results.js';

const MARK = 0xa5a5_a5a5_a5a5_a5a5n;

export const lookupAsOrdinaryUser: Measurement = {
  question: 'Lookup as a normal user',
  lacks: ({ ordinary }) => (ordinary ? undefined : 'no unelevated process can be started here'),
  run: async (bench) => {
    const results: Measured[] = [];
    for (const pool of bench.pools) {
      const none = await bench.ordinary?.(pool, 'lookup', bench.at(0, 20));
      results.push(
        measured(`Lookup as a normal user, ${pool.name}, no such block`, answered(none?.code ?? -1), '1168'),
      );
      if (!bench.elevated) continue;
      await reserve(bench, pool, bench.at(0, 20));
      const one = await bench.ordinary?.(pool, 'lookup', bench.at(0, 20));
      results.push(
        measured(`Lookup as a normal user, ${pool.name}, an existing block`, answered(one?.code ?? -1), answered(0)),
      );
    }
    return results;
  },
};

export const tokenAfterFailure: Measurement = {
  question: 'Value of *Token after failure',
  lacks: () => undefined,
  run: async (bench) => {
    const results: Measured[] = [];
    for (const pool of bench.pools) {
      const ask = (what: string, operation: 'create' | 'lookup', offset: number, count: number) => {
        const { code, memory } = bench.callWithMemory(pool, operation, bench.at(offset, count), MARK);
        const token = memory === MARK ? 'left as it was' : `changed to 0x${memory?.toString(16)}`;
        results.push(
          measured(`*Token after ${operation} of ${what}, ${pool.name}`, `${token}, answer ${answered(code)}`),
        );
      };
      ask('no such block', 'lookup', 0, 20);
      ask('a count of 0', 'lookup', 0, 0);
      if (!bench.elevated) continue;
      await reserve(bench, pool, bench.at(10, 20));
      ask('a block that overlaps', 'create', 15, 5);
    }
    return results;
  },
};

export const nullToken: Measurement = {
  question: 'NULL token pointer',
  lacks: () => undefined,
  run: async (bench) => {
    const [pool] = bench.pools;
    if (!pool) return [];
    const results = [
      measured('NULL for Token, Lookup of no such block', await bench.lookupWithNull(pool, bench.at(0, 20))),
    ];
    if (bench.elevated) {
      await reserve(bench, pool, bench.at(0, 20));
      results.push(
        measured('NULL for Token, Lookup of an existing block', await bench.lookupWithNull(pool, bench.at(0, 20))),
      );
    }
    return results;
  },
};

export const highestPort: Measurement = {
  question: 'Highest permitted end port',
  lacks: (bench) => (bench.elevated ? inUse(bench) : NEEDS_ELEVATION),
  run: async (bench) => {
    const results: Measured[] = [];
    for (const pool of bench.pools) {
      for (const block of [
        { start: 65_535, count: 1 },
        { start: 65_534, count: 1 },
      ]) {
        const { code } = await bench.call(pool, 'create', block);
        results.push(
          measured(`Create of a block that ends at ${block.start}, ${pool.name}`, answered(code), answered(0)),
        );
        if (code === 0) await bench.call(pool, 'delete', block);
      }
    }
    return results;
  },
};

function inUse({ lastPortIsFree }: MeasuringBench): string | undefined {
  return lastPortIsFree ? undefined : 'something else uses port 65535';
}
