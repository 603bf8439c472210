import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import type { Definition } from '../../src/definition/types.js';
import { createNativeBackend } from '../../src/native/backend.js';
import { copyStandIn, steerStandIn } from '../standin/build.js';
import { callNow, functionOf, probe, scratchDirectory } from './support.js';

const TOKENS = [
  0n,
  1n,
  255n,
  4_294_967_295n,
  4_294_967_296n,
  9_007_199_254_740_991n,
  9_007_199_254_740_993n,
  1_234_605_616_436_508_552n,
  9_223_372_036_854_775_807n,
  9_223_372_036_854_775_808n,
  18_446_744_073_709_551_615n,
];

describe('tokens', () => {
  const directory = scratchDirectory();
  const block = { StartPort: 5000, NumberOfPorts: 20 };
  let definition: Definition;

  beforeAll(async () => {
    definition = await loadDefinition('PersistentPortReservation');
  });

  it.each(TOKENS)('brings %i back exactly, as a bigint, from Create and from Lookup', (token) => {
    const library = copyStandIn(path.join(directory, `memory-${token}`));
    const backend = createNativeBackend({ definition, libraryPath: library });
    const standIn = probe(library);
    for (const protocol of ['Udp', 'Tcp']) {
      standIn.reset();
      standIn.setNextToken(token);
      const expected = { returnValue: 0, outputs: { Token: token } };
      expect(backend.call(functionOf(definition, `CreatePersistent${protocol}PortReservation`), block)).toStrictEqual(
        expected,
      );
      expect(backend.call(functionOf(definition, `LookupPersistent${protocol}PortReservation`), block)).toStrictEqual(
        expected,
      );
    }
  });

  it.each(TOKENS)('brings %i back exactly from a preset state', (token) => {
    const library = copyStandIn(path.join(directory, `preset-${token}`), {
      state: `tcp 5000 20 ${token}\nudp 7000 1 42\n`,
    });
    const backend = createNativeBackend({ definition, libraryPath: library });
    const outcome = backend.call(functionOf(definition, 'LookupPersistentTcpPortReservation'), block);
    expect(outcome).toStrictEqual({ returnValue: 0, outputs: { Token: token } });
  });

  it('never takes the token of an earlier call for the answer of a failed one', () => {
    const library = copyStandIn(path.join(directory, 'stale'), { state: 'udp 5000 20 77\n' });
    const backend = createNativeBackend({ definition, libraryPath: library });
    const lookup = functionOf(definition, 'LookupPersistentUdpPortReservation');
    expect(callNow(backend, lookup, block).outputs).toEqual({ Token: 77n });
    expect(backend.call(lookup, { ...block, StartPort: 5001 })).toEqual({ returnValue: 1168, outputs: {} });
  });

  it.each([1, 50, 1450, 4_294_967_295])('brings the unknown code %i back unsigned', (code) => {
    const library = copyStandIn(path.join(directory, `fail-${code}`));
    const backend = createNativeBackend({ definition, libraryPath: library });
    steerStandIn(library, { fail: code });
    for (const fn of Object.values(definition.functions)) expect(callNow(backend, fn, block).returnValue).toBe(code);
  });
});
