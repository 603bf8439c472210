/**
 * The documented behaviour of the persistent port reservation functions, as tests for any backend.
 *
 * Source: learn.microsoft.com, iphlpapi.h, the pages of the six functions. What is undocumented is not tested: what the
 * token holds after a failure, which of several reasons for a failure is named, whether tokens differ.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../src/definition/execution.js';
import type { Definition } from '../../src/definition/types.js';
import { type Answer, type Block, callPool, OPERATIONS, type Operation, type Pool, poolsOf } from './port-functions.js';
import type { ContractSubject } from './subjects.js';

const ACCESS_DENIED: Answer = { code: 5, token: undefined };
const SHARING_VIOLATION: Answer = { code: 32, token: undefined };
const INVALID_PARAMETER: Answer = { code: 87, token: undefined };
const NOT_FOUND: Answer = { code: 1168, token: undefined };
const DONE: Answer = { code: 0, token: undefined };

/** Registers the tests. Each leaves the machine as it was: every block it created is deleted again. */
export function registerContract(subject: ContractSubject, definition: Definition): void {
  const { capabilities } = subject;
  const at = (offset: number, count: number): Block => ({ start: capabilities.region + offset, count });

  describe(subject.name, () => {
    const root = mkdtempSync(path.join(tmpdir(), 'dllet-contract-'));
    afterAll(() => rmSync(root, { recursive: true, force: true }));
    let directory: string;
    let backend: Backend;
    let created: { readonly pool: Pool; readonly block: Block }[];

    beforeEach(() => {
      directory = mkdtempSync(path.join(root, 'run-'));
      backend = subject.create(directory);
      created = [];
    });
    afterEach(async () => {
      for (const { pool, block } of created) await callPool(backend, pool, 'delete', block);
    });

    const call = async (pool: Pool, operation: Operation, block: Block): Promise<Answer> => {
      const answer = await callPool(backend, pool, operation, block);
      if (operation === 'create' && answer.code === 0) created.push({ pool, block });
      return answer;
    };
    const create = async (pool: Pool, block: Block): Promise<bigint> => {
      const { code, token } = await call(pool, 'create', block);
      expect(code).toBe(0);
      if (token === undefined) throw new Error('a successful create gave no token');
      return token;
    };

    describe.each(poolsOf(definition))('$name', (pool) => {
      describe.each(OPERATIONS)('%s', (operation) => {
        it.each([
          { start: 0, count: 1 },
          { start: 0, count: 65_535 },
          { start: 5000, count: 0 },
          { start: 65_535, count: 0 },
          { start: 0, count: 0 },
        ])('answers 87 for a zero: start $start, count $count', async (block) => {
          expect(await call(pool, operation, block)).toEqual(INVALID_PARAMETER);
        });
      });

      it.each(['delete', 'lookup'] as const)('%s answers 1168 for a block that nobody reserved', async (operation) => {
        expect(await call(pool, operation, at(0, 20))).toEqual(NOT_FOUND);
      });

      it.each(['delete', 'lookup'] as const)('%s answers 1168 for a block past port 65535', async (operation) => {
        expect(await call(pool, operation, { start: 65_535, count: 2 })).toEqual(NOT_FOUND);
      });

      describe.runIf(capabilities.elevated)('with the right to change', () => {
        it.each([
          { start: 65_535, count: 2 },
          { start: 65_500, count: 37 },
          { start: 2, count: 65_535 },
          { start: 65_535, count: 65_535 },
        ])('create answers 87 for a block past port 65535: start $start, count $count', async (block) => {
          expect(await call(pool, 'create', block)).toEqual(INVALID_PARAMETER);
        });

        it.runIf(capabilities.lastPortIsFree)('creates a block that ends at port 65535', async () => {
          const token = await create(pool, { start: 65_535, count: 1 });
          expect(await call(pool, 'lookup', { start: 65_535, count: 1 })).toEqual({ code: 0, token });
        });

        it('gives a token that is not 0 and that lookup gives again', async () => {
          const token = await create(pool, at(0, 20));
          expect(token).toBeGreaterThan(0n);
          expect(token).toBeLessThan(2n ** 64n);
          expect(await call(pool, 'lookup', at(0, 20))).toEqual({ code: 0, token });
          expect(await call(pool, 'lookup', at(0, 20))).toEqual({ code: 0, token });
        });

        it('forgets a deleted block, which can be created again', async () => {
          await create(pool, at(0, 20));
          expect(await call(pool, 'delete', at(0, 20))).toEqual(DONE);
          expect(await call(pool, 'lookup', at(0, 20))).toEqual(NOT_FOUND);
          expect(await call(pool, 'delete', at(0, 20))).toEqual(NOT_FOUND);
          await create(pool, at(0, 20));
        });

        it.each([
          ['its first part', 10, 10],
          ['its last part', 20, 10],
          ['one port more', 10, 21],
          ['one port less', 10, 19],
          ['one port earlier', 9, 20],
          ['one port later', 11, 20],
          ['a single port of it', 15, 1],
          ['everything around it', 0, 60],
        ] as const)('finds exactly the block only, not %s', async (_, offset, count) => {
          const token = await create(pool, at(10, 20));
          expect(await call(pool, 'lookup', at(offset, count))).toEqual(NOT_FOUND);
          expect(await call(pool, 'delete', at(offset, count))).toEqual(NOT_FOUND);
          expect(await call(pool, 'lookup', at(10, 20))).toEqual({ code: 0, token });
        });

        it('does not find two neighbours as one', async () => {
          await create(pool, at(0, 10));
          await create(pool, at(10, 10));
          expect(await call(pool, 'lookup', at(0, 20))).toEqual(NOT_FOUND);
          expect(await call(pool, 'delete', at(0, 20))).toEqual(NOT_FOUND);
        });

        it.each([
          ['the same block', 10, 20],
          ['its first port', 10, 1],
          ['its last port', 29, 1],
          ['a block that ends in its first port', 1, 10],
          ['a block that begins with its last port', 29, 10],
          ['a block inside', 15, 5],
          ['a block around', 0, 60],
        ] as const)('answers 32 for an overlap: %s', async (_, offset, count) => {
          const token = await create(pool, at(10, 20));
          expect(await call(pool, 'create', at(offset, count))).toEqual(SHARING_VIOLATION);
          expect(await call(pool, 'lookup', at(10, 20))).toEqual({ code: 0, token });
          if (offset !== 10 || count !== 20) expect(await call(pool, 'lookup', at(offset, count))).toEqual(NOT_FOUND);
        });

        it('creates blocks right before and right behind another', async () => {
          await create(pool, at(10, 20));
          await create(pool, at(0, 10));
          await create(pool, at(30, 1));
        });

        it('does not mix a port up with the one of swapped bytes', async () => {
          // 5000 is 0x1388 and 34835 is 0x8813.
          const mirror = (capabilities.region % 256) * 256 + Math.floor(capabilities.region / 256);
          expect(mirror).not.toBe(capabilities.region);
          await create(pool, at(0, 20));
          expect(await call(pool, 'lookup', { start: mirror, count: 20 })).toEqual(NOT_FOUND);
        });

        it('keeps its blocks apart from those of the other pools', async () => {
          const others = poolsOf(definition).filter(({ name }) => name !== pool.name);
          expect(others).not.toEqual([]);
          const token = await create(pool, at(0, 20));
          for (const other of others) {
            expect(await call(other, 'lookup', at(0, 20))).toEqual(NOT_FOUND);
            expect(await call(other, 'delete', at(0, 20))).toEqual(NOT_FOUND);
            await create(other, at(0, 20));
            expect(await call(other, 'delete', at(0, 20))).toEqual(DONE);
          }
          expect(await call(pool, 'lookup', at(0, 20))).toEqual({ code: 0, token });
        });

        it.runIf(capabilities.shared)('shows every other user of the state what it did', async () => {
          const other = subject.share?.(directory);
          if (!other) throw new Error(`${subject.name} promises to share`);
          const token = await create(pool, at(0, 20));
          expect(await callPool(other, pool, 'lookup', at(0, 20))).toEqual({ code: 0, token });
          expect(await callPool(other, pool, 'delete', at(0, 20))).toEqual(DONE);
          expect(await call(pool, 'lookup', at(0, 20))).toEqual(NOT_FOUND);
        });
      });

      it.runIf(capabilities.unelevated)(
        'answers 5 to an unelevated create and delete, and still looks up',
        async () => {
          const unelevated = subject.create(mkdtempSync(path.join(root, 'unelevated-')), { unelevated: true });
          expect(await callPool(unelevated, pool, 'create', at(0, 20))).toEqual(ACCESS_DENIED);
          expect(await callPool(unelevated, pool, 'delete', at(0, 20))).toEqual(ACCESS_DENIED);
          expect(await callPool(unelevated, pool, 'lookup', at(0, 20))).toEqual(NOT_FOUND);
        },
      );
    });
  });
}
