import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../../src/definition/load.js';
import { type Caller, type Pool, poolsOf } from '../../../../src/extensions/port-reservation/functions.js';
import { createLedger } from '../../../../src/extensions/port-reservation/verification/ledger.js';
import { ANSWERS, memory, recordingGuard } from './support.js';

const [pool] = poolsOf(await loadDefinition('PersistentPortReservation')) as [Pool];
const BLOCK = { start: 5000, count: 20 };
const OTHER = { start: 6000, count: 20 };

function ledgerOver(call: Caller) {
  const guard = recordingGuard();
  const ledger = createLedger(call, guard);
  return { guard, ledger, call: ledger.keep(call) };
}

describe('the ledger', () => {
  it('tells the guard before a block is created, and deletes it in the end', async () => {
    const { call, reserved } = memory();
    const guard = recordingGuard();
    const ledger = createLedger(call, guard);
    const kept = ledger.keep(async (...args) => {
      expect(guard.told).toEqual(['add delete udp 5000 20']);
      return call(...args);
    });
    await kept(pool, 'create', BLOCK);
    expect(reserved()).toEqual(['udp 5000+20']);
    expect(await ledger.clear()).toEqual([]);
    expect(reserved()).toEqual([]);
    expect(guard.told.at(-1)).toBe('drop delete udp 5000 20');
  });

  it('never deletes a block that somebody else had', async () => {
    const { call, reserved } = memory();
    await call(pool, 'create', BLOCK);
    const kept = ledgerOver(call);
    expect((await kept.call(pool, 'create', BLOCK)).code).toBe(32);
    await kept.ledger.clear();
    expect(kept.guard.told).toEqual([]);
    expect(reserved()).toEqual(['udp 5000+20']);
  });

  it('forgets what a create refused, and what was deleted', async () => {
    const { call } = memory();
    const refusing = ledgerOver(async (...args) => (args[1] === 'create' ? ANSWERS.denied : call(...args)));
    await refusing.call(pool, 'create', BLOCK);
    expect(refusing.guard.told).toEqual(['add delete udp 5000 20', 'drop delete udp 5000 20']);
    const kept = ledgerOver(call);
    await kept.call(pool, 'create', BLOCK);
    await kept.call(pool, 'delete', BLOCK);
    expect(kept.guard.told).toEqual(['add delete udp 5000 20', 'drop delete udp 5000 20']);
  });

  it('deletes a block whose create failed half way', async () => {
    const { call, reserved } = memory();
    const ledger = createLedger(call, recordingGuard());
    const kept = ledger.keep(async (...args) => {
      const answer = await call(...args);
      if (args[1] === 'create') throw new Error('lost');
      return answer;
    });
    await expect(kept(pool, 'create', BLOCK)).rejects.toThrow('lost');
    expect(reserved()).toEqual(['udp 5000+20']);
    await ledger.clear();
    expect(reserved()).toEqual([]);
  });

  it('deletes what it was told to expect of another program', async () => {
    const { call, reserved } = memory();
    const kept = ledgerOver(call);
    await kept.ledger.expect(pool, BLOCK);
    await kept.ledger.expect(pool, OTHER);
    await call(pool, 'create', BLOCK);
    expect(await kept.ledger.clear()).toEqual([]);
    expect(reserved()).toEqual([]);
  });

  it('names what cannot be deleted, and leaves it to the guard', async () => {
    const { call } = memory();
    const stubborn = ledgerOver(async (...args) => (args[1] === 'delete' ? ANSWERS.denied : call(...args)));
    await stubborn.call(pool, 'create', BLOCK);
    expect(await stubborn.ledger.clear()).toEqual([{ pool: 'udp', block: BLOCK, code: 5 }]);
    expect(stubborn.guard.told).toEqual(['add delete udp 5000 20']);
  });

  it('takes an error for no proof that a block is gone', async () => {
    const { call, reserved } = memory();
    let isBroken = false;
    const kept = ledgerOver(async (...args) => (isBroken ? { code: 1450, token: undefined } : call(...args)));
    await kept.call(pool, 'create', BLOCK);
    isBroken = true;
    expect(await kept.ledger.clear()).toEqual([{ pool: 'udp', block: BLOCK, code: 1450 }]);
    isBroken = false;
    expect(await kept.ledger.clear()).toEqual([]);
    expect(reserved()).toEqual([]);
  });
});
