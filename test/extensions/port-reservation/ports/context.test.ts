/** Where the answers come from: which ranges are reservations, and what a system without ranges has. */
import { describe, expect, it } from 'vitest';
import { DlletError } from '../../../../src/definition/errors.js';
import { loadDefinition } from '../../../../src/definition/load.js';
import { createNetshSource } from '../../../../src/extensions/port-reservation/netsh/netsh.js';
import {
  createPortsContext,
  dynamicRangesIfAny,
  excludedRangesIfAny,
} from '../../../../src/extensions/port-reservation/ports/context.js';
import {
  dynamicRanges,
  excludedRanges,
  findRoom,
  portMap,
  portUse,
  testBinding,
} from '../../../../src/extensions/port-reservation/ports/services.js';
import type { ExcludedRange, RangeSource } from '../../../../src/extensions/port-reservation/ports/types.js';
import { createNativeBackend } from '../../../../src/native/backend.js';
import { fakeBackend } from '../../../support/backends.js';
import { noMachine } from './no-machine.js';
import { closeAtEnd, holdUdp } from './use-support.js';

closeAtEnd();

const definition = await loadDefinition('PersistentPortReservation');

function row(protocol: 'Tcp' | 'Udp', startPort: number, endPort: number, more: Partial<ExcludedRange> = {}) {
  return { protocol, addressFamily: 'IPv4', startPort, endPort, administered: false, ...more } as const;
}

/** A source of ranges that fails in one way. */
function failing(id: string): RangeSource {
  const fail = async () => {
    throw new DlletError({ id, category: 'NotImplemented', message: 'M.', recommendedAction: 'R.' });
  };
  return { excludedRanges: fail, dynamicRange: fail };
}

const none: RangeSource = {
  excludedRanges: async () => [],
  dynamicRange: async (query) => ({ ...query, startPort: 49_152, numberOfPorts: 16_384 }),
};

describe('which ranges are reservations', () => {
  it('those without a star whose exact block the lookup of their protocol finds, each asked once', async () => {
    const backend = fakeBackend((_name, { StartPort }) => ({
      returnValue: StartPort === 5000 ? 0 : 1168,
      outputs: {},
    }));
    const context = createPortsContext({ definition, backend, ranges: none, machine: noMachine });
    const ranges = [
      row('Udp', 5000, 5019),
      row('Udp', 5000, 5019, { addressFamily: 'IPv6' }),
      row('Tcp', 5000, 5000),
      row('Tcp', 80, 80),
      row('Tcp', 50_000, 50_059, { administered: true }),
    ];
    expect(await context.reservations(ranges)).toEqual([
      { protocol: 'Udp', startPort: 5000, numberOfPorts: 20 },
      { protocol: 'Tcp', startPort: 5000, numberOfPorts: 1 },
    ]);
    expect(backend.calls).toEqual([
      { name: 'LookupPersistentUdpPortReservation', args: { StartPort: 5000, NumberOfPorts: 20 } },
      { name: 'LookupPersistentTcpPortReservation', args: { StartPort: 5000, NumberOfPorts: 1 } },
      { name: 'LookupPersistentTcpPortReservation', args: { StartPort: 80, NumberOfPorts: 1 } },
    ]);
  });

  it.each(['FunctionNotFound', 'PlatformNotSupported'])(
    'none, where the lookup fails with %s, as in Wine',
    async (id) => {
      const backend = fakeBackend(() => {
        throw new DlletError({ id, category: 'NotImplemented', message: 'M.', recommendedAction: 'R.' });
      });
      const context = createPortsContext({ definition, backend, ranges: none, machine: noMachine });
      expect(await context.reservations([row('Udp', 5000, 5019)])).toEqual([]);
    },
  );

  it('an error, where the lookup cannot be made for another reason', async () => {
    const backend = fakeBackend(async () => {
      throw new DlletError({
        id: 'LibraryNotFound',
        category: 'ObjectNotFound',
        message: 'M.',
        recommendedAction: 'R.',
      });
    });
    const context = createPortsContext({ definition, backend, ranges: none, machine: noMachine });
    await expect(context.reservations([row('Udp', 1, 1)])).rejects.toMatchObject({ id: 'LibraryNotFound' });
  });
});

describe('a source of ranges', () => {
  it.each([excludedRangesIfAny, dynamicRangesIfAny])(
    '%o: on a system that has none there are none; what cannot be read stays an error',
    async (ask) => {
      expect(await ask(failing('PlatformNotSupported'), ['Tcp', 'Udp'])).toEqual([]);
      for (const id of ['NetshFailed', 'NetshOutputUnreadable', 'SimulationStateInvalid']) {
        await expect(ask(failing(id), ['Tcp'])).rejects.toMatchObject({ id });
      }
    },
  );

  it('that cannot be read keeps every answer that needs it from being given', async () => {
    const context = createPortsContext({
      definition,
      backend: fakeBackend(),
      ranges: failing('NetshFailed'),
      machine: noMachine,
    });
    const questions = [
      () => excludedRanges(context, {}),
      () => dynamicRanges(context, {}),
      () => testBinding(context, { ports: [1] }),
      () => findRoom(context, { numberOfPorts: 1 }),
      () => portMap(context, 'PC', new Date()),
    ];
    for (const ask of questions) await expect(ask()).rejects.toMatchObject({ id: 'NetshFailed' });
  });
});

