/** Handles in the bridge: each has a text, belongs to one bridge, and is released once. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bridge } from '../../src/bridge/bridge.js';
import type { Json } from '../../src/bridge/messages.js';
import { type NativeLibrary, nativeLibrary, replyOf } from '../support/native-bridge.js';
import { countsIn, THINGS, THINGS_C } from '../support/things.js';

let library: NativeLibrary;
let logs = 0;
function newLog(): string {
  logs += 1;
  return path.join(library.directory, `log${logs}.txt`);
}
const newBridge = () => library.newBridge();

beforeAll(async () => {
  library = await nativeLibrary(THINGS_C, THINGS);
});
afterAll(() => library.remove());

async function resultOf(bridge: Bridge, method: string, params: Json): Promise<Record<string, Json>> {
  const reply = await replyOf(bridge, method, params);
  if ('error' in reply) throw new Error(reply.error.message);
  return reply.result as Record<string, Json>;
}

async function errorOf(bridge: Bridge, method: string, params: Json): Promise<string> {
  const reply = await replyOf(bridge, method, params);
  return 'error' in reply ? reply.error.message : 'no error';
}

const openThing = async (bridge: Bridge, log: string, number: number) =>
  (await resultOf(bridge, 'ThingOpen', { log, number })).Value as string;

describe('a handle', () => {
  it('is a text, with which its functions are called', async () => {
    const bridge = newBridge();
    const thing = await openThing(bridge, newLog(), 6);
    expect(thing).toMatch(/^ThingClose:1@/);
    expect(await resultOf(bridge, 'ThingNumber', { thing })).toEqual({ number: 6 });
  });

  it('is never a number, and nothing is called with one', async () => {
    const bridge = newBridge();
    for (const thing of [5, '5', '-1', 0, true, {}, 'ThingClose', 'Root'])
      expect(await errorOf(bridge, 'ThingTouch', { thing })).toMatch(
        /'thing' must be ROOT, or a handle that ThingClose releases, not/,
      );
  });

  it('that is always there has a name, and its sign is extended', async () => {
    expect(await resultOf(newBridge(), 'ThingIsRoot', { thing: 'ROOT' })).toEqual({ Value: 1 });
  });

  it('of another bridge, or one that was released, is an error', async () => {
    const [one, other] = [newBridge(), newBridge()];
    const log = newLog();
    const thing = await openThing(one, log, 1);
    await openThing(other, log, 2);
    // Both bridges are in one process here, so the second needs another name.
    expect(await errorOf(other, 'ThingTouch', { thing: thing.replace(/@.*/, '@elsewhere') })).toMatch(
      /is the handle "ThingClose:1", which belongs to a bridge that has ended, or to another module/,
    );
    await resultOf(one, 'ThingClose', { thing });
    for (const method of ['ThingClose', 'ThingTouch'])
      expect(await errorOf(one, method, { thing })).toMatch(/is the handle "ThingClose:1", which is already released/);
    await one.close();
    await other.close();
    expect(countsIn(log)).toEqual({ 1: { open: 1, close: 1 }, 2: { open: 1, close: 1 } });
  });

  it('that is NULL is null, and a failure opens none', async () => {
    const bridge = newBridge();
    const log = newLog();
    expect(await errorOf(bridge, 'ThingOpen', { log, number: -1 })).toMatch(/ThingOpen failed/);
    const { pair } = await resultOf(bridge, 'ThingPair', { log, number: 8 });
    expect(pair).toEqual({ first: expect.stringMatching(/^ThingClose:1@/), second: null });
    await bridge.close();
    expect(countsIn(log)).toEqual({ 8: { open: 1, close: 1 } });
  });

  it('that a call uses is released after it, and cannot be closed meanwhile', async () => {
    const bridge = newBridge();
    const log = newLog();
    const thing = await openThing(bridge, log, 1);
    const waiting = replyOf(bridge, 'ThingWait', { thing, milliseconds: 100 });
    expect(await errorOf(bridge, 'ThingClose', { thing })).toMatch(/is in use by another call/);
    await resultOf(bridge, 'dllet.release', { handles: [thing] });
    expect(await errorOf(bridge, 'ThingTouch', { thing })).toMatch(/which is already released/);
    expect(countsIn(log)).toEqual({ 1: { open: 1, close: 0 } });
    await waiting;
    await bridge.close();
    expect(countsIn(log)).toEqual({ 1: { open: 1, close: 1 } });
  });

  it('that is closed beside wrong parameters stays open', async () => {
    const bridge = newBridge();
    const thing = await openThing(bridge, newLog(), 4);
    expect(await errorOf(bridge, 'ThingClose', { thing, more: 1 })).toMatch(/'more' is not a parameter/);
    expect(await resultOf(bridge, 'ThingNumber', { thing })).toEqual({ number: 4 });
  });
});

