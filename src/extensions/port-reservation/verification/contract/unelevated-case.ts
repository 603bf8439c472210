/** The case of a caller without rights. */
import type { Pool } from '../../functions.js';
import { ACCESS_DENIED, blocksIn, expectAnswer, NOT_FOUND } from './expect.js';
import type { ContractCapabilities, ContractCase } from './types.js';

export function unelevatedCase(pool: Pool, capabilities: ContractCapabilities): ContractCase {
  const at = blocksIn(capabilities.region);
  return {
    path: [pool.name],
    name: 'answers 5 to an unelevated create and delete, and still looks up',
    leftOut: capabilities.unelevated ? undefined : 'no unelevated process can be started here',
    run: async (bench) => {
      const call = bench.unelevated();
      await expectAnswer(call, pool, 'create', at(0, 20), ACCESS_DENIED);
      await expectAnswer(call, pool, 'delete', at(0, 20), ACCESS_DENIED);
      await expectAnswer(call, pool, 'lookup', at(0, 20), NOT_FOUND);
    },
  };
}