describe('a source of which one address family cannot be read', () => {
  const halfOf = (id: string): RangeSource => {
    const broken = failing(id);
    return {
      excludedRanges: async (query) =>
        query.addressFamily === 'IPv6'
          ? broken.excludedRanges(query)
          : [row(query.protocol, 50_000, 50_059, { administered: true })],
      dynamicRange: (query) => (query.addressFamily === 'IPv4' ? broken.dynamicRange(query) : none.dynamicRange(query)),
    };
  };
  const half = createPortsContext({
    definition,
    backend: fakeBackend(),
    ranges: halfOf('NetshFailed'),
    machine: noMachine,
  });
  const incomplete = (what: string, table: string) =>
    `The result is incomplete: the ${what} of ${table} could not be read. M.`;

  it('leaves the answers of the other one, marked as incomplete', async () => {
    const heard: string[] = [];
    const warn = (message: string) => heard.push(message);
    expect(await excludedRanges(half, { protocols: ['Tcp'] }, warn)).toHaveLength(1);
    expect(await dynamicRanges(half, {}, warn)).toMatchObject([{ protocol: 'Tcp' }, { protocol: 'Udp' }]);
    expect(heard).toEqual([
      incomplete('excluded ranges', 'TCP over IPv6'),
      incomplete('dynamic range', 'TCP over IPv4'),
      incomplete('dynamic range', 'UDP over IPv4'),
    ]);
  });

  it('is told wherever it matters: tests of a bind, room, the map', async () => {
    for (const ask of [
      (warn: (message: string) => void) => testBinding(half, { ports: [1] }, { warn }),
      (warn: (message: string) => void) => findRoom(half, { numberOfPorts: 1 }, warn),
      (warn: (message: string) => void) => portMap(half, 'PC', new Date(), warn),
    ]) {
      const heard: string[] = [];
      await ask((message) => heard.push(message));
      expect(heard).toContain(incomplete('excluded ranges', 'UDP over IPv6'));
    }
  });

  it('is an error where only that family is asked about', async () => {
    await expect(excludedRanges(half, { addressFamilies: ['IPv6'] })).rejects.toMatchObject({ id: 'NetshFailed' });
  });
});

describe('the simulated computer', () => {
  it('follows the rules of Windows, on Windows too: a simulated exclusion refuses a bind', async () => {
    const native = createPortsContext({
      definition,
      backend: createNativeBackend({ definition }),
      ranges: none,
      machine: noMachine,
    });
    const [block] = await findRoom(native, { numberOfPorts: 1, minimum: 20_000, maximum: 32_000 });
    const port = block?.startPort ?? 0;
    const ranges: RangeSource = {
      ...none,
      excludedRanges: async (query) => (query.protocol === 'Udp' ? [row('Udp', port, port)] : []),
    };
    const backend = fakeBackend({ returnValue: 1168, outputs: {} });
    const context = createPortsContext({ definition, backend, ranges, machine: noMachine });
    expect(context).toMatchObject({ platform: 'win32', isSimulated: true });
    // As if this machine were the Windows one that is simulated.
    const here = { ...context, platform: process.platform };
    for (const one of [context, here]) {
      expect(await testBinding(one, { ports: [port], protocols: ['Udp'] })).toMatchObject([{ verdict: 'Excluded' }]);
    }
  });
});

describe.skipIf(process.platform === 'win32')('this machine, which has no netsh', () => {
  const backend = createNativeBackend({ definition });
  const context = createPortsContext({ definition, backend, ranges: createNetshSource(), machine: noMachine });

  it('cannot tell excluded and dynamic ranges, and says so', async () => {
    expect(context).toMatchObject({ platform: process.platform, isSimulated: false });
    for (const ask of [excludedRanges, dynamicRanges]) {
      await expect(ask(context, {})).rejects.toMatchObject({
        id: 'PlatformNotSupported',
        recommendedAction: expect.stringMatching(/simulated/),
      });
    }
  });

  it('tells uses, tests binds, finds room and draws the map all the same', async () => {
    const { port } = await holdUdp('0.0.0.0');
    expect(await portUse(context, { ports: [port], protocols: ['Udp'] })).toMatchObject([{ processId: process.pid }]);
    expect(await testBinding(context, { ports: [port], protocols: ['Udp'] })).toMatchObject([{ verdict: 'InUse' }]);
    const [best] = await findRoom(context, { numberOfPorts: 10 });
    expect(best).toMatchObject({ numberOfPorts: 10 });
    const runs = await testBinding(context, { ports: [best?.startPort ?? 0] });
    expect(runs.map(({ verdict }) => verdict)).toEqual(['Free', 'Free']);
    expect(await portMap(context, 'PC', new Date())).toContain(`process ${process.pid}`);
  });
});