it('a number that comes back again is one handle, which is released when nobody holds it', async () => {
  const bridge = newBridge();
  const log = newLog();
  const thing = await openThing(bridge, log, 3);
  const again = (await resultOf(bridge, 'ThingSelf', { thing })).Value as string;
  expect(again).toBe(thing);
  await resultOf(bridge, 'dllet.release', { handles: [again] });
  expect(await resultOf(bridge, 'ThingTouch', { thing })).toEqual({});
  expect(countsIn(log)).toEqual({ 3: { open: 1, close: 0 } });
  await resultOf(bridge, 'dllet.release', { handles: [thing] });
  await bridge.close();
  expect(countsIn(log)).toEqual({ 3: { open: 1, close: 1 } });
});

it('that a function only lends can be passed on, and nobody but a caller releases it', async () => {
  const bridge = newBridge();
  const log = newLog();
  const found = async (number: number) => (await resultOf(bridge, 'ThingFind', { log, number })).Value as string;
  const [left, closed, kept] = [await found(2), await found(4), await found(6)];
  expect(await resultOf(bridge, 'ThingNumber', { thing: left })).toEqual({ number: 2 });
  await resultOf(bridge, 'dllet.release', { handles: [left] });
  expect(await errorOf(bridge, 'ThingTouch', { thing: left })).toMatch(/is already released/);
  await resultOf(bridge, 'ThingClose', { thing: closed });
  expect(await resultOf(bridge, 'ThingTouch', { thing: kept })).toEqual({});
  await bridge.close();
  expect(countsIn(log)).toEqual({ 2: { open: 1, close: 0 }, 4: { open: 1, close: 1 }, 6: { open: 1, close: 0 } });
});

it('in a struct that is given and changed comes back as it was, and what is new beside it is lent', async () => {
  const bridge = newBridge();
  const log = newLog();
  const first = await openThing(bridge, log, 2);
  const { pair } = await resultOf(bridge, 'ThingTwice', { pair: { first, second: null } });
  const { second } = pair as Record<string, Json>;
  expect(pair).toEqual({ first, second: expect.stringMatching(/^ThingClose:2@/) });
  expect(await resultOf(bridge, 'ThingTouch', { thing: second as string })).toEqual({});
  await bridge.close();
  expect(countsIn(log)).toEqual({ 2: { open: 1, close: 1 }, 3: { open: 1, close: 0 } });
});

it('releases each handle once, whatever is done with it', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('open' as const) }),
    fc.record({ do: fc.constantFrom('close', 'leave', 'use', 'many'), which: fc.nat(9) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const bridge = newBridge();
      const log = newLog();
      const things: string[] = [];
      for (const one of steps) {
        if (one.do === 'open') things.push(await openThing(bridge, log, things.length));
        const thing = 'which' in one ? things[one.which] : undefined;
        if (thing === undefined) continue;
        if (one.do === 'close') await replyOf(bridge, 'ThingClose', { thing });
        if (one.do === 'leave') await replyOf(bridge, 'dllet.release', { handles: [thing, thing] });
        if (one.do === 'use') await replyOf(bridge, 'ThingNumber', { thing });
        if (one.do === 'many')
          await replyOf(bridge, 'dllet.callMany', { function: 'ThingClose', columns: { thing: [thing, thing] } });
      }
      await bridge.close();
      const expected = things.map((_, number) => [String(number), { open: 1, close: 1 }]);
      expect(countsIn(log)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 60 },
  );
});
