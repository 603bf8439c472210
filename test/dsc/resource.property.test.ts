import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ResourceFailure } from '../../src/dsc/failure.js';
import type { JsonObject } from '../../src/dsc/input.js';
import type { OperationName } from '../../src/dsc/operations.js';
import { block, LIST, ONE } from './engine.js';
import { simulatedResources } from './simulated.js';

const anyBlock = fc
  .tuple(fc.constantFrom<'Udp' | 'Tcp'>('Udp', 'Tcp'), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 6 }))
  .map(([protocol, start, count]) => block(start, count, protocol));
const steps = fc.array(fc.record({ wanted: anyBlock, exist: fc.boolean() }), { minLength: 1, maxLength: 6 });

it('for any blocks: set is idempotent, set then get are equal, test and what-if change nothing, delete twice is fine', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const computer = simulatedResources();
      const run = async (operation: OperationName, input: JsonObject, whatIf = false) =>
        (await computer.run({ type: ONE, operation, input, whatIf })).lines[0];
      for (const { wanted, exist } of all) {
        const desired = { ...wanted, _exist: exist };
        const before = computer.bytes();
        const tested = await run('test', desired);
        await run('set', desired, true);
        await run('delete', desired, true);
        expect(computer.bytes()).toBe(before);
        const state = await run('set', desired).catch((error: unknown) => error);
        if (state instanceof ResourceFailure) {
          expect([state.exitCode, exist, tested?._inDesiredState]).toEqual([6, true, false]);
          expect(computer.bytes()).toBe(before);
          continue;
        }
        const after = computer.bytes();
        expect(state).toMatchObject(desired);
        expect(await run('get', wanted)).toEqual(state);
        expect(await run('set', desired)).toEqual(state);
        expect(await run('test', desired)).toEqual({ ...(state as object), _inDesiredState: true });
        if (!exist) await run('delete', wanted);
        expect(computer.bytes()).toBe(after);
      }
    }),
    { numRuns: 60 },
  );
});

const range = (startPort: number, endPort: number, protocol?: 'Udp' | 'Tcp') => ({
  ...(protocol ? { protocol } : {}),
  startPort,
  endPort,
});

it('for any lists: purge removes nothing but reservations that lie whole inside the scope, and ends in the desired state', async () => {
  const lists = fc.record({
    present: fc.array(anyBlock, { maxLength: 6 }),
    wanted: fc.uniqueArray(anyBlock, {
      maxLength: 4,
      comparator: (one, other) => one.protocol === other.protocol && Math.abs(one.startPort - other.startPort) < 6,
    }),
    scope: fc.array(
      fc
        .tuple(
          fc.integer({ min: 1, max: 36 }),
          fc.integer({ min: 0, max: 20 }),
          fc.constantFrom('Udp', 'Tcp', undefined),
        )
        .map(([from, length, protocol]) => range(from, from + length, protocol as 'Udp' | undefined)),
      { minLength: 1, maxLength: 2 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(lists, async ({ present, wanted, scope }) => {
      const computer = simulatedResources();
      const run = (operation: OperationName, input: JsonObject, type = LIST) =>
        computer.run({ type, operation, input });
      for (const one of present) await run('set', one, ONE).catch(() => undefined);
      const existing = computer.blocks();
      const desired = { reservations: wanted, scope, _purge: true };
      const bytes = computer.bytes();
      await run('test', desired);
      expect(computer.bytes()).toBe(bytes);
      const outcome = await run('set', desired).catch((error: unknown) => error);
      const listed = wanted.map(
        ({ protocol, startPort, numberOfPorts }) => `${protocol.toLowerCase()} ${startPort} ${numberOfPorts}`,
      );
      const isInScope = (text: string) => {
        const [pool, start, count] = text.split(' ');
        return scope.some(
          ({ protocol, startPort, endPort }) =>
            (protocol === undefined || protocol.toLowerCase() === pool) &&
            Number(start) >= startPort &&
            Number(start) + Number(count) - 1 <= endPort,
        );
      };
      const gone = existing.filter((one) => !computer.blocks().includes(one));
      expect(gone.filter((one) => !isInScope(one) || listed.includes(one))).toEqual([]);
      if (outcome instanceof ResourceFailure) {
        // A reservation that extends beyond the scope stays, although it is in the way.
        expect(outcome.exitCode).toBe(6);
        return;
      }
      const kept = existing.filter((one) => !isInScope(one));
      expect(computer.blocks()).toEqual([...new Set([...kept, ...listed])].sort());
      expect((await run('test', desired)).lines[0]?._inDesiredState).toBe(true);
      const after = computer.bytes();
      await run('set', desired);
      expect(computer.bytes()).toBe(after);
    }),
    { numRuns: 60 },
  );
});
