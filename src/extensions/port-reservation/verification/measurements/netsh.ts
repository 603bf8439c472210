/** Open points about what netsh and the functions show of each other's changes. */

import { answered, type Measurement, measured, NEEDS_ELEVATION, NEEDS_WINDOWS, protocolOf, reserve } from '../bench.js';
import { takeSnapshot, whatIsNew } from '../netsh-capture.js';
import type { Measured } from '../results.js';

export const shownByNetsh: Measurement = {
  question: 'How a Create-made block prints in netsh',
  lacks: ({ netsh, before, elevated }) => (netsh && before ? (elevated ? undefined : NEEDS_ELEVATION) : NEEDS_WINDOWS),
  run: async (bench) => {
    const results: Measured[] = [];
    for (const pool of bench.pools) {
      if (!bench.netsh || !bench.before) continue;
      const block = bench.at(0, 20);
      await reserve(bench, pool, block);
      const after = await takeSnapshot(bench.netsh, `with ${pool.name} ${block.start}+${block.count} created`);
      bench.capture(after.captures);
      results.push(
        measured(
          `How netsh shows the Create-made block ${block.start}-${block.start + block.count - 1}, ${pool.name}`,
          whatIsNew(bench.before, after),
        ),
      );
      await bench.call(pool, 'delete', block);
    }
    return results;
  },
};

export const blockOfNetsh: Measurement = {
  question: 'Lookup and Delete on a netsh-made block',
  lacks: ({ netsh, elevated, mayUseNetsh }) => {
    if (!netsh) return NEEDS_WINDOWS;
    if (!elevated) return NEEDS_ELEVATION;
    return mayUseNetsh
      ? undefined
      : 'measured only with --with-netsh-block, which briefly excludes 20 ports with netsh';
  },
  run: async (bench) => {
    const results: Measured[] = [];
    for (const pool of bench.pools) {
      const { netsh } = bench;
      if (!netsh) continue;
      const block = bench.at(0, 20);
      const rest = [
        'excludedportrange',
        `protocol=${protocolOf(pool).toLowerCase()}`,
        `startport=${block.start}`,
        `numberofports=${block.count}`,
        'store=persistent',
      ];
      const remove = ['interface', 'ipv4', 'delete', ...rest];
      const undo = await bench.undoLater(remove);
      try {
        const added = await netsh(['interface', 'ipv4', 'add', ...rest]);
        if (added.status !== 0) throw new Error(`netsh add ended with ${added.failure ?? added.status}`);
        const lookup = await bench.call(pool, 'lookup', block);
        const create = await bench.call(pool, 'create', block);
        const deleted = await bench.call(pool, 'delete', block);
        const still = await takeSnapshot(netsh, `after Delete of the netsh-made block, ${pool.name}`);
        bench.capture(still.captures);
        results.push(
          measured(`Lookup of a netsh-made block, ${pool.name}`, answered(lookup.code)),
          measured(`Create over a netsh-made block, ${pool.name}`, answered(create.code)),
          measured(`Delete of a netsh-made block, ${pool.name}`, answered(deleted.code)),
        );
      } finally {
        await netsh(remove);
        await undo.done();
      }
    }
    return results;
  },
};
