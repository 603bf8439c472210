/** The blocks that a verification has reserved and must delete. Each one is also registered with the guard. */

import type { Answer, Block, Caller, Pool } from '../functions.js';
import type { Guard } from './guard.js';

export interface Ledger {
  /** Wraps a caller so that every block is recorded before it is created. */
  keep(call: Caller): Caller;
  /** Records a block that another program is about to create. From now on it counts as reserved. */
  expect(pool: Pool, block: Block): Promise<void>;
  /** Deletes everything that is recorded. Returns what is still reserved. */
  clear(): Promise<Left[]>;
}

/** A block that is still reserved, and the result of its deletion. */
export interface Left {
  readonly pool: string;
  readonly block: Block;
  readonly code: number;
}

/** `call` makes the deletions, so it must have the rights to delete. */
export function createLedger(call: Caller, guard: Pick<Guard, 'add' | 'drop'>): Ledger {
  const written = new Map<string, { pool: Pool; block: Block }>();
  const keyOf = (pool: Pool, block: Block) => `${pool.name} ${block.start} ${block.count}`;
  const undoing = (pool: Pool, { start, count }: Block) => ({ kind: 'delete', pool: pool.name, start, count }) as const;
  const write = async (pool: Pool, block: Block) => {
    await guard.add(undoing(pool, block));
    written.set(keyOf(pool, block), { pool, block });
  };
  const strike = async (pool: Pool, block: Block) => {
    written.delete(keyOf(pool, block));
    await guard.drop(undoing(pool, block));
  };

  return {
    keep: (caller) => async (pool, operation, block) => {
      if (operation === 'create' && !written.has(keyOf(pool, block))) return createNew(caller, pool, block);
      const answer = await caller(pool, operation, block);
      if (operation === 'delete' && answer.code === 0) await strike(pool, block);
      return answer;
    },
    expect: write,
    clear: async () => {
      const left: Left[] = [];
      for (const { pool, block } of [...written.values()].reverse()) {
        const { code } = await call(pool, 'delete', block);
        // Only this error proves that the block no longer exists.
        if (code === 0 || (await isGone(call, pool, block))) await strike(pool, block);
        else left.push({ pool: pool.name, block, code });
      }
      return left;
    },
  };

  /** Does not record a block that already exists, because it belongs to someone else and must not be deleted. */
  async function createNew(caller: Caller, pool: Pool, block: Block): Promise<Answer> {
    if ((await call(pool, 'lookup', block)).code === 0) return caller(pool, 'create', block);
    await write(pool, block);
    // If the call throws, its outcome is unknown: the block stays recorded, and is deleted if it exists.
    const answer = await caller(pool, 'create', block);
    if (answer.code !== 0) await strike(pool, block);
    return answer;
  }
}

/** True if the library reports that there is no such block. */
async function isGone(call: Caller, pool: Pool, block: Block): Promise<boolean> {
  return (await call(pool, 'lookup', block)).code === NOT_FOUND;
}

const NOT_FOUND = 1168;
