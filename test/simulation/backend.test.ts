import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DlletError } from '../../src/definition/errors.js';
import { loadDefinition } from '../../src/definition/load.js';
import type { SimulationDefinition } from '../../src/definition/types.js';
import { createSimulatedBackend } from '../../src/extensions/port-reservation/simulation/backend.js';
import { countingTokens, freshStateFile } from './support/fixtures.js';
import { functionWith, simulatedOperation } from './support/operations.js';

const block = { StartPort: 5000, NumberOfPorts: 20 };
const create = simulatedOperation('create', 'udp');
const remove = simulatedOperation('delete', 'udp');
const lookup = simulatedOperation('lookup', 'udp');

function backend(options: { stateFile?: string; unelevated?: boolean } = {}) {
  return createSimulatedBackend({ stateFile: freshStateFile(), drawToken: countingTokens(2n ** 63n), ...options });
}

describe('the simulated backend', () => {
  it('has a name and no texts of a system', () => {
    expect(backend().name).toBe('simulated');
    expect(backend().describeWin32(1168)).toBeUndefined();
  });

  it('goes through the life of a reservation', async () => {
    const simulated = backend();
    expect(simulated.call(lookup, block)).toEqual({ returnValue: 1168, outputs: {} });
    const created = await simulated.call(create, block);
    expect(created).toEqual({ returnValue: 0, outputs: { Token: expect.any(BigInt) } });
    expect(simulated.call(lookup, block)).toEqual(created);
    expect(await simulated.call(create, block)).toEqual({ returnValue: 32, outputs: {} });
    expect(simulated.call(simulatedOperation('lookup', 'tcp'), block)).toEqual({ returnValue: 1168, outputs: {} });
    expect(await simulated.call(remove, block)).toEqual({ returnValue: 0, outputs: {} });
    expect(await simulated.call(remove, block)).toEqual({ returnValue: 1168, outputs: {} });
    expect(simulated.call(lookup, block)).toEqual({ returnValue: 1168, outputs: {} });
  });

  it('gives a token of 64 bits as it was drawn', async () => {
    const stateFile = freshStateFile();
    const drawn = 2n ** 64n - 1n;
    await createSimulatedBackend({ stateFile, drawToken: () => drawn }).call(create, block);
    expect(backend({ stateFile }).call(lookup, block)).toEqual({ returnValue: 0, outputs: { Token: drawn } });
  });

  it('draws tokens at random when nobody says how', async () => {
    const stateFile = freshStateFile();
    const simulated = createSimulatedBackend({ stateFile });
    const one = await simulated.call(create, block);
    const other = await simulated.call(create, { StartPort: 1, NumberOfPorts: 1 });
    expect(one.outputs.Token).not.toBe(other.outputs.Token);
  });

  it('answers calls that were made at once as if one came after the other', async () => {
    const simulated = backend();
    const calls = [create, lookup, create, remove, lookup].map((fn) => simulated.call(fn, block));
    expect((await Promise.all(calls)).map(({ returnValue }) => returnValue)).toEqual([0, 0, 32, 0, 1168]);
  });

  it('denies changes, and nothing else, to one who is not elevated', async () => {
    const stateFile = freshStateFile();
    const unelevated = backend({ stateFile, unelevated: true });
    expect(await unelevated.call(create, block)).toEqual({ returnValue: 5, outputs: {} });
    expect(await unelevated.call(create, { StartPort: 0, NumberOfPorts: 1 })).toEqual({ returnValue: 87, outputs: {} });
    expect(existsSync(dirname(stateFile))).toBe(false);
    await backend({ stateFile }).call(create, block);
    expect(unelevated.call(lookup, block)).toMatchObject({ returnValue: 0 });
    expect(await unelevated.call(remove, block)).toEqual({ returnValue: 5, outputs: {} });
  });

  it('fails, and does not forget, when the state is damaged', async () => {
    const stateFile = freshStateFile();
    mkdirSync(dirname(stateFile));
    writeFileSync(stateFile, '[]');
    const simulated = backend({ stateFile });
    const damaged = { id: 'SimulationStateInvalid' };
    expect(() => simulated.call(lookup, block)).toThrow(expect.objectContaining(damaged));
    await expect(simulated.call(create, block)).rejects.toMatchObject(damaged);
    await expect(simulated.call(remove, block)).rejects.toMatchObject(damaged);
  });

  const simulation: SimulationDefinition = { model: 'portReservation', operation: 'lookup', pool: 'udp' };
  const unknown: readonly [string, SimulationDefinition | undefined, RegExp][] = [
    ['no simulation', undefined, /its definition names none/],
    ['another model', { ...simulation, model: 'clock' }, /no model 'clock', only 'portReservation'/],
    ['another pool', { ...simulation, pool: 'sctp' }, /no pool 'sctp', only 'tcp', 'udp'/],
    [
      'another operation',
      { ...simulation, operation: 'list' },
      /no operation 'list', only 'create', 'delete', 'lookup'/,
    ],
    ['a model with a name that objects have', { ...simulation, model: 'constructor' }, /no model 'constructor'/],
    ['an operation with a name that objects have', { ...simulation, operation: 'toString' }, /no operation 'toString'/],
  ];
  it.each(unknown)('says what exists for a function with %s', (_name, definition, message) => {
    expect(() => backend().call(functionWith(definition, 'GetSomething'), block)).toThrow(
      expect.objectContaining({
        id: 'FunctionNotFound',
        category: 'ObjectNotFound',
        message: expect.stringMatching(message),
        recommendedAction: expect.stringContaining("portReservation (operations 'create', 'delete', 'lookup'"),
        data: { function: 'GetSomething' },
      } satisfies Partial<Record<keyof DlletError, unknown>>),
    );
  });

  it.each([[{}], [{ StartPort: 5000 }], [{ ...block, StartPort: 65_536 }], [{ ...block, NumberOfPorts: 1n }]])(
    'refuses the arguments %o',
    (args) => {
      expect(() => backend().call(lookup, args)).toThrow(expect.objectContaining({ id: 'InvalidParameter' }));
    },
  );
});

describe('the definition of the persistent port reservations', () => {
  it('has a behaviour for every function, in the pool of its protocol', async () => {
    const definition = await loadDefinition('PersistentPortReservation');
    const simulated = backend();
    const returnValues: Record<string, unknown> = {};
    for (const fn of Object.values(definition.functions)) {
      returnValues[fn.name] = (await simulated.call(fn, { ...block, StartPort: 0 })).returnValue;
      expect(fn.simulation?.pool).toBe(fn.terms.Protocol?.toLowerCase());
      expect(fn.changesState).toBe(fn.simulation?.operation !== 'lookup');
    }
    expect(returnValues).toEqual(
      Object.fromEntries(
        ['Create', 'Delete', 'Lookup'].flatMap((verb) =>
          ['Udp', 'Tcp'].map((protocol) => [`${verb}Persistent${protocol}PortReservation`, 87]),
        ),
      ),
    );
  });
});
