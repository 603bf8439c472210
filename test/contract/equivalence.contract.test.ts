import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../src/definition/execution.js';
import { loadDefinition } from '../../src/definition/load.js';
import {
  type Answer,
  type Block,
  callPool,
  OPERATIONS,
  type Operation,
  type Pool,
  poolsOf,
} from '../../src/extensions/port-reservation/functions.js';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { buildStandIn, copyStandIn, steerStandIn } from '../standin/build.js';

interface Step {
  readonly pool: number;
  readonly operation: Operation;
  readonly block: Block;
}

const definition = await loadDefinition('PersistentPortReservation');
const pools = poolsOf(definition);
const root = mkdtempSync(path.join(tmpdir(), 'dllet-equivalence-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Few ports, so that blocks meet; with both ends of the range and what lies beyond. */
const step: fc.Arbitrary<Step> = fc.record({
  pool: fc.nat({ max: pools.length - 1 }),
  operation: fc.constantFrom(...OPERATIONS, 'lookup' as const),
  block: fc.record({
    start: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 254, max: 259 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 1 }) },
      { weight: 2, arbitrary: fc.integer({ min: 65_533, max: 65_535 }) },
    ),
    count: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 256, 65_535) },
    ),
  }),
});

/** The codes of a run. Checks on the way that a lookup gives the very token that the create of its block gave. */
async function run(backend: Backend, steps: readonly Step[]): Promise<number[]> {
  const tokens = new Map<string, bigint>();
  const codes: number[] = [];
  for (const { pool: index, operation, block } of steps) {
    const pool = pools[index] as Pool;
    const answer = await callPool(backend, pool, operation, block);
    checkToken(tokens, `${pool.name} ${block.start} ${block.count}`, operation, answer);
    codes.push(answer.code);
  }
  return codes;
}

function checkToken(tokens: Map<string, bigint>, key: string, operation: Operation, { code, token }: Answer): void {
  if (code !== 0) return;
  if (operation === 'delete') tokens.delete(key);
  else if (operation === 'lookup') expect(token).toBe(tokens.get(key));
  else if (token !== undefined) {
    expect([...tokens.values()]).not.toContain(token);
    tokens.set(key, token);
  }
}

/** The documented behaviour in a dozen lines: a third implementation, in case the other two have the same mistake. */
function predict(steps: readonly Step[]): number[] {
  let held: { pool: number; start: number; end: number }[] = [];
  return steps.map(({ pool, operation, block: { start, count } }) => {
    const end = start + count - 1;
    if (start === 0 || count === 0 || (operation === 'create' && end > 65_535)) return 87;
    const same = held.find((other) => other.pool === pool && other.start === start && other.end === end);
    if (operation === 'create') {
      if (held.some((other) => other.pool === pool && other.start <= end && start <= other.end)) return 32;
      held.push({ pool, start, end });
      return 0;
    }
    if (!same) return 1168;
    if (operation === 'delete') held = held.filter((other) => other !== same);
    return 0;
  });
}

describe('the simulated backend and the C stand-in', () => {
  it('give the same answers to any sequence of calls', async () => {
    const library = copyStandIn(path.join(root, 'library'), { state: '' }, buildStandIn());
    const native = createNativeBackend({ definition, libraryPath: library });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), async (steps) => {
        runs += 1;
        const directory = path.join(root, `run-${runs}`);
        mkdirSync(directory);
        steerStandIn(library, { state: '' });
        const expected = predict(steps);
        expect(await run(native, steps)).toEqual(expected);
        expect(await run(createSimulatedBackend({ stateFile: path.join(directory, 'state.json') }), steps)).toEqual(
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });
});
