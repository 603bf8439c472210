/** The cases that create reservations. */
import assert from 'node:assert/strict';
import type { Pool } from '../../functions.js';
import { blocksIn, create, DONE, expectAnswer, INVALID_PARAMETER, NOT_FOUND, SHARING_VIOLATION } from './expect.js';
import type { ContractBench, ContractCapabilities, ContractCase } from './types.js';

/** Parts and neighbours of the block 10+20, which must not be confused with it. */
const NOT_THE_BLOCK = [
  ['its first part', 10, 10],
  ['its last part', 20, 10],
  ['one port more', 10, 21],
  ['one port less', 10, 19],
  ['one port earlier', 9, 20],
  ['one port later', 11, 20],
  ['a single port of it', 15, 1],
  ['everything around it', 0, 60],
] as const;

const OVERLAPS = [
  ['the same block', 10, 20],
  ['its first port', 10, 1],
  ['its last port', 29, 1],
  ['a block that ends in its first port', 1, 10],
  ['a block that begins with its last port', 29, 10],
  ['a block inside', 15, 5],
  ['a block around', 0, 60],
] as const;

const PAST_THE_END = [
  { start: 65_535, count: 2 },
  { start: 65_500, count: 37 },
  { start: 2, count: 65_535 },
  { start: 65_535, count: 65_535 },
];

export function changingCases(pool: Pool, pools: readonly Pool[], capabilities: ContractCapabilities): ContractCase[] {
  const { region } = capabilities;
  const at = blocksIn(region);
  const elevated = capabilities.elevated ? undefined : 'creating needs an elevated session';
  const change = (
    name: string,
    run: (bench: ContractBench) => Promise<void>,
    leftOut: string | undefined = elevated,
  ): ContractCase => ({ path: [pool.name, 'with the right to change'], name, leftOut, run });

  return [
    ...PAST_THE_END.map((block) =>
      change(`create answers 87 for a block past port 65535: start ${block.start}, count ${block.count}`, ({ call }) =>
        expectAnswer(call, pool, 'create', block, INVALID_PARAMETER),
      ),
    ),

    change(
      'creates a block that ends at port 65535',
      async ({ call }) => {
        const token = await create(call, pool, { start: 65_535, count: 1 });
        await expectAnswer(call, pool, 'lookup', { start: 65_535, count: 1 }, { code: 0, token });
      },
      elevated ?? (capabilities.lastPortIsFree ? undefined : 'something else uses port 65535'),
    ),

    change('gives a token that is not 0 and that lookup gives again', async ({ call }) => {
      const token = await create(call, pool, at(0, 20));
      assert.ok(token > 0n && token < 2n ** 64n, `the token is ${token}`);
      await expectAnswer(call, pool, 'lookup', at(0, 20), { code: 0, token });
      await expectAnswer(call, pool, 'lookup', at(0, 20), { code: 0, token });
    }),

    change('deletes a block, which can then be created again', async ({ call }) => {
      await create(call, pool, at(0, 20));
      await expectAnswer(call, pool, 'delete', at(0, 20), DONE);
      await expectAnswer(call, pool, 'lookup', at(0, 20), NOT_FOUND);
      await expectAnswer(call, pool, 'delete', at(0, 20), NOT_FOUND);
      await create(call, pool, at(0, 20));
    }),

    ...NOT_THE_BLOCK.map(([what, offset, count]) =>
      change(`finds only the exact block, not ${what}`, async ({ call }) => {
        const token = await create(call, pool, at(10, 20));
        await expectAnswer(call, pool, 'lookup', at(offset, count), NOT_FOUND);
        await expectAnswer(call, pool, 'delete', at(offset, count), NOT_FOUND);
        await expectAnswer(call, pool, 'lookup', at(10, 20), { code: 0, token });
      }),
    ),

    change('does not find two adjacent blocks as one', async ({ call }) => {
      await create(call, pool, at(0, 10));
      await create(call, pool, at(10, 10));
      await expectAnswer(call, pool, 'lookup', at(0, 20), NOT_FOUND);
      await expectAnswer(call, pool, 'delete', at(0, 20), NOT_FOUND);
    }),

    ...OVERLAPS.map(([what, offset, count]) =>
      change(`answers 32 for an overlap: ${what}`, async ({ call }) => {
        const token = await create(call, pool, at(10, 20));
        await expectAnswer(call, pool, 'create', at(offset, count), SHARING_VIOLATION);
        await expectAnswer(call, pool, 'lookup', at(10, 20), { code: 0, token });
        if (offset !== 10 || count !== 20) await expectAnswer(call, pool, 'lookup', at(offset, count), NOT_FOUND);
      }),
    ),

    change('creates blocks right before and right behind another', async ({ call }) => {
      await create(call, pool, at(10, 20));
      await create(call, pool, at(0, 10));
      await create(call, pool, at(30, 1));
    }),

    change('does not confuse a port with its byte-swapped number', async ({ call }) => {
      // Swaps the bytes of the port: 5000 is 0x1388, and 34835 is 0x8813.
      const mirror = (region % 256) * 256 + Math.floor(region / 256);
      assert.notEqual(mirror, region, 'the region begins with a port whose bytes are the same');
      await create(call, pool, at(0, 20));
      await expectAnswer(call, pool, 'lookup', { start: mirror, count: 20 }, NOT_FOUND);
    }),

    change('keeps its blocks separate from those of the other protocol', async ({ call }) => {
      const others = pools.filter(({ name }) => name !== pool.name);
      assert.notEqual(others.length, 0, 'there is no other pool');
      const token = await create(call, pool, at(0, 20));
      for (const other of others) {
        await expectAnswer(call, other, 'lookup', at(0, 20), NOT_FOUND);
        await expectAnswer(call, other, 'delete', at(0, 20), NOT_FOUND);
        await create(call, other, at(0, 20));
        await expectAnswer(call, other, 'delete', at(0, 20), DONE);
      }
      await expectAnswer(call, pool, 'lookup', at(0, 20), { code: 0, token });
    }),

    change(
      'shows its changes to other users of the same state',
      async ({ call, other }) => {
        const another = other();
        const token = await create(call, pool, at(0, 20));
        await expectAnswer(another, pool, 'lookup', at(0, 20), { code: 0, token });
        await expectAnswer(another, pool, 'delete', at(0, 20), DONE);
        await expectAnswer(call, pool, 'lookup', at(0, 20), NOT_FOUND);
      },
      elevated ?? (capabilities.shared ? undefined : 'there is no second user of the same state'),
    ),
  ];
}
