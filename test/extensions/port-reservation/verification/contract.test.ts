/** The contract must notice a library that does otherwise than documented: every way of being wrong fails some case. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../../../src/definition/load.js';
import { type Answer, type Caller, callPool, poolsOf } from '../../../../src/extensions/port-reservation/functions.js';
import { createSimulatedBackend } from '../../../../src/extensions/port-reservation/simulation/backend.js';
import { contractCases } from '../../../../src/extensions/port-reservation/verification/contract/cases.js';
import { temporaryDirectory } from '../../../support/directories.js';

const definition = await loadDefinition('PersistentPortReservation');
const pools = poolsOf(definition);
const CAPABILITIES = { elevated: true, unelevated: true, shared: true, region: 5000, lastPortIsFree: true };
let stateFile = '';

beforeEach(() => {
  stateFile = `${temporaryDirectory()}/state.json`;
});

const right: Caller = (pool, operation, block) =>
  callPool(createSimulatedBackend({ stateFile }), pool, operation, block);
const unelevated: Caller = (pool, operation, block) =>
  callPool(createSimulatedBackend({ stateFile, unelevated: true }), pool, operation, block);

/** Names of the cases that fail with this caller in place of the right one. */
async function failuresWith(call: Caller): Promise<string[]> {
  const failed: string[] = [];
  for (const one of contractCases(definition, CAPABILITIES)) {
    const created: Parameters<Caller>[] = [];
    const noting: Caller = async (...args) => {
      if (args[1] === 'create') created.push(args);
      return call(...args);
    };
    try {
      await one.run({ call: noting, unelevated: () => unelevated, other: () => right });
    } catch {
      failed.push(one.name);
    }
    for (const [pool, , block] of created) await right(pool, 'delete', block).catch(() => undefined);
  }
  return failed;
}

const wrong = (change: (args: Parameters<Caller>, answer: Answer) => Answer | Promise<Answer>): Caller => {
  return async (...args) => change(args, await right(...args));
};

describe('the contract', () => {
  it('holds for the simulation', async () => {
    expect(await failuresWith(right)).toEqual([]);
  });

  it.each<[string, Caller]>([
    ['everything succeeds', wrong((_, answer) => ({ ...answer, code: 0 }))],
    [
      'nothing is ever found',
      wrong(([, operation], answer) => (operation === 'lookup' ? { code: 1168, token: undefined } : answer)),
    ],
    ['another code for a zero', wrong((_, answer) => (answer.code === 87 ? { code: 13, token: undefined } : answer))],
    [
      'another code for an overlap',
      wrong((_, answer) => (answer.code === 32 ? { code: 183, token: undefined } : answer)),
    ],
    ['the token 0', wrong((_, answer) => (answer.token === undefined ? answer : { code: 0, token: 0n }))],
    [
      'a token that changes',
      wrong(([, operation], answer) =>
        operation === 'lookup' && answer.token !== undefined ? { code: 0, token: answer.token + 1n } : answer,
      ),
    ],
    [
      'deleting does nothing',
      async (pool, operation, block) =>
        operation === 'delete'
          ? right(pool, 'lookup', block).then(({ code }) => ({ code, token: undefined }))
          : right(pool, operation, block),
    ],
    ['one pool for all', (_, operation, block) => right(pools[0] as (typeof pools)[0], operation, block)],
    [
      'a port too many',
      (pool, operation, { start, count }) => right(pool, operation, { start, count: count === 0 ? 0 : count + 1 }),
    ],
  ])('notices: %s', async (_, call) => {
    expect(await failuresWith(call)).not.toEqual([]);
  });

  it('says why a case is left out', () => {
    const cases = contractCases(definition, {
      elevated: false,
      unelevated: false,
      shared: false,
      region: 5000,
      lastPortIsFree: false,
    });
    const leftOut = cases.filter((one) => one.leftOut !== undefined);
    expect(leftOut.length).toBeGreaterThan(40);
    expect(cases.length - leftOut.length).toBeGreaterThan(20);
  });
});
