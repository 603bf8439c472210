/** The expectations of the contract's cases, with messages about the actual result. */
import assert from 'node:assert/strict';
import type { Answer, Block, Caller, Operation, Pool } from '../../functions.js';

export const ACCESS_DENIED: Answer = { code: 5, token: undefined };
export const SHARING_VIOLATION: Answer = { code: 32, token: undefined };
export const INVALID_PARAMETER: Answer = { code: 87, token: undefined };
export const NOT_FOUND: Answer = { code: 1168, token: undefined };
export const DONE: Answer = { code: 0, token: undefined };

/** Returns a block by its offset in the region. */
export function blocksIn(region: number): (offset: number, count: number) => Block {
  return (offset, count) => ({ start: region + offset, count });
}

/** Throws an AssertionError unless the call returns exactly this. */
export async function expectAnswer(
  call: Caller,
  pool: Pool,
  operation: Operation,
  block: Block,
  expected: Answer,
): Promise<void> {
  const answer = await call(pool, operation, block);
  const asked = `${operation} of ${pool.name} ${block.start}+${block.count}`;
  assert.deepEqual(answer, expected, `${asked} answered ${said(answer)}, not ${said(expected)}`);
}

/** Creates a block, which must succeed, and returns its token. */
export async function create(call: Caller, pool: Pool, block: Block): Promise<bigint> {
  const { code, token } = await call(pool, 'create', block);
  assert.equal(code, 0, `create of ${pool.name} ${block.start}+${block.count} answered ${code}, not 0`);
  assert.ok(token !== undefined, 'a successful create gave no token');
  return token;
}

function said({ code, token }: Answer): string {
  return token === undefined ? String(code) : `${code} with the token ${token}`;
}
