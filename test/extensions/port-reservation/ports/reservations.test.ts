/** Which reservations there are: every excluded range is looked up, and only what a lookup finds is one. */
import { describe, expect, it } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import { loadDefinition } from '../../../../src/definition/load.js';
import { createPortsContext } from '../../../../src/extensions/port-reservation/ports/context.js';
import { listReservations } from '../../../../src/extensions/port-reservation/ports/reservations.js';
import type { ExcludedRange, RangeSource } from '../../../../src/extensions/port-reservation/ports/types.js';
import { fakeBackend } from '../../../support/backends.js';
import { noMachine } from './no-machine.js';
import { simulatedComputer } from './simulated-computer.js';
import { closeAtEnd } from './use-support.js';

closeAtEnd();

const definition = await loadDefinition('PersistentPortReservation');

/** A table with the same rows for both families, the starred ones marked. */
function table(rows: readonly [startPort: number, endPort: number, administered?: boolean][]): RangeSource {
  return {
    excludedRanges: async ({ protocol, addressFamily }) =>
      rows.map(
        ([startPort, endPort, administered = false]): ExcludedRange => ({
          protocol,
          addressFamily,
          startPort,
          endPort,
          administered,
        }),
      ),
    dynamicRange: async (query) => ({ ...query, startPort: 49_152, numberOfPorts: 16_384 }),
  };
}

function context(ranges: RangeSource, returnValueOf: (startPort: number) => number) {
  const backend = fakeBackend((_name, { StartPort }) => ({
    returnValue: returnValueOf(StartPort as number),
    outputs: { Token: 2n ** 64n - BigInt(StartPort as number) },
  }));
  return { backend, context: createPortsContext({ definition, backend, ranges, machine: noMachine }) };
}

describe('the list', () => {
  it('has what the lookup finds, starred or not, each row once and sorted', async () => {
    const made = context(
      table([
        [50_000, 50_059, true],
        [5000, 5019],
        [80, 80],
        [5000, 5000],
      ]),
      (port) => (port === 80 ? 1168 : 0),
    );
    expect(await listReservations(made.context, { protocol: 'Udp' })).toEqual([
      { protocol: 'Udp', startPort: 5000, numberOfPorts: 1, token: '18446744073709546616' },
      { protocol: 'Udp', startPort: 5000, numberOfPorts: 20, token: '18446744073709546616' },
      { protocol: 'Udp', startPort: 50_000, numberOfPorts: 60, token: '18446744073709501616' },
    ]);
    expect(made.backend.calls.map(({ name }) => name)).toEqual(Array(4).fill('LookupPersistentUdpPortReservation'));
  });

  it('asks only for ranges that hold a wanted port, and never for what no reservation can be', async () => {
    const made = context(
      table([
        [0, 0],
        [0, 65_535],
        [5000, 5019],
        [6000, 6001],
      ]),
      () => 0,
    );
    const found = await listReservations(made.context, { protocol: 'Tcp', ports: [6001, 7000] });
    expect(found.map(({ startPort }) => startPort)).toEqual([6000]);
    expect(made.backend.calls).toHaveLength(1);
    expect(await listReservations(made.context, { protocol: 'Tcp', ports: [] })).toEqual([]);
  });

  it('is the whole of a simulated computer', async () => {
    const { context: simulated, reserve, exclude } = await simulatedComputer();
    await reserve('Udp', 6000, 5);
    await reserve('Udp', 5000, 20);
    await reserve('Tcp', 5000, 20);
    await exclude('Udp', 7000, 5, false);
    const found = await listReservations(simulated, { protocol: 'Udp' });
    expect(found.map(({ startPort, numberOfPorts }) => [startPort, numberOfPorts])).toEqual([
      [5000, 20],
      [6000, 5],
    ]);
  });
});

describe('what is not known is an error, never a shorter list', () => {
  it.each([
    [5, 'AccessDenied'],
    [87, 'Win32Error'],
  ])('a lookup that answers %i: %s', async (code, id) => {
    const made = context(table([[5000, 5019]]), () => code);
    await expect(listReservations(made.context, { protocol: 'Udp' })).rejects.toMatchObject({
      id,
      message: expect.stringContaining(`UDP ports 5000-5019`),
      data: { win32: code },
    });
  });

  it('a table that is not there', async () => {
    const details = { id: 'PlatformNotSupported', category: 'NotImplemented', message: 'M.', recommendedAction: 'R.' };
    const missing: RangeSource = { ...table([]), excludedRanges: () => Promise.reject(new DlletError(details)) };
    await expect(listReservations(context(missing, () => 0).context, { protocol: 'Udp' })).rejects.toMatchObject({
      id: 'PlatformNotSupported',
    });
  });

  it('a definition without a lookup', async () => {
    const bare = createPortsContext({
      definition: { ...definition, functions: {} },
      backend: fakeBackend(),
      ranges: table([]),
      machine: noMachine,
    });
    await expect(listReservations(bare, { protocol: 'Udp' })).rejects.toMatchObject({ id: 'FunctionNotFound' });
  });
});
